//! Ids that become a segment of a request's path.

/// The longest id in bytes, far below the limits of HTTP servers for a path.
const LONGEST: usize = 1_000;

/// The rule that keeps an id inside its segment, if the id breaks one.
pub(crate) fn broken_rule(id: &str) -> Option<&'static str> {
    if id.is_empty() {
        Some("must not be empty")
    } else if id.len() > LONGEST {
        Some("must have at most 1,000 bytes")
    } else if matches!(id, "." | "..") {
        Some("must not be `.` or `..`")
    } else if id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        // As all that were seen.
        None
    } else if id.chars().any(|c| matches!(c, '/' | '\\') || c.is_whitespace() || c.is_control()) {
        Some("must have no slash, backslash, white space or control character")
    } else {
        None
    }
}

/// Defines the type of an id: opaque text that is checked on conversion.
macro_rules! path_segment {
    (
        $(#[$meta:meta])*
        pub struct $name:ident as $field:literal;
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = crate::Violation;
            fn try_from(id: String) -> Result<Self, crate::Violation> {
                id.as_str().try_into()
            }
        }

        impl TryFrom<&str> for $name {
            type Error = crate::Violation;
            fn try_from(id: &str) -> Result<Self, crate::Violation> {
                match crate::path_segment::broken_rule(id) {
                    Some(rule) => Err(crate::Violation::new($field, rule, Some(id))),
                    None => Ok(Self(id.into())),
                }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.as_str().to_owned()
            }
        }

        impl TryFrom<&String> for $name {
            type Error = crate::Violation;
            fn try_from(id: &String) -> Result<Self, crate::Violation> {
                id.as_str().try_into()
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Error;
            fn from_str(id: &str) -> Result<Self, crate::Error> {
                Ok(Self::try_from(id)?)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl crate::wire::Scalar for $name {
            fn read(value: &serde_json::Value) -> Option<Self> {
                // A number that is too large for an integer has lost digits, so it would be another id.
                let exact = !value.is_f64();
                <String as crate::wire::Scalar>::read(value).filter(|_| exact)?.try_into().ok()
            }
            fn write(&self) -> serde_json::Value {
                self.as_str().into()
            }
            #[cfg(feature = "schemars")]
            fn schema() -> schemars::Schema {
                <String as crate::wire::Scalar>::schema()
            }
        }
    };
}

pub(crate) use path_segment;
