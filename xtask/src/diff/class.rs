//! Classes of changes and version steps.

use semver::Version;
use serde::Serialize;

/// What a change means for users of the crate, from the least to the most severe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Nothing of requests or responses changes.
    DocumentationOnly,
    /// More can be sent or read.
    Additive,
    /// The same code compiles, but the service refuses what it accepted, or responds in a way that
    /// released versions do not understand.
    BreakingOnTheWire,
    /// Code written against the facade no longer compiles, or loses what it relied on.
    BreakingForCallers,
}

impl Class {
    /// All of them, the most severe first.
    pub const ALL: [Self; 4] =
        [Self::BreakingForCallers, Self::BreakingOnTheWire, Self::Additive, Self::DocumentationOnly];

    /// The step of the version that it calls for.
    pub fn step(self) -> Step {
        match self {
            Self::BreakingForCallers => Step::Major,
            Self::BreakingOnTheWire | Self::Additive => Step::Minor,
            Self::DocumentationOnly => Step::Patch,
        }
    }

    /// What it means, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::BreakingForCallers => "Code written against the crate breaks, or loses what it relied on.",
            Self::BreakingOnTheWire => {
                "The same code compiles, but released versions stop working as they did."
            }
            Self::Additive => "More can be sent or read.",
            Self::DocumentationOnly => "Nothing of requests or responses changes.",
        }
    }
}

/// A step of the version, the smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Users notice nothing in their code.
    Patch,
    /// Code that compiled still compiles.
    Minor,
    /// Code may have to be changed.
    Major,
}

impl Step {
    /// The version after this step, as cargo reads versions: before 1.0 a breaking change increments the
    /// minor version, and any other change the patch version.
    pub fn after(self, version: &Version) -> Version {
        let Version { major, minor, patch, .. } = *version;
        match (major, self) {
            (0, Self::Major) => Version::new(0, minor + 1, 0),
            (0, _) | (_, Self::Patch) => Version::new(major, minor, patch + 1),
            (_, Self::Major) => Version::new(major + 1, 0, 0),
            (_, Self::Minor) => Version::new(major, minor + 1, 0),
        }
    }
}

/// A side of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The request.
    Request,
    /// The response of a success.
    Answer,
    /// The response of a failure.
    Failure,
    /// The operation or the document as a whole.
    Whole,
    /// No operation reaches it.
    Unused,
}

/// The name of a variant, as in JSON but with blanks.
pub(super) fn words(variant: impl Serialize) -> String {
    let text = serde_json::to_value(variant).ok();
    text.as_ref().and_then(|text| text.as_str()).unwrap_or_default().replace('-', " ")
}
