//! Join tokens.

mod join_token;
mod request;
mod user_data;

pub use join_token::{ExposedToken, JoinToken};
pub use request::TokenRequest;
pub use user_data::UserData;
