//! An application server: it lets browsers and phones into video rooms, and takes EnableX's webhooks.
//!
//! ```sh
//! cargo run --example app_server -- [--port N] [--webhook-user USER --webhook-password PASSWORD]
//! ```
//!
//! It runs on the embedded sandbox, or on EnableX when `ENABLEX_APP_ID` and `ENABLEX_APP_KEY` are set. The
//! first line that it prints is its URL; `--help` lists all options. Each file here is one concern, to be
//! copied alone:
//!
//! | file | what people forget |
//! |---|---|
//! | `tokens.rs` | a token is a credential: it is handed on and never logged |
//! | `moderator.rs` | the server decides who may become moderator, not the browser |
//! | `rooms.rs` | rooms are reused, not made per token |
//! | `webhooks.rs` | credentials, replays, unknown types |
//! | `seen.rs` | which events were taken, for one process or, in Redis, for several |
//! | `events.rs` | browsers hear of events, also after a broken connection |
//! | `page.rs`, `page/` | a page that joins, says in words what went wrong, and runs no script of others |
//! | `reconcile.rs` | webhooks get lost: reports show which |
//! | `failure.rs` | what a browser is told, and what only the log is told |
//! | `limits.rs` | how often a caller may ask |
//! | `bodies.rs` | bodies are capped, and the caller hears of it |
//! | `headers.rs` | CORS, and nothing of this in a cache |
//! | `serve.rs` | spans, and an end that breaks off nothing |

mod app;
mod bodies;
#[path = "../common/mod.rs"]
#[allow(dead_code, reason = "not everything that examples share is needed here")]
mod common;
mod events;
mod failure;
mod headers;
mod limits;
mod moderator;
mod options;
mod page;
mod reconcile;
mod rooms;
mod seen;
mod serve;
mod tokens;
mod webhooks;

use std::process::ExitCode;

use options::Options;

#[tokio::main]
async fn main() -> ExitCode {
    match Options::parse() {
        Ok(Some(options)) => match serve::run(options).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(reason) => {
                common::say(&format!("error: {reason}"));
                ExitCode::FAILURE
            }
        },
        Ok(None) => {
            println!("{}", options::HELP);
            ExitCode::SUCCESS
        }
        Err(reason) => {
            common::say(&format!("error: {reason}\n{}", options::USAGE));
            ExitCode::from(2)
        }
    }
}
