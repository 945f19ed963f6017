//! The limits of a call that need no clock.

use enablex_benches::{
    peers::{Enablex, Idiomatic, Peer},
    server,
};

use crate::{
    Result,
    run::{Program, has_valgrind},
};

/// What the feature `tracing` may add to a call that nobody listens to.
pub const TRACING: f64 = 1.01;

/// Whether a call exceeds no limit. `limit` is the ratio to the call of reqwest with a timeout.
pub fn holds(limit: f64) -> Result<bool> {
    let base_url = server::start()?;
    let [plain, tracing] = ["", "tracing"].map(Program::build);
    let (plain, tracing) = (plain?, tracing?);
    let peers = [(&plain, Idiomatic::NAME), (&plain, Enablex::NAME), (&tracing, Enablex::NAME)];

    let measure = |measure: &dyn Fn(&Program, &str) -> Result<f64>| -> Result<Vec<f64>> {
        peers.iter().map(|(program, peer)| measure(program, peer)).collect()
    };
    let mut figures = vec![("allocations", measure(&|program, peer| program.allocations(peer, &base_url))?)];
    if has_valgrind() {
        let instructions =
            |program: &Program, peer: &str| Ok(program.profile(peer, &base_url)?.instructions());
        figures.push(("instructions", measure(&instructions)?));
    } else {
        println!("instructions were NOT counted: valgrind is not here");
    }

    let mut holds = true;
    for (unit, figures) in figures {
        for (name, limit, figure, base) in [
            ("enablex, to reqwest with a timeout", limit, figures[1], figures[0]),
            ("enablex with `tracing`, to without", TRACING, figures[2], figures[1]),
        ] {
            let ratio = figure / base;
            let verdict = if ratio <= limit { "" } else { "  EXCEEDED" };
            println!("{unit:12} {name}: {figure:.1} / {base:.1} = {ratio:.3}, limit {limit:.2}{verdict}");
            holds &= ratio <= limit;
        }
    }
    Ok(holds)
}
