//! The one generator of the bindings.
//!
//! With the feature `codegen` it corrects `openapi/video.json` by `openapi/overlay.json` and writes to
//! `OUT_DIR` what `generated/` holds: `document.json`, and by progenitor `bindings.rs`. If they differ, it
//! sets the cfg `stale_bindings`, which `src/bindings.rs` turns into an error. The script itself succeeds even
//! then: cargo names the `OUT_DIR` of successful scripts only, and `cargo xtask regen` needs it. Without the
//! feature nothing is generated. `cargo test` runs this generator in a test of `xtask`.

fn main() -> std::process::ExitCode {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-check-cfg=cfg(enablex_fuzzing, semver_checks, stale_bindings)");
    #[cfg(not(feature = "codegen"))]
    {
        println!("cargo:rerun-if-changed=generated");
        for file in ["generated/bindings.rs", "generated/document.json"] {
            if !std::path::Path::new(file).exists() {
                eprintln!("{file} is missing: run `cargo xtask regen`");
                return std::process::ExitCode::FAILURE;
            }
        }
    }
    #[cfg(feature = "codegen")]
    if let Err(error) = codegen::run() {
        eprintln!("{error}");
        return std::process::ExitCode::FAILURE;
    }
    std::process::ExitCode::SUCCESS
}

#[cfg(any(feature = "codegen", test))]
pub mod codegen {
    use std::{collections::BTreeSet, error::Error, fs, panic, path::Path, thread};

    use progenitor::{GenerationSettings, Generator, HooksMode, TypePatch};
    use quote::{ToTokens, quote};
    use roas_overlay::apply::{Apply, ApplyOptions};
    use serde_json::{Map, Value, json};

    /// What is generated, and checked in under `generated/`.
    pub struct Generated {
        pub bindings: String,
        /// The document with what the overlay adds to it as a whole, without what only people read.
        pub document: String,
        pub operations: usize,
    }

    /// Schemas that are replaced by a type of this crate. The overlay adds some of them.
    const OWN_TYPES: &[(&str, &str)] = &[
        ("WireAnything", "::serde_json::Value"),
        ("WireFlag", "crate::wire::Flag"),
        ("WireInteger", "crate::wire::Integer"),
        ("WireNumber", "crate::wire::Number"),
        ("WireText", "crate::wire::Text"),
        ("WireTime", "crate::wire::Time"),
        ("WireScheduledTime", "crate::wire::Lenient<crate::ScheduledTime>"),
        ("WireRoomId", "crate::wire::Lenient<crate::RoomId>"),
        ("WireConfNum", "crate::wire::Lenient<crate::ConfNum>"),
        ("WireLink", "crate::wire::Lenient<crate::wire::Link>"),
        ("WireResultField", "crate::wire::ResultField"),
        ("WireTokenField", "crate::wire::TokenField"),
        ("WireSecret", "crate::wire::Secret"),
        ("Role", "crate::Role"),
        ("Mode", "crate::Mode"),
        ("Quality", "crate::Quality"),
        ("MediaZone", "crate::MediaZone"),
        ("RecordingMedia", "crate::RecordingMedia"),
        ("UserData", "crate::UserData"),
    ];

    /// Keywords that the facade checks and the generator must not see: it makes newtypes of limits, sends
    /// defaults, needs crates for formats, and refuses new values of enums.
    const LIMITS: &[&str] = &[
        "default",
        "enum",
        "exclusiveMaximum",
        "exclusiveMinimum",
        "format",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "multipleOf",
        "pattern",
        "uniqueItems",
    ];

    /// Keywords that only people read.
    const PROSE: &[&str] = &["description", "example", "examples", "externalDocs", "summary", "title"];

    const COMPONENTS: &str = "#/components/";
    const SCHEMAS: &str = "#/components/schemas/";

    const METHODS: &[&str] = &["delete", "get", "head", "options", "patch", "post", "put", "trace"];

    /// The stack of the generator's thread, in bytes.
    const STACK: usize = 512 * 1024 * 1024;

