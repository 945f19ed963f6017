//! Join tokens.

mod join_token;
mod join_tokens;
mod request;
mod user_data;

pub use join_token::{ExposedToken, JoinToken};
pub use join_tokens::JoinTokens;
pub use request::TokenRequest;
pub use user_data::UserData;
