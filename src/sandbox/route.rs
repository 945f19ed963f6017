//! Which operation a request asks for.

use http::{Method, StatusCode};

use super::{
    query::{LastDay, Query},
    refusal::Refusal,
};
use crate::ErrorCode;

mod report;

use report::{ARCHIVE, CDR};

/// Where the API lies on the host.
pub(super) const BASE_PATH: &str = "/video/v2";

/// An operation of the API, with what the path says.
#[derive(Clone, Copy)]
pub(super) enum Operation<'a> {
    CreateRoom,
    GetRoomList,
    GetRoomById(&'a str),
    UpdateRoomById(&'a str),
    DeleteRoom(&'a str),
    GetRoomUsers(&'a str),
    CreateToken(&'a str),
    /// Any of the four of `/cdr`.
    GetCdr(Query<'a>),
    /// Any of the four of `/archive`.
    GetArchive(Query<'a>),
    GetDialInNumbers,
}

impl<'a> Operation<'a> {
    /// Finds it. A slash at the end makes no difference.
    pub fn of(method: &Method, path: &'a str, last_day: LastDay) -> Result<Self, Refusal> {
        let path = path.strip_prefix(BASE_PATH).filter(|rest| rest.starts_with('/')).unwrap_or_default();
        let path = path.strip_suffix('/').unwrap_or(path);
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        match segments[..] {
            ["rooms"] => match *method {
                Method::POST => Ok(Self::CreateRoom),
                Method::GET => Ok(Self::GetRoomList),
                _ => Err(Refusal::method("GET, POST")),
            },
            ["rooms", ""] | ["rooms", "", "users" | "tokens"] => Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::RoomIdAbsent,
                "The path holds no room id.",
            )),
            ["rooms", id] => match *method {
                Method::GET => Ok(Self::GetRoomById(id)),
                Method::PATCH => Ok(Self::UpdateRoomById(id)),
                Method::DELETE => Ok(Self::DeleteRoom(id)),
                _ => Err(Refusal::method("DELETE, GET, PATCH")),
            },
            ["rooms", id, "users"] => match *method {
                Method::GET => Ok(Self::GetRoomUsers(id)),
                _ => Err(Refusal::method("GET")),
            },
            ["rooms", id, "tokens"] => match *method {
                Method::POST => Ok(Self::CreateToken(id)),
                _ => Err(Refusal::method("POST")),
            },
            ["cdr", ref rest @ ..] => CDR.query(method, rest, last_day).map(Self::GetCdr),
            ["archive", ref rest @ ..] => ARCHIVE.query(method, rest, last_day).map(Self::GetArchive),
            ["dialin"] => match *method {
                Method::GET => Ok(Self::GetDialInNumbers),
                _ => Err(Refusal::method("GET")),
            },
            _ => Err(nowhere()),
        }
    }
}

fn nowhere() -> Refusal {
    Refusal::invalid_param(
        StatusCode::NOT_FOUND,
        "The sandbox has nothing at this address. The API lies under /video/v2.",
    )
}
