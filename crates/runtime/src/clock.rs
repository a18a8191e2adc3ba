//! The clock and fresh ids. Everything else takes them as arguments.

use std::time::{SystemTime, UNIX_EPOCH};

use uuid::Uuid;

/// Microseconds since 1970-01-01 UTC.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
pub fn now_micros() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

/// A fresh id that sorts by time.
pub fn fresh_id() -> Uuid {
    Uuid::now_v7()
}

/// Seconds east of UTC in a time zone of the IANA database at a time; `None` for an unknown zone.
pub fn utc_offset_s(zone: &str, at_micros: i64) -> Option<i32> {
    let zone = jiff::tz::TimeZone::get(zone).ok()?;
    let at = jiff::Timestamp::from_microsecond(at_micros).ok()?;
    Some(zone.to_offset(at).seconds())
}
