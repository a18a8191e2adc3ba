//! Points in time, as microseconds since 1970-01-01 UTC.

use jiff::civil::DateTime;

pub(crate) const DAY_US: i64 = 24 * 3600 * 1_000_000;

/// A point in time in microseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// Why a text is not a time.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a time: expected RFC 3339 such as 2026-11-22T10:15:00Z")]
pub struct ParseTimestampError;

impl Timestamp {
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Seconds from `earlier` to this time, rounded toward zero; negative when it is later.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0) / 1_000_000
    }

    /// Whole days from `earlier` to this time, rounded down.
    pub const fn days_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).div_euclid(DAY_US)
    }

    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1_000_000)
    }

    /// Reads RFC 3339: date, time and zone.
    pub fn parse_rfc3339(text: &str) -> Result<Self, ParseTimestampError> {
        let parsed: jiff::Timestamp = text.parse().map_err(|_| ParseTimestampError)?;
        Ok(Self(parsed.as_microsecond()))
    }

    /// Reads what the trackers send: `YYYY-MM-DD HH:MM:SS` with up to six fraction digits in
    /// UTC; RFC 3339 is welcome as well.
    pub fn parse_tracker(text: &str) -> Result<Self, ParseTimestampError> {
        if !is_tracker_form(text.as_bytes()) {
            return Self::parse_rfc3339(text);
        }
        let civil: DateTime = text.parse().map_err(|_| ParseTimestampError)?;
        let zoned = civil.to_zoned(jiff::tz::TimeZone::UTC).map_err(|_| ParseTimestampError)?;
        Ok(Self(zoned.timestamp().as_microsecond()))
    }

    /// Writes RFC 3339 in UTC with microseconds where there are any.
    pub fn to_rfc3339(self) -> String {
        jiff::Timestamp::from_microsecond(self.0)
            .map_or_else(|_| self.0.to_string(), |timestamp| timestamp.to_string())
    }
}

fn is_tracker_form(text: &[u8]) -> bool {
    const SHAPE: &[u8] = b"dddd-dd-dd dd:dd:dd";
    let fits = |byte: u8, shape: u8| match shape {
        b'd' => byte.is_ascii_digit(),
        other => byte == other,
    };
    let Some((head, fraction)) = text.split_at_checked(SHAPE.len()) else {
        return false;
    };
    let head_fits = head.iter().zip(SHAPE).all(|(byte, shape)| fits(*byte, *shape));
    let fraction_fits = match fraction.split_first() {
        None => true,
        Some((dot, digits)) => {
            *dot == b'.' && (1..=6).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit)
        }
    };
    head_fits && fraction_fits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracker_times_are_read_as_utc() {
        let expected = Timestamp::parse_rfc3339("2026-11-22T10:15:30.5Z").unwrap();
        assert_eq!(Timestamp::parse_tracker("2026-11-22 10:15:30.5"), Ok(expected));
        assert_eq!(Timestamp::parse_tracker("2026-11-22T11:15:30.500+01:00"), Ok(expected));
    }

    #[test]
    fn half_given_or_rolled_over_times_are_refused() {
        for text in ["9:5:7", "2026-11-22 09:05", "2026-13-45 29:00:00", "1700000000", "", "x"] {
            assert_eq!(Timestamp::parse_tracker(text), Err(ParseTimestampError), "{text}");
        }
    }

    #[test]
    fn days_are_rounded_down_on_both_sides_of_zero() {
        let noon = Timestamp::from_micros(DAY_US / 2);
        assert_eq!(noon.days_since(Timestamp::default()), 0);
        assert_eq!(Timestamp::default().days_since(noon), -1);
    }

    #[test]
    fn printing_and_reading_agree() {
        let time = Timestamp::from_micros(1_795_000_000_123_456);
        assert_eq!(Timestamp::parse_rfc3339(&time.to_rfc3339()), Ok(time));
    }
}
