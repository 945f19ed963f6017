//! Fields: what is read, and what is set.

use syn::Expr;

use super::Body;
use crate::coverage::{
    facts::{Origin, Value, Write},
    heads::{head_of_path, last},
    index::Field,
};

impl Body<'_, '_> {
    pub(super) fn field(&mut self, field: &syn::ExprField) -> Value {
        let base = self.value(&field.base);
        match self.known_field(&base, &member(&field.member)) {
            Some((field, about)) => {
                self.facts.reads.insert(field.clone());
                Value { about, ..Value::of(Origin::Field(field)) }
            }
            None => Value { about: None, parts: Vec::new(), ..base },
        }
    }

    /// A field of a type of the crate's, and the type that it is about.
    fn known_field(&self, base: &Value, name: &str) -> Option<(Field, Option<String>)> {
        let field = (base.about.clone()?, name.to_owned());
        let about = self.context.index.fields.get(&field)?.clone();
        Some((field, about))
    }

    pub(super) fn structure(&mut self, made: &syn::ExprStruct) -> Value {
        let about = head_of_path(&made.path, self.this(), &self.context.index.types);
        let mut all = Value::default();
        for given in &made.fields {
            let value = self.value(&given.expr);
            all = all.with(&value);
            if let Some((field, _)) = self.known_field(&Value::about(about.clone()), &member(&given.member)) {
                // What had the same name elsewhere is carried over.
                let carried = |origin: &Origin| match origin {
                    Origin::Field((of, name)) => *name == field.1 && Some(of.as_str()) != self.this(),
                    _ => false,
                };
                let sets_nothing = is_nothing(&given.expr) || value.origins.iter().any(carried);
                self.facts.writes.push(Write { field, origins: value.origins, sets_nothing });
            }
        }
        if let Some(rest) = &made.rest {
            self.value(rest);
        }
        Value { about, parts: Vec::new(), ..all }
    }

    pub(super) fn assign(&mut self, assign: &syn::ExprAssign) -> Value {
        let value = self.value(&assign.right);
        match &*assign.left {
            Expr::Field(target) => {
                let base = self.value(&target.base);
                if let Some((field, _)) = self.known_field(&base, &member(&target.member)) {
                    let sets_nothing = is_nothing(&assign.right);
                    self.facts.writes.push(Write { field, origins: value.origins, sets_nothing });
                }
            }
            Expr::Path(path) => {
                let name = last(&path.path);
                let local = self.locals.iter_mut().rev().find(|(local, _)| Some(local) == name.as_ref());
                if let Some((_, local)) = local {
                    *local = std::mem::take(local).or(value);
                }
            }
            other => drop(self.value(other)),
        }
        Value::default()
    }
}

pub(super) fn member(member: &syn::Member) -> String {
    match member {
        syn::Member::Named(name) => name.to_string(),
        syn::Member::Unnamed(place) => place.index.to_string(),
    }
}

/// `None`, a default, and what is made of nothing.
pub(super) fn is_nothing(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path.path.is_ident("None"),
        Expr::Call(call) => call.args.is_empty(),
        _ => false,
    }
}
