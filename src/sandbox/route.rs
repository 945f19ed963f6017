//! Which operation a request asks for.

use http::{Method, StatusCode};

use super::refusal::Refusal;
use crate::ErrorCode;

/// Where the API lies on the host.
pub(super) const BASE_PATH: &str = "/video/v2";

/// An operation of the API, with the room's id from the path.
#[derive(Clone, Copy)]
pub(super) enum Operation<'a> {
    CreateRoom,
    GetRoomList,
    GetRoomById(&'a str),
    UpdateRoomById(&'a str),
    DeleteRoom(&'a str),
    GetRoomUsers(&'a str),
    CreateToken(&'a str),
}

impl<'a> Operation<'a> {
    /// Finds it. A slash at the end makes no difference.
    pub fn of(method: &Method, path: &'a str) -> Result<Self, Refusal> {
        let path = path.strip_prefix(BASE_PATH).filter(|rest| rest.starts_with('/')).unwrap_or_default();
        let path = path.strip_suffix('/').unwrap_or(path);
        let mut segments = path.split('/').skip(1);
        let segments = [segments.next(), segments.next(), segments.next(), segments.next()];
        match segments {
            [Some("rooms"), None, ..] => match *method {
                Method::POST => Ok(Self::CreateRoom),
                Method::GET => Ok(Self::GetRoomList),
                _ => Err(Refusal::method("GET, POST")),
            },
            [Some("rooms"), Some(""), None | Some("users" | "tokens"), None] => Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::RoomIdAbsent,
                "The path holds no room id.",
            )),
            [Some("rooms"), Some(id), None, _] => match *method {
                Method::GET => Ok(Self::GetRoomById(id)),
                Method::PATCH => Ok(Self::UpdateRoomById(id)),
                Method::DELETE => Ok(Self::DeleteRoom(id)),
                _ => Err(Refusal::method("DELETE, GET, PATCH")),
            },
            [Some("rooms"), Some(id), Some("users"), None] => match *method {
                Method::GET => Ok(Self::GetRoomUsers(id)),
                _ => Err(Refusal::method("GET")),
            },
            [Some("rooms"), Some(id), Some("tokens"), None] => match *method {
                Method::POST => Ok(Self::CreateToken(id)),
                _ => Err(Refusal::method("POST")),
            },
            _ => Err(Refusal::invalid_param(
                StatusCode::NOT_FOUND,
                "The sandbox has nothing at this address. It answers for rooms, under /video/v2.",
            )),
        }
    }
}
