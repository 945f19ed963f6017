//! The CDR report: who was connected.

use std::{
    collections::{BTreeMap, HashSet},
    time::Duration,
};

use enablex::{Cdr, Date};

use crate::{
    plot::plot,
    shown::{Shown, day, moment, shown},
    table::Column,
};

#[derive(Default)]
pub struct Tally {
    rows: u64,
    /// The reference of each user, or the name where there is no reference.
    users: HashSet<String>,
    time: Duration,
    /// How many rows have no duration.
    untimed: u64,
    days: BTreeMap<Option<Date>, Duration>,
}

impl Shown for Cdr {
    type Tally = Tally;

    const COLUMNS: &[Column] = &[
        Column::left("connected (UTC)", 19),
        Column::left("room", 24),
        Column::left("user", 16),
        Column::left("user_ref", 12),
        Column::left("role", 11),
        Column::right("minutes", 7),
        Column::last("conf_num"),
    ];

    fn lines(&self) -> Vec<Vec<String>> {
        vec![vec![
            shown(moment(self.connected_at())),
            shown(self.room_id()),
            shown(self.user_name()),
            shown(self.user_ref()),
            shown(self.role()),
            shown(self.duration().map(minutes)),
            shown(self.conf_num()),
        ]]
    }

    fn count(&self, tally: &mut Tally) {
        tally.rows += 1;
        if let Some(user) = self.user_ref().or(self.user_name())
            && !tally.users.contains(user)
        {
            tally.users.insert(user.to_owned());
        }
        let time = self.duration();
        tally.untimed += u64::from(time.is_none());
        let time = time.unwrap_or_default();
        tally.time = tally.time.saturating_add(time);
        let of_day = tally.days.entry(day(self.connected_at())).or_default();
        *of_day = of_day.saturating_add(time);
    }

    fn summary(tally: &Tally) -> Vec<String> {
        let Tally { rows, users, time, untimed, days } = tally;
        let untimed = match untimed {
            0 => String::new(),
            rows => format!(", and {rows} rows without a duration"),
        };
        let mut lines = vec![
            format!("rows     {rows}"),
            format!("users    {}", users.len()),
            format!("minutes  {}{untimed}", minutes(*time)),
        ];
        let days: Vec<_> =
            days.iter().map(|(day, time)| (*day, time.as_secs_f64(), minutes(*time))).collect();
        lines.extend(plot("minutes by day", &days));
        lines
    }
}

fn minutes(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() / 60.0)
}
