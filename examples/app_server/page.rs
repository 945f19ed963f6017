//! The page of the server.

use std::sync::Arc;

use axum::{extract::State, response::Html};

use crate::app::App;

pub async fn show(State(app): State<Arc<App>>) -> Html<String> {
    let service = if app.sandbox.is_some() { "the embedded sandbox" } else { "EnableX" };
    Html(include_str!("page.html").replace("{service}", service))
}
