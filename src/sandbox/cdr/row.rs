//! A row of a call report.

use std::time::{Duration, SystemTime};

use crate::wire::rfc3339_millis;

/// What a row is made of.
pub(super) struct Row<'a> {
    /// As JSON, in quotes.
    pub room_id: &'a str,
    /// As JSON, in quotes.
    pub app_id: &'a str,
    pub conf_num: &'a str,
    pub call_num: u64,
    pub call_log_id: &'a str,
    pub cdr_id: &'a str,
    /// As JSON, in quotes.
    pub name: &'a str,
    /// As JSON, in quotes.
    pub user_ref: &'a str,
    pub role: &'a str,
    pub publishes: bool,
    pub connected: SystemTime,
    pub disconnected: SystemTime,
}

impl Row<'_> {
    /// Writes its JSON. By hand, since millions of rows are sent at a time.
    pub fn write(&self, out: &mut Vec<u8>) {
        let connected = rfc3339_millis(self.connected);
        let disconnected = rfc3339_millis(self.disconnected);
        let call_num = self.call_num.to_string();
        let milliseconds = millis(self.disconnected).saturating_sub(millis(self.connected));
        let seconds = decimal(milliseconds);
        let minutes = decimal((milliseconds + 30) / 60);
        let (published_minutes, published) =
            if self.publishes { (minutes.as_str(), "true") } else { ("0.000", "false") };
        let parts = [
            r#"{"trans_date":""#,
            &connected,
            r#"","conf_num":""#,
            self.conf_num,
            r#"","call_num":""#,
            &call_num,
            r#"","call_log_id":""#,
            self.call_log_id,
            r#"","room":{"room_id":"#,
            self.room_id,
            r#","connect_dt":""#,
            &connected,
            r#"","disconnect_dt":""#,
            &disconnected,
            r#"","duration":"#,
            &seconds,
            r#"},"user":{"ip":"127.0.0.1","name":"#,
            self.name,
            r#","role":""#,
            self.role,
            r#"","ref":"#,
            self.user_ref,
            r#","agent":"sandbox","token":"","confName":""},"sigserver":{"connect_dt":""#,
            &connected,
            r#"","ip":"127.0.0.1","disconnect_dt":""#,
            &disconnected,
            r#"","duration":"#,
            &seconds,
            r#","hold_duration":0.000},"published_track":{"audio":""#,
            published,
            r#"","data":""#,
            published,
            r#"","video":""#,
            published,
            r#"","screen":"false","url":"false"},"usage":{"subscribed_minutes":"#,
            &minutes,
            r#","published_minutes":"#,
            published_minutes,
            r#"},"app_id":"#,
            self.app_id,
            r#","cdr_id":""#,
            self.cdr_id,
            r#""}"#,
        ];
        for part in parts {
            out.extend_from_slice(part.as_bytes());
        }
    }
}

/// Whole milliseconds, as a time is written.
fn millis(time: SystemTime) -> u128 {
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO).as_millis()
}

/// Thousandths with their point.
fn decimal(thousandths: u128) -> String {
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}
