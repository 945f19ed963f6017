//! Literals, names and macros.

use proc_macro2::TokenStream;
use syn::{Expr, Lit, Token, parse::ParseStream, parse::Parser, punctuated::Punctuated};

use super::Body;
use crate::coverage::{
    expand::DEEPEST,
    facts::{Origin, Value},
    heads::last,
};

impl Body<'_, '_> {
    pub(super) fn literal(&mut self, literal: &Lit) -> Value {
        match literal {
            Lit::Str(text) => self.text(text.value()),
            _ => Value::default(),
        }
    }

    fn text(&mut self, text: String) -> Value {
        self.facts.texts.insert(text.clone());
        Value::of(Origin::Text(text))
    }

    /// A name that stands alone: a local value, a constant, a variant, a function that is handed on.
    pub(super) fn path(&mut self, path: &syn::Path) -> Value {
        if let Some(name) = path.get_ident()
            && let Some(value) = self.local(&name.to_string())
        {
            return value;
        }
        if let Some(text) = last(path).and_then(|name| self.context.index.texts.get(&name)) {
            return self.text(text.clone());
        }
        if let Some(variant) = self.variant(path) {
            let about = Value::about(Some(variant.0.clone()));
            self.facts.variants.insert(variant);
            return about;
        }
        let functions = self.functions(path);
        self.facts.calls.extend(functions.iter().copied());
        self.given_back(&functions)
    }

    pub(super) fn local(&self, name: &str) -> Option<Value> {
        self.locals.iter().rev().find(|(local, _)| local == name).map(|(_, value)| value.clone())
    }

    /// A macro of the crate's is expanded. The arguments of others are read where they are
    /// expressions, as those of `format!` are.
    pub(super) fn macro_call(&mut self, call: &syn::Macro) -> Value {
        if let Some(Ok(tokens)) = self.context.macros.expand(call) {
            let Ok(stmts) = syn::Block::parse_within.parse2(tokens) else { return Value::default() };
            if self.depth == DEEPEST {
                return Value::default();
            }
            self.depth += 1;
            let value = self.block(&syn::Block { brace_token: Default::default(), stmts });
            self.depth -= 1;
            return value;
        }
        let exprs = arguments(call.tokens.clone());
        let all: Vec<Value> = exprs.iter().map(|expr| self.value(expr)).collect();
        all.iter().fold(Value::default(), |all, value| all.with(value))
    }
}

fn arguments(tokens: TokenStream) -> Punctuated<Expr, Token![,]> {
    let parse = |stream: ParseStream<'_>| Punctuated::parse_terminated(stream);
    parse.parse2(tokens).unwrap_or_default()
}
