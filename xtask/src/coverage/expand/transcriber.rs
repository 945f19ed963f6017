//! What a rule makes of its variables.

use proc_macro2::{Group, TokenStream, TokenTree};

use super::{
    Bindings, Bound,
    part::{Part, variables},
};

pub fn write(parts: &[Part], bound: &Bindings) -> TokenStream {
    let mut written = TokenStream::new();
    for part in parts {
        match part {
            Part::Token(token) => written.extend([token.clone()]),
            Part::Group(delimiter, inner) => {
                written.extend([TokenTree::from(Group::new(*delimiter, write(inner, bound)))]);
            }
            Part::Variable(name, _) => {
                if let Some(Bound::Tokens(tokens)) = bound.get(name) {
                    written.extend(tokens.iter().cloned());
                }
            }
            Part::Repeat(inner, separator, _) => {
                for (i, turn) in turns(inner, bound).iter().enumerate() {
                    if i > 0 {
                        written.extend(separator.iter().cloned());
                    }
                    written.extend(write(inner, turn));
                }
            }
        }
    }
    written
}

/// The variables of each turn of a repetition.
fn turns(inner: &[Part], bound: &Bindings) -> Vec<Bindings> {
    let repeated: Vec<(&str, &Vec<Bound>)> = variables(inner)
        .into_iter()
        .filter_map(|name| match bound.get(name)? {
            Bound::Turns(turns) => Some((name, turns)),
            Bound::Tokens(_) => None,
        })
        .collect();
    let count = repeated.iter().map(|(_, turns)| turns.len()).max().unwrap_or_default();
    let turn = |i: usize| {
        let mut of_turn = bound.clone();
        for (name, turns) in &repeated {
            of_turn.extend(turns.get(i).map(|bound| ((*name).to_owned(), bound.clone())));
        }
        of_turn
    };
    (0..count).map(turn).collect()
}
