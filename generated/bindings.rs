// Generated from openapi/ by build.rs. `cargo xtask regen` renews it; edits are lost.

#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///What was kept of one session. A key is absent where its feature was off.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Archive {
        ///Id of the EnableX project. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub app_id: ::std::option::Option<crate::wire::Text>,
        ///URL of a JSON file with the chat. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub chatdata: ::std::option::Option<crate::wire::Lenient<crate::wire::Link>>,
        ///Number of the session. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub conf_num: ::std::option::Option<crate::wire::Lenient<crate::ConfNum>>,
        ///Id of the entry. Documented.
        #[serde(rename = "_id", skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<crate::wire::Text>,
        ///URL of a JSON file about the session. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<crate::wire::Lenient<crate::wire::Link>>,
        ///Media files, one for each published stream. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub recording: ::std::option::Option<::std::vec::Vec<ArchiveFile>>,
        ///Id of the room. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub room_id: ::std::option::Option<crate::wire::Lenient<crate::RoomId>>,
        ///Time of the entry, RFC 3339, UTC. Documented; which moment it marks is unclear.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub trans_date: ::std::option::Option<crate::wire::Time>,
        ///Files made from the recordings by transcoding, which takes its time. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub transcoded: ::std::option::Option<::std::vec::Vec<ArchiveFile>>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///A file to be fetched.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ArchiveFile {
        ///Where it lies. Fetching takes HTTP Basic with the recording user and password of the portal, not APP_ID and APP_KEY; without them the answer is 403. The extension says nothing certain about the format. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<crate::wire::Lenient<crate::wire::Link>>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///Recorded sessions.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct ArchiveResponse {
        ///One entry for each archived session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub archive: ::std::option::Option<::std::vec::Vec<Archive>>,
        ///Belongs to the newer failure form; a success has none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_code: ::std::option::Option<crate::wire::Text>,
        ///Always `0` on success. Documented as text here; accept the number 0 too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
    }
    ///One connection of one user to a session. The live service adds keys beyond these (seen in client code).
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Cdr {
        ///Id of the EnableX project. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub app_id: ::std::option::Option<crate::wire::Text>,
        ///Id of the call's log. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub call_log_id: ::std::option::Option<crate::wire::Text>,
        ///Number of the call. Documented; what it counts is unclear.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub call_num: ::std::option::Option<crate::wire::Text>,
        ///Id of this row. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub cdr_id: ::std::option::Option<crate::wire::Text>,
        ///Number of the session (conference). Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub conf_num: ::std::option::Option<crate::wire::Lenient<crate::ConfNum>>,
        ///What the user published.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub published_track: ::std::option::Option<PublishedTrack>,
        ///The room, and how long it was connected.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub room: ::std::option::Option<CdrRoom>,
        ///The connection to the signalling server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sigserver: ::std::option::Option<CdrSigserver>,
        ///Time of the row, RFC 3339, UTC. Documented; which moment it marks is unclear.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub trans_date: ::std::option::Option<crate::wire::Time>,
        ///What is charged for the connection.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub usage: ::std::option::Option<CdrUsage>,
        ///The user of the connection.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub user: ::std::option::Option<CdrUser>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///Call detail records.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct CdrResponse {
        ///One row for each connection of a user; empty if there are none, or none yet.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub cdr: ::std::option::Option<::std::vec::Vec<Cdr>>,
        ///Belongs to the newer failure form; a success has none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_code: ::std::option::Option<crate::wire::Text>,
        ///Always `0` on success. Documented as text here; accept the number 0 too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
    }
    ///The user's time in the room. Other keys may occur.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct CdrRoom {
        ///When the user came in, RFC 3339, UTC. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub connect_dt: ::std::option::Option<crate::wire::Time>,
        ///When the user left, RFC 3339, UTC. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub disconnect_dt: ::std::option::Option<crate::wire::Time>,
        ///Time in between. Decimal seconds. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration: ::std::option::Option<crate::wire::Number>,
        ///Id of the room. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub room_id: ::std::option::Option<crate::wire::Lenient<crate::RoomId>>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///The connection to the signalling server.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct CdrSigserver {
        ///When it was opened, RFC 3339, UTC. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub connect_dt: ::std::option::Option<crate::wire::Time>,
        ///When it was closed, RFC 3339, UTC. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub disconnect_dt: ::std::option::Option<crate::wire::Time>,
        ///How long it was open. Decimal seconds. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration: ::std::option::Option<crate::wire::Number>,
        ///How long it was on hold. Decimal seconds. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hold_duration: ::std::option::Option<crate::wire::Number>,
        ///Address of the server; may be empty. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ip: ::std::option::Option<crate::wire::Text>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///What the connection consumed, in decimal minutes.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct CdrUsage {
        ///Minutes sent. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub published_minutes: ::std::option::Option<crate::wire::Number>,
        ///Minutes received. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub subscribed_minutes: ::std::option::Option<crate::wire::Number>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///The user of the connection.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct CdrUser {
        ///The client software's user agent. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub agent: ::std::option::Option<crate::wire::Text>,
        ///Name of the conference; may be empty. Documented.
        #[serde(
            rename = "confName",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub conf_name: ::std::option::Option<crate::wire::Text>,
        ///Address the user came from. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ip: ::std::option::Option<crate::wire::Text>,
        ///Name from the token request. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<crate::wire::Text>,
        ///The `user_ref` of the token request. Documented.
        #[serde(rename = "ref", skip_serializing_if = "::std::option::Option::is_none")]
        pub ref_: ::std::option::Option<crate::wire::Text>,
        ///The role that the user had.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub role: ::std::option::Option<crate::Role>,
        ///The token that was used; may be empty. A credential, to be kept out of logs. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token: ::std::option::Option<crate::wire::Secret>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///A room to be made.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct CreateRoomRequest {
        ///Anything the application wants to keep with the room. EnableX does not look into it. Documented.
        #[serde(default, skip_serializing_if = "::serde_json::Map::is_empty")]
        pub data: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ///Name of the room; blank text counts as absent. Documented.
        pub name: ::std::string::String,
        ///Who owns the room, as the application puts it (a user, a team, a branch); blank text counts as absent. Documented.
        pub owner_ref: ::std::string::String,
        ///What the room is set to, its kind included.
        pub settings: RoomSettingsRequest,
        ///Whether the room can be dialled into.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sip: ::std::option::Option<SipRequest>,
    }
    ///The user for whom a token is wanted.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct CreateTokenRequest {
        ///What everyone in the session is told of the user.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub data: ::std::option::Option<crate::UserData>,
        ///Name of the user; any script, blank text counts as absent. Documented.
        pub name: ::std::string::String,
        ///What the user may do in the session.
        pub role: crate::Role,
        ///The application's own reference for the user. It comes back in the reports on the session. Blank text counts as absent. Documented.
        pub user_ref: ::std::string::String,
    }
    ///A number to dial.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DialInNumber {
        ///Name of the country. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub country: ::std::option::Option<crate::wire::Text>,
        ///Two-letter code of the country. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub country_code: ::std::option::Option<crate::wire::Text>,
        ///The number, with a plus sign and the country's prefix. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<crate::wire::Text>,
        ///Whether the caller pays; false is a toll-free number. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub toll: ::std::option::Option<crate::wire::Flag>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///Numbers and SIP data of the project. The one answer that is documented without `result`. It holds secrets.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DialInResponse {
        ///The project's own APP_KEY: a secret, as good as the password of this API. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub app_key: ::std::option::Option<crate::wire::Secret>,
        ///The numbers that can be dialled. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub dialin: ::std::option::Option<::std::vec::Vec<DialInNumber>>,
        ///Belongs to the newer failure form; a success has none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_code: ::std::option::Option<crate::wire::Text>,
        ///Id of the record. Documented.
        #[serde(rename = "_id", skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<crate::wire::Text>,
        ///Not documented here; 0 on success where it is there all the same.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
        ///What the project may use.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub settings: ::std::option::Option<DialInSettings>,
        ///How to reach the project over SIP.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sip: ::std::option::Option<DialInSip>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///Switches of the project's dial-in.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DialInSettings {
        ///Whether SIP is on. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sip: ::std::option::Option<crate::wire::Flag>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///How to reach the project over SIP. Holds a secret.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DialInSip {
        ///Addresses of the media servers. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub media_servers: ::std::option::Option<::std::vec::Vec<crate::wire::Text>>,
        ///SIP password: a secret. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub password: ::std::option::Option<crate::wire::Secret>,
        ///SIP URL of the server. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub server_url: ::std::option::Option<crate::wire::Text>,
        ///Addresses of the signalling servers. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sig_servers: ::std::option::Option<::std::vec::Vec<crate::wire::Text>>,
        ///SIP user. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub username: ::std::option::Option<crate::wire::Text>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///Recording of a rendered view, as answered. Documented as an object; unclear, because one page has a boolean in its place.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct LiveRecording {
        ///Whether it starts along with the session. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub auto_recording: ::std::option::Option<crate::wire::Flag>,
        ///Address of the view that is recorded. Documented; a printed answer leaves the scheme out, so this need not be a full URL.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<crate::wire::Text>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///Recording of a rendered view of the session. Documented as an object; unclear, because one page has a boolean in its place: send the object.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct LiveRecordingRequest {
        ///Start this recording along with the session. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub auto_recording: ::std::option::Option<bool>,
        ///Address of a view of one's own to be recorded. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<::std::string::String>,
    }
    ///Transcription, as answered. Documented.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct LiveTranscription {
        ///Whether it begins by itself. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub auto_transcribe: ::std::option::Option<crate::wire::Flag>,
        ///Whether transcription is available. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub enable: ::std::option::Option<crate::wire::Flag>,
        ///Language tag. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<crate::wire::Text>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///Transcription of speech while the session is on. Documented.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct LiveTranscriptionRequest {
        ///Begin without being asked to in the session. Documented, off by default.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub auto_transcribe: ::std::option::Option<bool>,
        ///Make transcription available. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub enable: ::std::option::Option<bool>,
        ///Language spoken, as a tag like `en-IN`. Documented; which tags are taken is unclear.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<::std::string::String>,
    }
    ///What the user may do, one switch each. Those named here are documented; others occur.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Permissions {
        ///May handle the controls of the session. Documented; its reach is unclear.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub controlhandlers: ::std::option::Option<crate::wire::Flag>,
        ///May send streams. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub publish: ::std::option::Option<crate::wire::Flag>,
        ///May record. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub record: ::std::option::Option<crate::wire::Flag>,
        ///May read stream statistics. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub stats: ::std::option::Option<crate::wire::Flag>,
        ///May receive streams. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub subscribe: ::std::option::Option<crate::wire::Flag>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, crate::wire::Flag>,
    }
    ///Which kinds of track the user published.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct PublishedTrack {
        ///Sound. A boolean written as text. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub audio: ::std::option::Option<crate::wire::Flag>,
        ///Data. A boolean written as text. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub data: ::std::option::Option<crate::wire::Flag>,
        ///Shared screen. A boolean written as text. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub screen: ::std::option::Option<crate::wire::Flag>,
        ///A stream from a URL. A boolean written as text. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<crate::wire::Flag>,
        ///Camera picture. A boolean written as text. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub video: ::std::option::Option<crate::wire::Flag>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///Success without a payload.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct ResultResponse {
        ///Belongs to the newer failure form; a success has none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_code: ::std::option::Option<crate::wire::Text>,
        ///Always 0 on success. Documented as a number here; accept the text `0` too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
    }
    ///What is recorded, told apart by role. Documented.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RoleBasedRecording {
        ///What is recorded of moderators.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub moderator: ::std::option::Option<crate::RecordingMedia>,
        ///What is recorded of participants.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub participant: ::std::option::Option<crate::RecordingMedia>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///What to record, told apart by role. Documented.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct RoleBasedRecordingRequest {
        ///What is recorded of moderators.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub moderator: ::std::option::Option<crate::RecordingMedia>,
        ///What is recorded of participants.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub participant: ::std::option::Option<crate::RecordingMedia>,
    }
    ///A room as the service tells it. Keys beyond these may occur.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Room {
        ///The media zone that is in effect. Seen in client code; its words are most likely those of MediaZone, which is unclear.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub configured_media_zone: ::std::option::Option<crate::wire::Text>,
        ///When the room was made, RFC 3339 with milliseconds, UTC. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub created: ::std::option::Option<crate::wire::Time>,
        ///What the application stored with the room, unchanged. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub data: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        ///Whether a media server stands ready for the room. Seen in client code.
        #[serde(
            rename = "isMediaServerAvailable",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub is_media_server_available: ::std::option::Option<crate::wire::Flag>,
        ///Name of the room. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<crate::wire::Text>,
        ///The owner's reference that was given at creation. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub owner_ref: ::std::option::Option<crate::wire::Text>,
        ///Id of the room, to be used in paths. Opaque, though every one seen so far has 24 hexadecimal digits. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub room_id: ::std::option::Option<crate::wire::Lenient<crate::RoomId>>,
        ///Id of the EnableX project the room belongs to. Seen in client code; meaning unclear.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub service_id: ::std::option::Option<crate::wire::Text>,
        ///What the room is set to.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub settings: ::std::option::Option<RoomSettings>,
        ///How the room can be dialled into.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sip: ::std::option::Option<Sip>,
        ///When the room was last changed, RFC 3339. Seen in client code.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub updated: ::std::option::Option<crate::wire::Time>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///All rooms of the project.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct RoomListResponse {
        ///Belongs to the newer failure form; a success has none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_code: ::std::option::Option<crate::wire::Text>,
        ///Always 0 on success. Documented as a number here; accept the text `0` too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
        ///The rooms, all in one answer: no paging is documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub rooms: ::std::option::Option<::std::vec::Vec<Room>>,
    }
    ///One room.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct RoomResponse {
        ///Belongs to the newer failure form; a success has none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_code: ::std::option::Option<crate::wire::Text>,
        ///Always 0 on success. Documented as a number here; accept the text `0` too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub room: ::std::option::Option<Room>,
    }
    ///The settings as the service tells them. Values are described, not limited: the service is known to print other types than it documents, and keys that are named nowhere.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RoomSettings {
        ///Adapt the streams to the bandwidth at hand. Documented, on unless turned off. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub abwd: ::std::option::Option<crate::wire::Flag>,
        ///Whether active talkers are told apart. Not for sending. Seen in client code. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub active_talker: ::std::option::Option<crate::wire::Flag>,
        ///Whether the room is used up by one session, or by the sessions that fall within `duration` of its first one. Cannot change after creation, and cannot be true together with `scheduled`. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub adhoc: ::std::option::Option<crate::wire::Flag>,
        ///A count written as a string of digits. How many may listen over HLS; the subscription sets the ceiling. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub audiences: ::std::option::Option<crate::wire::Text>,
        ///Start recording when the session starts. Documented, off unless asked for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub auto_recording: ::std::option::Option<crate::wire::Flag>,
        ///A reference of the application's own, for its accounts. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub billing_code: ::std::option::Option<crate::wire::Text>,
        ///Allow the shared canvas for annotation. Documented, off unless asked for. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub canvas: ::std::option::Option<crate::wire::Flag>,
        ///Free text about the room. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub description: ::std::option::Option<crate::wire::Text>,
        ///Length in minutes. Documented as an integer; live answers hold it as a numeric string as well (seen in client code).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration: ::std::option::Option<crate::wire::Integer>,
        ///Whether media is encrypted. Not for sending. Seen in client code. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub encryption: ::std::option::Option<crate::wire::Flag>,
        ///Switch for face analysis. Documented; its default is unclear, since it is said to be off and printed as true. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub facex: ::std::option::Option<crate::wire::Flag>,
        ///The page that is rendered for the HLS stream: an https URL of one's own, or the word `DEFAULT`. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hls_view_url: ::std::option::Option<crate::wire::Text>,
        ///Newcomers wait at the door until a moderator lets them in. Documented, off unless asked for. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub knock: ::std::option::Option<crate::wire::Flag>,
        ///A recording of the session as people see it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub live_recording: ::std::option::Option<LiveRecording>,
        ///A transcription of what is said.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub live_transcription: ::std::option::Option<LiveTranscription>,
        ///How many talkers are shown at a time. Documented as a number, yet two printed answers hold `true` here: read both.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max_active_talkers: ::std::option::Option<crate::wire::Integer>,
        ///How media is set up; its words are unclear. Not for sending. Seen in client code.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub media_configuration: ::std::option::Option<crate::wire::Text>,
        ///Where the media servers stand.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub media_zone: ::std::option::Option<crate::MediaZone>,
        ///How sessions run; fixed when the room is created.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mode: ::std::option::Option<crate::Mode>,
        ///A count written as a string of digits. Seats for moderators, one to five. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub moderators: ::std::option::Option<crate::wire::Text>,
        ///A count written as a string of digits. Seats for participants, on top of the moderators. Both together may come to 250 at most in a session; viewers are not part of that sum. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub participants: ::std::option::Option<crate::wire::Text>,
        ///The best video quality; by subscription where it is absent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub quality: ::std::option::Option<crate::Quality>,
        ///What is recorded of users, by their role.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub role_based_recording: ::std::option::Option<RoleBasedRecording>,
        ///Whether the room is bound to a start time. Cannot change after creation, and cannot be true together with `adhoc`. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub scheduled: ::std::option::Option<crate::wire::Flag>,
        ///Start in UTC. Documented as `YYYY-MM-DD HH:MM:SS`; unclear whether the live service also writes RFC 3339, so read both.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub scheduled_time: ::std::option::Option<
            crate::wire::Lenient<crate::ScheduledTime>,
        >,
        ///Allow sharing of screens. Documented, on unless turned off.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub screen_share: ::std::option::Option<crate::wire::Flag>,
        ///Whether figures about the HLS listeners are sent. Seen in client code.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub send_audiences_stats: ::std::option::Option<crate::wire::Flag>,
        ///Record into one file in place of one for each stream. Documented, off unless asked for. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub single_file_recording: ::std::option::Option<crate::wire::Flag>,
        ///Seats for viewers; whether it is a limit or a count is unclear. Not for sending. Seen in client code.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub viewers: ::std::option::Option<crate::wire::Number>,
        ///Nobody gets in ahead of the first moderator. Earlier name: `wait_moderator`. Documented, off unless asked for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub wait_for_moderator: ::std::option::Option<crate::wire::Flag>,
        ///Put a watermark on the video. Documented, off unless asked for. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub watermark: ::std::option::Option<crate::wire::Flag>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///How a new room behaves. EnableX refuses keys that it does not know with code 10009, hence `additionalProperties: false`. The kind follows from two switches: neither makes a permanent room, `scheduled` a scheduled one, `adhoc` an ad hoc one.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct RoomSettingsRequest {
        ///Adapt the streams to the bandwidth at hand. Documented, on unless turned off. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub abwd: ::std::option::Option<bool>,
        ///Whether the room is used up by one session, or by the sessions that fall within `duration` of its first one. Cannot change after creation, and cannot be true together with `scheduled`. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub adhoc: ::std::option::Option<bool>,
        ///A count written as a string of digits. How many may listen over HLS; the subscription sets the ceiling. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub audiences: ::std::option::Option<::std::string::String>,
        ///Start recording when the session starts. Documented, off unless asked for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub auto_recording: ::std::option::Option<bool>,
        ///A reference of the application's own, for its accounts. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub billing_code: ::std::option::Option<::std::string::String>,
        ///Allow the shared canvas for annotation. Documented, off unless asked for. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub canvas: ::std::option::Option<bool>,
        ///Free text about the room. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub description: ::std::option::Option<::std::string::String>,
        ///Length in whole minutes; no upper limit is known. A scheduled room needs it, the other kinds may have it. Documented. Unclear: whether a session that is already running is cut off when it is over.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration: ::std::option::Option<i64>,
        ///Switch for face analysis. Documented; its default is unclear, since it is said to be off and printed as true. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub facex: ::std::option::Option<bool>,
        ///The page that is rendered for the HLS stream: an https URL of one's own, or the word `DEFAULT`. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hls_view_url: ::std::option::Option<::std::string::String>,
        ///Newcomers wait at the door until a moderator lets them in. Documented, off unless asked for. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub knock: ::std::option::Option<bool>,
        ///A recording of the session as people see it.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub live_recording: ::std::option::Option<LiveRecordingRequest>,
        ///A transcription of what is said.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub live_transcription: ::std::option::Option<LiveTranscriptionRequest>,
        ///How many talkers are shown at a time. Documented, six when left out. Earlier name: `active_talker`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max_active_talkers: ::std::option::Option<i64>,
        ///Where the media servers stand.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub media_zone: ::std::option::Option<crate::MediaZone>,
        ///How sessions run; fixed when the room is created.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mode: ::std::option::Option<crate::Mode>,
        ///A count written as a string of digits. Seats for moderators, one to five; one when left out. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub moderators: ::std::option::Option<::std::string::String>,
        ///A count written as a string of digits. Seats for participants, on top of the moderators. Both together may come to 250 at most in a session; viewers are not part of that sum. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub participants: ::std::option::Option<::std::string::String>,
        ///The best video quality; by subscription where it is absent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub quality: ::std::option::Option<crate::Quality>,
        ///What is recorded of users, by their role.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub role_based_recording: ::std::option::Option<RoleBasedRecordingRequest>,
        ///Whether the room is bound to a start time. Cannot change after creation, and cannot be true together with `adhoc`. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub scheduled: ::std::option::Option<bool>,
        ///Start in UTC, written `YYYY-MM-DD HH:MM:SS` (not RFC 3339). Has a meaning for scheduled rooms alone, which need it. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub scheduled_time: ::std::option::Option<::std::string::String>,
        ///Allow sharing of screens. Documented, on unless turned off.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub screen_share: ::std::option::Option<bool>,
        ///Whether figures about the HLS listeners are sent. Seen in client code.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub send_audiences_stats: ::std::option::Option<bool>,
        ///Record into one file in place of one for each stream. Documented, off unless asked for. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub single_file_recording: ::std::option::Option<bool>,
        ///Nobody gets in ahead of the first moderator. Earlier name: `wait_moderator`. Documented, off unless asked for.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub wait_for_moderator: ::std::option::Option<bool>,
        ///Put a watermark on the video. Documented, off unless asked for. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub watermark: ::std::option::Option<bool>,
    }
    ///Who is in the room's session now.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct RoomUsersResponse {
        ///Belongs to the newer failure form; a success has none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_code: ::std::option::Option<crate::wire::Text>,
        ///Always 0 on success. Documented as a number here; accept the text `0` too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
        ///Number of users in the session. Documented; absent in some answers for a room at rest.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub total: ::std::option::Option<crate::wire::Integer>,
        ///The users. For a room at rest this is an empty list, `null`, or absent. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub users: ::std::option::Option<::std::vec::Vec<User>>,
    }
    ///SIP access of a room, as answered.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Sip {
        ///Whether SIP access is on. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub enabled: ::std::option::Option<crate::wire::Flag>,
        ///Meeting id a caller has to enter. Documented; a printed answer holds it as a number, so read both.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub meeting_id: ::std::option::Option<crate::wire::Text>,
        ///PIN a caller has to enter. Documented; a printed answer holds it as a number, so read both.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub pin: ::std::option::Option<crate::wire::Text>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///Whether the room can be reached over SIP.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct SipRequest {
        ///Turn SIP access on. The service then hands out a PIN and a meeting id. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub enabled: ::std::option::Option<bool>,
    }
    ///A token to join with.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct TokenResponse {
        ///Belongs to the newer failure form; a success has none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_code: ::std::option::Option<crate::wire::Text>,
        ///Always 0 on success. Documented as a number here; accept the text `0` too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
        ///A credential: whoever holds it joins as this user, once, within 15 minutes. Opaque to a server, to be passed on to the client exactly as it came and kept out of logs. Documented as a JWT; seen in client code as standard base64 of a JSON object.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token: ::std::option::Option<crate::wire::TokenField>,
    }
    ///The keys of a room that are to change, and no others.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct UpdateRoomRequest {
        ///Anything the application wants to keep with the room. EnableX does not look into it. Documented. Unclear: whether it is merged or replaced.
        #[serde(default, skip_serializing_if = "::serde_json::Map::is_empty")]
        pub data: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ///Name of the room; blank text counts as absent. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///Who owns the room, as the application puts it (a user, a team, a branch); blank text counts as absent. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub owner_ref: ::std::option::Option<::std::string::String>,
        ///The settings to change.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub settings: ::std::option::Option<RoomSettingsRequest>,
        ///Whether the room can be dialled into.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sip: ::std::option::Option<SipRequest>,
    }
    ///A user in a running session.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct User {
        ///Name given when the token was made. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<crate::wire::Text>,
        ///The same, switch by switch.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub permissions: ::std::option::Option<Permissions>,
        ///What the user may do in the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub role: ::std::option::Option<crate::Role>,
        ///Reference given when the token was made. Documented.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub user_ref: ::std::option::Option<crate::wire::Text>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
    impl CreateRoomRequest {
        /// With what is required, and nothing else.
        pub fn new(
            name: ::std::string::String,
            owner_ref: ::std::string::String,
            settings: RoomSettingsRequest,
        ) -> Self {
            Self {
                name,
                owner_ref,
                settings,
                data: Default::default(),
                sip: Default::default(),
            }
        }
    }
    impl CreateTokenRequest {
        /// With what is required, and nothing else.
        pub fn new(
            name: ::std::string::String,
            role: crate::Role,
            user_ref: ::std::string::String,
        ) -> Self {
            Self {
                name,
                role,
                user_ref,
                data: Default::default(),
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for EnableX Video API

Rooms, join tokens, call detail records, archives and dial-in numbers of EnableX, for application servers.

EnableX's official OpenAPI document could not be obtained. This one is written from EnableX's published reference (pages of 2022, 2024 and 2026) and, where a description says so, from public programs that call the API. Three words tell how sure a statement is: *documented* (EnableX says so), *seen in client code* (somebody's program expects it), *unclear* (not told, told in two ways, or inferred). operationIds and tags are EnableX's own, save for `getPeriodArchive` and `getDialInNumbers`. A key that the reference names without a word on it is described by what its name says.

Success is `result: 0` in the body (the text `0` for records and archives; no `result` at all for dial-in), not the HTTP status alone. There are rate limits (429) without published figures. Paging, idempotency keys and request ids in headers are documented nowhere.

Version: 2*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::transport::HookState,
}
impl Client {
    /// Create a new client.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new(baseurl: &str, inner: crate::transport::HookState) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new().connect_timeout(dur).timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap(), inner)
    }
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::transport::HookState,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<crate::transport::HookState> for Client {
    fn api_version() -> &'static str {
        "2"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::transport::HookState {
        &self.inner
    }
}
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<crate::transport::HookState>,
    {}
};
#[allow(clippy::all)]
impl Client {
    /**Archive of a session

Links to what was recorded; the files are fetched elsewhere, with the recording user and password of the portal. Files that are still being transcoded come later. No codes are published for the archive. A read: repeat it as often as need be.

Sends a `GET` request to `/archive/conf/{conf_num}`

Arguments:
- `conf_num`: Number of a session (conference), from `conf_num` of a report or an event. Opaque. A path segment: to be percent-encoded; empty, all dots, or with a slash, a backslash, a blank or a control character it must not be sent.
*/
    pub async fn get_archive_by_conf_number<'a>(
        &'a self,
        conf_num: &'a str,
    ) -> Result<ResponseValue<ByteStream>, Error<()>> {
        let url = format!(
            "{}/archive/conf/{}", self.baseurl, encode_path(& conf_num.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.get(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "get_archive_by_conf_number",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::stream(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Archive of a period

Links to what was recorded; the files are fetched elsewhere, with the recording user and password of the portal. Files that are still being transcoded come later. No codes are published for the archive. Dates are UTC days. What a reversed or bad period is answered with is unclear. A read: repeat it as often as need be. The operationId is not EnableX's own.

Sends a `GET` request to `/archive/period/{from_date}/{to_date}`

Arguments:
- `from_date`: Start of the period, `YYYY-MM-DD`, UTC. Documented.
- `to_date`: End of the period, `YYYY-MM-DD`, UTC. Documented. Unclear: whether this day is included, and what an end before `from_date` does.
*/
    pub async fn get_period_archive<'a>(
        &'a self,
        from_date: &'a str,
        to_date: &'a str,
    ) -> Result<ResponseValue<ByteStream>, Error<()>> {
        let url = format!(
            "{}/archive/period/{}/{}", self.baseurl, encode_path(& from_date
            .to_string()), encode_path(& to_date.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.get(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "get_period_archive",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::stream(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Archive of a room in a period

Links to what was recorded; the files are fetched elsewhere, with the recording user and password of the portal. Files that are still being transcoded come later. No codes are published for the archive. Dates are UTC days. What a reversed or bad period is answered with is unclear. A read: repeat it as often as need be.

Sends a `GET` request to `/archive/room-period/{room_id}/{from_date}/{to_date}`

Arguments:
- `room_id`: Id of a room, from `room_id` of a Room. Opaque; all that were seen have 24 hexadecimal digits. A path segment: to be percent-encoded; empty, all dots, or with a slash, a backslash, a blank or a control character it must not be sent.
- `from_date`: Start of the period, `YYYY-MM-DD`, UTC. Documented.
- `to_date`: End of the period, `YYYY-MM-DD`, UTC. Documented. Unclear: whether this day is included, and what an end before `from_date` does.
*/
    pub async fn get_archive_by_room_and_period<'a>(
        &'a self,
        room_id: &'a str,
        from_date: &'a str,
        to_date: &'a str,
    ) -> Result<ResponseValue<ByteStream>, Error<()>> {
        let url = format!(
            "{}/archive/room-period/{}/{}/{}", self.baseurl, encode_path(& room_id
            .to_string()), encode_path(& from_date.to_string()), encode_path(& to_date
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.get(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "get_archive_by_room_and_period",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::stream(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Archive of a room

Links to what was recorded; the files are fetched elsewhere, with the recording user and password of the portal. Files that are still being transcoded come later. No codes are published for the archive. A read: repeat it as often as need be.

Sends a `GET` request to `/archive/room/{room_id}`

Arguments:
- `room_id`: Id of a room, from `room_id` of a Room. Opaque; all that were seen have 24 hexadecimal digits. A path segment: to be percent-encoded; empty, all dots, or with a slash, a backslash, a blank or a control character it must not be sent.
*/
    pub async fn get_archive_by_room<'a>(
        &'a self,
        room_id: &'a str,
    ) -> Result<ResponseValue<ByteStream>, Error<()>> {
        let url = format!(
            "{}/archive/room/{}", self.baseurl, encode_path(& room_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.get(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "get_archive_by_room",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::stream(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Call records of a session

One row for each connection of a user. A row may still be missing right after its session ended. The table of codes is kept by resource, not by operation; of its entries these fit here: 10201, 10205. A read: repeat it as often as need be.

Sends a `GET` request to `/cdr/conf/{conf_num}`

Arguments:
- `conf_num`: Number of a session (conference), from `conf_num` of a report or an event. Opaque. A path segment: to be percent-encoded; empty, all dots, or with a slash, a backslash, a blank or a control character it must not be sent.
*/
    pub async fn get_cdr_by_conf_number<'a>(
        &'a self,
        conf_num: &'a str,
    ) -> Result<ResponseValue<ByteStream>, Error<()>> {
        let url = format!(
            "{}/cdr/conf/{}", self.baseurl, encode_path(& conf_num.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.get(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "get_cdr_by_conf_number",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::stream(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Call records of a period

One row for each connection of a user. A row may still be missing right after its session ended. All rooms of the project. Dates are UTC days. What a reversed or bad period is answered with is unclear. The table of codes is kept by resource, not by operation; of its entries these fit here: 10203. A read: repeat it as often as need be.

Sends a `GET` request to `/cdr/period/{from_date}/{to_date}`

Arguments:
- `from_date`: Start of the period, `YYYY-MM-DD`, UTC. Documented.
- `to_date`: End of the period, `YYYY-MM-DD`, UTC. Documented. Unclear: whether this day is included, and what an end before `from_date` does.
*/
    pub async fn get_period_cdr<'a>(
        &'a self,
        from_date: &'a str,
        to_date: &'a str,
    ) -> Result<ResponseValue<ByteStream>, Error<()>> {
        let url = format!(
            "{}/cdr/period/{}/{}", self.baseurl, encode_path(& from_date.to_string()),
            encode_path(& to_date.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.get(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "get_period_cdr",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::stream(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Call records of a room in a period

One row for each connection of a user. A row may still be missing right after its session ended. Dates are UTC days. What a reversed or bad period is answered with is unclear. The table of codes is kept by resource, not by operation; of its entries these fit here: 10202, 10203, 10204. A read: repeat it as often as need be.

Sends a `GET` request to `/cdr/room-period/{room_id}/{from_date}/{to_date}`

Arguments:
- `room_id`: Id of a room, from `room_id` of a Room. Opaque; all that were seen have 24 hexadecimal digits. A path segment: to be percent-encoded; empty, all dots, or with a slash, a backslash, a blank or a control character it must not be sent.
- `from_date`: Start of the period, `YYYY-MM-DD`, UTC. Documented.
- `to_date`: End of the period, `YYYY-MM-DD`, UTC. Documented. Unclear: whether this day is included, and what an end before `from_date` does.
*/
    pub async fn get_cdr_by_room_and_period<'a>(
        &'a self,
        room_id: &'a str,
        from_date: &'a str,
        to_date: &'a str,
    ) -> Result<ResponseValue<ByteStream>, Error<()>> {
        let url = format!(
            "{}/cdr/room-period/{}/{}/{}", self.baseurl, encode_path(& room_id
            .to_string()), encode_path(& from_date.to_string()), encode_path(& to_date
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.get(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "get_cdr_by_room_and_period",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::stream(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Call records of a room

One row for each connection of a user. A row may still be missing right after its session ended. The table of codes is kept by resource, not by operation; of its entries these fit here: 10202, 10204. A read: repeat it as often as need be.

Sends a `GET` request to `/cdr/room/{room_id}`

Arguments:
- `room_id`: Id of a room, from `room_id` of a Room. Opaque; all that were seen have 24 hexadecimal digits. A path segment: to be percent-encoded; empty, all dots, or with a slash, a backslash, a blank or a control character it must not be sent.
*/
    pub async fn get_cdr_by_room<'a>(
        &'a self,
        room_id: &'a str,
    ) -> Result<ResponseValue<ByteStream>, Error<()>> {
        let url = format!(
            "{}/cdr/room/{}", self.baseurl, encode_path(& room_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self.client.get(url).headers(header_map).build()?;
        let info = OperationInfo {
            operation_id: "get_cdr_by_room",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => Ok(ResponseValue::stream(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get the dial-in numbers

Phone numbers and SIP data of the project. The answer holds the APP_KEY and a SIP password: never log it, never hand it to a client. No codes are published for it. A read: repeat it as often as need be. The operationId is not EnableX's own.

Sends a `GET` request to `/dialin/`

*/
    pub async fn get_dial_in_numbers<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::DialInResponse>, Error<()>> {
        let url = format!("{}/dialin/", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_dial_in_numbers",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List the rooms

All rooms of the project in one answer; no paging is documented. The table of codes is kept by resource, not by operation; of its entries these fit here: 10000, 50000, 50002. A read: repeat it as often as need be.

Sends a `GET` request to `/rooms`

*/
    pub async fn get_room_list<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::RoomListResponse>, Error<()>> {
        let url = format!("{}/rooms", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_room_list",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Create a room

Makes a permanent, a scheduled or an ad hoc room. `scheduled` and `adhoc` exclude each other; a scheduled room needs `scheduled_time` and a positive `duration`, opens 15 minutes ahead and stays open for its duration; an ad hoc room is deleted after use. Unknown keys in `settings` are refused (10009). The table of codes is kept by resource, not by operation; of its entries these fit here: 10000, 10002 to 10026, 50000, 50001.

Not safe to repeat: there is no idempotency key, every success makes another room, and after 50001 or a lost answer the room may exist. Look through the list first.

Sends a `POST` request to `/rooms`

Arguments:
- `body`: The room to make.
*/
    pub async fn create_room<'a>(
        &'a self,
        body: &'a types::CreateRoomRequest,
    ) -> Result<ResponseValue<types::RoomResponse>, Error<()>> {
        let url = format!("{}/rooms", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_room",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get a room

One room with its settings. The table of codes is kept by resource, not by operation; of its entries these fit here: 10000, 10001, 40001, 50000, 50003. An ad hoc room that has been used up is not found any more. A read: repeat it as often as need be.

Sends a `GET` request to `/rooms/{room_id}`

Arguments:
- `room_id`: Id of a room, from `room_id` of a Room. Opaque; all that were seen have 24 hexadecimal digits. A path segment: to be percent-encoded; empty, all dots, or with a slash, a backslash, a blank or a control character it must not be sent.
*/
    pub async fn get_room_by_id<'a>(
        &'a self,
        room_id: &'a str,
    ) -> Result<ResponseValue<types::RoomResponse>, Error<()>> {
        let url = format!(
            "{}/rooms/{}", self.baseurl, encode_path(& room_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_room_by_id",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Delete a room

Deletes the room for good. Refused while a session is on (with which code is unclear). The table of codes is kept by resource, not by operation; of its entries these fit here: 10000, 10001, 40001, 50000, 50004, 50005 (which of the last two is unclear).

Repeating it after a success is answered with 40001, which then means that the room is gone.

Sends a `DELETE` request to `/rooms/{room_id}`

Arguments:
- `room_id`: Id of a room, from `room_id` of a Room. Opaque; all that were seen have 24 hexadecimal digits. A path segment: to be percent-encoded; empty, all dots, or with a slash, a backslash, a blank or a control character it must not be sent.
*/
    pub async fn delete_room<'a>(
        &'a self,
        room_id: &'a str,
    ) -> Result<ResponseValue<types::ResultResponse>, Error<()>> {
        let url = format!(
            "{}/rooms/{}", self.baseurl, encode_path(& room_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .delete(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "delete_room",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Change a room

Changes the keys that are sent and leaves the others alone. The kind and the mode of a room cannot change. What is changed counts from the next session on; while a session is on the update is refused (10030), and a scheduled room takes none in the last 15 minutes before its start. Sending `settings.scheduled_time` alone moves a scheduled room (seen in client code). The table of codes is kept by resource, not by operation; of its entries these fit here: 10000 to 10026, 10030, 10106, 40001, 50000, 50004, 50005 (which of the last two is unclear).

Repeating it sets the same values once more. The answer does not hold the room.

Sends a `PATCH` request to `/rooms/{room_id}`

Arguments:
- `room_id`: Id of a room, from `room_id` of a Room. Opaque; all that were seen have 24 hexadecimal digits. A path segment: to be percent-encoded; empty, all dots, or with a slash, a backslash, a blank or a control character it must not be sent.
- `body`: The keys to change.
*/
    pub async fn update_room_by_id<'a>(
        &'a self,
        room_id: &'a str,
        body: &'a types::UpdateRoomRequest,
    ) -> Result<ResponseValue<types::ResultResponse>, Error<()>> {
        let url = format!(
            "{}/rooms/{}", self.baseurl, encode_path(& room_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .patch(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "update_room_by_id",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Create a token

Makes the credential with which one user joins this room in one role. It works once, within 15 minutes; every new connection takes a new one. For a permanent room it can be had at any time, for a scheduled room from 15 minutes ahead of the start; when the duration is over, an empty room gives none. `audience` needs a room with HLS settings. The table of codes is kept by resource, not by operation; of its entries these fit here: 10000, 10101 to 10105, 10111 to 10114, 40001, 40002.

Safe to repeat: a token that nobody uses simply runs out.

Sends a `POST` request to `/rooms/{room_id}/tokens`

Arguments:
- `room_id`: Id of a room, from `room_id` of a Room. Opaque; all that were seen have 24 hexadecimal digits. A path segment: to be percent-encoded; empty, all dots, or with a slash, a backslash, a blank or a control character it must not be sent.
- `body`: The user and the role.
*/
    pub async fn create_token<'a>(
        &'a self,
        room_id: &'a str,
        body: &'a types::CreateTokenRequest,
    ) -> Result<ResponseValue<types::TokenResponse>, Error<()>> {
        let url = format!(
            "{}/rooms/{}/tokens", self.baseurl, encode_path(& room_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_token",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List the users in a room's session

Who is connected at this moment. A room at rest is answered with an empty list, with `null`, or with neither key; none of them is a failure. The table of codes is kept by resource, not by operation; of its entries these fit here: 10000, 10001, 40001, 50000. A read: repeat it as often as need be.

Sends a `GET` request to `/rooms/{room_id}/users`

Arguments:
- `room_id`: Id of a room, from `room_id` of a Room. Opaque; all that were seen have 24 hexadecimal digits. A path segment: to be percent-encoded; empty, all dots, or with a slash, a backslash, a blank or a control character it must not be sent.
*/
    pub async fn get_room_users<'a>(
        &'a self,
        room_id: &'a str,
    ) -> Result<ResponseValue<types::RoomUsersResponse>, Error<()>> {
        let url = format!(
            "{}/rooms/{}/users", self.baseurl, encode_path(& room_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_room_users",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
