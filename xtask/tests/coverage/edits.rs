//! What is missing in the facade is missed.

use serde_json::{Value, json};

use super::copy::Copy;

const USERS: (&str, &str) =
    ("    /// Lists who is in the room's session now", "    /// Creates a join token");
const NO_CALL: &str = "no public function calls";
const NO_SETTER: &str = "no public function sets";
const NOT_HANDED_ON: &str = "nothing hands on";

#[test]
fn an_operation_that_no_method_calls() {
    let copy = Copy::new("method");
    let gaps = [
        ("RoomUsersResponse.result", NOT_HANDED_ON),
        ("RoomUsersResponse.users", NOT_HANDED_ON),
        ("getRoomUsers", NO_CALL),
    ];
    copy.cut("src/rooms.rs", USERS.0, USERS.1).assert_gaps(&gaps);

    // What is compiled for tests alone is no way for users.
    let end = "/// The kind of a room, which is fixed when it is created.";
    let test = "#[cfg(test)]\nimpl RoomHandle<'_> { pub async fn users(&self) { \
                self.transport.bindings.get_room_users(\"\").await } }\n";
    copy.replace("src/rooms.rs", end, &format!("{test}\n{end}")).assert_gaps(&gaps);
}

#[test]
fn an_operation_that_a_private_method_calls() {
    let copy = Copy::new("private");
    copy.replace("src/rooms.rs", "pub async fn delete(", "pub(crate) async fn delete(");
    copy.assert_gaps(&[("deleteRoom", NO_CALL)]);
}

#[test]
fn an_operation_of_a_type_that_is_not_exported() {
    let copy = Copy::new("export");
    copy.replace("src/lib.rs", "pub use dial_in::DialIn;", "use dial_in::DialIn;");
    copy.assert_gaps(&[("getDialInNumbers", NO_CALL)]);
}

#[test]
fn operations_that_nothing_chooses() {
    let copy = Copy::new("choice");
    copy.cut("src/reports.rs", "    /// One session, by its conference number", "    fn report(");
    copy.assert_gaps(&[("getArchiveByConfNumber", NO_CALL), ("getCDRByConfNumber", NO_CALL)]);
}

#[test]
fn a_new_operation() {
    let copy = Copy::new("operation");
    copy.document(|document| {
        let mut operation = document["paths"]["/rooms/{room_id}"]["delete"].clone();
        operation["operationId"] = json!("endSession");
        document["paths"]["/rooms/{room_id}/session"] = json!({"delete": operation});
    });
    copy.assert_gaps(&[("endSession", NO_CALL)]);
    let method = "impl Client {\n    /**Sends a `DELETE` request to `/rooms/{room_id}/session`*/\n    \
                  pub async fn end_session<'a>(&'a self, room_id: &'a str) -> Result<ResponseValue<\
                  types::ResultResponse>, Error<()>> { todo!() }\n}\npub mod prelude {";
    copy.replace("generated/bindings.rs", "pub mod prelude {", method)
        .assert_gaps(&[("endSession", NO_CALL)]);

    let delete = "    /// Deletes the room (`deleteRoom`).";
    let end = "    /// Ends it (`endSession`).\n    pub async fn end(&self) { \
               let bindings = &self.transport.bindings; bindings.end_session(self.id.as_str()).await }\n\n";
    copy.replace("src/rooms.rs", delete, &format!("{end}{delete}")).assert_gaps(&[]);
    assert_eq!(copy.coverage().operation("endSession"), ["RoomHandle::end"]);
}

fn add(document: &mut Value, schema: &str, property: &str) {
    document["components"]["schemas"][schema]["properties"][property] = json!({"type": "string"});
}

#[test]
fn a_new_field_of_an_answer() {
    let copy = Copy::new("answer");
    copy.document(|document| add(document, "User", "joinedAt"));
    copy.assert_gaps(&[("User.joinedAt", "the bindings have no such field")]);
    copy.generated_field("User", "#[serde(rename = \"joinedAt\")] pub joined_at: Option<crate::wire::Text>");
    copy.assert_gaps(&[]);
    assert_eq!(copy.coverage().field("User", "joinedAt"), ["User.joined_at"]);
}

#[test]
fn a_field_of_an_answer_that_only_the_bindings_name() {
    let copy = Copy::new("raw");
    copy.replace("src/lib.rs", "PublishedTrack,", "");
    let fields = ["audio", "data", "screen", "url", "video"].map(|field| format!("PublishedTrack.{field}"));
    copy.assert_gaps(&fields.each_ref().map(|field| (field.as_str(), NOT_HANDED_ON)));
}

