//! Whether a call fits a rule, and what its variables stand for then.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};

use super::{
    Bindings, Bound, group, is_punct,
    part::{Part, variables},
};

/// Fits all tokens of a call to a matcher.
pub fn whole(parts: &[Part], input: &[TokenTree]) -> Option<Bindings> {
    let mut bound = Bindings::new();
    let rest = fit(parts, input, &mut bound)?;
    rest.is_empty().then_some(bound)
}

/// Fits as many tokens as it takes, and hands back the others.
fn fit<'t>(parts: &[Part], mut input: &'t [TokenTree], bound: &mut Bindings) -> Option<&'t [TokenTree]> {
    for part in parts {
        input = match part {
            Part::Token(token) => fit_token(token, input)?,
            Part::Group(delimiter, inner) => {
                let (first, rest) = input.split_first()?;
                let tokens: Vec<TokenTree> = group(first, *delimiter)?.into_iter().collect();
                bound.extend(whole(inner, &tokens)?);
                rest
            }
            Part::Variable(name, kind) => {
                let (tokens, rest) = input.split_at(length(kind, input)?);
                bound.insert(name.clone(), Bound::Tokens(tokens.to_vec()));
                rest
            }
            Part::Repeat(inner, separator, often) => repeat(inner, separator, *often, input, bound)?,
        };
    }
    Some(input)
}

fn fit_token<'t>(token: &TokenTree, input: &'t [TokenTree]) -> Option<&'t [TokenTree]> {
    let (first, rest) = input.split_first()?;
    (first.to_string() == token.to_string()).then_some(rest)
}

fn repeat<'t>(
    inner: &[Part],
    separator: &[TokenTree],
    often: char,
    mut input: &'t [TokenTree],
    bound: &mut Bindings,
) -> Option<&'t [TokenTree]> {
    let mut turns = Vec::new();
    while !input.is_empty() && (often != '?' || turns.is_empty()) {
        let begun = if turns.is_empty() { &[] } else { separator };
        let Some(after) = begun.iter().try_fold(input, |input, token| fit_token(token, input)) else { break };
        let mut turn = Bindings::new();
        match fit(inner, after, &mut turn) {
            Some(rest) if rest.len() < input.len() => input = rest,
            _ => break,
        }
        turns.push(turn);
    }
    if often == '+' && turns.is_empty() {
        return None;
    }
    for name in variables(inner) {
        let of_name = turns.iter().filter_map(|turn| turn.get(name).cloned()).collect();
        bound.insert(name.to_owned(), Bound::Turns(of_name));
    }
    Some(input)
}

/// How many tokens a fragment of this kind takes.
fn length(kind: &str, input: &[TokenTree]) -> Option<usize> {
    match (kind, input.first()?) {
        ("tt", _) | ("ident", TokenTree::Ident(_)) | ("literal", TokenTree::Literal(_)) => return Some(1),
        ("ident", _) => return None,
        _ => {}
    }
    let parse = |stream: ParseStream<'_>| {
        match kind {
            "ty" => drop(stream.parse::<syn::Type>()?),
            "expr" | "expr_2021" => drop(stream.parse::<syn::Expr>()?),
            "pat" => drop(syn::Pat::parse_multi(stream)?),
            "pat_param" => drop(syn::Pat::parse_single(stream)?),
            "literal" => {
                stream.parse::<Option<syn::Token![-]>>()?;
                drop(stream.parse::<syn::Lit>()?);
            }
            "lifetime" => drop(stream.parse::<syn::Lifetime>()?),
            "meta" => drop(stream.parse::<syn::Meta>()?),
            "path" => drop(stream.parse::<syn::Path>()?),
            "vis" => drop(stream.parse::<syn::Visibility>()?),
            "block" => drop(stream.parse::<syn::Block>()?),
            "item" => drop(stream.parse::<syn::Item>()?),
            "stmt" => drop(stream.parse::<syn::Stmt>()?),
            other => return Err(stream.error(format!("`{other}` is no kind of fragment"))),
        }
        stream.parse::<TokenStream>()
    };
    // No other fragment goes past a semicolon, which may be far from the end.
    let end = input.iter().position(|token| is_punct(token, ";") && !matches!(kind, "item" | "stmt"));
    let input = &input[..end.unwrap_or(input.len())];
    let rest = parse.parse2(input.iter().cloned().collect()).ok()?;
    Some(input.len() - rest.into_iter().count())
}
