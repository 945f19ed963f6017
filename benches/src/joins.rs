//! What a thousand joins through the application server take.

use crate::{
    Result,
    results::{Machine, Results},
    run::{cargo, output},
};

/// Runs the test that makes them, and keeps its figures beside those of another machine.
pub fn measure() -> Result<()> {
    let of_crate = ["--release", "--package", "enablex"];
    output(cargo().arg("build").args(of_crate).args(["--example", "app_server"]))?;
    let test = ["--test", "app_server", "load", "--", "--nocapture"];
    let printed = String::from_utf8(output(cargo().arg("test").args(of_crate).args(test))?)?;
    let figures = printed.lines().filter_map(|line| line.strip_prefix("load: "));
    let Machine { processor, cores, .. } = Machine::this()?;
    let figures: Vec<_> =
        figures.map(str::to_owned).chain([format!("on {cores} cores of {processor}")]).collect();
    let mut results = Results::read()?;
    results.joins = figures.join("\n") + "\n";
    print!("{}", results.joins);
    results.write()
}
