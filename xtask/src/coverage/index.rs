//! What the source defines, by name: types and their fields, constants, functions.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Attribute, Fields, FnArg, ImplItem, Item, TraitItem, Visibility};

use super::{
    conditions::is_on,
    generated::documentation,
    heads::{head, last},
    source::{Module, Source},
};

/// A field of a type: of a structure, or `Enum::Variant` with its place.
pub type Field = (String, String);

/// The module of the constructors of requests.
pub const GENERATED: &str = "bindings";

pub struct Function<'s> {
    /// The type that it belongs to, or the trait.
    pub owner: Option<String>,
    /// The trait, where it is an implementation of one.
    pub of_trait: Option<String>,
    pub name: String,
    pub module: &'s str,
    /// Whether it is called on a value.
    pub takes_self: bool,
    /// Whether it is public in its own place.
    is_public: bool,
    pub arguments: Vec<&'s FnArg>,
    /// The type that it hands back, if it is one of the crate's.
    pub gives: Option<String>,
    pub body: &'s syn::Block,
    /// What its documentation names in parentheses: "Lists the rooms (`getRoomList`)".
    pub named: BTreeSet<String>,
}

#[derive(Default)]
pub struct Index<'s> {
    /// The type of each field, where it is one of the crate's.
    pub fields: BTreeMap<Field, Option<String>>,
    pub types: BTreeSet<String>,
    pub enums: BTreeSet<String>,
    /// Constants that are texts.
    pub texts: BTreeMap<String, String>,
    pub functions: Vec<Function<'s>>,
    /// The names of types and functions that users reach.
    pub public: BTreeSet<String>,
}

impl<'s> Index<'s> {
    pub fn of(source: &'s Source, bindings: &'s [Item]) -> Self {
        let mut index = Self::default();
        let generated = types_module(bindings);
        let all = || source.modules.iter().flat_map(|module| &module.items).chain(generated);
        all().for_each(|item| index.name(item));
        all().for_each(|item| index.contents(item));
        for module in &source.modules {
            index.export(module);
            module.items.iter().for_each(|item| index.functions_of(item, &module.name));
        }
        // Constructors of requests.
        let inherent = |item: &&Item| matches!(item, Item::Impl(block) if block.trait_.is_none());
        types_module(bindings).iter().filter(inherent).for_each(|item| index.functions_of(item, GENERATED));
        index
    }

    /// Whether users can call it.
    pub fn is_reachable(&self, function: &Function<'_>) -> bool {
        let place = function.owner.as_ref().unwrap_or(&function.name);
        function.is_public && function.of_trait.is_none() && self.public.contains(place)
    }

    fn name(&mut self, item: &Item) {
        match item {
            Item::Struct(item) => drop(self.types.insert(item.ident.to_string())),
            Item::Enum(item) => {
                self.types.insert(item.ident.to_string());
                self.enums.insert(item.ident.to_string());
            }
            _ => {}
        }
    }

    fn contents(&mut self, item: &Item) {
        match item {
            Item::Struct(item) => self.fields_of(&item.ident.to_string(), &item.fields),
            Item::Enum(item) => {
                for variant in &item.variants {
                    self.fields_of(&format!("{}::{}", item.ident, variant.ident), &variant.fields);
                }
            }
            Item::Const(item) => {
                if let syn::Expr::Lit(literal) = &*item.expr
                    && let syn::Lit::Str(text) = &literal.lit
                {
                    self.texts.insert(item.ident.to_string(), text.value());
                }
            }
            _ => {}
        }
    }

    fn fields_of(&mut self, owner: &str, fields: &Fields) {
        for (i, field) in fields.iter().enumerate() {
            let name = field.ident.as_ref().map_or_else(|| i.to_string(), ToString::to_string);
            self.fields.insert((owner.to_owned(), name), head(&field.ty, None, &self.types));
        }
    }

