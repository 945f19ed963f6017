//! What the client does about every fault: a table and its runner.
//!
//! `row` and `does` define the terms of the table, `rows` is the table, and `clock`, `server` and `run` run
//! it. The documentation contains the table as `src/retry/faults.md`.

mod clock;
mod does;
mod row;
mod rows;
mod run;
mod server;
mod special;
mod tls;

/// Runs every row, and then compares the table with the documentation.
#[test]
fn every_fault_has_its_outcome() {
    let table = rows::all();
    let mut text = String::from(rows::INTRODUCTION);
    for (theme, rows) in &table {
        let rows: String = rows.iter().map(ToString::to_string).collect();
        text += &format!("\n## {theme}\n\n{}{rows}", row::HEAD);
    }
    println!("{text}");
    let mismatches: Vec<String> = std::thread::scope(|scope| {
        let themes: Vec<_> = table.iter().map(|(_, rows)| scope.spawn(|| run::mismatches(rows))).collect();
        themes.into_iter().flat_map(|theme| theme.join().unwrap()).collect()
    });
    assert!(mismatches.is_empty(), "{} mismatches:\n{}", mismatches.len(), mismatches.join("\n"));

    let documented = concat!(env!("CARGO_MANIFEST_DIR"), "/src/retry/faults.md");
    if std::fs::read_to_string(documented).unwrap_or_default() != text {
        let new = concat!(env!("CARGO_TARGET_TMPDIR"), "/faults.md");
        std::fs::write(new, text).unwrap();
        panic!("the documentation has another table: cp {new} {documented}");
    }
}
