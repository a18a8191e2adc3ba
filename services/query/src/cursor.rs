//! Cursors: where a page of a list ended, as text that means nothing to the caller.

use innerwall_event::Timestamp;
use innerwall_storage::read::users::UserPosition;
use uuid::Uuid;

use crate::problem::Problem;

fn invalid() -> Problem {
    Problem::parameter("cursor", "not a cursor of this list")
}

fn numbers<const N: usize>(text: &str) -> Result<[i64; N], Problem> {
    let parsed: Result<Vec<i64>, _> =
        text.split('_').map(|part| i64::from_str_radix(part, 36)).collect();
    parsed.ok().and_then(|numbers| numbers.try_into().ok()).ok_or_else(invalid)
}

fn joined(numbers: &[i64]) -> String {
    let texts: Vec<String> = numbers.iter().map(|number| radix_36(*number)).collect();
    texts.join("_")
}

fn radix_36(number: i64) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut rest = number.unsigned_abs();
    let mut digits = Vec::new();
    while rest > 0 || digits.is_empty() {
        digits.push(DIGITS[usize::try_from(rest % 36).unwrap_or_default()]);
        rest /= 36;
    }
    let sign = if number < 0 { "-" } else { "" };
    let digits: String = digits.iter().rev().map(|digit| char::from(*digit)).collect();
    format!("{sign}{digits}")
}

pub(crate) fn of_user(position: &UserPosition) -> String {
    joined(&[
        position.seen_bucket.as_micros(),
        position.last_seen.as_micros(),
        position.trust.into(),
        position.user_no,
    ])
}

pub(crate) fn user(text: &str) -> Result<UserPosition, Problem> {
    let [seen_bucket, last_seen, trust, user_no] = numbers(text)?;
    Ok(UserPosition {
        seen_bucket: Timestamp::from_micros(seen_bucket),
        last_seen: Timestamp::from_micros(last_seen),
        trust: u8::try_from(trust).map_err(|_| invalid())?,
        user_no,
    })
}

pub(crate) fn of_event(time: Timestamp, id: Uuid) -> String {
    format!("{}_{}", radix_36(time.as_micros()), id.simple())
}

pub(crate) fn event(text: &str) -> Result<(Timestamp, Uuid), Problem> {
    let (time, id) = text.split_once('_').ok_or_else(invalid)?;
    let time = i64::from_str_radix(time, 36).map_err(|_| invalid())?;
    Ok((Timestamp::from_micros(time), Uuid::try_parse(id).map_err(|_| invalid())?))
}

pub(crate) fn of_sequence(sequence: i32) -> String {
    joined(&[sequence.into()])
}

pub(crate) fn sequence(text: &str) -> Result<i32, Problem> {
    let [sequence] = numbers(text)?;
    i32::try_from(sequence).map_err(|_| invalid())
}

pub(crate) fn of_number(number: i64) -> String {
    joined(&[number])
}

pub(crate) fn number(text: &str) -> Result<i64, Problem> {
    let [number] = numbers(text)?;
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_are_read_back_as_written() {
        let position = UserPosition {
            seen_bucket: Timestamp::from_micros(-1),
            last_seen: Timestamp::from_micros(1_795_000_000_000_000),
            trust: 99,
            user_no: i64::MAX,
        };
        assert_eq!(user(&of_user(&position)), Ok(position));
        let (time, id) = (Timestamp::from_micros(7), Uuid::from_u128(9));
        assert_eq!(event(&of_event(time, id)), Ok((time, id)));
        assert_eq!(sequence(&of_sequence(42)), Ok(42));
    }

    #[test]
    fn other_texts_are_refused_by_name() {
        for text in ["", "x", "1_2", "zzzzzzzzzzzzzzzzzzz", "é"] {
            assert!(user(text).is_err() && event(text).is_err(), "{text}");
        }
        assert_eq!(sequence("zzzzzzzz"), Err(invalid()));
    }
}
