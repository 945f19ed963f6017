//! Reads the bodies of functions. Types are followed by their heads, containers and references looked
//! through; where a type is not known, a name alone decides, among what users cannot reach.

use std::collections::BTreeMap;

use syn::{
    Expr, Pat,
    visit::{self, Visit},
};

use super::{
    conditions::is_on,
    expand::Macros,
    facts::{Facts, Origin, Value},
    heads::head,
    index::{Field, Index},
};

mod calls;
mod fields;
mod patterns;
mod scalars;

/// What bodies are read against.
#[derive(Clone, Copy)]
pub struct Context<'c, 's> {
    pub index: &'c Index<'s>,
    pub macros: &'c Macros,
    /// The method of each call of the generated client, and the type that its answer is about.
    pub generated: &'c BTreeMap<String, Option<String>>,
}

/// Reads the body of the function with this number.
pub fn facts(context: Context<'_, '_>, number: usize) -> Facts {
    let function = &context.index.functions[number];
    let facts = Facts::default();
    let mut body = Body { context, number, locals: Vec::new(), within: Vec::new(), depth: 0, facts };
    for (i, argument) in function.arguments.iter().enumerate() {
        match argument {
            syn::FnArg::Receiver(_) => {
                body.locals.push(("self".into(), Value::about(function.owner.clone())));
            }
            syn::FnArg::Typed(argument) => {
                let about = head(&argument.ty, function.owner.as_deref(), &context.index.types);
                let value = Value { about, ..Value::of(Origin::Argument(number, i)) };
                body.bind(&argument.pat, &value);
            }
        }
    }
    body.block(function.body);
    body.facts
}

fn attributes(stmt: &syn::Stmt) -> &[syn::Attribute] {
    match stmt {
        syn::Stmt::Local(local) => &local.attrs,
        syn::Stmt::Macro(call) => &call.attrs,
        syn::Stmt::Expr(Expr::Block(block), _) => &block.attrs,
        syn::Stmt::Expr(..) | syn::Stmt::Item(_) => &[],
    }
}

struct Body<'c, 's> {
    context: Context<'c, 's>,
    number: usize,
    locals: Vec<(String, Value)>,
    /// Of the arms that are being read.
    within: Vec<Field>,
    /// Of macros in macros.
    depth: usize,
    facts: Facts,
}

impl<'ast> Visit<'ast> for Body<'_, '_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        self.value(expr);
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        self.block(block);
    }
}

impl Body<'_, '_> {
    fn this(&self) -> Option<&str> {
        self.context.index.functions[self.number].owner.as_deref()
    }

    fn block(&mut self, block: &syn::Block) -> Value {
        let depth = self.locals.len();
        let mut value = Value::default();
        for stmt in block.stmts.iter().filter(|stmt| is_on(attributes(stmt))) {
            value = match stmt {
                syn::Stmt::Expr(expr, end) => {
                    let value = self.value(expr);
                    if end.is_none() { value } else { Value::default() }
                }
                syn::Stmt::Local(local) => {
                    let init = local.init.as_ref();
                    let mut value = init.map(|init| self.value(&init.expr)).unwrap_or_default();
                    if let Pat::Type(typed) = &local.pat {
                        let about = head(&typed.ty, self.this(), &self.context.index.types);
                        value.about = about.or(value.about);
                    }
                    if let Some((_, diverge)) = init.and_then(|init| init.diverge.as_ref()) {
                        self.value(diverge);
                    }
                    self.bind(&local.pat, &value);
                    Value::default()
                }
                syn::Stmt::Macro(call) => {
                    let value = self.macro_call(&call.mac);
                    if call.semi_token.is_none() { value } else { Value::default() }
                }
                syn::Stmt::Item(item) => {
                    visit::visit_item(self, item);
                    Value::default()
                }
            };
        }
        self.locals.truncate(depth);
        value
    }

    /// Reads an expression.
    fn value(&mut self, expr: &Expr) -> Value {
        match expr {
            Expr::Path(path) => self.path(&path.path),
            Expr::Field(field) => self.field(field),
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Call(call) => self.call(call),
            Expr::Struct(made) => self.structure(made),
            Expr::Assign(assign) => self.assign(assign),
            Expr::Reference(inner) => self.value(&inner.expr),
            Expr::Paren(inner) => self.value(&inner.expr),
            Expr::Group(inner) => self.value(&inner.expr),
            Expr::Try(inner) => self.value(&inner.expr),
            Expr::Await(inner) => self.value(&inner.base),
            Expr::Cast(inner) => self.value(&inner.expr),
            Expr::Unary(inner) => self.value(&inner.expr),
            Expr::Lit(literal) => self.literal(&literal.lit),
            Expr::Binary(binary) => {
                let left = self.value(&binary.left);
                Value { about: None, ..self.value(&binary.right).with(&left) }
            }
            Expr::Array(array) => self.all(array.elems.iter()),
            Expr::Tuple(tuple) => {
                let parts: Vec<Value> = tuple.elems.iter().map(|element| self.value(element)).collect();
                let all = parts.iter().fold(Value::default(), |all, part| all.with(part));
                Value { parts, ..all }
            }
            Expr::Index(index) => {
                let value = self.value(&index.expr);
                let place = self.value(&index.index);
                value.with(&place)
            }
            Expr::Block(inner) => self.block(&inner.block),
            Expr::Async(inner) => self.block(&inner.block),
            Expr::Unsafe(inner) => self.block(&inner.block),
            Expr::Closure(closure) => self.closure(closure, &Value::default()),
            Expr::Let(bound) => {
                let value = self.value(&bound.expr);
                self.bind(&bound.pat, &value);
                Value::default()
            }
            Expr::If(branch) => {
                let depth = self.locals.len();
                self.value(&branch.cond);
                let then = self.block(&branch.then_branch);
                self.locals.truncate(depth);
                let other = branch.else_branch.as_ref().map(|(_, other)| self.value(other));
                then.or(other.unwrap_or_default())
            }
            Expr::Match(choice) => self.choice(choice),
            Expr::ForLoop(turns) => {
                let depth = self.locals.len();
                let value = self.value(&turns.expr);
                self.bind(&turns.pat, &value);
                self.block(&turns.body);
                self.locals.truncate(depth);
                Value::default()
            }
            Expr::While(turns) => {
                let depth = self.locals.len();
                self.value(&turns.cond);
                self.block(&turns.body);
                self.locals.truncate(depth);
                Value::default()
            }
            Expr::Macro(call) => self.macro_call(&call.mac),
            // Whatever else there is: what stands in it is read.
            other => {
                visit::visit_expr(self, other);
                Value::default()
            }
        }
    }

    /// Several expressions that are one value.
    fn all<'e>(&mut self, exprs: impl Iterator<Item = &'e Expr>) -> Value {
        exprs.fold(Value::default(), |all, expr| all.or(self.value(expr)))
    }

    fn closure(&mut self, closure: &syn::ExprClosure, given: &Value) -> Value {
        let depth = self.locals.len();
        for input in &closure.inputs {
            match input {
                Pat::Type(typed) => {
                    let about = head(&typed.ty, self.this(), &self.context.index.types);
                    let about = about.or_else(|| given.about.clone());
                    self.bind(&typed.pat, &Value { about, ..given.clone() });
                }
                input => self.bind(input, given),
            }
        }
        let value = self.value(&closure.body);
        self.locals.truncate(depth);
        value
    }
}
