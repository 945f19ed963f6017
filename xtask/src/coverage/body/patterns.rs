//! Patterns: what they bind, and the arms that they stand before.

use syn::{Expr, Pat};

use super::{Body, fields::member};
use crate::coverage::{
    facts::{Origin, Value},
    heads::last,
    index::Field,
};

impl Body<'_, '_> {
    /// Binds the names of a pattern.
    pub(super) fn bind(&mut self, pattern: &Pat, value: &Value) {
        match pattern {
            Pat::Ident(name) => {
                if let Some((_, inner)) = &name.subpat {
                    self.bind(inner, value);
                }
                self.locals.push((name.ident.to_string(), value.clone()));
            }
            Pat::Reference(inner) => self.bind(&inner.pat, value),
            Pat::Paren(inner) => self.bind(&inner.pat, value),
            Pat::Type(inner) => self.bind(&inner.pat, value),
            Pat::Guard(guarded) => {
                self.bind(&guarded.pat, value);
                self.value(&guarded.guard);
            }
            Pat::Lit(literal) => drop(self.literal(&literal.lit)),
            Pat::Or(cases) => cases.cases.iter().for_each(|case| self.bind(case, value)),
            Pat::Slice(slice) => slice.elems.iter().for_each(|element| self.bind(element, value)),
            Pat::Tuple(tuple) => {
                let unknown = Value { about: None, ..value.clone() };
                for (i, element) in tuple.elems.iter().enumerate() {
                    self.bind(element, value.parts.get(i).unwrap_or(&unknown));
                }
            }
            Pat::TupleStruct(made) => {
                let variant = self.variant(&made.path).map(|(name, variant)| format!("{name}::{variant}"));
                for (i, element) in made.elems.iter().enumerate() {
                    let inner = match &variant {
                        Some(variant) => self.part(variant, &i.to_string(), value),
                        // What a failure holds is another thing.
                        None if last(&made.path).as_deref() == Some("Err") => Value::default(),
                        None => value.clone(),
                    };
                    self.bind(element, &inner);
                }
            }
            Pat::Struct(made) => {
                let owner = match self.variant(&made.path) {
                    Some((name, variant)) => Some(format!("{name}::{variant}")),
                    None => value.about.clone(),
                };
                for field in &made.fields {
                    let owner = owner.as_deref().unwrap_or_default();
                    let inner = self.part(owner, &member(&field.member), value);
                    self.bind(&field.pat, &inner);
                }
            }
            _ => {}
        }
    }

    /// What a field holds that a pattern takes apart.
    fn part(&mut self, owner: &str, name: &str, whole: &Value) -> Value {
        let field = (owner.to_owned(), name.to_owned());
        match self.context.index.fields.get(&field) {
            Some(about) => {
                let value = Value { about: about.clone(), ..Value::of(Origin::Field(field.clone())) };
                self.facts.reads.insert(field);
                value
            }
            None => Value { about: None, parts: Vec::new(), ..whole.clone() },
        }
    }

    /// The enum of the crate's and its variant that a path names.
    pub(super) fn variant(&self, path: &syn::Path) -> Option<Field> {
        let mut names = path.segments.iter().rev().map(|segment| segment.ident.to_string());
        let (variant, name) = (names.next()?, names.next()?);
        let name = if name == "Self" { self.this()?.to_owned() } else { name };
        let is_variant = self.context.index.enums.contains(&name) && variant.starts_with(char::is_uppercase);
        is_variant.then_some((name, variant))
    }

    pub(super) fn choice(&mut self, choice: &syn::ExprMatch) -> Value {
        let value = self.value(&choice.expr);
        let mut all = Value::default();
        for arm in &choice.arms {
            let (locals, within) = (self.locals.len(), self.within.len());
            self.bind(&arm.pat, &value);
            let mut variants = Vec::new();
            self.variants_in(&arm.pat, &mut variants);
            self.word(&arm.pat, &arm.body);
            let public = &self.context.index.public;
            self.within.extend(variants.into_iter().filter(|variant| !public.contains(&variant.0)));
            let arm = self.value(&arm.body);
            all = all.or(arm);
            self.locals.truncate(locals);
            self.within.truncate(within);
        }
        all
    }

    fn variants_in(&self, pattern: &Pat, found: &mut Vec<Field>) {
        match pattern {
            Pat::TupleStruct(made) => {
                found.extend(self.variant(&made.path));
                made.elems.iter().for_each(|inner| self.variants_in(inner, found));
            }
            Pat::Struct(made) => found.extend(self.variant(&made.path)),
            Pat::Path(path) => found.extend(self.variant(&path.path)),
            Pat::Guard(inner) => self.variants_in(&inner.pat, found),
            Pat::Reference(inner) => self.variants_in(&inner.pat, found),
            Pat::Paren(inner) => self.variants_in(&inner.pat, found),
            Pat::Or(cases) => cases.cases.iter().for_each(|case| self.variants_in(case, found)),
            Pat::Tuple(tuple) => tuple.elems.iter().for_each(|inner| self.variants_in(inner, found)),
            _ => {}
        }
    }

    /// Notes an arm that goes from a word to a variant.
    fn word(&mut self, pattern: &Pat, body: &Expr) {
        let (Pat::Lit(literal), Expr::Path(path)) = (pattern, body) else { return };
        let word = match &literal.lit {
            syn::Lit::Str(text) => text.value(),
            syn::Lit::Int(number) => number.base10_digits().to_owned(),
            _ => return,
        };
        if let Some(variant) = self.variant(&path.path) {
            self.facts.words.push((word, variant));
        }
    }
}
