//! A row of a call report.

use std::time::SystemTime;

use super::digits::Decimal;
use crate::wire::rfc3339_millis;

pub(super) struct Row<'a> {
    /// A JSON string.
    pub room_id: &'a [u8],
    /// A JSON string.
    pub app_id: &'a [u8],
    pub conf_num: &'a [u8],
    pub call_num: &'a [u8],
    pub call_log_id: &'a [u8],
    pub cdr_id: &'a [u8],
    /// A JSON string.
    pub name: &'a [u8],
    /// A JSON string.
    pub user_ref: &'a [u8],
    pub role: &'a [u8],
    pub publishes: bool,
    pub connected: SystemTime,
    pub disconnected: SystemTime,
}

impl Row<'_> {
    /// Writes the JSON without a serializer, because reports can have millions of rows.
    pub fn write(&self, out: &mut Vec<u8>) {
        let [connected, disconnected] = [self.connected, self.disconnected].map(rfc3339_millis);
        let [connected, disconnected] = [connected.as_bytes(), disconnected.as_bytes()];
        let milliseconds = millis(self.disconnected).saturating_sub(millis(self.connected));
        let seconds = Decimal::new(milliseconds);
        let minutes = Decimal::new((milliseconds + 30) / 60);
        let (published_minutes, published): (_, &[u8]) =
            if self.publishes { (minutes.as_bytes(), b"true") } else { (&b"0.000"[..], b"false") };
        let parts: [&[u8]; 43] = [
            br#"{"trans_date":""#,
            connected,
            br#"","conf_num":""#,
            self.conf_num,
            br#"","call_num":""#,
            self.call_num,
            br#"","call_log_id":""#,
            self.call_log_id,
            br#"","room":{"room_id":"#,
            self.room_id,
            br#","connect_dt":""#,
            connected,
            br#"","disconnect_dt":""#,
            disconnected,
            br#"","duration":"#,
            seconds.as_bytes(),
            br#"},"user":{"ip":"127.0.0.1","name":"#,
            self.name,
            br#","role":""#,
            self.role,
            br#"","ref":"#,
            self.user_ref,
            br#","agent":"sandbox","token":"","confName":""},"sigserver":{"connect_dt":""#,
            connected,
            br#"","ip":"127.0.0.1","disconnect_dt":""#,
            disconnected,
            br#"","duration":"#,
            seconds.as_bytes(),
            br#","hold_duration":0.000},"published_track":{"audio":""#,
            published,
            br#"","data":""#,
            published,
            br#"","video":""#,
            published,
            br#"","screen":"false","url":"false"},"usage":{"subscribed_minutes":"#,
            minutes.as_bytes(),
            br#","published_minutes":"#,
            published_minutes,
            br#"},"app_id":"#,
            self.app_id,
            br#","cdr_id":""#,
            self.cdr_id,
            br#""}"#,
        ];
        for part in parts {
            out.extend_from_slice(part);
        }
    }
}

/// Milliseconds since 1970.
fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    since.as_secs() * 1000 + u64::from(since.subsec_millis())
}
