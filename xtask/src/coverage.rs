//! What of the document the facade exposes, and by what: read from the source, not from a list.
//!
//! An **operation** is covered where code leads from a public function of the facade to the generated
//! method that sends it; where that method is chosen by a variant of an enum, only if a public function
//! makes that variant, which then counts beside it. A field of an **answer** is exposed by the public
//! field of a type that the root of the crate names, and by the methods of such types that read it; one
//! of an envelope by the functions that call an operation with that answer and read it on their way. A
//! field of a **request** is exposed by the public functions that set it, directly or by way of a field
//! of the facade's own. What the generator does not see (failures) is read by its key, which is
//! followed from the text in the source to the function that hands it on. Types are followed by their
//! names; where one is not known, a method is taken for every trait's of that name, and for a private
//! one that no other shares its name with.
//!
//! Limits that stand beside a type (`enum` of a property, `pattern` and their like) are not looked at.

use std::{collections::BTreeMap, fmt, path::Path};

use serde::Serialize;

use crate::Result;

mod body;
mod conditions;
mod document;
mod expand;
mod exposure;
mod facts;
mod generated;
mod heads;
mod index;
mod left_out;
mod reach;
mod source;
mod text;

use document::Document;
use exposure::Exposures;
use generated::Generated;
use index::Index;
use left_out::LEFT_OUT;
use reach::Reach;
use source::Source;

/// Two names: of a schema and its field, of a parameter and its place in the path, of an enumeration
/// and its word.
type Names = (String, String);

/// What exposes each part of the document.
#[derive(Debug, Default)]
pub struct Coverage {
    operations: BTreeMap<String, Vec<String>>,
    fields: BTreeMap<Names, Exposure>,
    parameters: BTreeMap<Names, Exposure>,
    values: BTreeMap<Names, Exposure>,
    schemas: BTreeMap<String, Vec<String>>,
    gaps: Vec<Gap>,
}

/// How one part of the document is exposed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Exposure {
    /// `Room::name` is a function, `Room.name` a field.
    pub items: Vec<String>,
    /// Why it is not, where that is on purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<&'static str>,
}

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Gap {
    /// An operationId, two names with a dot between them, or a function.
    pub of: String,
    pub reason: &'static str,
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.of, self.reason)
    }
}

impl Coverage {
    /// Reads the document and its overlay, the bindings, and the source of the workspace at `root`.
    ///
    /// # Errors
    /// What cannot be read, with its file and line.
    pub fn read(root: &Path) -> Result<Self> {
        let document = Document::read(root)?;
        let source = Source::read(root)?;
        let bindings = source::parse(&root.join("generated/bindings.rs"))?;
        let index = Index::of(&source, &bindings);
        let context = body::Context {
            index: &index,
            macros: &source.macros,
            generated: &generated::answers(&bindings, &index),
        };
        let exposures = Exposures {
            document: &document,
            generated: &Generated::read(&bindings),
            reach: &Reach::of(context),
        };
        let mut coverage = exposures.coverage();
        coverage.leave_out();
        Ok(coverage)
    }

    /// Every operationId, and what calls it.
    pub fn operations(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.operations.iter().map(|(id, items)| (id.as_str(), items.as_slice()))
    }

    /// Every schema's name and field, in the spelling of the document.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str, &Exposure)> {
        named(&self.fields)
    }

    /// Every parameter: its name under the document's components, or else the operationId, and its name
    /// in the path.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str, &Exposure)> {
        named(&self.parameters)
    }

    /// Every enumeration's name and word.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str, &Exposure)> {
        named(&self.values)
    }

    /// What calls an operation; nothing where the document has none of that name.
    pub fn operation(&self, id: &str) -> Vec<String> {
        self.operations.get(id).cloned().unwrap_or_default()
    }

    /// What exposes a field of a schema, a parameter, or a word of an enumeration.
    pub fn field(&self, schema: &str, field: &str) -> Vec<String> {
        let names = (schema.to_owned(), field.to_owned());
        let maps = [&self.fields, &self.parameters, &self.values];
        let found = maps.into_iter().find_map(|map| map.get(&names));
        found.map(|exposure| exposure.items.clone()).unwrap_or_default()
    }

    /// What stands for a schema or a parameter as a whole: its type, or what exposes its fields.
    pub fn schema(&self, name: &str) -> Vec<String> {
        self.schemas.get(name).cloned().unwrap_or_default()
    }

    /// What nothing exposes and nobody has left out, and what was left out but is exposed or gone.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    fn leave_out(&mut self) {
        for &(schema, field, reason) in LEFT_OUT {
            let of = format!("{schema}.{field}");
            match self.fields.get_mut(&(schema.to_owned(), field.to_owned())) {
                None => self.gaps.push(Gap { of, reason: "is left out, but the document has no such field" }),
                Some(exposure) if !exposure.items.is_empty() => {
                    self.gaps.push(Gap { of, reason: "is left out, but it is exposed" });
                }
                Some(exposure) => {
                    self.gaps.retain(|gap| gap.of != of);
                    exposure.left_out = Some(reason);
                }
            }
        }
        self.gaps.sort();
    }
}

fn named(map: &BTreeMap<Names, Exposure>) -> impl Iterator<Item = (&str, &str, &Exposure)> {
    map.iter().map(|((of, name), exposure)| (of.as_str(), name.as_str(), exposure))
}
