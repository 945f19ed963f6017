//! The archive report: what was recorded.

use std::collections::BTreeMap;

use enablex::{Archive, ArchiveKind, Date};

use crate::{
    plot::plot,
    shown::{NOTHING, Shown, day, moment, shown},
    table::Column,
};

#[derive(Default)]
pub struct Tally {
    entries: u64,
    /// Files by kind.
    kinds: BTreeMap<ArchiveKind, u64>,
    /// Files by day.
    days: BTreeMap<Option<Date>, u64>,
}

impl Shown for Archive {
    type Tally = Tally;

    const COLUMNS: &[Column] = &[
        Column::left("time (UTC)", 19),
        Column::left("room", 24),
        Column::left("conf_num", 24),
        Column::left("kind", 10),
        Column::last("url"),
    ];

    /// One line for each file, or one without a file.
    fn lines(&self) -> Vec<Vec<String>> {
        let line = |kind: &str, url: &str| {
            let entry = [shown(moment(self.trans_date())), shown(self.room_id()), shown(self.conf_num())];
            entry.into_iter().chain([kind.into(), url.into()]).collect()
        };
        let files: Vec<_> = self.links().map(|link| line(link.kind.as_str(), link.url)).collect();
        if files.is_empty() { vec![line(NOTHING, NOTHING)] } else { files }
    }

    fn count(&self, tally: &mut Tally) {
        tally.entries += 1;
        let of_day = tally.days.entry(day(self.trans_date())).or_default();
        for link in self.links() {
            *tally.kinds.entry(link.kind).or_default() += 1;
            *of_day += 1;
        }
    }

    fn summary(tally: &Tally) -> Vec<String> {
        let mut lines = vec![format!("entries     {}", tally.entries)];
        lines.extend(tally.kinds.iter().map(|(kind, files)| format!("{:<10}  {files}", kind.as_str())));
        let days: Vec<_> =
            tally.days.iter().map(|(day, files)| (*day, *files as f64, files.to_string())).collect();
        lines.extend(plot("files by day", &days));
        lines
    }
}
