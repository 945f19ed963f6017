//! Calls: of functions, of methods, of the generated client.

use syn::{Expr, FnArg, Pat};

use super::{Body, fields::is_nothing};
use crate::coverage::{
    facts::{Origin, Sent, Value, Write},
    heads::{GENERATED_CLIENT, head_of_path, last},
    index::GENERATED,
};

/// Methods of containers that hand back what their closure does.
const MAPPING: [&str; 8] =
    ["and_then", "filter_map", "flat_map", "map", "map_or", "map_or_else", "then", "try_fold"];

/// Methods of maps that take a key.
const LOOKING_UP: [&str; 4] = ["contains_key", "get", "get_mut", "remove"];

impl Body<'_, '_> {
    pub(super) fn method_call(&mut self, call: &syn::ExprMethodCall) -> Value {
        let receiver = self.value(&call.receiver);
        let name = call.method.to_string();
        let mut given = vec![receiver.clone()];
        let mut mapped = None;
        for argument in &call.args {
            given.push(match argument {
                Expr::Closure(closure) => {
                    let value = self.closure(closure, &receiver);
                    mapped.get_or_insert_with(|| value.clone());
                    value
                }
                other => self.value(other),
            });
        }
        if receiver.about.as_deref() == Some(GENERATED_CLIENT) {
            return self.sent(name, &given[1..]);
        }
        if LOOKING_UP.contains(&&*name) {
            self.facts.keys.extend(given[1..].iter().flat_map(|value| value.origins.clone()));
        }
        let functions = self.methods(&name, receiver.about.as_deref(), given.len());
        self.calls(&functions, &given);
        let all = given.iter().fold(Value::default(), |all, value| all.with(value));
        if receiver.about.is_some() && functions.is_empty() {
            // A method of what it is in: of an option, a list, an iterator.
            let mapped = mapped.filter(|_| MAPPING.contains(&&*name));
            return mapped.unwrap_or_else(|| receiver.clone()).with(&all);
        }
        let mut value = self.given_back(&functions).with(&all);
        value.made_of = value.made_of.or(receiver.made_of).or(receiver.about);
        value
    }

    /// The methods of this name: of the type, or, where that is not known, of traits, and one that is
    /// the only one of its name.
    fn methods(&self, name: &str, about: Option<&str>, given: usize) -> Vec<usize> {
        let index = self.context.index;
        let all = index.functions.iter().enumerate();
        let of_name: Vec<usize> = all
            .filter(|(_, it)| it.takes_self && it.name == name && it.arguments.len() == given)
            .map(|(number, _)| number)
            .collect();
        let is_only = of_name.len() == 1;
        let may_be = |number: &usize| {
            let function = &index.functions[*number];
            match about {
                Some(_) => function.owner.as_deref() == about,
                None => (is_only || function.of_trait.is_some()) && !index.is_reachable(function),
            }
        };
        of_name.into_iter().filter(may_be).collect()
    }

    pub(super) fn call(&mut self, call: &syn::ExprCall) -> Value {
        let given: Vec<Value> = call.args.iter().map(|argument| self.value(argument)).collect();
        let all = given.iter().fold(Value::default(), |all, value| all.with(value));
        let Expr::Path(called) = &*call.func else {
            return self.value(&call.func).with(&all);
        };
        let path = &called.path;
        if let Some(local) = path.get_ident().and_then(|name| self.local(&name.to_string())) {
            return local.with(&all);
        }
        if let Some(variant) = self.variant(path) {
            let about = Some(variant.0.clone());
            self.facts.variants.insert(variant);
            return Value { about, ..all };
        }
        let functions = self.functions(path);
        if functions.is_empty() {
            // `Some(value)`, `Box::new(value)`, or the name of a structure without names of fields.
            let index = self.context.index;
            let about = head_of_path(path, self.this(), &index.types);
            let first = given.into_iter().next().unwrap_or_default();
            return Value { about: about.or(first.about), made_of: first.made_of, ..all };
        }
        if let [only] = functions[..]
            && self.context.index.functions[only].module == GENERATED
        {
            return self.construct(only, call, &given);
        }
        self.calls(&functions, &given);
        self.given_back(&functions).with(&all)
    }

    /// A constructor of the bindings sets the fields that its arguments are named after.
    fn construct(&mut self, number: usize, call: &syn::ExprCall, given: &[Value]) -> Value {
        let function = &self.context.index.functions[number];
        let owner = function.owner.clone();
        for ((argument, expr), value) in function.arguments.iter().zip(&call.args).zip(given) {
            if let (FnArg::Typed(argument), Some(owner)) = (argument, &owner)
                && let Pat::Ident(name) = &*argument.pat
            {
                let field = (owner.clone(), name.ident.to_string());
                let origins = value.origins.clone();
                self.facts.writes.push(Write { field, origins, sets_nothing: is_nothing(expr) });
            }
        }
        Value::about(owner)
    }

    fn sent(&mut self, method: String, given: &[Value]) -> Value {
        let Some(about) = self.context.generated.get(&method) else { return Value::default() };
        let arguments = given.iter().map(|value| value.about.clone().or(value.made_of.clone())).collect();
        self.facts.sent.push(Sent { method, within: self.within.clone(), arguments });
        Value::about(about.clone())
    }

    fn calls(&mut self, functions: &[usize], given: &[Value]) {
        self.facts.calls.extend(functions);
        for function in functions {
            let places = given.iter().enumerate();
            let given = places.filter(|(_, value)| !value.origins.is_empty());
            self.facts.given.extend(given.map(|(i, value)| (*function, i, value.origins.clone())));
        }
    }

    /// What one of these functions hands back.
    pub(super) fn given_back(&self, functions: &[usize]) -> Value {
        functions.iter().fold(Value::default(), |all, &number| {
            let function = &self.context.index.functions[number];
            let made_of = function.owner.clone().filter(|_| function.takes_self && function.gives.is_none());
            let about = function.gives.clone();
            all.or(Value { about, made_of, ..Value::of(Origin::Returned(number)) })
        })
    }

    /// The functions that a path may name: of a type, or else free ones, those of the same module or
    /// of the module that is named before all others.
    pub(super) fn functions(&self, path: &syn::Path) -> Vec<usize> {
        let index = self.context.index;
        let Some(name) = last(path) else { return Vec::new() };
        let before = path.segments.iter().nth_back(1).map(|before| before.ident.to_string());
        let all = || index.functions.iter().enumerate().filter(|(_, function)| function.name == name);
        if let Some(before) = before.as_deref().filter(|before| before.starts_with(char::is_uppercase)) {
            let owner = if before == "Self" { self.this() } else { Some(before) };
            let of_owner: Vec<usize> =
                all().filter(|(_, function)| function.owner.as_deref() == owner).map(|(i, _)| i).collect();
            // A type that stands for others: `T::of_nothing`.
            let is_generic = of_owner.is_empty() && before.len() == 1;
            let of_trait = all().filter(|(_, function)| is_generic && function.of_trait.is_some());
            return of_owner.into_iter().chain(of_trait.map(|(i, _)| i)).collect();
        }
        let free: Vec<(usize, &str)> =
            all().filter(|(_, function)| function.owner.is_none()).map(|(i, it)| (i, it.module)).collect();
        let here = before.as_deref().unwrap_or(index.functions[self.number].module);
        let near: Vec<usize> = free.iter().filter(|(_, module)| *module == here).map(|(i, _)| *i).collect();
        if near.is_empty() { free.into_iter().map(|(i, _)| i).collect() } else { near }
    }
}
