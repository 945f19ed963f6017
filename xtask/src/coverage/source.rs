//! The source of the crate: its modules from `src/lib.rs` on, with macros expanded.

use std::{
    fs,
    path::{Path, PathBuf},
};

use syn::{ImplItem, Item, Visibility, parse::ParseStream, parse::Parser};

use super::{
    conditions::is_on,
    expand::{DEEPEST, Macros},
};
use crate::Result;

/// One module.
pub struct Module {
    /// Its name; empty for the root.
    pub name: String,
    pub file: PathBuf,
    /// Whether users reach what is public in it.
    pub is_public: bool,
    pub items: Vec<Item>,
}

/// Every module that a user may compile in but the bindings, and the macros that are left in bodies.
#[derive(Default)]
pub struct Source {
    pub modules: Vec<Module>,
    pub macros: Macros,
}

impl Source {
    /// Reads the crate at `root`.
    pub fn read(root: &Path) -> Result<Self> {
        let mut source = Self::default();
        let file = root.join("src/lib.rs");
        source.module(String::new(), file.clone(), &root.join("src"), true)?;
        source.take_definitions();
        for module in &mut source.modules {
            expand_items(&mut module.items, &source.macros, 0).map_err(|error| at(&module.file, &error))?;
        }
        Ok(source)
    }

    fn module(&mut self, name: String, file: PathBuf, below: &Path, is_public: bool) -> Result<()> {
        let items = parse(&file)?;
        self.add(Module { name, file, is_public, items }, below)
    }

    /// Takes in a module and those in it. Their files lie below this folder.
    fn add(&mut self, mut module: Module, below: &Path) -> Result<()> {
        for item in &mut module.items {
            let Item::Mod(inner) = item else { continue };
            let name = inner.ident.to_string();
            let is_public = module.is_public && matches!(inner.vis, Visibility::Public(_));
            let deeper = below.join(&name);
            if let Some((_, items)) = inner.content.take() {
                self.add(Module { name, file: module.file.clone(), is_public, items: on(items) }, &deeper)?;
                continue;
            }
            let beside = below.join(format!("{name}.rs"));
            let file = match (named_path(&inner.attrs), module.file.parent()) {
                (Some(path), Some(folder)) => folder.join(path),
                _ if beside.exists() => beside,
                _ => deeper.join("mod.rs"),
            };
            self.module(name, file, &deeper, is_public)?;
        }
        self.modules.push(module);
        Ok(())
    }

    fn take_definitions(&mut self) {
        for item in self.modules.iter().flat_map(|module| &module.items) {
            if let Item::Macro(item) = item
                && let Some(name) = &item.ident
            {
                self.macros.define(name.to_string(), item.mac.tokens.clone());
            }
        }
    }
}

/// Reads a file's items, without those that are compiled for tests, fuzzing or the sandbox alone.
pub fn parse(file: &Path) -> Result<Vec<Item>> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let parsed = syn::parse_file(&text).map_err(|error| at(file, &error))?;
    Ok(on(parsed.items))
}

fn on(mut items: Vec<Item>) -> Vec<Item> {
    items.retain(|item| attributes(item).is_none_or(is_on));
    items
}

/// An error, with where it is.
fn at(file: &Path, error: &syn::Error) -> String {
    format!("{}:{}: {error}", file.display(), error.span().start().line)
}

fn named_path(attributes: &[syn::Attribute]) -> Option<String> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("path")).find_map(|attribute| {
        match &attribute.meta.require_name_value().ok()?.value {
            syn::Expr::Lit(literal) => match &literal.lit {
                syn::Lit::Str(path) => Some(path.value()),
                _ => None,
            },
            _ => None,
        }
    })
}

fn attributes(item: &Item) -> Option<&[syn::Attribute]> {
    Some(match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => return None,
    })
}

/// Puts what they stand for in the place of macro calls between items, and in implementations.
fn expand_items(items: &mut Vec<Item>, macros: &Macros, depth: usize) -> syn::Result<()> {
    let mut expanded = Vec::new();
    for item in items.drain(..) {
        let made = match &item {
            Item::Macro(call) if call.ident.is_none() && depth < DEEPEST => made_of(&call.mac, macros)?,
            _ => None,
        };
        match made {
            Some(made) => {
                let mut made = on(made);
                expand_items(&mut made, macros, depth + 1)?;
                expanded.append(&mut made);
            }
            None => expanded.push(item),
        }
    }
    for item in &mut expanded {
        if let Item::Impl(block) = item {
            expand_impl(&mut block.items, macros)?;
        }
    }
    *items = expanded;
    Ok(())
}

fn expand_impl(items: &mut Vec<ImplItem>, macros: &Macros) -> syn::Result<()> {
    let mut expanded = Vec::new();
    for item in items.drain(..) {
        let made = match &item {
            ImplItem::Macro(call) => made_of(&call.mac, macros)?,
            _ => None,
        };
        match made {
            Some(mut made) => expanded.append(&mut made),
            None => expanded.push(item),
        }
    }
    *items = expanded;
    Ok(())
}

/// The items that a call stands for, where the crate defines the macro.
fn made_of<T: syn::parse::Parse>(call: &syn::Macro, macros: &Macros) -> syn::Result<Option<Vec<T>>> {
    let Some(tokens) = macros.expand(call).transpose()? else { return Ok(None) };
    let parse = |stream: ParseStream<'_>| {
        let mut items = Vec::new();
        while !stream.is_empty() {
            items.push(stream.parse()?);
        }
        Ok(items)
    };
    // It is the call that can be pointed at.
    parse.parse2(tokens).map(Some).map_err(|error| syn::Error::new_spanned(&call.path, error))
}
