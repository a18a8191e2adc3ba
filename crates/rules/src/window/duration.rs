//! Durations such as `10m`.

/// Shortest duration of a window: its buckets are tenths of it.
pub(crate) const OVER_S_MIN: u32 = 10;
/// Longest duration of a window: 90 days.
pub(crate) const OVER_S_MAX: u32 = 90 * DAY_S;

const DAY_S: u32 = 86_400;
const UNITS: [(&str, u32); 4] = [("s", 1), ("m", 60), ("h", 3_600), ("d", DAY_S)];

/// Why a text is not the duration of a window.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(super) enum DurationError {
    #[error(
        "`{0}` is no duration, expected a whole number and s, m, h or d, such as 30s, 10m or 7d"
    )]
    Malformed(String),
    #[error("`{found}` is no duration, did you mean `{near}`?")]
    Misspelt { found: String, near: String },
    #[error("`{0}` is out of range, a window lasts 10s to 90d")]
    OutOfRange(String),
}

/// Reads a duration of a window in seconds.
pub(super) fn parse(text: &str) -> Result<u32, DurationError> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let Some((_, unit_s)) = UNITS.iter().find(|known| known.0 == unit) else {
        return Err(misspelt(text, number, unit));
    };
    if number.is_empty() {
        return Err(DurationError::Malformed(text.to_owned()));
    }
    let seconds = number.parse::<u32>().ok().and_then(|number| number.checked_mul(*unit_s));
    seconds
        .filter(|seconds| (OVER_S_MIN..=OVER_S_MAX).contains(seconds))
        .ok_or_else(|| DurationError::OutOfRange(text.to_owned()))
}

/// `10 min`, `1hour` and `7D` are close enough to guess.
fn misspelt(text: &str, number: &str, unit: &str) -> DurationError {
    let first = unit.trim_start().to_ascii_lowercase();
    match UNITS.iter().find(|known| first.starts_with(known.0)) {
        Some((near, _)) if !number.is_empty() && !first.starts_with("mo") => {
            DurationError::Misspelt { found: text.to_owned(), near: format!("{number}{near}") }
        }
        _ => DurationError::Malformed(text.to_owned()),
    }
}

/// Writes seconds in the largest unit that divides them.
pub(crate) fn written(seconds: u32) -> String {
    let unit = UNITS.iter().rev().find(|unit| seconds.is_multiple_of(unit.1));
    unit.map_or_else(|| format!("{seconds}s"), |unit| format!("{}{}", seconds / unit.1, unit.0))
}
