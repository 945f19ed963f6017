//! What the two sides of a rule are made of.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

use super::{group, is_punct};

pub enum Part {
    Token(TokenTree),
    Group(Delimiter, Vec<Part>),
    /// `$name`, and in a matcher the kind of fragment that it takes.
    Variable(String, String),
    /// `$( … )` with its separator and how often it may stand.
    Repeat(Vec<Part>, Vec<TokenTree>, char),
}

/// Reads one side of a rule. Only a matcher has kinds of fragments.
pub fn parts(tokens: TokenStream, is_matcher: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if let TokenTree::Group(group) = &token {
            parts.push(Part::Group(group.delimiter(), self::parts(group.stream(), is_matcher)));
            continue;
        }
        if !is_punct(&token, "$") {
            parts.push(Part::Token(token));
            continue;
        }
        match tokens.next() {
            Some(TokenTree::Ident(name)) if name == "crate" => {
                parts.push(Part::Token(Ident::new("crate", Span::call_site()).into()));
            }
            Some(TokenTree::Ident(name)) => {
                let kind = if is_matcher && tokens.next_if(|next| is_punct(next, ":")).is_some() {
                    tokens.next().map(|kind| kind.to_string())
                } else {
                    None
                };
                parts.push(Part::Variable(name.to_string(), kind.unwrap_or_default()));
            }
            Some(token) => {
                let inner = group(&token, Delimiter::Parenthesis).unwrap_or_default();
                let mut separator = Vec::new();
                let mut often = '*';
                for token in tokens.by_ref() {
                    match &token {
                        TokenTree::Punct(punct) if "*+?".contains(punct.as_char()) => {
                            often = punct.as_char();
                            break;
                        }
                        _ => separator.push(token),
                    }
                }
                parts.push(Part::Repeat(self::parts(inner, is_matcher), separator, often));
            }
            None => {}
        }
    }
    parts
}

/// The variables in some parts.
pub fn variables(parts: &[Part]) -> Vec<&str> {
    let mut names = Vec::new();
    for part in parts {
        match part {
            Part::Token(_) => {}
            Part::Variable(name, _) => names.push(name.as_str()),
            Part::Group(_, inner) | Part::Repeat(inner, ..) => names.extend(variables(inner)),
        }
    }
    names
}
