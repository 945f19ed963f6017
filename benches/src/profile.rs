//! Reads what callgrind writes.

use std::collections::{BTreeMap, HashMap};

use crate::Result;

/// Instructions by the crate of the function that had them, and how often a URL was parsed.
#[derive(Debug, Default)]
pub struct Profile {
    pub crates: BTreeMap<String, f64>,
    pub url_parses: f64,
}

impl Profile {
    /// Reads the lines that matter. `fn=(id) name` begins a function, and has the name once only; the lines
    /// below are `position cost`. A cost after `calls=count position` is that of the function in `cfn=`.
    pub fn read(text: &str) -> Result<Self> {
        let mut names = HashMap::new();
        let mut name = |text| match str::split_once(text, ' ') {
            Some((id, name)) => *names.entry(id).or_insert(name),
            None => names.get(text).copied().unwrap_or_default(),
        };
        let mut profile = Self::default();
        let (mut function, mut called, mut is_of_call) = ("", "", false);
        for line in text.lines() {
            if let Some(text) = line.strip_prefix("fn=") {
                function = name(text);
            } else if let Some(text) = line.strip_prefix("cfn=") {
                called = name(text);
            } else if let Some(text) = line.strip_prefix("calls=") {
                is_of_call = true;
                if called == "url::parser::Parser::parse_url" {
                    profile.url_parses += number(text.split(' ').next())?;
                }
            } else if line.starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first))
                && !std::mem::take(&mut is_of_call)
            {
                *profile.crates.entry(owner(function)).or_default() += number(line.split(' ').nth(1))?;
            }
        }
        Ok(profile)
    }

    pub fn instructions(&self) -> f64 {
        self.crates.values().sum()
    }

    /// What one of `count` calls took that this profile has more than the other one.
    pub fn since(mut self, other: &Self, count: f64) -> Self {
        self.crates.retain(|name, cost| {
            *cost = ((*cost - other.crates.get(name).unwrap_or(&0.0)) / count).round();
            *cost > 0.0
        });
        self.url_parses = (self.url_parses - other.url_parses) / count;
        self
    }
}

fn number(text: Option<&str>) -> Result<f64> {
    Ok(text.unwrap_or_default().parse()?)
}

/// The crate of a function, which is the first word of its name. Generic code is of the crate that wrote it,
/// and inlined code of the function that it is in.
fn owner(function: &str) -> String {
    const ALLOCATOR: [&str; 7] =
        ["malloc", "free", "_int_malloc", "_int_free", "realloc", "_int_realloc", "calloc"];
    let path = function.trim_start_matches(['<', '&', '*', '(', '[']);
    let path = path.strip_prefix("mut ").or(path.strip_prefix("dyn ")).unwrap_or(path);
    let word =
        path.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default();
    match word {
        "alloc" | "core" | "hashbrown" | "std" | "__rustc" => "std",
        _ if path[word.len()..].starts_with("::") => word,
        // A method of a primitive or type parameter.
        _ if path.contains("::") => "std",
        _ if ALLOCATOR.contains(&word) => "malloc, free",
        _ => "libc",
    }
    .to_owned()
}
