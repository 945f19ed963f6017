//! Development tasks: `cargo xtask help` lists them.

use std::{ffi::OsString, fs, io, mem::take, process::ExitCode};

use xtask::{
    Result, diff, document, drift,
    regen::{self, WHOLE},
    terminal::{say, tell},
    workspace::Workspace,
};

const USAGE: &str = "\
usage: cargo xtask <task>

  regen                          generates what generated/ holds from openapi/
      --check, --dry-run         changes nothing; fails with a diff where generated/ is stale
  regen --from PATH|URL          takes in a new document, in whatever form, and reports what has
                                 changed and what wants a hand
      --dry-run                  the same, but changes nothing
      --check                    the same, but changes nothing and fails where anything differs
      --json, --markdown         the report for programs, or for a pull request
      --generate-only            only generates bindings, from any service's document; changes nothing
  diff OLD NEW                   what has changed between two documents (PATH or URL each), and what
                                 that means for users of the crate
      --json, --markdown         the report for programs, or for a pull request
  drift RECORD|-                 where the document and the live service disagree, by the record of
                                 an observer (feature `drift`)
      --json, --markdown         the report for programs, or for an issue
  bench TASK                     measures what calls cost: `bench help` lists the tasks
  help                           this text";

fn main() -> ExitCode {
    let task = match Task::read(lexopt::Parser::from_env()) {
        Ok(task) => task,
        Err(error) => {
            tell(format_args!("{error}\n\n{USAGE}"));
            return ExitCode::from(2);
        }
    };
    match task.run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            tell(error);
            ExitCode::FAILURE
        }
    }
}

/// The form of a report.
#[derive(Clone, Copy, Default)]
enum Form {
    #[default]
    Text,
    Markdown,
    Json,
}

impl Form {
    fn write(self, report: &diff::Report) -> Result<String> {
        Ok(match self {
            Self::Text => report.to_text(),
            Self::Markdown => report.to_markdown(),
            Self::Json => json(report)?,
        })
    }
}

/// The task to run.
enum Task {
    Help,
    Regen(Regen),
    Diff([String; 2], Form),
    Drift(String, Form),
    Bench(Vec<OsString>),
}

#[derive(Default)]
struct Regen {
    from: Option<String>,
    check: bool,
    dry_run: bool,
    generate_only: bool,
    form: Form,
}

impl Task {
    fn read(mut arguments: lexopt::Parser) -> Result<Self, lexopt::Error> {
        use lexopt::prelude::*;
        let task = match arguments.next()? {
            Some(Value(task)) => task.string()?,
            Some(Short('h') | Long("help")) => return Ok(Self::Help),
            Some(other) => return Err(other.unexpected()),
            None => return Err("which task?".into()),
        };
        if task == "bench" {
            return Ok(Self::Bench(arguments.raw_args()?.collect()));
        }
        let is_regen = task == "regen";
        let takes = match task.as_str() {
            "diff" => 2,
            "drift" => 1,
            _ => 0,
        };
        let (mut regen, mut places, mut form) = (Regen::default(), Vec::new(), None);
        while let Some(argument) = arguments.next()? {
            match argument {
                Short('h') | Long("help") => return Ok(Self::Help),
                Long("from") if is_regen => regen.from = Some(arguments.value()?.string()?),
                Long("check") if is_regen => regen.check = true,
                Long("dry-run") if is_regen => regen.dry_run = true,
                Long("generate-only") if is_regen => regen.generate_only = true,
                Long("json") if form.is_none() => form = Some(Form::Json),
                Long("markdown") if form.is_none() => form = Some(Form::Markdown),
                Value(place) if places.len() < takes => places.push(place.string()?),
                other => return Err(other.unexpected()),
            }
        }
        let reports = regen.from.is_some() && !regen.generate_only;
        if is_regen && form.is_some() && !reports {
            return Err("there is a report where a document is taken in with --from".into());
        }
        regen.form = form.unwrap_or_default();
        match (task.as_str(), &mut places[..]) {
            ("help", _) => Ok(Self::Help),
            ("regen", _) if regen.generate_only && regen.from.is_none() => {
                Err("--generate-only needs --from".into())
            }
            ("regen", _) => Ok(Self::Regen(regen)),
            ("diff", [old, new]) => Ok(Self::Diff([take(old), take(new)], regen.form)),
            ("diff", _) => Err("which two documents?".into()),
            ("drift", [record]) => Ok(Self::Drift(take(record), regen.form)),
            ("drift", _) => Err("which record?".into()),
            _ => Err(format!("no task {task:?}").into()),
        }
    }