    pub fn run() -> Result<(), Box<dyn Error>> {
        println!("cargo:rerun-if-changed=openapi");
        println!("cargo:rerun-if-changed=generated");

        let Generated { bindings, document, operations } =
            generated(read("openapi/video.json")?, read("openapi/overlay.json")?)?;
        let out = std::env::var("OUT_DIR")?;
        let mut fresh = true;
        for (name, text) in [("bindings.rs", bindings), ("document.json", document)] {
            fs::write(Path::new(&out).join(name), &text)?;
            fresh &= fs::read(Path::new("generated").join(name)).is_ok_and(|known| known == text.as_bytes());
        }
        let verdict = if fresh { "as checked in" } else { "generated/ is stale" };
        build_print::info!("{operations} operations from openapi/video.json, {verdict}");
        if !fresh {
            println!("cargo:rustc-cfg=stale_bindings");
        }
        Ok(())
    }

    fn read(path: &str) -> Result<Value, Box<dyn Error>> {
        let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        Ok(serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?)
    }

    /// What is generated of a document with an overlay. An action of the overlay that fits nothing does
    /// nothing: `cargo xtask regen --from` and a test of `xtask` name it.
    pub fn generated(mut document: Value, overlay: Value) -> Result<Generated, Box<dyn Error>> {
        let mut overlay: roas_overlay::v1_0::Overlay = serde_json::from_value(overlay)?;
        let (whole, parts) = overlay.actions.into_iter().partition(|action| action.target == "$");
        overlay.actions = whole;
        overlay.apply(&mut document, ApplyOptions::ErrorOnMixedKindMatch.into())?;
        let mut described = document.clone();
        hide(&mut described, PROSE, false);

        drop_failures(&mut document);
        let responses = Responses::of(&document);
        overlay.actions = parts;
        overlay.apply(&mut document, ApplyOptions::ErrorOnMixedKindMatch.into())?;
        responses.tolerate(&mut document);
        for names in ["/components/schemas", "/components/parameters", "/paths"] {
            if let Some(named) = document.pointer_mut(names) {
                hide(named, LIMITS, true);
            }
        }
        widen_successes(&mut document);

        let (code, operations) = generate(&document).map_err(|why| {
            let (place, why) = culprit(&document).unwrap_or_else(|| ("the document".to_owned(), why));
            // progenitor's assertion about more than one type names `response_types`.
            let hint = if why.contains("response_types") {
                "; the overlay has to leave one type of success in its view"
            } else {
                ""
            };
            format!("{place}: the generator refuses it: {why}{hint}")
        })?;
        let header =
            "// Generated from openapi/ by build.rs. `cargo xtask regen` renews it; edits are lost.\n\n";
        let document = format!("{described:#}\n");
        Ok(Generated { bindings: format!("{header}{code}"), document, operations })
    }

    /// Runs the generator, which recurses deeply and panics on unknown constructs.
    fn generate(document: &Value) -> Result<(String, usize), String> {
        let document = document.clone();
        let run = move || -> Result<(String, usize), String> {
            let spec: openapiv3::OpenAPI =
                serde_path_to_error::deserialize(&document).map_err(|error| error.to_string())?;
            let mut generator = Generator::new(&settings(&document));
            let tokens = generator.generate_tokens(&spec).map_err(|error| error.to_string())?;
            let mut file = syn::parse2(tokens).map_err(|error| error.to_string())?;
            patch_inline_types(&mut file);
            add_constructors(&mut file);
            silence_code(&mut file);
            lighten_calls(&mut file);
            Ok((prettyplease::unparse(&file), spec.operations().count()))
        };
        let hook = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        let thread = thread::Builder::new().stack_size(STACK).spawn(run);
        let done = thread.map(|thread| thread.join());
        panic::set_hook(hook);
        match done.map_err(|error| error.to_string())? {
            Ok(done) => done,
            Err(words) => Err(words
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| words.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                .unwrap_or_default()),
        }
    }

    /// Removes the failures and the components that nothing else refers to: failures are mapped once, above
    /// the bindings. The generator sees none, so that every one arrives with its status, headers and unread
    /// body.
    fn drop_failures(document: &mut Value) {
        for responses in responses(document) {
            responses.retain(|status, _| status.starts_with(['1', '2']));
        }
        let used = reached(document, COMPONENTS, vec![&document["paths"]]);
        let used: BTreeSet<String> = used.into_iter().map(str::to_owned).collect();
        let components = document.get_mut("components").and_then(Value::as_object_mut).into_iter().flatten();
        for (kind, named) in components.filter(|(kind, _)| *kind != "securitySchemes") {
            if let Some(named) = named.as_object_mut() {
                named.retain(|name, _| used.contains(&format!("{kind}/{name}")));
            }
        }
    }

