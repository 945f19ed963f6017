//! Fuzzes the target that the variable `TARGET` names; without it, lists the targets.

#![no_main]

use std::{env, process, sync::LazyLock};

use enablex::fuzzing::TARGETS;
use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = env::var("TARGET").unwrap_or_default();
    if let Some((_, target)) = TARGETS.iter().find(|(target, _)| *target == name) {
        return *target;
    }
    TARGETS.iter().for_each(|(target, _)| println!("{target}"));
    process::exit(i32::from(!name.is_empty()))
});

fuzz_target!(init: { LazyLock::force(&TARGET); }, |data: &[u8]| TARGET(data));
