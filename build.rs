//! The one generator of the bindings.
//!
//! With feature `codegen`: `openapi/video.json`, corrected by `openapi/overlay.json`, goes through
//! progenitor into `OUT_DIR/bindings.rs`. Where that differs from `generated/bindings.rs`, the cfg
//! `stale_bindings` is set, which `src/bindings.rs` turns into an error. The script itself succeeds
//! even then, since cargo names the `OUT_DIR` of successful scripts only, and `cargo xtask regen`
//! needs it. Without the feature nothing is generated and `generated/` is taken as it is.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-check-cfg=cfg(fuzzing, semver_checks, stale_bindings)");
    #[cfg(feature = "codegen")]
    codegen::run()?;
    Ok(())
}

#[cfg(feature = "codegen")]
mod codegen {
    use std::{error::Error, fs, path::Path};

    use progenitor::{GenerationSettings, Generator, HooksMode, TypePatch};
    use quote::quote;
    use roas_overlay::apply::{Apply, ApplyOptions};
    use serde_json::{Map, Value, json};

    /// The bindings as they are checked in.
    const CHECKED_IN: &str = "generated/bindings.rs";

    /// Schemas that stand for a type of this crate. The overlay makes some of them.
    const OWN_TYPES: &[(&str, &str)] = &[
        ("Anything", "::serde_json::Value"),
        ("Flag", "crate::wire::Flag"),
        ("Integer", "crate::wire::Integer"),
        ("Number", "crate::wire::Number"),
        ("Text", "crate::wire::Text"),
        ("Time", "crate::wire::Time"),
        ("ScheduledTime", "crate::wire::Lenient<crate::ScheduledTime>"),
        ("RoomId", "crate::wire::Lenient<crate::RoomId>"),
        ("ConfNum", "crate::wire::Lenient<crate::ConfNum>"),
        ("Link", "crate::wire::Lenient<crate::wire::Link>"),
        ("ResultField", "crate::wire::ResultField"),
        ("TokenField", "crate::wire::TokenField"),
        ("Secret", "crate::wire::Secret"),
        ("Role", "crate::Role"),
        ("Mode", "crate::Mode"),
        ("Quality", "crate::Quality"),
        ("MediaZone", "crate::MediaZone"),
        ("RecordingMedia", "crate::RecordingMedia"),
        ("UserData", "crate::UserData"),
    ];

    /// What the facade checks and the generator shall not see: limits become newtypes, defaults
    /// would be sent, formats draw in crates, inline enums refuse new values.
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

    pub fn run() -> Result<(), Box<dyn Error>> {
        println!("cargo:rerun-if-changed=openapi");
        println!("cargo:rerun-if-changed=generated");

        let (code, operations) = bindings()?;
        let out = Path::new(&std::env::var("OUT_DIR")?).join("bindings.rs");
        fs::write(&out, &code)?;

        let fresh = fs::read(CHECKED_IN).is_ok_and(|checked_in| checked_in == code.as_bytes());
        let verdict = if fresh { "as checked in" } else { "generated/ is stale" };
        build_print::info!("{operations} operations from openapi/video.json, {verdict}");
        if !fresh {
            println!("cargo:rustc-cfg=stale_bindings");
        }
        Ok(())
    }

    fn read<T: serde::de::DeserializeOwned>(path: &str) -> Result<T, Box<dyn Error>> {
        let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        Ok(serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?)
    }

    /// The source text of the bindings, and how many operations they have.
    fn bindings() -> Result<(String, usize), Box<dyn Error>> {
        let mut document: Value = read("openapi/video.json")?;
        let overlay: roas_overlay::v1_0::Overlay = read("openapi/overlay.json")?;
        overlay.apply(&mut document, ApplyOptions::ErrorOnZeroMatch.into())?;
        hide_limits(&mut document["components"]["schemas"], true);
        hide_limits(&mut document["components"]["parameters"], true);
        hide_limits(&mut document["paths"], true);

        let settings = settings(&document)?;
        let spec = serde_json::from_value(document)?;
        let mut generator = Generator::new(&settings);
        let tokens = generator.generate_tokens(&spec)?;
        let code = prettyplease::unparse(&syn::parse2(tokens)?);
        let header =
            "// Generated from openapi/ by build.rs. `cargo xtask regen` renews it; edits are lost.\n\n";
        Ok((format!("{header}{code}"), spec.operations().count()))
    }

    fn settings(document: &Value) -> Result<GenerationSettings, Box<dyn Error>> {
        let mut settings = GenerationSettings::default();
        settings
            .with_hooks(HooksMode::Expected)
            .with_inner_type(quote! { crate::transport::Wire })
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
        let schemas =
            document["components"]["schemas"].as_object().ok_or("the document has no components.schemas")?;
        for name in schemas.keys() {
            let is_request = name.ends_with("Request");
            settings.with_patch(name, if is_request { &request } else { &patch });
        }
        Ok(settings)
    }

    /// Takes the keywords of `LIMITS` out of every schema. Where `names` is set the keys of an
    /// object are names that the document gives, not keywords.
    fn hide_limits(value: &mut Value, names: bool) {
        match value {
            Value::Object(object) => {
                if !names {
                    object.retain(|key, _| !LIMITS.contains(&key.as_str()));
                    keep_description(object);
                }
                for (key, inner) in object {
                    let names = !names && matches!(key.as_str(), "properties" | "responses");
                    hide_limits(inner, names);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| hide_limits(item, false)),
            _ => {}
        }
    }

    /// A reference rules out its siblings in OpenAPI 3.0. Where the overlay has put one into a
    /// property, the property's description stays as the field's documentation.
    fn keep_description(schema: &mut Map<String, Value>) {
        let Some(description) = schema.get("description").cloned() else { return };
        if let Some(reference) = schema.remove("$ref") {
            schema.clear();
            schema.insert("description".into(), description);
            schema.insert("allOf".into(), json!([{ "$ref": reference }]));
        }
    }
}
