//! Enums that the service may extend without notice.

/// Defines an enum of words, with `Other` for a word that is not documented. Responses keep such a word;
/// `FromStr` refuses it.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $name:ident as $field:literal {
            $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
            /// A word that is not documented, as the service sent it.
            Other(String),
        }

        impl $name {
            /// The documented words, in the order of EnableX's reference.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word that the API uses.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }

            /// The variant of a word, documented or not.
            fn from_word(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    _ => Self::Other(word.to_owned()),
                }
            }

            /// The violation of a word that is not documented.
            pub(crate) fn violation(&self, field: &'static str) -> Option<crate::Violation> {
                let Self::Other(word) = self else { return None };
                Some(crate::Violation::new(
                    field,
                    concat!("must be one of: ", open_enum!(@list $($word),+)),
                    Some(word),
                ))
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Error;
            /// Reads a documented word in its documented spelling.
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Ok(Self::try_from(word)?)
            }
        }

        impl TryFrom<&str> for $name {
            type Error = crate::Violation;
            fn try_from(word: &str) -> Result<Self, Self::Error> {
                let known = Self::from_word(word);
                match known.violation($field) {
                    Some(violation) => Err(violation),
                    None => Ok(known),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = crate::Violation;
            fn try_from(word: String) -> Result<Self, Self::Error> {
                word.as_str().try_into()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let crate::wire::Lenient::Read(word) = crate::wire::Text::deserialize(deserializer)? else {
                    return Err(serde::de::Error::custom(concat!($field, " must be a word")));
                };
                Ok(Self::from_word(&word))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "schemars")]
        impl schemars::JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", "enum": Self::WORDS})
            }
        }
    };
    (@list $first:literal $(, $rest:literal)*) => {
        concat!($first $(, ", ", $rest)*)
    };
}

pub(crate) use open_enum;
