//! What is written elsewhere of the tasks' arguments is what they take.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
}

/// The exit code of the task where it has no workspace to work in: 2 where it does not know its
/// arguments.
fn code(arguments: &[&str]) -> Option<i32> {
    let mut task = Command::new(env!("CARGO_BIN_EXE_xtask"));
    task.args(arguments).env("CARGO_MANIFEST_DIR", "/nowhere/xtask").output().unwrap().status.code()
}

#[test]
fn the_workflow_is_yaml_and_calls_tasks_that_there_are() {
    let workflow: Value = serde_saphyr::from_str(&read(".ci/track-api.yml")).unwrap();
    let jobs = workflow["jobs"].as_object().unwrap().values();
    let steps: Vec<&Value> = jobs.flat_map(|job| job["steps"].as_array().unwrap()).collect();
    let runs: String = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    let calls: Vec<&str> = runs.lines().filter_map(|line| line.trim().strip_prefix("cargo xtask ")).collect();
    assert_eq!(calls, ["regen --from \"$URL\" --markdown > report.md 2> refusal.log || status=$?"]);
    assert_ne!(code(&["regen", "--from", "$URL", "--markdown"]), Some(2));
    assert_eq!(code(&["regen", "--fron", "$URL", "--markdown"]), Some(2));
}

#[test]
fn the_pages_name_tasks_that_there_are() {
    let pages = ["README.md", "openapi/README.md"].map(read).join("\n");
    let calls = pages.split("cargo xtask ").skip(1);
    let mut tasks: Vec<&str> = calls.filter_map(|call| call.split([' ', '`']).next()).collect();
    tasks.sort_unstable();
    tasks.dedup();
    assert_eq!(tasks, ["bench", "diff", "drift", "regen"]);
    for task in
        [&["bench", "all"][..], &["drift", "record"], &["regen", "--check"], &["regen", "--from", "x"]]
    {
        assert_eq!(code(task), Some(1), "{task:?} is known, and has nothing to work on");
    }
}

#[test]
fn what_is_not_known_is_told() {
    for wrong in [
        &[][..],
        &["rebuild"],
        &["regen", "x"],
        &["regen", "--from"],
        &["regen", "--generate-only"],
        &["regen", "--json"],
        &["regen", "--from", "x", "--json", "--markdown"],
        &["regen", "--from", "x", "--generate-only", "--json"],
        &["coverage"],
        &["drift"],
        &["drift", "a", "b"],
        &["help", "--from", "x"],
    ] {
        assert_eq!(code(wrong), Some(2), "{wrong:?}");
    }
    assert_eq!(code(&["help"]), Some(0));
    assert_eq!(code(&["regen", "--help"]), Some(0));
}