#[test]
fn a_new_field_of_an_envelope() {
    let copy = Copy::new("envelope");
    copy.document(|document| add(document, "RoomListResponse", "next"));
    copy.generated_field("RoomListResponse", "pub next: Option<crate::wire::Text>");
    copy.assert_gaps(&[("RoomListResponse.next", NOT_HANDED_ON)]);
}

#[test]
fn a_new_field_of_a_request() {
    let copy = Copy::new("request");
    copy.document(|document| add(document, "RoomSettingsRequest", "echo"));
    copy.generated_field("RoomSettingsRequest", "pub echo: Option<String>");
    let gap = ("RoomSettingsRequest.echo", NO_SETTER);
    copy.assert_gaps(&[gap]);
    // Neither of them sets it.
    copy.replace("src/rooms/new_room.rs", "mode: fixed.mode,", "mode: fixed.mode, echo: fixed.echo,");
    copy.replace("src/rooms/new_room.rs", "adhoc: Some(adhoc),", "adhoc: Some(adhoc), echo: None,");
    copy.assert_gaps(&[gap]);
    // An answer may be sent again, but that is no way to set what one likes.
    let knock = "knock: read(&answer.knock),";
    copy.replace("src/rooms/settings/from_answer.rs", knock, &format!("{knock} echo: read(&answer.mode),"));
    copy.assert_gaps(&[gap]);
    let knock = "        /// Lets a moderator admit each user.";
    copy.replace("src/rooms/settings.rs", knock, &format!("        echo: String,\n{knock}"));
    copy.assert_gaps(&[]);
    assert_eq!(copy.coverage().field("RoomSettingsRequest", "echo"), ["Settings::echo"]);
}

/// What nobody, or not everybody, can compile in.
#[test]
fn what_is_off_sets_nothing() {
    for (old, new) in [
        ("    pub fn mode(mut self", "    #[cfg(windows)]\n    pub fn mode(mut self"),
        ("    pub fn mode(mut self", "    #[cfg(feature = \"nonexistent\")]\n    pub fn mode(mut self"),
        ("self.body.settings.mode = Some(mode);", "#[cfg(any())] { self.body.settings.mode = Some(mode); }"),
    ] {
        let copy = Copy::new("off");
        copy.replace("src/rooms/new_room.rs", old, new);
        copy.assert_gaps(&[("RoomSettingsRequest.mode", NO_SETTER)]);
    }
}

#[test]
fn a_field_of_a_request_whose_setter_is_gone() {
    let copy = Copy::new("setter");
    copy.cut("src/rooms/new_room.rs", "    /// How its sessions run;", "    /// Its settings.");
    copy.assert_gaps(&[("RoomSettingsRequest.mode", NO_SETTER)]);
    let copy = Copy::new("own-field");
    copy.cut("src/tokens/request.rs", "    /// Adds a key and its value", "    /// Checks the request");
    copy.assert_gaps(&[("CreateTokenRequest.data", NO_SETTER)]);
    // Of the two requests with the same type of settings, the other one can still set it.
    let copy = Copy::new("update");
    copy.cut("src/rooms/update.rs", "    /// Moves a scheduled room", "    /// Whether it can be dialled");
    copy.assert_gaps(&[("RoomSettingsUpdate.scheduled_time", NO_SETTER)]);
}

#[test]
fn an_object_within_a_property() {
    let copy = Copy::new("within");
    copy.document(|document| {
        let device = json!({"type": "object", "properties": {"model": {"type": "string"}}});
        document["components"]["schemas"]["User"]["properties"]["device"] = device;
    });
    copy.generated_field("User", "pub device: Option<UserDevice>");
    copy.replace(
        "generated/bindings.rs",
        "    ///A user in a running session.",
        "pub struct UserDevice { pub model: Option<String> }\n///A user in a running session.",
    );
    copy.assert_gaps(&[("User.device.model", NOT_HANDED_ON)]);
    copy.replace("src/lib.rs", "PublishedTrack,", "PublishedTrack, UserDevice,").assert_gaps(&[]);
    assert_eq!(copy.coverage().field("User.device", "model"), ["UserDevice.model"]);
}

#[test]
fn a_new_parameter() {
    let copy = Copy::new("parameter");
    copy.document(|document| {
        let page = json!([{"name": "page", "in": "query", "schema": {"type": "integer"}}]);
        document["paths"]["/rooms"]["get"]["parameters"] = page;
    });
    copy.assert_gaps(&[("getRoomList.page", "no public type")]);
}
