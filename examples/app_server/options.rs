//! What the server is started with.

use std::{
    ffi::OsString,
    fmt,
    net::{IpAddr, Ipv4Addr},
    num::NonZeroU32,
    path::PathBuf,
    str::FromStr,
};

use axum::http::HeaderValue;
use enablex::reqwest::Url;

pub const USAGE: &str = "usage: app_server [OPTIONS]; --help lists them";
/// `ps` shows options to everyone on a machine: an application reads its secrets from a file.
pub const HELP: &str = "\
An application server for EnableX, on the embedded sandbox, or on EnableX when ENABLEX_APP_ID and
ENABLEX_APP_KEY are set (ENABLEX_BASE_URL is optional). A sandbox of its own, which that names, counts as EnableX.

usage: app_server [OPTIONS]

  --port N                 a free one by default
  --listen ADDRESS         127.0.0.1 by default
  --webhook-user USER, --webhook-password PASSWORD
                           what webhooks have to carry, as set in EnableX's portal. Without them the sandbox's
                           are taken from anyone, and EnableX's from nobody
  --old-webhook-user USER, --old-webhook-password PASSWORD
                           a second pair, while they are being changed
  --moderator-key KEY      who sends `Authorization: Bearer KEY` may become moderator. Without it anybody on the
                           sandbox, and nobody on EnableX
  --limit N                calls below /api for each address of a caller in a minute, 0 for any number. 120 by
                           default on EnableX, any number on the sandbox
  --allow-origin ORIGIN    pages of this origin may call, too; may be repeated
  --sdk-url URL            where the page loads EnableX's browser SDK (EnxRtc.js) from. Without it the page joins
                           rooms of sandboxes alone, and without media
  --pages FOLDER           pages to serve instead of the one here, such as those of EnableX's samples
  --redis URL              where the events are kept that were seen, so that one of several servers takes each, and
                           tells its own browsers: redis://127.0.0.1/
  --reconcile-at HH:MM     when yesterday's reports are compared with the webhooks, in UTC; 04:00 by default

  GET  /api/get-all-rooms, /api/get-room/{room_id}
  POST /api/create-room/   {name, owner_ref, settings}: the room of this owner. The owner is by default the
                           name, and without both it is one for all
  POST /api/create-token/  {name, role, roomId, user_ref, data}
  GET  /api/events         server-sent events: {type, room_id, conf_num, at}, those after the one with the id of the
                           header Last-Event-ID or of ?after=
  POST /api/reconcile/YYYY-MM-DD, for moderators
  POST /webhooks           for EnableX";

pub struct Options {
    pub address: IpAddr,
    pub port: u16,
    /// The pairs of user and password; the first one is in use.
    pub webhooks: Vec<(String, String)>,
    pub moderator_key: Option<String>,
    /// In a minute. `None` for the default.
    pub limit: Option<Option<NonZeroU32>>,
    pub origins: Vec<HeaderValue>,
    pub sdk_url: Option<Url>,
    pub pages: Option<PathBuf>,
    pub redis: Option<String>,
    /// Hour and minute in UTC.
    pub reconcile_at: (u64, u64),
}

impl Options {
    /// `None` where help is asked for.
    pub fn parse() -> Result<Option<Self>, lexopt::Error> {
        use lexopt::prelude::*;

        let mut options = Self {
            address: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            webhooks: Vec::new(),
            moderator_key: None,
            limit: None,
            origins: Vec::new(),
            sdk_url: None,
            pages: None,
            redis: None,
            reconcile_at: (4, 0),
        };
        let (mut new, mut old) = ([None, None], [None, None]);
        let mut words = lexopt::Parser::from_env();
        while let Some(word) = words.next()? {
            match word {
                Long("port") => options.port = parsed("--port", words.value()?)?,
                Long("listen") => options.address = parsed("--listen", words.value()?)?,
                Long("webhook-user") => new[0] = Some(words.value()?.string()?),
                Long("webhook-password") => new[1] = Some(words.value()?.string()?),
                Long("old-webhook-user") => old[0] = Some(words.value()?.string()?),
                Long("old-webhook-password") => old[1] = Some(words.value()?.string()?),
                Long("moderator-key") => {
                    let key = words.value()?.string()?;
                    if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
                        return Err("--moderator-key: must be visible ASCII without blanks".into());
                    }
                    options.moderator_key = Some(key);
                }
                Long("limit") => options.limit = Some(NonZeroU32::new(parsed("--limit", words.value()?)?)),
                Long("allow-origin") => options.origins.push(origin(&words.value()?.string()?)?),
                Long("sdk-url") => options.sdk_url = Some(sdk_url(&words.value()?.string()?)?),
                Long("pages") => {
                    let folder = PathBuf::from(words.value()?);
                    if !folder.is_dir() {
                        return Err(format!("--pages: must be a folder: {}", folder.display()).into());
                    }
                    options.pages = Some(folder);
                }
                Long("redis") => options.redis = Some(words.value()?.string()?),
                Long("reconcile-at") => options.reconcile_at = time_of_day(&words.value()?.string()?)?,
                Long("help") | Short('h') => return Ok(None),
                _ => return Err(word.unexpected()),
            }
        }
        if old.iter().any(Option::is_some) && new.iter().all(Option::is_none) {
            return Err("--old-webhook-user is for a second pair, beside --webhook-user".into());
        }
        if options.sdk_url.is_some() && options.pages.is_some() {
            return Err("--sdk-url is for the page here, which --pages replaces".into());
        }
        options.webhooks.extend(pair(new, "--webhook-user and --webhook-password")?);
        options.webhooks.extend(pair(old, "--old-webhook-user and --old-webhook-password")?);
        Ok(Some(options))
    }
}

fn parsed<T: FromStr<Err: fmt::Display>>(option: &str, value: OsString) -> Result<T, String> {
    let text = value.to_string_lossy();
    text.parse().map_err(|error| format!("{option}: {error}: {text:?}"))
}

fn pair([user, password]: [Option<String>; 2], names: &str) -> Result<Option<(String, String)>, String> {
    match (user, password) {
        (Some(user), Some(password)) => Ok(Some((user, password))),
        (None, None) => Ok(None),
        _ => Err(format!("{names} belong together")),
    }
}

fn origin(text: &str) -> Result<HeaderValue, String> {
    let is_origin = Url::parse(text)
        .is_ok_and(|url| url.origin().is_tuple() && url.origin().ascii_serialization() == text);
    let bad = || format!("--allow-origin: must be like https://example.com: {text:?}");
    if is_origin { text.parse().map_err(|_| bad()) } else { Err(bad()) }
}

/// Its host stands in a header of the page, and all of it in the page: neither of them is for a password.
fn sdk_url(text: &str) -> Result<Url, String> {
    let is_plain =
        |host: &str| host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte));
    let url = Url::parse(text).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.host_str().is_some_and(is_plain)
            && url.username().is_empty()
            && url.password().is_none()
    });
    url.ok_or_else(|| {
        "--sdk-url: must be like https://example.com/EnxRtc.js, without user and password".into()
    })
}

fn time_of_day(text: &str) -> Result<(u64, u64), String> {
    let time =
        text.split_once(':').and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
    let is_time = |&(hour, minute): &(u64, u64)| hour < 24 && minute < 60;
    time.filter(is_time).ok_or_else(|| format!("--reconcile-at: must be HH:MM: {text:?}"))
}
