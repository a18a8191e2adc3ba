//! What is asked for, as sent, turned into what it means: one reader per sort of parameter.

use std::net::IpAddr;

use innerwall_event::{EventKind, Timestamp};
use innerwall_features::EntityKind;

use crate::problem::Problem;

/// Longest search text and key, as long as the longest the database keeps.
const TEXT_BYTES_MAX: usize = 512;
/// The years 1 to 9998: the database knows fewer times than the text form, and ranges need room.
const YEARS_US: std::ops::Range<i64> = -62_135_596_800_000_000..253_370_764_800_000_000;

/// A text to search by; `None` when it says nothing.
pub(super) fn text(field: &'static str, text: Option<String>) -> Result<Option<String>, Problem> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.len() > TEXT_BYTES_MAX || text.contains('\0') {
        let reason = format!("longer than {TEXT_BYTES_MAX} bytes or with a NUL character");
        return Err(Problem::parameter(field, &reason));
    }
    Ok(Some(text))
}

pub(super) fn time(field: &'static str, text: Option<&str>) -> Result<Option<Timestamp>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let time = Timestamp::parse_rfc3339(text).map_err(|e| Problem::parameter(field, &e))?;
    if !YEARS_US.contains(&time.as_micros()) {
        return Err(Problem::parameter(field, "not within the years 1 to 9998"));
    }
    Ok(Some(time))
}

/// Two letters, as ISO 3166 has them.
pub(super) fn country(text: Option<&str>) -> Result<Option<String>, Problem> {
    let Some(text) = text else { return Ok(None) };
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Ok(Some(text.to_ascii_uppercase()));
    }
    Err(Problem::parameter("country", "not two letters, such as DE"))
}

pub(super) fn ip(text: &str) -> Result<IpAddr, Problem> {
    text.parse().map_err(|_| Problem::parameter("ip", "not an IPv4 or IPv6 address"))
}

pub(super) fn event_type(name: &str) -> Result<EventKind, Problem> {
    EventKind::parse(name).map_err(|error| Problem::parameter("event_type", &error))
}

/// A number within limits.
pub(super) fn number<N: PartialOrd + std::fmt::Display + Copy>(
    field: &'static str,
    number: Option<N>,
    (least, most): (N, N),
) -> Result<Option<N>, Problem> {
    match number {
        Some(number) if number < least || number > most => {
            Err(Problem::parameter(field, &format!("{number} is not between {least} and {most}")))
        }
        other => Ok(other),
    }
}

/// A kind of thing, by the name of its list.
pub(super) fn kind(text: &str) -> Result<EntityKind, Problem> {
    EntityKind::parse_plural(text).ok_or_else(|| {
        let known = EntityKind::ALL.map(EntityKind::plural).join(", ");
        Problem::parameter("kind", &format!("{text} is none of {known}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_refused_beyond_the_limit_and_empty_ones_say_nothing() {
        assert_eq!(text("q", Some(String::new())), Ok(None));
        let fit = "x".repeat(TEXT_BYTES_MAX);
        assert_eq!(text("q", Some(fit.clone())), Ok(Some(fit.clone())));
        for wrong in [format!("{fit}x"), "a\0".to_owned()] {
            assert!(text("q", Some(wrong)).is_err());
        }
    }

    #[test]
    fn numbers_are_read_within_both_limits() {
        for (sent, is_fine) in [(0, false), (1, true), (9, true), (10, false)] {
            assert_eq!(number("n", Some(sent), (1, 9)).is_ok(), is_fine, "{sent}");
        }
        assert_eq!(number("n", None, (1, 9)), Ok(None));
    }

    #[test]
    fn times_are_read_as_far_as_the_database_knows_them() {
        for (sent, is_fine) in [
            ("0001-01-01T00:00:00Z", true),
            ("0000-12-31T23:59:59Z", false),
            ("9998-12-31T23:59:59Z", true),
            ("9999-01-01T00:00:00Z", false),
            ("yesterday", false),
        ] {
            assert_eq!(time("from", Some(sent)).is_ok(), is_fine, "{sent}");
        }
    }

    #[test]
    fn countries_are_two_letters_and_kinds_are_named() {
        assert_eq!(country(Some("de")), Ok(Some("DE".to_owned())));
        for wrong in ["", "d", "deu", "d1", "ü"] {
            assert!(country(Some(wrong)).is_err(), "{wrong}");
        }
        assert_eq!(kind("email-domains"), Ok(EntityKind::EmailDomain));
        assert!(kind("users").is_err());
    }
}
