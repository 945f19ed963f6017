//! The type of the crate's that a type is about: containers and references are looked through.

use std::collections::BTreeSet;

use syn::{GenericArgument, PathArguments, Type, TypeParamBound};

/// The generated client, which shares its name with the facade's.
pub const GENERATED_CLIENT: &str = "bindings::Client";

/// Types of the crate's that only wrap another one.
const WRAPPERS: [&str; 2] = ["Lenient", "Extra"];

/// The last name of a path.
pub fn last(path: &syn::Path) -> Option<String> {
    Some(path.segments.last()?.ident.to_string())
}

/// `Option<&Room>`, `Result<Vec<Room>, Error>` and `impl Into<Room>` are about `Room`.
pub fn head(ty: &Type, this: Option<&str>, known: &BTreeSet<String>) -> Option<String> {
    match ty {
        Type::Reference(inner) => head(&inner.elem, this, known),
        Type::Paren(inner) => head(&inner.elem, this, known),
        Type::Group(inner) => head(&inner.elem, this, known),
        Type::Slice(inner) => head(&inner.elem, this, known),
        Type::Array(inner) => head(&inner.elem, this, known),
        Type::ImplTrait(inner) => bounds(inner.bounds.iter(), this, known),
        Type::TraitObject(inner) => bounds(inner.bounds.iter(), this, known),
        Type::Path(path) => head_of_path(&path.path, this, known),
        _ => None,
    }
}

pub fn head_of_path(path: &syn::Path, this: Option<&str>, known: &BTreeSet<String>) -> Option<String> {
    let segment = path.segments.last()?;
    let name = segment.ident.to_string();
    let before = path.segments.iter().nth_back(1).map(|before| before.ident.to_string());
    if name == "Self" {
        return this.map(str::to_owned);
    }
    if name == "Client" && before.as_deref() == Some("bindings") {
        return Some(GENERATED_CLIENT.into());
    }
    if known.contains(&name) && !WRAPPERS.contains(&&*name) {
        return Some(name);
    }
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    // What a failure is about is no matter here.
    let counted = if name == "Result" { 1 } else { usize::MAX };
    arguments.args.iter().take(counted).find_map(|argument| match argument {
        GenericArgument::Type(ty) => head(ty, this, known),
        GenericArgument::AssocType(item) => head(&item.ty, this, known),
        _ => None,
    })
}

fn bounds<'b>(
    mut bounds: impl Iterator<Item = &'b TypeParamBound>,
    this: Option<&str>,
    known: &BTreeSet<String>,
) -> Option<String> {
    bounds.find_map(|bound| match bound {
        TypeParamBound::Trait(bound) => head_of_path(&bound.path, this, known),
        _ => None,
    })
}
