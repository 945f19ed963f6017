#![doc = include_str!("front_page.md")]
// Items that a feature adds are links where it is on, and lead to the table of features where it is off.
#![doc = ""]
#![cfg_attr(not(feature = "sandbox"), doc = "[`sandbox`]: #features")]
#![cfg_attr(not(feature = "blocking"), doc = "[`blocking`]: #features")]
#![cfg_attr(not(feature = "webhooks"), doc = "[`webhooks`]: #features")]
#![cfg_attr(not(feature = "drift"), doc = "[`ClientBuilder::observe_drift`]: #features")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![warn(missing_debug_implementations, missing_docs)]

mod accessors;
#[cfg(any(feature = "sandbox", feature = "webhooks"))]
mod basic;
#[cfg_attr(semver_checks, doc(hidden))]
pub mod bindings;
#[cfg(feature = "blocking")]
pub mod blocking;
mod call_options;
mod client;
mod clock;
mod dial_in;
mod digest;
#[cfg(test)]
mod document_tests;
#[cfg(feature = "drift")]
mod drift;
mod error;
mod files;
#[cfg(enablex_fuzzing)]
#[doc(hidden)]
#[path = "../fuzz/targets/all.rs"]
pub mod fuzzing;
mod path_segment;
mod reports;
pub mod retry;
mod role;
mod room_id;
mod rooms;
#[cfg(feature = "sandbox")]
pub mod sandbox;
#[cfg(feature = "schemars")]
mod schema;
mod tokens;
mod transport;
#[cfg(feature = "webhooks")]
pub mod webhooks;
pub mod wire;

#[doc(inline)]
pub use bindings::types::{Archive, Cdr, DialInResponse, Room, RoomSettings, User};
pub use call_options::{AnswerSlot, CallOptions, RawAnswer};
pub use client::{Client, ClientBuilder, Credentials};
pub use clock::Clock;
pub use dial_in::DialIn;
#[cfg(feature = "drift")]
pub use drift::{Drift, DriftKind};
pub use error::{Advice, Error, ErrorCode, ErrorKind, HttpResponse, InvalidField, Violation};
pub use files::FileHandle;
pub use reports::{
    ArchiveKind, ArchiveLink, CdrRow, ConfNum, Date, Period, Report, ReportRow, ReportRows, Reports, Saved,
    SavedFile, SavedFiles,
};
/// For its types in signatures. This crate enables only its feature `rustls-no-provider`: building a client of
/// your own panics, unless you enable one of its TLS features.
pub use reqwest;
// Short paths, while the documentation lists these types on a page of their own.
#[cfg_attr(not(semver_checks), doc(hidden))]
pub use responses::*;
#[doc(inline)]
pub use retry::RetryPolicy;
pub use role::Role;
pub use room_id::RoomId;
pub use rooms::{
    MediaZone, Mode, NewRoom, Quality, RecordingMedia, RoomHandle, RoomKind, RoomUpdate, Rooms, Schedule,
    ScheduledTime, Settings,
};
pub use tokens::{ExposedToken, JoinToken, JoinTokens, TokenRequest, UserData};
pub use transport::Progress;

/// The parts of responses: structures inside a [`Room`], a [`User`], a [`Cdr`], an [`Archive`] or a
/// [`DialInResponse`].
///
/// Each is in the root of the crate, too, as `enablex::CdrRoom` for example.
pub mod responses {
    #[doc(inline)]
    pub use crate::bindings::types::{
        ArchiveFile, CdrRoom, CdrSigserver, CdrUsage, CdrUser, DialInNumber, DialInSettings, DialInSip,
        LiveRecording, LiveTranscription, Permissions, PublishedTrack, RoleBasedRecording, Sip,
    };
}

/// The code of the README, as doctests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