    /// Accepts any status from 200 to 299 as the success that the document names.
    fn widen_successes(document: &mut Value) {
        for responses in responses(document) {
            let successes: Vec<String> =
                responses.keys().filter(|key| key.starts_with('2')).cloned().collect();
            if let [only] = &successes[..]
                && let Some(response) = responses.remove(only)
            {
                responses.insert("2XX".into(), response);
            }
        }
    }

    fn responses(document: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
        let items = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
        let operations = items.filter_map(|(_, item)| item.as_object_mut()).flat_map(Map::values_mut);
        operations.filter_map(|operation| operation.get_mut("responses")?.as_object_mut())
    }

    /// The schemas that a success reaches, before the overlay turns some bodies into streams: their rows
    /// are decoded as well.
    struct Responses {
        names: BTreeSet<String>,
        /// Those of them that are a whole body.
        bodies: BTreeSet<String>,
    }

    impl Responses {
        fn of(document: &Value) -> Self {
            let items = document["paths"].as_object().into_iter().flat_map(Map::values);
            let operations = items.filter_map(Value::as_object).flat_map(Map::values);
            let responses = operations.filter_map(|operation| operation.get("responses")?.as_object());
            let successes = responses.flatten().filter(|(status, _)| status.starts_with('2'));
            let successes: Vec<&Value> =
                successes.map(|(_, response)| resolved(document, response)).collect();
            let contents = successes.iter().filter_map(|success| success["content"].as_object());
            let bodies = contents.flat_map(Map::values).filter_map(|media| name(&media["schema"]));
            let bodies = bodies.map(str::to_owned).collect();
            Self {
                bodies,
                names: reached(document, SCHEMAS, successes).into_iter().map(str::to_owned).collect(),
            }
        }

        /// Lets them take what the service makes of them: any key may be missing, null or unknown, and
        /// a scalar has any of its spellings.
        fn tolerate(&self, document: &mut Value) {
            let schemas = &mut document["components"]["schemas"];
            for (own, _) in OWN_TYPES {
                if schemas.get(own).is_none() {
                    schemas[own] = json!({ "type": "string" });
                }
            }
            let named = schemas.clone();
            for (name, schema) in schemas.as_object_mut().into_iter().flatten() {
                if self.names.contains(name) && !is_own(name) && scalar(schema).is_none() {
                    tolerate(schema, &named);
                    if self.bodies.contains(name) {
                        tell_failures(schema);
                    }
                }
            }
            let successes = responses(document).flatten().filter(|(status, _)| status.starts_with('2'));
            let contents = successes.filter_map(|(_, success)| success.get_mut("content")?.as_object_mut());
            for (_, media) in contents.flatten().filter(|(kind, _)| kind.contains("json")) {
                if let Some(schema) = media.get_mut("schema").filter(|schema| name(schema).is_none()) {
                    tolerate(schema, &named);
                    tell_failures(schema);
                }
            }
        }
    }

    fn tolerate(schema: &mut Value, named: &Value) {
        let name = name(schema).map(str::to_owned);
        let is = match &name {
            Some(own) if is_own(own) => return,
            // A name for a scalar is none for the bindings.
            Some(name) => &named[name],
            None => &*schema,
        };
        let (scalar, is_choice) = (scalar(is), is.get("oneOf").or(is.get("anyOf")).is_some());
        let Some(object) = schema.as_object_mut() else { return };
        if let Some(scalar) = scalar {
            object.insert("$ref".into(), reference(scalar));
        } else if is_choice {
            object.retain(|key, _| key == "description");
        }
        if scalar.is_some() || is_choice || name.is_some() {
            return;
        }
        object.remove("required");
        let parts = object.get_mut("allOf").and_then(Value::as_array_mut).into_iter().flatten();
        parts.for_each(|part| tolerate(part, named));
        if let Some(items) = object.get_mut("items") {
            tolerate(items, named);
        }
        let properties = object.get_mut("properties").and_then(Value::as_object_mut);
        let is_free = properties.is_none();
        for property in properties.into_iter().flat_map(Map::values_mut) {
            tolerate(property, named);
            if matches!(property["type"].as_str(), Some("array" | "object")) {
                property["nullable"] = true.into();
            }
        }
        match object.get_mut("additionalProperties") {
            Some(values @ Value::Object(_)) => tolerate(values, named),
            Some(Value::Bool(true)) | None if is_free => {}
            _ => drop(
                object.insert("additionalProperties".into(), json!({ "$ref": reference("WireAnything") })),
            ),
        }
    }

