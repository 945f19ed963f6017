//! What a change means, and for whom.

use serde::Serialize;

/// What a change means for users of the crate, the least severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Nothing of requests or answers changes for users of the crate.
    Documentation,
    /// Something more can be said or read.
    Additive,
    /// The same code compiles, yet the service refuses what it took, or answers in a way that
    /// released versions do not understand.
    BreakingOnTheWire,
    /// Code written against the crate no longer compiles, or loses what it relied on.
    BreakingForCallers,
}

impl Class {
    /// All of them, the most severe first.
    pub const ALL: [Self; 4] =
        [Self::BreakingForCallers, Self::BreakingOnTheWire, Self::Additive, Self::Documentation];

    /// The step of the version that it calls for.
    pub fn step(self) -> Step {
        match self {
            Self::BreakingForCallers => Step::Major,
            Self::BreakingOnTheWire | Self::Additive => Step::Minor,
            Self::Documentation => Step::Patch,
        }
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::BreakingForCallers => "breaking for callers",
            Self::BreakingOnTheWire => "breaking on the wire",
            Self::Additive => "additive",
            Self::Documentation => "documentation only",
        }
    }

    /// What it means, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::BreakingForCallers => {
                "Code written against the crate no longer compiles, or loses what it relied on."
            }
            Self::BreakingOnTheWire => {
                "The same code compiles, but earlier releases stop working as they did. A minor step, so that \
                 users get the mended release without editing their manifests."
            }
            Self::Additive => "Something more can be said or read.",
            Self::Documentation => "Nothing of requests or answers changes for users of the crate.",
        }
    }
}

/// A step of the version, the smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Nothing that users could notice in their code.
    Patch,
    /// Code that compiled goes on to compile.
    Minor,
    /// Code may have to be changed.
    Major,
}

impl Step {
    /// In a word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// On which side of a call something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// What is sent.
    Request,
    /// What comes back on success.
    Answer,
    /// What comes back on failure.
    Failure,
    /// Neither: the operation or the document as a whole.
    Whole,
    /// No operation comes to it.
    Unused,
}

impl Side {
    /// In a word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Answer => "answer",
            Self::Failure => "failure",
            Self::Whole => "document",
            Self::Unused => "unused",
        }
    }
}
