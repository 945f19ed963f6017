//! Coverage as text, one line each, and as JSON.

use std::{collections::BTreeMap, fmt::Write};

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{Coverage, Exposure, Names};

impl Coverage {
    /// The text of it: operations, fields, parameters and words, and what is wrong with them.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let operations = self.operations.iter().map(|(id, items)| (id.clone(), items.join("  ")));
        section(&mut text, "operations", operations.collect());
        for (title, map) in self.maps() {
            section(
                &mut text,
                title,
                map.iter().map(|(names, exposure)| (dotted(names), told(exposure))).collect(),
            );
        }
        let gaps = self.gaps.iter().map(|gap| (gap.of.clone(), gap.reason.to_owned()));
        section(&mut text, "gaps", gaps.collect());
        text
    }

    fn maps(&self) -> [(&'static str, &BTreeMap<Names, Exposure>); 3] {
        [("fields", &self.fields), ("parameters", &self.parameters), ("values", &self.values)]
    }
}

fn section(text: &mut String, title: &str, lines: Vec<(String, String)>) {
    let column = lines.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let _ = writeln!(text, "{title} ({})", lines.len());
    for (name, told) in lines {
        let _ = writeln!(text, "  {name:column$}  {told}");
    }
}

fn told(exposure: &Exposure) -> String {
    match exposure.left_out {
        Some(reason) => format!("left out: {reason}"),
        None if exposure.items.is_empty() => "nothing".into(),
        None => exposure.items.join("  "),
    }
}

fn dotted((of, name): &Names) -> String {
    format!("{of}.{name}")
}

impl Serialize for Coverage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut coverage = serializer.serialize_struct("Coverage", 5)?;
        coverage.serialize_field("operations", &self.operations)?;
        for (title, map) in self.maps() {
            let dotted: BTreeMap<String, &Exposure> =
                map.iter().map(|(names, exposure)| (dotted(names), exposure)).collect();
            coverage.serialize_field(title, &dotted)?;
        }
        coverage.serialize_field("gaps", &self.gaps)?;
        coverage.end()
    }
}
