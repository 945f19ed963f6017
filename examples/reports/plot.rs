//! Bar charts in the terminal.

use enablex::Date;

/// The columns of a terminal.
const WIDTH: usize = 80;
const LABEL: usize = 10;
/// Eighths of a block, from one to seven.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// A bar for each day, with its value as text behind it. Three dots stand for days without a value.
pub fn plot(title: &str, days: &[(Option<Date>, f64, String)]) -> Vec<String> {
    let highest = days.iter().map(|(_, value, _)| *value).fold(0.0, f64::max);
    let longest = days.iter().map(|(_, _, text)| text.len()).max().unwrap_or_default();
    let room = WIDTH.saturating_sub(LABEL + 2 + 1 + longest);
    let mut lines = Vec::new();
    let mut before = None;
    for (day, value, text) in days {
        let label = match day {
            Some(day) => day.to_string(),
            None => "no date".into(),
        };
        if before.is_some_and(|before: Date| before.plus_days(1).ok() != *day) {
            lines.push("...".into());
        }
        before = *day;
        let share = if highest > 0.0 { value / highest } else { 0.0 };
        lines.push(format!("{label:<LABEL$}  {} {text}", bar(share, room)));
    }
    if !lines.is_empty() {
        lines.splice(0..0, [String::new(), title.into()]);
    }
    lines
}

/// A bar over this share of the columns. A share above zero is visible.
fn bar(share: f64, columns: usize) -> String {
    let eighths = (share * (columns * 8) as f64).round() as usize;
    let eighths = if share > 0.0 { eighths.max(1) } else { 0 };
    let rest = (eighths % 8).checked_sub(1).map(|rest| EIGHTHS[rest]);
    "█".repeat(eighths / 8).chars().chain(rest).collect()
}
