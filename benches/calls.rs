//! The time of a call, by each peer: `cargo bench --package enablex-benches --bench calls`.

use std::{sync::Arc, time::Instant};

use criterion::{
    BenchmarkGroup, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
    measurement::WallTime,
};
use enablex_benches::{calls, peers::*, server};

/// The calls of one measurement.
const BATCH: usize = 64;

fn compare(criterion: &mut Criterion) {
    let base_url = server::start().expect("a free port");
    for (name, in_flight) in [("one after another", 1), ("64 in flight", 64)] {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Elements(1)).sampling_mode(SamplingMode::Flat);
        measure::<Idiomatic>(&mut group, &base_url, in_flight);
        measure::<Prepared>(&mut group, &base_url, in_flight);
        measure::<HyperUtil>(&mut group, &base_url, in_flight);
        measure::<Bindings>(&mut group, &base_url, in_flight);
        measure::<Enablex>(&mut group, &base_url, in_flight);
        group.finish();
    }
}

fn measure<P: Peer>(group: &mut BenchmarkGroup<'_, WallTime>, base_url: &str, in_flight: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let peer = Arc::new(P::new(base_url).expect("a client"));
    let make = |count| runtime.block_on(calls(&peer, count, in_flight)).expect("a token");
    make(BATCH);
    group.bench_function(P::NAME, |bencher| {
        // A batch for each iteration, and the time of one call.
        bencher.iter_custom(|iterations| {
            let begun = Instant::now();
            for _ in 0..iterations {
                make(BATCH);
            }
            begun.elapsed() / BATCH as u32
        });
    });
}

criterion_group!(benches, compare);
criterion_main!(benches);