    /// Runs the task. `false` is exit status 1 without an error.
    fn run(self) -> Result<bool> {
        match self {
            Self::Help => say(&format!("{USAGE}\n"))?,
            Self::Regen(regen) => return regen.run(),
            Self::Diff(places, form) => {
                let version = Workspace::here()?.version.parse()?;
                let [old, new] = places.map(|place| document::open(&place));
                let (old, new) = (old?, new?);
                old.notes.iter().chain(&new.notes).for_each(tell);
                say(&form.write(&diff::Report::between(&old.document, &new.document, version))?)?;
            }
            Self::Drift(record, form) => {
                let vendored = document::parse(&fs::read_to_string(Workspace::here()?.root.join(WHOLE))?)?;
                let text = match record.as_str() {
                    "-" => io::read_to_string(io::stdin())?,
                    path => document::fetch(path)?,
                };
                let report =
                    drift::Report::read(&text, &vendored).map_err(|error| format!("{record}: {error}"))?;
                if !report.unread.is_empty() {
                    tell(format_args!(
                        "{record}: no drifts, or of another version: lines {:?}",
                        report.unread
                    ));
                }
                say(&match form {
                    Form::Text => report.to_text(),
                    Form::Markdown => report.to_markdown(),
                    Form::Json => json(&report)?,
                })?;
            }
            Self::Bench(arguments) => {
                let mut bench = Workspace::here()?.command();
                bench.args(["run", "--quiet", "--release", "--package", "enablex-benches", "--"]);
                return Ok(bench.args(arguments).status()?.success());
            }
        }
        Ok(true)
    }
}

impl Regen {
    fn run(self) -> Result<bool> {
        let workspace = &Workspace::here()?;
        let dry_run = self.check || self.dry_run;
        let Some(from) = &self.from else {
            let done = if dry_run { regen::check(workspace) } else { regen::write(workspace) };
            say(&format!("{}\n", done?))?;
            return Ok(true);
        };
        if self.generate_only {
            let (notes, bindings) = regen::generate_alone(workspace, from)?;
            notes.iter().for_each(tell);
            say(&format!("generated: {} bytes of bindings\n", bindings.len()))?;
            return Ok(true);
        }
        let intake = regen::take_in(workspace, from, dry_run)?;
        intake.notes.iter().for_each(tell);
        if let Some(refused) = &intake.refused {
            let _ = say(&self.form.write(&intake.report)?);
            return Err(format!("not taken in: {refused}").into());
        }
        let end = end(&intake, dry_run);
        let said = match self.form {
            Form::Json => {
                tell(end.trim());
                json(&intake).and_then(|text| say(&text))
            }
            form => form.write(&intake.report).and_then(|report| say(&(report + &end))),
        };
        said.map_err(|error| format!("all but the report is done: {error}"))?;
        Ok(!self.check || intake.files.is_empty())
    }
}

/// What was done and what remains, as text and Markdown.
fn end(intake: &regen::Intake, dry_run: bool) -> String {
    let files = intake.files.join(", ");
    let done = match (files.is_empty(), dry_run) {
        (true, _) => "Nothing is replaced: openapi/ and generated/ say it already.".to_owned(),
        (false, true) => format!("Nothing is replaced. Without --dry-run and --check it would be: {files}."),
        (false, false) => format!("Replaced: {files}."),
    };
    if intake.places.is_empty() {
        let next = if files.is_empty() { "Done" } else { "The crate compiles with it. Next: `cargo test`" };
        return format!("\n{done} {next}.\n");
    }
    let lines: String = intake.places.iter().map(|place| format!("    {place}\n")).collect();
    format!(
        "\n{done} These places want a hand, unless they have had it since the last commit. The compiler may find \
         more once these are mended; then `cargo test` and `.ci/run` say what is missing.\n\n{lines}"
    )
}

fn json(report: &impl serde::Serialize) -> Result<String> {
    Ok(format!("{:#}\n", serde_json::to_value(report)?))
}
