//! `macro_rules!`, expanded as far as the crate's own macros need it, so that what they define is
//! read like any other source. Names are not kept apart (hygiene): nothing here depends on it.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

mod matcher;
mod part;
mod transcriber;

use part::{Part, parts};

/// The macros of a crate, by name.
#[derive(Default)]
pub struct Macros(BTreeMap<String, Vec<Rule>>);

struct Rule {
    matcher: Vec<Part>,
    body: Vec<Part>,
}

impl Macros {
    /// Takes in what stands in the braces of a `macro_rules!`.
    pub fn define(&mut self, name: String, rules: TokenStream) {
        let groups: Vec<TokenStream> = rules
            .into_iter()
            .filter_map(|token| match token {
                TokenTree::Group(group) => Some(group.stream()),
                _ => None,
            })
            .collect();
        let rule = |pair: &[TokenStream]| Rule {
            matcher: parts(pair[0].clone(), true),
            body: parts(pair[1].clone(), false),
        };
        self.0.insert(name, groups.chunks_exact(2).map(rule).collect());
    }

    /// What a call stands for: `None` for a macro that the crate does not define, an error where no
    /// rule fits.
    pub fn expand(&self, call: &syn::Macro) -> Option<syn::Result<TokenStream>> {
        let name = call.path.segments.last()?.ident.to_string();
        let rules = self.0.get(&name)?;
        let input: Vec<TokenTree> = call.tokens.clone().into_iter().collect();
        let fitting = rules.iter().find_map(|rule| Some((rule, matcher::whole(&rule.matcher, &input)?)));
        Some(match fitting {
            Some((rule, bound)) => Ok(transcriber::write(&rule.body, &bound)),
            None => Err(syn::Error::new_spanned(&call.path, format!("no rule of `{name}!` fits this call"))),
        })
    }
}

/// What a variable stands for: tokens, or one of each turn of a repetition.
#[derive(Clone)]
enum Bound {
    Tokens(Vec<TokenTree>),
    Turns(Vec<Bound>),
}

/// How deep calls may stand in what calls stand for, as rustc has it.
pub const DEEPEST: usize = 128;

type Bindings = BTreeMap<String, Bound>;

fn is_punct(token: &TokenTree, any: &str) -> bool {
    matches!(token, TokenTree::Punct(punct) if any.contains(punct.as_char()))
}

fn group(token: &TokenTree, delimiter: Delimiter) -> Option<TokenStream> {
    match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.stream()),
        _ => None,
    }
}
