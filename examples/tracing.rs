//! Prints the spans and events of the feature `tracing`: `cargo run --example tracing`.
//!
//! It calls the embedded sandbox, which fails once, so that there is a retry. Any other subscriber works in
//! the same way, such as one that exports to OpenTelemetry.

use enablex::{
    Error, NewRoom, Role, TokenRequest,
    reqwest::StatusCode,
    sandbox::{Fault, Sandbox},
};
use tracing_subscriber::{
    filter::{LevelFilter, Targets},
    fmt::format::FmtSpan,
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing_subscriber::registry()
        .with(Targets::new().with_target("enablex", LevelFilter::DEBUG))
        .with(tracing_subscriber::fmt::layer().with_span_events(FmtSpan::CLOSE))
        .init();

    let sandbox = Sandbox::start().await?;
    let client = sandbox.client()?;
    let room = client.rooms().create(NewRoom::permanent("Claims desk", "team-7")).await?;

    let busy = Fault::status(StatusCode::SERVICE_UNAVAILABLE);
    sandbox.inject(busy.header("retry-after", "1"));
    let request = TokenRequest::new("Asha Rao", Role::Participant, "emp-1042");
    let token = client.room(&room).create_token(request).await?;
    println!("{token:?}");
    Ok(())
}