    /// What users reach of a module: what a public one defines, and what one hands on by `pub use`.
    fn export(&mut self, module: &Module) {
        if !module.is_public {
            return;
        }
        for item in &module.items {
            let (visibility, name) = match item {
                Item::Enum(item) => (&item.vis, &item.ident),
                Item::Fn(item) => (&item.vis, &item.sig.ident),
                Item::Struct(item) => (&item.vis, &item.ident),
                Item::Trait(item) => (&item.vis, &item.ident),
                Item::Use(item) => {
                    if matches!(item.vis, Visibility::Public(_)) {
                        names(&item.tree, &mut self.public);
                    }
                    continue;
                }
                _ => continue,
            };
            if matches!(visibility, Visibility::Public(_)) {
                self.public.insert(name.to_string());
            }
        }
    }

    fn functions_of(&mut self, item: &'s Item, module: &'s str) {
        match item {
            Item::Fn(item) => {
                let place = Place { module, owner: None, of_trait: None };
                self.function(place, &item.attrs, &item.vis, &item.sig, &item.block);
            }
            Item::Impl(block) => {
                let owner = head(&block.self_ty, None, &self.types).or_else(|| name_of(&block.self_ty));
                let of_trait = block.trait_.as_ref().and_then(|of_trait| last(&of_trait.0));
                for item in &block.items {
                    if let ImplItem::Fn(item) = item
                        && is_on(&item.attrs)
                    {
                        let place = Place { module, owner: owner.clone(), of_trait: of_trait.clone() };
                        self.function(place, &item.attrs, &item.vis, &item.sig, &item.block);
                    }
                }
            }
            Item::Trait(item) => {
                for inner in &item.items {
                    if let TraitItem::Fn(inner) = inner
                        && let Some(body) = &inner.default
                    {
                        let owner = Some(item.ident.to_string());
                        let place = Place { module, owner: owner.clone(), of_trait: owner };
                        self.function(place, &inner.attrs, &item.vis, &inner.sig, body);
                    }
                }
            }
            _ => {}
        }
    }

    fn function(
        &mut self,
        place: Place<'s>,
        attributes: &[Attribute],
        visibility: &Visibility,
        signature: &'s syn::Signature,
        body: &'s syn::Block,
    ) {
        let Place { module, owner, of_trait } = place;
        let lines: Vec<String> = attributes.iter().filter_map(documentation).collect();
        let documentation = lines.concat();
        let gives = match &signature.output {
            syn::ReturnType::Type(_, gives) => head(gives, owner.as_deref(), &self.types),
            syn::ReturnType::Default => None,
        };
        self.functions.push(Function {
            name: signature.ident.to_string(),
            takes_self: signature.receiver().is_some(),
            is_public: matches!(visibility, Visibility::Public(_)),
            arguments: signature.inputs.iter().collect(),
            owner,
            of_trait,
            module,
            gives,
            body,
            named: named(&documentation).map(str::to_owned).collect(),
        });
    }
}

/// Where a function stands.
struct Place<'s> {
    module: &'s str,
    owner: Option<String>,
    of_trait: Option<String>,
}

/// The words in backticks that stand alone in parentheses.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let lists = text.split("(`").skip(1).filter_map(|after| after.split_once("`)"));
    lists.flat_map(|(list, _)| list.split("`, `"))
}

/// The items of the bindings' module of types.
pub fn types_module(bindings: &[Item]) -> &[Item] {
    let types = bindings.iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => Some(&module.content.as_ref()?.1[..]),
        _ => None,
    });
    types.unwrap_or_default()
}

fn name_of(ty: &syn::Type) -> Option<String> {
    match ty {
        syn::Type::Path(path) => last(&path.path),
        _ => None,
    }
}

fn names(tree: &syn::UseTree, into: &mut BTreeSet<String>) {
    match tree {
        syn::UseTree::Path(path) => names(&path.tree, into),
        syn::UseTree::Name(name) => drop(into.insert(name.ident.to_string())),
        syn::UseTree::Rename(name) => drop(into.insert(name.rename.to_string())),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| names(tree, into)),
        syn::UseTree::Glob(_) => {}
    }
}
