//! Which source counts: what users can compile in, without what is for tests and tools alone.

use syn::{Attribute, Expr, Lit, Meta, Token, parse::ParseStream, parse::Parser, punctuated::Punctuated};

/// Neither the tests' own server nor schemas send anything or read an answer for a caller. What no user
/// can be sure of does not count: the system, the profile, a feature that is none.
const FEATURES: [&str; 2] = ["drift", "tracing"];

/// Whether something with these attributes counts.
pub fn is_on(attributes: &[Attribute]) -> bool {
    let conditions = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    conditions.filter_map(|attribute| attribute.parse_args::<Meta>().ok()).all(|meta| holds(&meta))
}

fn holds(condition: &Meta) -> bool {
    match condition {
        Meta::Path(_) => false,
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(feature) => pair.path.is_ident("feature") && FEATURES.contains(&&*feature.value()),
                _ => false,
            },
            _ => false,
        },
        Meta::List(list) => {
            let parse = |stream: ParseStream<'_>| Punctuated::<Meta, Token![,]>::parse_terminated(stream);
            let inner = parse.parse2(list.tokens.clone()).unwrap_or_default();
            if list.path.is_ident("not") {
                !inner.iter().all(holds)
            } else if list.path.is_ident("any") {
                inner.iter().any(holds)
            } else {
                inner.iter().all(holds)
            }
        }
    }
}
