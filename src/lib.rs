#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
#![warn(missing_debug_implementations, missing_docs)]

mod answers;
#[cfg_attr(semver_checks, doc(hidden))]
pub mod bindings;
mod call_options;
mod client;
mod clock;
mod dial_in;
#[cfg(test)]
mod document_tests;
#[cfg(feature = "drift")]
mod drift;
mod error;
mod files;
#[cfg(fuzzing)]
#[doc(hidden)]
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
pub mod wire;

#[doc(inline)]
pub use bindings::types::{
    Archive, ArchiveFile, Cdr, CdrRoom, CdrSigserver, CdrUsage, CdrUser, DialInNumber, DialInResponse,
    DialInSettings, DialInSip, LiveRecording, LiveTranscription, Permissions, PublishedTrack,
    RoleBasedRecording, Room, RoomSettings, Sip, User,
};
pub use call_options::{AnswerSlot, CallOptions, RawAnswer};
pub use client::{Client, ClientBuilder, Credentials};
pub use clock::Clock;
pub use dial_in::DialIn;
#[cfg(feature = "drift")]
pub use drift::{Drift, DriftKind};
pub use error::{Advice, Error, ErrorCode, ErrorKind, Violation};
pub use files::FileHandle;
pub use reports::{ArchiveKind, ArchiveLink, ConfNum, Date, Period, Report, ReportRow, ReportRows, Reports};
/// For the types of it that stand in signatures. A client of your own needs one of its TLS features, or
/// building it panics: this crate asks for `rustls-no-provider` alone.
pub use reqwest;
#[doc(inline)]
pub use retry::RetryPolicy;
pub use role::Role;
pub use room_id::RoomId;
pub use rooms::{
    MediaZone, Mode, NewRoom, Quality, RecordingMedia, RoomHandle, RoomKind, RoomUpdate, Rooms, Schedule,
    ScheduledTime, Settings,
};
pub use tokens::{ExposedToken, JoinToken, TokenRequest, UserData};
pub use transport::Progress;