    /// The lenient type of this crate for a scalar.
    fn scalar(schema: &Value) -> Option<&'static str> {
        Some(match (schema["type"].as_str()?, schema["format"].as_str()) {
            ("boolean", _) => "WireFlag",
            ("integer", _) => "WireInteger",
            ("number", _) => "WireNumber",
            ("string", Some("date-time")) => "WireTime",
            ("string", Some("password")) => "WireSecret",
            ("string", _) => "WireText",
            _ => return None,
        })
    }

    /// Adds `result` and `error_code` to the body of a success, which may be a failure. A body with a
    /// documented `result` is an envelope and keeps no unknown keys, for speed.
    fn tell_failures(schema: &mut Value) {
        let result = json!({
            "description": "Not documented here; 0 on success where it is there all the same.",
            "$ref": reference("WireResultField"),
        });
        let error_code = json!({
            "description": "Belongs to the newer failure form; a success has none.",
            "$ref": reference("WireText"),
        });
        let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
        properties.entry("error_code").or_insert(error_code);
        if let Some(documented) = properties.get_mut("result") {
            documented["$ref"] = result["$ref"].clone();
            schema.as_object_mut().and_then(|schema| schema.remove("additionalProperties"));
        } else {
            properties.insert("result".into(), result);
        }
    }

    fn is_own(name: &str) -> bool {
        OWN_TYPES.iter().any(|(own, _)| *own == name)
    }

    fn reference(name: &str) -> Value {
        format!("{SCHEMAS}{name}").into()
    }

    /// The name of the schema that a reference leads to.
    fn name(schema: &Value) -> Option<&str> {
        schema["$ref"].as_str()?.strip_prefix(SCHEMAS)
    }

    fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
        let reference = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
        reference.and_then(|pointer| document.pointer(pointer)).unwrap_or(value)
    }

    /// What parts of the document reach by references that begin with this, without it.
    fn reached<'a>(document: &'a Value, kind: &str, mut parts: Vec<&'a Value>) -> BTreeSet<&'a str> {
        let mut names = BTreeSet::new();
        while let Some(part) = parts.pop() {
            match part {
                Value::Object(object) => parts.extend(object.values()),
                Value::Array(items) => parts.extend(items),
                Value::String(text) => {
                    if let Some(name) = text.strip_prefix(kind)
                        && names.insert(name)
                    {
                        parts.extend(document.pointer(&text[1..]));
                    }
                }
                _ => {}
            }
        }
        names
    }

    /// Hides documentation from doctests where Markdown may take it for code: texts of a document must not
    /// run.
    fn silence_code(file: &mut syn::File) {
        struct Docs;
        impl syn::visit_mut::VisitMut for Docs {
            fn visit_attribute_mut(&mut self, attribute: &mut syn::Attribute) {
                let syn::Meta::NameValue(doc) = &attribute.meta else { return };
                let text = doc.value.to_token_stream().to_string();
                let is_code = ["```", "~~~", "    ", "\\t"].iter().any(|mark| text.contains(mark));
                if doc.path.is_ident("doc") && is_code {
                    let doc = doc.clone();
                    attribute.meta = syn::parse_quote! { cfg_attr(not(doctest), #doc) };
                }
            }
        }
        syn::visit_mut::VisitMut::visit_file_mut(&mut Docs, file);
    }

    /// Takes out of the client what is no use to EnableX or is done twice: a header with the version of the
    /// document, the parsing of the whole URL, and the reading of a body that the hook has read. And a
    /// constructor that panics, since it makes a client of reqwest without TLS.
    fn lighten_calls(file: &mut syn::File) {
        struct Calls;
        impl syn::visit_mut::VisitMut for Calls {
            fn visit_item_impl_mut(&mut self, item: &mut syn::ItemImpl) {
                item.items.retain(|item| !quote! { #item }.to_string().contains("ClientBuilder :: new ()"));
                syn::visit_mut::visit_item_impl_mut(self, item);
            }

            fn visit_block_mut(&mut self, block: &mut syn::Block) {
                let says = |statement: &syn::Stmt, what| quote! { #statement }.to_string().contains(what);
                block.stmts.retain(|statement| !says(statement, "Self :: api_version ()"));
                syn::visit_mut::visit_block_mut(self, block);
                // An operation with headers of its own needs the map for them.
                if !block.stmts.iter().any(|statement| says(statement, "header_map . append")) {
                    block.stmts.retain(|statement| !says(statement, "let mut header_map"));
                    Headers.visit_block_mut(block);
                }
            }

            fn visit_expr_mut(&mut self, call: &mut syn::Expr) {
                syn::visit_mut::visit_expr_mut(self, call);
                match call {
                    syn::Expr::MethodCall(request) if quote! { #request }.to_string().ends_with("(url)") => {
                        request.args = syn::parse_quote! {
                            crate::transport::url(self, &url).ok_or(Error::<()>::InvalidRequest(url))?
                        };
                    }
                    syn::Expr::Call(decode)
                        if quote! { #decode }.to_string() == "ResponseValue :: from_response (response)" =>
                    {
                        *call = syn::parse_quote! { crate::transport::decode(self, response) };
                    }
                    _ => {}
                }
            }
        }
        struct Headers;
        impl syn::visit_mut::VisitMut for Headers {
            fn visit_expr_mut(&mut self, call: &mut syn::Expr) {
                syn::visit_mut::visit_expr_mut(self, call);
                if let syn::Expr::MethodCall(with_headers) = call
                    && with_headers.method == "headers"
                {
                    *call = (*with_headers.receiver).clone();
                }
            }
        }
        syn::visit_mut::VisitMut::visit_file_mut(&mut Calls, file);
    }

    /// The items of the module with the types.
    fn types(file: &mut syn::File) -> Option<&mut Vec<syn::Item>> {
        file.items.iter_mut().find_map(|item| match item {
            syn::Item::Mod(module) if module.ident == "types" => Some(&mut module.content.as_mut()?.1),
            _ => None,
        })
    }

    /// Gives types of inline schemas, which the settings cannot name, the attributes of the others.
    fn patch_inline_types(file: &mut syn::File) {
        for item in types(file).into_iter().flatten() {
            let (name, attributes) = match item {
                syn::Item::Struct(item) => (&item.ident, &mut item.attrs),
                syn::Item::Enum(item) => (&item.ident, &mut item.attrs),
                _ => continue,
            };
            if attributes.iter().any(|attribute| quote! { #attribute }.to_string().contains("schemars")) {
                continue;
            }
            attributes.push(syn::parse_quote! {
                #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
            });
            attributes.push(syn::parse_quote! { #[non_exhaustive] });
            if name.to_string().contains("Request") {
                attributes.push(syn::parse_quote! { #[derive(PartialEq)] });
            }
        }
    }

    /// Adds a constructor to each request with required keys, which takes only those: an optional key that
    /// EnableX adds changes no caller.
    fn add_constructors(file: &mut syn::File) {
        let Some(items) = types(file) else { return };
        let constructors: Vec<syn::Item> = items.iter().filter_map(constructor).collect();
        items.extend(constructors);
    }

    fn constructor(item: &syn::Item) -> Option<syn::Item> {
        let syn::Item::Struct(item) = item else { return None };
        let name = &item.ident;
        let is_optional = |field: &&syn::Field| {
            let kind = &field.ty;
            let words = quote! { #kind }.to_string();
            let attributes = &field.attrs;
            let has_default = quote! { #(#attributes)* }.to_string().contains("serde (default");
            has_default || words.starts_with(":: std :: option :: Option")
        };
        let (optional, required): (Vec<_>, Vec<_>) = item.fields.iter().partition(is_optional);
        if !name.to_string().ends_with("Request") || required.is_empty() {
            return None;
        }
        let names: Vec<_> = required.iter().map(|field| &field.ident).collect();
        let kinds = required.iter().map(|field| &field.ty);
        let optional = optional.iter().map(|field| &field.ident);
        Some(syn::parse_quote! {
            impl #name {
                /// With what is required, and nothing else.
                pub fn new(#(#names: #kinds),*) -> Self {
                    Self { #(#names,)* #(#optional: Default::default(),)* }
                }
            }
        })
    }

    /// The first schema or operation that the generator refuses by itself, and why. Its errors seldom name
    /// one.
    fn culprit(document: &Value) -> Option<(String, String)> {
        for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
            let mut part = reduced(document, schema);
            part["components"]["schemas"][name] = schema.clone();
            part["paths"] = json!({});
            if let Err(why) = generate(&part) {
                return Some((format!("/components/schemas/{name}"), why));
            }
        }
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for method in METHODS.iter().filter(|method| item.get(method).is_some()) {
                let mut alone = item.clone();
                alone.as_object_mut()?.retain(|key, _| key == method || !METHODS.contains(&key.as_str()));
                let mut part = reduced(document, &alone);
                part["paths"] = json!({ path: alone });
                if let Err(why) = generate(&part) {
                    let id = item[method]["operationId"].as_str().unwrap_or("without operationId");
                    return Some((format!("{} {path} ({id})", method.to_uppercase()), why));
                }
            }
        }
        None
    }

    /// The document without paths, and with only the schemas that a part of it reaches.
    fn reduced(document: &Value, part: &Value) -> Value {
        let components = document["components"].as_object();
        let others = components.into_iter().flatten().filter(|(key, _)| *key != "schemas");
        let names = reached(document, SCHEMAS, others.map(|(_, value)| value).chain([part]).collect());
        let schemas = &document["components"]["schemas"];
        let used: Map<String, Value> =
            names.into_iter().map(|name| (name.to_owned(), schemas[name].clone())).collect();
        let mut reduced = json!({ "openapi": document["openapi"], "info": document["info"] });
        let mut components = components.cloned().unwrap_or_default();
        components.insert("schemas".into(), Value::Object(used));
        reduced["components"] = Value::Object(components);
        reduced
    }

    fn settings(document: &Value) -> GenerationSettings {
        let mut settings = GenerationSettings::default();
        settings
            .with_hooks(HooksMode::Expected)
            .with_inner_type(quote! { crate::transport::HookState })
            .with_map_type("crate::wire::Extra");
        for (schema, own) in OWN_TYPES {
            settings.with_replacement(schema, own, std::iter::empty());
        }
        // A field that EnableX adds must not break a caller.
        let mut patch = TypePatch::default();
        patch
            .with_attr("#[non_exhaustive]")
            .with_attr(r#"#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]"#);
        // The facade adds the limits to the schemas of requests, which are in one piece for it.
        let mut request = patch.clone();
        request.with_attr(r#"#[cfg_attr(feature = "schemars", schemars(inline))]"#).with_derive("PartialEq");
        let schemas = document["components"]["schemas"].as_object();
        for name in schemas.into_iter().flatten().map(|(name, _)| name) {
            let is_request = name.ends_with("Request");
            settings.with_patch(name, if is_request { &request } else { &patch });
        }
        settings
    }

    /// Removes keywords everywhere. If `names` is set, the keys of the object are names and not keywords.
    fn hide(value: &mut Value, keywords: &[&str], names: bool) {
        match value {
            Value::Object(object) => {
                if !names {
                    object.retain(|key, value| !keywords.contains(&key.as_str()) || is_stream(key, value));
                    keep_description(object);
                }
                for (key, inner) in object {
                    let names = !names && matches!(key.as_str(), "properties" | "responses" | "schemas");
                    hide(inner, keywords, names);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| hide(item, keywords, false)),
            _ => {}
        }
    }

    /// The format by which the generator knows a stream of bytes.
    fn is_stream(key: &str, value: &Value) -> bool {
        key == "format" && value == "binary"
    }

    /// Keeps the description of a property in which the overlay has put a reference, as the documentation of
    /// the field. In OpenAPI 3.0 a reference rules out its siblings.
    fn keep_description(schema: &mut Map<String, Value>) {
        let Some(description) = schema.get("description").cloned() else { return };
        if let Some(reference) = schema.remove("$ref") {
            schema.clear();
            schema.insert("description".into(), description);
            schema.insert("allOf".into(), json!([{ "$ref": reference }]));
        }
    }
}
