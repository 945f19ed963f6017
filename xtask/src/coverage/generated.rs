//! What the bindings are made of: a method for each operation, a field for each property.

use std::collections::BTreeMap;

use syn::{Attribute, Expr, FnArg, ImplItem, Item, Lit, Meta, Pat};

use super::{
    heads::head,
    index::{Field, Index, types_module},
};

pub struct Method {
    pub name: String,
    /// The names of its arguments but `self`.
    pub arguments: Vec<String>,
}

#[derive(Default)]
pub struct Generated {
    /// By the route, which stands in the method's documentation.
    pub methods: BTreeMap<String, Method>,
    /// By structure and property; as the structure names them.
    pub fields: BTreeMap<Field, String>,
}

impl Generated {
    pub fn read(bindings: &[Item]) -> Self {
        let mut generated = Self::default();
        for method in methods(bindings) {
            let arguments = method.sig.inputs.iter().filter_map(|argument| match argument {
                FnArg::Typed(argument) => match &*argument.pat {
                    Pat::Ident(name) => Some(name.ident.to_string()),
                    _ => Some(String::new()),
                },
                FnArg::Receiver(_) => None,
            });
            let made = Method { name: method.sig.ident.to_string(), arguments: arguments.collect() };
            generated.methods.extend(route(&method.attrs).map(|route| (route, made)));
        }
        for item in types_module(bindings) {
            if let Item::Struct(made) = item {
                for field in &made.fields {
                    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                    let property = renamed(&field.attrs).unwrap_or_else(|| name.clone());
                    generated.fields.insert((made.ident.to_string(), property), name);
                }
            }
        }
        generated
    }
}

/// The type that the answer of each method is about.
pub fn answers(bindings: &[Item], index: &Index<'_>) -> BTreeMap<String, Option<String>> {
    methods(bindings)
        .map(|method| {
            let about = match &method.sig.output {
                syn::ReturnType::Type(_, gives) => head(gives, None, &index.types),
                syn::ReturnType::Default => None,
            };
            (method.sig.ident.to_string(), about)
        })
        .collect()
}

/// The methods of the generated client that send something.
fn methods(bindings: &[Item]) -> impl Iterator<Item = &syn::ImplItemFn> {
    let blocks = bindings.iter().filter_map(|item| match item {
        Item::Impl(block) if block.trait_.is_none() => Some(&block.items),
        _ => None,
    });
    blocks.flatten().filter_map(|item| match item {
        ImplItem::Fn(method) if route(&method.attrs).is_some() => Some(method),
        _ => None,
    })
}

/// Of "Sends a `GET` request to `/rooms`".
fn route(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().filter_map(documentation).find_map(|text| {
        let (_, sends) = text.split_once("Sends a `")?;
        let (method, rest) = sends.split_once("` request to `")?;
        Some(format!("{method} {}", rest.split('`').next()?))
    })
}

/// A piece of documentation.
pub fn documentation(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => text(&pair.value),
        _ => None,
    }
}

fn text(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The name that a field has on the wire, where it is told.
fn renamed(attributes: &[Attribute]) -> Option<String> {
    let mut name = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        // What cannot be read renames nothing.
        let _ = attribute.parse_nested_meta(|meta| {
            if let Ok(value) = meta.value() {
                let value: Expr = value.parse()?;
                name = text(&value).filter(|_| meta.path.is_ident("rename")).or(name.take());
            }
            Ok(())
        });
    }
    name
}
