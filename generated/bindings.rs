// Generated from openapi/ by build.rs. `cargo xtask regen` renews it; edits are lost.

#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///The recordings of one session. A key is absent where its feature was off.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Archive {
        ///Id of the EnableX project.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub app_id: ::std::option::Option<crate::wire::Text>,
        ///URL of a JSON file with the chat.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub chatdata: ::std::option::Option<crate::wire::Lenient<crate::wire::Link>>,
        ///Number of the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub conf_num: ::std::option::Option<crate::wire::Lenient<crate::ConfNum>>,
        ///Id of the entry.
        #[serde(rename = "_id", skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<crate::wire::Text>,
        ///URL of a JSON file about the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub metadata: ::std::option::Option<crate::wire::Lenient<crate::wire::Link>>,
        ///Media files, one for each published stream.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub recording: ::std::option::Option<::std::vec::Vec<ArchiveFile>>,
        ///Id of the room.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub room_id: ::std::option::Option<crate::wire::Lenient<crate::RoomId>>,
        ///Time of the entry, RFC 3339, UTC. Which moment it marks is unclear.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub trans_date: ::std::option::Option<crate::wire::Time>,
        ///Files transcoded from the recordings. They appear some time after the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub transcoded: ::std::option::Option<::std::vec::Vec<ArchiveFile>>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///A file of the archive.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct ArchiveFile {
        ///Address of the file. The request needs HTTP Basic with the recording user and password of the portal, not APP_ID and APP_KEY; without them the response is 403. The extension does not have to match the format.
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
        ///Always `0` on success. Text in the reference; accept the number 0, too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
    }
    ///One connection of one user to a session. The live service adds keys beyond these (seen in client code).
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Cdr {
        ///Id of the EnableX project.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub app_id: ::std::option::Option<crate::wire::Text>,
        ///Id of the call's log.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub call_log_id: ::std::option::Option<crate::wire::Text>,
        ///Number of the call. What it counts is unclear.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub call_num: ::std::option::Option<crate::wire::Text>,
        ///Id of this row.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub cdr_id: ::std::option::Option<crate::wire::Text>,
        ///Number of the session (conference).
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
        ///Time of the row, RFC 3339, UTC. Which moment it marks is unclear.
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
        ///Always `0` on success. Text in the reference; accept the number 0, too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
    }
    ///The user's time in the room. Other keys may occur.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct CdrRoom {
        ///When the user joined, RFC 3339, UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub connect_dt: ::std::option::Option<crate::wire::Time>,
        ///When the user left, RFC 3339, UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub disconnect_dt: ::std::option::Option<crate::wire::Time>,
        ///How long the user was in the room, in decimal seconds.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration: ::std::option::Option<crate::wire::Number>,
        ///Id of the room.
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
        ///When it was opened, RFC 3339, UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub connect_dt: ::std::option::Option<crate::wire::Time>,
        ///When it was closed, RFC 3339, UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub disconnect_dt: ::std::option::Option<crate::wire::Time>,
        ///How long it was open, in decimal seconds.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration: ::std::option::Option<crate::wire::Number>,
        ///How long it was on hold, in decimal seconds.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hold_duration: ::std::option::Option<crate::wire::Number>,
        ///Address of the server; may be empty.
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
        ///Minutes sent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub published_minutes: ::std::option::Option<crate::wire::Number>,
        ///Minutes received.
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
        ///The client software's user agent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub agent: ::std::option::Option<crate::wire::Text>,
        ///Name of the conference; may be empty.
        #[serde(
            rename = "confName",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub conf_name: ::std::option::Option<crate::wire::Text>,
        ///Address the user came from.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub ip: ::std::option::Option<crate::wire::Text>,
        ///Name from the token request.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<crate::wire::Text>,
        ///The `user_ref` of the token request.
        #[serde(rename = "ref", skip_serializing_if = "::std::option::Option::is_none")]
        pub ref_: ::std::option::Option<crate::wire::Text>,
        ///The role that the user had.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub role: ::std::option::Option<crate::Role>,
        ///The join token that was used; may be empty. A secret, not for logs.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token: ::std::option::Option<crate::wire::Secret>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///A room to be created.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct CreateRoomRequest {
        ///The application's own data, which EnableX stores with the room.
        #[serde(default, skip_serializing_if = "::serde_json::Map::is_empty")]
        pub data: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ///Name of the room; blank text counts as absent.
        pub name: ::std::string::String,
        ///The application's own reference for the owner (a user, a team, a branch); blank text counts as absent.
        pub owner_ref: ::std::string::String,
        ///The settings of the room, its kind included.
        pub settings: RoomSettingsRequest,
        ///Whether the room can be dialled into.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sip: ::std::option::Option<SipRequest>,
    }
    ///The user for whom a token is requested.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct CreateTokenRequest {
        ///Data about the user that everyone in the session can read.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub data: ::std::option::Option<crate::UserData>,
        ///Name of the user; any script, blank text counts as absent.
        pub name: ::std::string::String,
        ///What the user may do in the session.
        pub role: crate::Role,
        ///The application's own reference for the user, which reports contain, too. Blank text counts as absent.
        pub user_ref: ::std::string::String,
    }
    ///A number to dial.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DialInNumber {
        ///Name of the country.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub country: ::std::option::Option<crate::wire::Text>,
        ///Two-letter code of the country.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub country_code: ::std::option::Option<crate::wire::Text>,
        ///The number, with a plus sign and the country's prefix.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub phone: ::std::option::Option<crate::wire::Text>,
        ///Whether the caller pays; false is a toll-free number.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub toll: ::std::option::Option<crate::wire::Flag>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///Numbers and SIP data of the project. The only response that is documented without `result`. It holds secrets.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct DialInResponse {
        ///The project's own APP_KEY, a secret: it is the password of this API.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub app_key: ::std::option::Option<crate::wire::Secret>,
        ///The dial-in numbers.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub dialin: ::std::option::Option<::std::vec::Vec<DialInNumber>>,
        ///Belongs to the newer failure form; a success has none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_code: ::std::option::Option<crate::wire::Text>,
        ///Id of the record.
        #[serde(rename = "_id", skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<crate::wire::Text>,
        ///Not documented here; 0 on success where it is there all the same.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
        ///The features that the project may use.
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
        ///Whether SIP is on.
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
        ///Addresses of the media servers.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub media_servers: ::std::option::Option<::std::vec::Vec<crate::wire::Text>>,
        ///SIP password: a secret.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub password: ::std::option::Option<crate::wire::Secret>,
        ///SIP URL of the server.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub server_url: ::std::option::Option<crate::wire::Text>,
        ///Addresses of the signalling servers.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub sig_servers: ::std::option::Option<::std::vec::Vec<crate::wire::Text>>,
        ///SIP user.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub username: ::std::option::Option<crate::wire::Text>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///Recording of a rendered view, in a response. An object; unclear, because one page has a boolean in its place.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct LiveRecording {
        ///Whether this recording starts with the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub auto_recording: ::std::option::Option<crate::wire::Flag>,
        ///Address of the view that is recorded. It may not be a full URL: a printed response leaves the scheme out.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<crate::wire::Text>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///Recording of a rendered view of the session. An object; unclear, because one page has a boolean in its place: send the object.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct LiveRecordingRequest {
        ///Whether this recording starts with the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub auto_recording: ::std::option::Option<bool>,
        ///Address of the application's own view to be recorded.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<::std::string::String>,
    }
    ///Transcription, in a response.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct LiveTranscription {
        ///Whether transcription starts with the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub auto_transcribe: ::std::option::Option<crate::wire::Flag>,
        ///Whether transcription is available.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub enable: ::std::option::Option<crate::wire::Flag>,
        ///Language spoken, as a tag.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<crate::wire::Text>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///Transcription of speech while the session is on.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct LiveTranscriptionRequest {
        ///Whether transcription starts with the session. Off by default.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub auto_transcribe: ::std::option::Option<bool>,
        ///Whether transcription is available.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub enable: ::std::option::Option<bool>,
        ///Language spoken, as a tag like `en-IN`. Which tags are accepted is unclear.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub language: ::std::option::Option<::std::string::String>,
    }
    ///What the user may do. Keys beyond these occur.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Permissions {
        ///May handle the controls of the session. What that includes is unclear.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub controlhandlers: ::std::option::Option<crate::wire::Flag>,
        ///May send streams.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub publish: ::std::option::Option<crate::wire::Flag>,
        ///May record.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub record: ::std::option::Option<crate::wire::Flag>,
        ///May read stream statistics.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub stats: ::std::option::Option<crate::wire::Flag>,
        ///May receive streams.
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
        ///Audio. A boolean written as text.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub audio: ::std::option::Option<crate::wire::Flag>,
        ///Data. A boolean written as text.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub data: ::std::option::Option<crate::wire::Flag>,
        ///Shared screen. A boolean written as text.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub screen: ::std::option::Option<crate::wire::Flag>,
        ///A stream from a URL. A boolean written as text.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub url: ::std::option::Option<crate::wire::Flag>,
        ///Camera video. A boolean written as text.
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
        ///Always 0 on success. A number in the reference; accept the text `0`, too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
    }
    ///What is recorded, by role.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RoleBasedRecording {
        ///Which media of moderators are recorded.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub moderator: ::std::option::Option<crate::RecordingMedia>,
        ///Which media of participants are recorded.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub participant: ::std::option::Option<crate::RecordingMedia>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///What to record, by role.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct RoleBasedRecordingRequest {
        ///Which media of moderators are recorded.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub moderator: ::std::option::Option<crate::RecordingMedia>,
        ///Which media of participants are recorded.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub participant: ::std::option::Option<crate::RecordingMedia>,
    }
    ///A room, in a response. Keys beyond these may occur.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Room {
        ///The media zone in effect, probably a word of MediaZone. Seen in client code.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub configured_media_zone: ::std::option::Option<crate::wire::Text>,
        ///When the room was created, RFC 3339 with milliseconds, UTC.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub created: ::std::option::Option<crate::wire::Time>,
        ///The application's own data, unchanged.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub data: ::std::option::Option<
            ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        >,
        ///Whether a media server is available for the room. Seen in client code.
        #[serde(
            rename = "isMediaServerAvailable",
            skip_serializing_if = "::std::option::Option::is_none"
        )]
        pub is_media_server_available: ::std::option::Option<crate::wire::Flag>,
        ///Name of the room.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<crate::wire::Text>,
        ///The application's own reference for the owner.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub owner_ref: ::std::option::Option<crate::wire::Text>,
        ///Id of the room. Opaque, though every one seen so far has 24 hexadecimal digits.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub room_id: ::std::option::Option<crate::wire::Lenient<crate::RoomId>>,
        ///Id of the EnableX project that the room belongs to. Seen in client code; its meaning is unclear.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub service_id: ::std::option::Option<crate::wire::Text>,
        ///The settings of the room.
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
        ///Always 0 on success. A number in the reference; accept the text `0`, too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
        ///All rooms; no paging is documented.
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
        ///Always 0 on success. A number in the reference; accept the text `0`, too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub room: ::std::option::Option<Room>,
    }
    ///The settings of a room, in a response. Values are described, not limited: the service sends other types than it documents, and keys that are documented nowhere.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct RoomSettings {
        ///Whether the streams adapt to the bandwidth. On by default. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub abwd: ::std::option::Option<crate::wire::Flag>,
        ///Whether active talkers are marked. Not for sending. Seen in client code. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub active_talker: ::std::option::Option<crate::wire::Flag>,
        ///Whether the room is deleted after one session, or after the sessions within `duration` of its first one. Cannot change after creation, and cannot be true together with `scheduled`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub adhoc: ::std::option::Option<crate::wire::Flag>,
        ///The number of listeners over HLS, as a string of digits. The subscription sets the maximum.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub audiences: ::std::option::Option<crate::wire::Text>,
        ///Whether recording starts with the session. Off by default.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub auto_recording: ::std::option::Option<crate::wire::Flag>,
        ///The application's own reference for billing.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub billing_code: ::std::option::Option<crate::wire::Text>,
        ///Whether users have a canvas to draw on. Off by default. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub canvas: ::std::option::Option<crate::wire::Flag>,
        ///Free text about the room.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub description: ::std::option::Option<crate::wire::Text>,
        ///How long the room is open, in minutes. An integer; live responses have a numeric string, too (seen in client code).
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration: ::std::option::Option<crate::wire::Integer>,
        ///Whether media is encrypted. Not for sending. Seen in client code. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub encryption: ::std::option::Option<crate::wire::Flag>,
        ///Whether faces are analysed. The default is unclear: it is said to be off and printed as true. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub facex: ::std::option::Option<crate::wire::Flag>,
        ///The page that is rendered for the HLS stream: the application's own https URL, or the word `DEFAULT`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hls_view_url: ::std::option::Option<crate::wire::Text>,
        ///Whether a moderator admits each user. Off by default. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub knock: ::std::option::Option<crate::wire::Flag>,
        ///A recording of a rendered view of the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub live_recording: ::std::option::Option<LiveRecording>,
        ///A transcription of the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub live_transcription: ::std::option::Option<LiveTranscription>,
        ///The number of active talkers that are shown. A number, but two printed responses have `true`: read both.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max_active_talkers: ::std::option::Option<crate::wire::Integer>,
        ///The media configuration; its words are unclear. Not for sending. Seen in client code.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub media_configuration: ::std::option::Option<crate::wire::Text>,
        ///The location of the media servers.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub media_zone: ::std::option::Option<crate::MediaZone>,
        ///How sessions run. Cannot change after creation.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mode: ::std::option::Option<crate::Mode>,
        ///The number of moderators, one to five, as a string of digits.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub moderators: ::std::option::Option<crate::wire::Text>,
        ///The number of participants, as a string of digits. At most 250 together with the moderators; viewers are not counted.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub participants: ::std::option::Option<crate::wire::Text>,
        ///The best video quality. Without it the subscription decides.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub quality: ::std::option::Option<crate::Quality>,
        ///Which media of users are recorded, by their role.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub role_based_recording: ::std::option::Option<RoleBasedRecording>,
        ///Whether the room has a start time. Cannot change after creation, and cannot be true together with `adhoc`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub scheduled: ::std::option::Option<crate::wire::Flag>,
        ///Start in UTC, `YYYY-MM-DD HH:MM:SS`. Unclear: whether the live service sends RFC 3339, too, so read both.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub scheduled_time: ::std::option::Option<
            crate::wire::Lenient<crate::ScheduledTime>,
        >,
        ///Whether users may share their screens. On by default.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub screen_share: ::std::option::Option<crate::wire::Flag>,
        ///Whether statistics of the HLS audience are sent. Seen in client code.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub send_audiences_stats: ::std::option::Option<crate::wire::Flag>,
        ///Whether all streams are recorded into one file. Off by default. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub single_file_recording: ::std::option::Option<crate::wire::Flag>,
        ///The number of viewers. Whether it is a limit or a count is unclear. Not for sending. Seen in client code.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub viewers: ::std::option::Option<crate::wire::Number>,
        ///Whether users wait until a moderator has joined. Off by default. Earlier name: `wait_moderator`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub wait_for_moderator: ::std::option::Option<crate::wire::Flag>,
        ///Whether the streams have a watermark. Off by default. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub watermark: ::std::option::Option<crate::wire::Flag>,
        #[serde(flatten)]
        pub extra: crate::wire::Extra<::std::string::String, ::serde_json::Value>,
    }
    ///The settings of a new room. EnableX refuses unknown keys with code 10009, hence `additionalProperties: false`. The kind follows from two keys: a room with `scheduled` is a scheduled one, with `adhoc` an ad hoc one, with neither a permanent one.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    #[serde(deny_unknown_fields)]
    pub struct RoomSettingsRequest {
        ///Whether the streams adapt to the bandwidth. On by default. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub abwd: ::std::option::Option<bool>,
        ///Whether the room is deleted after one session, or after the sessions within `duration` of its first one. Cannot change after creation, and cannot be true together with `scheduled`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub adhoc: ::std::option::Option<bool>,
        ///The number of listeners over HLS, as a string of digits. The subscription sets the maximum.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub audiences: ::std::option::Option<::std::string::String>,
        ///Whether recording starts with the session. Off by default.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub auto_recording: ::std::option::Option<bool>,
        ///The application's own reference for billing.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub billing_code: ::std::option::Option<::std::string::String>,
        ///Whether users have a canvas to draw on. Off by default. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub canvas: ::std::option::Option<bool>,
        ///Free text about the room.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub description: ::std::option::Option<::std::string::String>,
        ///How long the room is open, in whole minutes; no upper limit is known. A scheduled room needs it, the other kinds may have it. Unclear: whether a running session is ended when it is over.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub duration: ::std::option::Option<i64>,
        ///Whether faces are analysed. The default is unclear: it is said to be off and printed as true. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub facex: ::std::option::Option<bool>,
        ///The page that is rendered for the HLS stream: the application's own https URL, or the word `DEFAULT`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub hls_view_url: ::std::option::Option<::std::string::String>,
        ///Whether a moderator admits each user. Off by default. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub knock: ::std::option::Option<bool>,
        ///A recording of a rendered view of the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub live_recording: ::std::option::Option<LiveRecordingRequest>,
        ///A transcription of the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub live_transcription: ::std::option::Option<LiveTranscriptionRequest>,
        ///The number of active talkers that are shown, six by default. Earlier name: `active_talker`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub max_active_talkers: ::std::option::Option<i64>,
        ///The location of the media servers.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub media_zone: ::std::option::Option<crate::MediaZone>,
        ///How sessions run. Cannot change after creation.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub mode: ::std::option::Option<crate::Mode>,
        ///The number of moderators, one to five, as a string of digits. One by default.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub moderators: ::std::option::Option<::std::string::String>,
        ///The number of participants, as a string of digits. At most 250 together with the moderators; viewers are not counted.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub participants: ::std::option::Option<::std::string::String>,
        ///The best video quality. Without it the subscription decides.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub quality: ::std::option::Option<crate::Quality>,
        ///Which media of users are recorded, by their role.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub role_based_recording: ::std::option::Option<RoleBasedRecordingRequest>,
        ///Whether the room has a start time. Cannot change after creation, and cannot be true together with `adhoc`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub scheduled: ::std::option::Option<bool>,
        ///Start in UTC, `YYYY-MM-DD HH:MM:SS` (not RFC 3339). Required for scheduled rooms, and for these alone.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub scheduled_time: ::std::option::Option<::std::string::String>,
        ///Whether users may share their screens. On by default.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub screen_share: ::std::option::Option<bool>,
        ///Whether statistics of the HLS audience are sent. Seen in client code.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub send_audiences_stats: ::std::option::Option<bool>,
        ///Whether all streams are recorded into one file. Off by default. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub single_file_recording: ::std::option::Option<bool>,
        ///Whether users wait until a moderator has joined. Off by default. Earlier name: `wait_moderator`.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub wait_for_moderator: ::std::option::Option<bool>,
        ///Whether the streams have a watermark. Off by default. Meaning read from the name.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub watermark: ::std::option::Option<bool>,
    }
    ///The users in the room's session.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct RoomUsersResponse {
        ///Belongs to the newer failure form; a success has none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_code: ::std::option::Option<crate::wire::Text>,
        ///Always 0 on success. A number in the reference; accept the text `0`, too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
        ///Number of users in the session. Absent in some responses while no session is running.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub total: ::std::option::Option<crate::wire::Integer>,
        ///The users. While no session is running, this is an empty list, `null`, or absent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub users: ::std::option::Option<::std::vec::Vec<User>>,
    }
    ///SIP access of a room, in a response.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug)]
    pub struct Sip {
        ///Whether SIP access is on.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub enabled: ::std::option::Option<crate::wire::Flag>,
        ///Meeting id that a caller has to enter. Text; a printed response has a number, so read both.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub meeting_id: ::std::option::Option<crate::wire::Text>,
        ///PIN that a caller has to enter. Text; a printed response has a number, so read both.
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
        ///Whether SIP access is on. The service then assigns a PIN and a meeting id.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub enabled: ::std::option::Option<bool>,
    }
    ///A join token.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default)]
    pub struct TokenResponse {
        ///Belongs to the newer failure form; a success has none.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_code: ::std::option::Option<crate::wire::Text>,
        ///Always 0 on success. A number in the reference; accept the text `0`, too.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub result: ::std::option::Option<crate::wire::ResultField>,
        ///A secret: anyone who holds it can join as this user, once, within 15 minutes. Opaque to a server, to be passed on to the client unchanged and not for logs. A JWT in the reference; seen in client code as standard base64 of a JSON object.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub token: ::std::option::Option<crate::wire::TokenField>,
    }
    ///The keys of a room that are to change, and no others.
    #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    #[cfg_attr(feature = "schemars", schemars(inline))]
    #[non_exhaustive]
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct UpdateRoomRequest {
        ///The application's own data, which EnableX stores with the room. Unclear: whether it is merged or replaced.
        #[serde(default, skip_serializing_if = "::serde_json::Map::is_empty")]
        pub data: ::serde_json::Map<::std::string::String, ::serde_json::Value>,
        ///Name of the room; blank text counts as absent.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        ///The application's own reference for the owner (a user, a team, a branch); blank text counts as absent.
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
        ///Name from the token request.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<crate::wire::Text>,
        ///What the user may do, one key each.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub permissions: ::std::option::Option<Permissions>,
        ///What the user may do in the session.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub role: ::std::option::Option<crate::Role>,
        ///The `user_ref` of the token request.
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

EnableX's official OpenAPI document could not be obtained. This one is written from EnableX's published reference (pages of 2022, 2024 and 2026) and, where a description says so, from public programs that call the API. EnableX documents what is stated here without a mark. Two marks say that a statement is less sure: *seen in client code* (a public program expects it), *unclear* (not documented, documented in two ways, or inferred). operationIds and tags are EnableX's own, save for `getPeriodArchive` and `getDialInNumbers`. A key that the reference names without a word on it is described by what its name says.

Success is `result: 0` in the body (the text `0` for records and archives; no `result` at all for dial-in), not the HTTP status alone. There are rate limits (429) without published figures. Paging, idempotency keys and request ids in headers are documented nowhere.

Version: 2*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::transport::HookState,
}
impl Client {
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

Links to what was recorded; the files are fetched elsewhere, with the recording user and password of the portal. Files that are still being transcoded come later. No codes are published for the archive. A read: safe to retry.

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
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .build()?;
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

Links to what was recorded; the files are fetched elsewhere, with the recording user and password of the portal. Files that are still being transcoded come later. No codes are published for the archive. Dates are UTC days. What a reversed or invalid period gets is unclear. A read: safe to retry. The operationId is not EnableX's own.

Sends a `GET` request to `/archive/period/{from_date}/{to_date}`

Arguments:
- `from_date`: Start of the period, `YYYY-MM-DD`, UTC.
- `to_date`: End of the period, `YYYY-MM-DD`, UTC. Unclear: whether this day is included, and what an end before `from_date` does.
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
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .build()?;
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

Links to what was recorded; the files are fetched elsewhere, with the recording user and password of the portal. Files that are still being transcoded come later. No codes are published for the archive. Dates are UTC days. What a reversed or invalid period gets is unclear. A read: safe to retry.

Sends a `GET` request to `/archive/room-period/{room_id}/{from_date}/{to_date}`

Arguments:
- `room_id`: Id of a room, from `room_id` of a Room. Opaque; all that were seen have 24 hexadecimal digits. A path segment: to be percent-encoded; empty, all dots, or with a slash, a backslash, a blank or a control character it must not be sent.
- `from_date`: Start of the period, `YYYY-MM-DD`, UTC.
- `to_date`: End of the period, `YYYY-MM-DD`, UTC. Unclear: whether this day is included, and what an end before `from_date` does.
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
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .build()?;
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

Links to what was recorded; the files are fetched elsewhere, with the recording user and password of the portal. Files that are still being transcoded come later. No codes are published for the archive. A read: safe to retry.

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
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .build()?;
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

One row for each connection of a user. A row may still be missing right after its session ended. The table of codes is kept by resource, not by operation; of its entries these fit here: 10201, 10205. A read: safe to retry.

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
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .build()?;
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

One row for each connection of a user. A row may still be missing right after its session ended. All rooms of the project. Dates are UTC days. What a reversed or invalid period gets is unclear. The table of codes is kept by resource, not by operation; of its entries these fit here: 10203. A read: safe to retry.

Sends a `GET` request to `/cdr/period/{from_date}/{to_date}`

Arguments:
- `from_date`: Start of the period, `YYYY-MM-DD`, UTC.
- `to_date`: End of the period, `YYYY-MM-DD`, UTC. Unclear: whether this day is included, and what an end before `from_date` does.
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
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .build()?;
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

One row for each connection of a user. A row may still be missing right after its session ended. Dates are UTC days. What a reversed or invalid period gets is unclear. The table of codes is kept by resource, not by operation; of its entries these fit here: 10202, 10203, 10204. A read: safe to retry.

Sends a `GET` request to `/cdr/room-period/{room_id}/{from_date}/{to_date}`

Arguments:
- `room_id`: Id of a room, from `room_id` of a Room. Opaque; all that were seen have 24 hexadecimal digits. A path segment: to be percent-encoded; empty, all dots, or with a slash, a backslash, a blank or a control character it must not be sent.
- `from_date`: Start of the period, `YYYY-MM-DD`, UTC.
- `to_date`: End of the period, `YYYY-MM-DD`, UTC. Unclear: whether this day is included, and what an end before `from_date` does.
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
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .build()?;
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

One row for each connection of a user. A row may still be missing right after its session ended. The table of codes is kept by resource, not by operation; of its entries these fit here: 10202, 10204. A read: safe to retry.

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
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .build()?;
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

Phone numbers and SIP data of the project. The response contains the APP_KEY and a SIP password: never log it, never send it to a browser or phone. No codes are published for it. A read: safe to retry. The operationId is not EnableX's own.

Sends a `GET` request to `/dialin/`

*/
    pub async fn get_dial_in_numbers<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::DialInResponse>, Error<()>> {
        let url = format!("{}/dialin/", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_dial_in_numbers",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => crate::transport::decode(self, response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List the rooms

All rooms of the project in one response; no paging is documented. The table of codes is kept by resource, not by operation; of its entries these fit here: 10000, 50000, 50002. A read: safe to retry.

Sends a `GET` request to `/rooms`

*/
    pub async fn get_room_list<'a>(
        &'a self,
    ) -> Result<ResponseValue<types::RoomListResponse>, Error<()>> {
        let url = format!("{}/rooms", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_room_list",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => crate::transport::decode(self, response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Create a room

Creates a permanent, a scheduled or an ad hoc room. `scheduled` and `adhoc` exclude each other; a scheduled room needs `scheduled_time` and a positive `duration`, opens 15 minutes ahead and stays open for its duration; an ad hoc room is deleted after use. Unknown keys in `settings` are refused (10009). The table of codes is kept by resource, not by operation; of its entries these fit here: 10000, 10002 to 10026, 50000, 50001.

Not safe to retry: there is no idempotency key, every success creates another room, and after 50001 or a lost response the room may exist. Look for it in the list first.

Sends a `POST` request to `/rooms`

Arguments:
- `body`: The room to create.
*/
    pub async fn create_room<'a>(
        &'a self,
        body: &'a types::CreateRoomRequest,
    ) -> Result<ResponseValue<types::RoomResponse>, Error<()>> {
        let url = format!("{}/rooms", self.baseurl,);
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_room",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => crate::transport::decode(self, response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get a room

One room with its settings. The table of codes is kept by resource, not by operation; of its entries these fit here: 10000, 10001, 40001, 50000, 50003. An ad hoc room that was used is not found any more. A read: safe to retry.

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
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_room_by_id",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => crate::transport::decode(self, response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Delete a room

Deletes the room for good. Refused while a session is running (with which code is unclear). The table of codes is kept by resource, not by operation; of its entries these fit here: 10000, 10001, 40001, 50000, 50004, 50005 (which of the last two is unclear).

A retry after a success gets 40001, which then means that the room is deleted.

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
        #[allow(unused_mut)]
        let mut request = self
            .client
            .delete(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "delete_room",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => crate::transport::decode(self, response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Change a room

Changes the keys that are sent, and no others. The kind and the mode of a room cannot change. A change takes effect with the next session; while a session is running the update is refused (10030), and a scheduled room takes none in the last 15 minutes before its start. Sending `settings.scheduled_time` alone moves a scheduled room (seen in client code). The table of codes is kept by resource, not by operation; of its entries these fit here: 10000 to 10026, 10030, 10106, 40001, 50000, 50004, 50005 (which of the last two is unclear).

A retry sets the same values again. The response does not contain the room.

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
        #[allow(unused_mut)]
        let mut request = self
            .client
            .patch(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "update_room_by_id",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => crate::transport::decode(self, response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Create a token

Creates the token with which one user joins this room in one role. It works once, within 15 minutes; every new connection needs a new one. For a permanent room it can be created at any time, for a scheduled room from 15 minutes before the start; when the duration is over, an empty room gives none. `audience` needs a room with HLS settings. The table of codes is kept by resource, not by operation; of its entries these fit here: 10000, 10101 to 10105, 10111 to 10114, 40001, 40002.

Safe to retry: a token that is not used expires.

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
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_token",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => crate::transport::decode(self, response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List the users in a room's session

Who is connected at this moment. While no session is running, the response has an empty list, `null`, or neither key; none of these is a failure. The table of codes is kept by resource, not by operation; of its entries these fit here: 10000, 10001, 40001, 50000. A read: safe to retry.

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
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(
                crate::transport::url(self, &url)
                    .ok_or(Error::<()>::InvalidRequest(url))?,
            )
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .build()?;
        let info = OperationInfo {
            operation_id: "get_room_users",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200..=299 => crate::transport::decode(self, response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
