//! `calls PEER COUNT IN_FLIGHT`: makes so many calls against a server in a process of its own.

use std::{
    env,
    error::Error,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use enablex_benches::{
    allocations::{self, Counting},
    peers::*,
    server,
};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

async fn run<P: Peer>(base_url: &str, count: usize) -> Result<(), Box<dyn Error + Send + Sync>> {
    let peer = P::new(base_url)?;
    assert_eq!(peer.create_token().await?, 400);
    let before = allocations::count();
    for _ in 0..count {
        peer.create_token().await?;
    }
    println!("{:.1}", (allocations::count() - before) as f64 / count as f64);
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let args: Vec<_> = env::args().collect();
    if args[1] == "serve" {
        println!("{}", server::start()?);
        std::io::stdin().read_line(&mut String::new())?;
        return Ok(());
    }
    let mut child = Command::new(env::current_exe()?)
        .arg("serve")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut base_url = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut base_url)?;
    let base_url = base_url.trim();
    let count = args[2].parse()?;
    match args[1].as_str() {
        "idiomatic" => run::<Idiomatic>(base_url, count).await?,
        "prepared" => run::<Prepared>(base_url, count).await?,
        "hyper" => run::<HyperUtil>(base_url, count).await?,
        "bindings" => run::<Bindings>(base_url, count).await?,
        _ => run::<Enablex>(base_url, count).await?,
    }
    child.kill()?;
    Ok(())
}
