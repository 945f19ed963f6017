//! Whether the bindings read answers with tolerance.
//!
//! The overlay names the schemas of answers one by one. One that it does not know yet would be read
//! strictly: `"2"` for 2 would cost the whole answer.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Fields, File, GenericArgument, PathArguments, Type, visit::Visit};

use crate::Result;

/// Checks bindings.
///
/// # Errors
/// Names every field of an answer that a value of another shape would break.
pub fn check(bindings: &str) -> Result<()> {
    let file: File = syn::parse_str(bindings).map_err(|error| format!("the bindings: {error}"))?;
    let mut types = Types::default();
    types.visit_file(&file);
    let mut findings = Vec::new();
    for kind in &types.answers {
        findings.extend(types.strict_value(kind).map(|what| format!("an answer: {what}")));
    }
    let answers = types.of_answers();
    for (name, fields) in types.fields.iter().filter(|(name, _)| answers.contains(*name)) {
        for (field, kind) in fields {
            if let Some(what) = types.strict(kind) {
                findings.push(format!("{name}.{field}: {what}"));
            }
        }
    }
    if findings.is_empty() {
        return Ok(());
    }
    Err(format!(
        "answers would be read strictly; name their schemas in every action of openapi/overlay.json that \
         names the schemas of answers, as `RoomSettings`:\n  {}",
        findings.join("\n  ")
    )
    .into())
}

/// What the bindings are made of.
#[derive(Default)]
struct Types<'a> {
    /// The structs and the types of their fields.
    fields: BTreeMap<String, Vec<(String, &'a Type)>>,
    /// The types that calls take.
    bodies: BTreeSet<String>,
    /// The types that calls answer with.
    answers: Vec<&'a Type>,
}

impl<'a> Visit<'a> for Types<'a> {
    fn visit_item_struct(&mut self, item: &'a syn::ItemStruct) {
        if let Fields::Named(named) = &item.fields {
            let fields =
                named.named.iter().filter_map(|field| Some((field.ident.as_ref()?.to_string(), &field.ty)));
            self.fields.insert(item.ident.to_string(), fields.collect());
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'a syn::ImplItemFn) {
        for input in &function.sig.inputs {
            if let syn::FnArg::Typed(typed) = input {
                self.bodies.extend(names(&typed.ty));
            }
        }
        if let syn::ReturnType::Type(_, result) = &function.sig.output
            && let Some([response, ..]) = within(result, "Result").as_deref()
            && let Some([answer]) = within(response, "ResponseValue").as_deref()
            && name(answer).is_some_and(|name| name != "ByteStream")
        {
            self.answers.push(answer);
        }
    }
}

impl Types<'_> {
    /// What answers are made of: all that is not of requests alone. Reports come as streams, so that no
    /// call names their rows.
    fn of_answers(&self) -> BTreeSet<String> {
        let requests = self.below(&self.bodies);
        let mut roots: BTreeSet<String> = self.answers.iter().flat_map(|kind| names(kind)).collect();
        roots.extend(self.fields.keys().filter(|name| !requests.contains(*name)).cloned());
        self.below(&roots)
    }

    /// These and what they are made of.
    fn below(&self, roots: &BTreeSet<String>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open: Vec<String> = roots.iter().cloned().collect();
        while let Some(name) = open.pop() {
            let fields = self.fields.get(&name).into_iter().flatten();
            if found.insert(name) {
                open.extend(fields.flat_map(|(_, kind)| names(kind)));
            }
        }
        found
    }

    /// What would break, where a field of this type is not read with tolerance.
    fn strict(&self, kind: &Type) -> Option<String> {
        if let Some([inner]) = within(kind, "Option").as_deref() {
            return self.strict_value(inner);
        }
        if within(kind, "Extra").is_some() {
            return self.strict_value(kind);
        }
        Some("it must be there".into())
    }

    fn strict_value(&self, kind: &Type) -> Option<String> {
        if let Some([inner]) = within(kind, "Vec").as_deref() {
            return self.strict_value(inner);
        }
        if let Some([_, value]) = within(kind, "Extra").as_deref() {
            return self.strict_value(value);
        }
        let Some(name) = name(kind) else { return Some("a type that nobody knows".into()) };
        let is_ours = first(kind).is_some_and(|first| first == "crate" || first == "serde_json");
        let is_known = is_ours || self.fields.contains_key(&name);
        (!is_known).then(|| format!("{name} takes one shape alone"))
    }
}

fn path(kind: &Type) -> Option<&syn::Path> {
    match kind {
        Type::Path(path) => Some(&path.path),
        _ => None,
    }
}

fn first(kind: &Type) -> Option<String> {
    Some(path(kind)?.segments.first()?.ident.to_string())
}

/// The last name of a type's path.
fn name(kind: &Type) -> Option<String> {
    Some(path(kind)?.segments.last()?.ident.to_string())
}

/// What a type of this name is generic over.
fn within<'t>(kind: &'t Type, name: &str) -> Option<Vec<&'t Type>> {
    let last = path(kind)?.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return Some(Vec::new()) };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    });
    Some(types.collect())
}

/// Every name in a type.
fn names(kind: &Type) -> Vec<String> {
    struct Names(Vec<String>);
    impl<'a> Visit<'a> for Names {
        fn visit_path_segment(&mut self, segment: &'a syn::PathSegment) {
            self.0.push(segment.ident.to_string());
            syn::visit::visit_path_segment(self, segment);
        }
    }
    let mut names = Names(Vec::new());
    names.visit_type(kind);
    names.0
}
