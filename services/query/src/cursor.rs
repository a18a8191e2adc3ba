//! Cursors: where a page of a list ended, as text that means nothing to the caller. Numbers in
//! base 36, and a text behind them in hexadecimal.

use innerwall_event::Timestamp;
use innerwall_storage::cases::CasePosition;
use innerwall_storage::read::users::filter::UserPosition;
use uuid::Uuid;

use crate::problem::Problem;

/// Stands before a text.
const TEXT: char = '.';
/// Digits of a number in base 36.
const DIGITS_MAX: usize = 13;

fn invalid() -> Problem {
    Problem::parameter("cursor", "not a cursor of this list")
}

/// A cursor of so many numbers.
pub(crate) fn numbers<const N: usize>(text: &str) -> Result<[i64; N], Problem> {
    let parsed: Result<Vec<i64>, _> =
        text.split('_').map(|part| i64::from_str_radix(part, 36)).collect();
    parsed.ok().and_then(|numbers| numbers.try_into().ok()).ok_or_else(invalid)
}

/// A cursor of so many numbers and a text.
pub(crate) fn with_text<const N: usize>(cursor: &str) -> Result<([i64; N], String), Problem> {
    let (before, hex) = cursor.split_once(TEXT).ok_or_else(invalid)?;
    let (pairs, odd) = hex.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.filter(|text| odd.is_empty() && !text.contains('\0')).ok_or_else(invalid)?;
    Ok((numbers(before)?, text))
}

/// Writes a cursor of numbers.
pub(crate) fn of(numbers: &[i64]) -> String {
    let mut cursor = String::with_capacity(numbers.len() * (DIGITS_MAX + 2));
    for (place, number) in numbers.iter().enumerate() {
        if place > 0 {
            cursor.push('_');
        }
        push_radix_36(&mut cursor, *number);
    }
    cursor
}

/// Writes a cursor of numbers and a text.
pub(crate) fn of_text(numbers: &[i64], text: &str) -> String {
    let mut cursor = format!("{}{TEXT}", of(numbers));
    for byte in text.bytes() {
        cursor.push(digit(byte >> 4));
        cursor.push(digit(byte & 0xf));
    }
    cursor
}

fn digit(value: u8) -> char {
    char::from_digit(value.into(), 16).unwrap_or_default()
}

/// A number that must fit a smaller one.
pub(crate) fn narrow<S: TryFrom<i64>>(number: i64) -> Result<S, Problem> {
    S::try_from(number).map_err(|_| invalid())
}

fn push_radix_36(text: &mut String, number: i64) {
    if number < 0 {
        text.push('-');
    }
    let rest = number.unsigned_abs();
    let digits = rest.checked_ilog(36).unwrap_or_default();
    for place in (0..=digits).rev() {
        let digit = rest / 36_u64.pow(place) % 36;
        text.push(char::from_digit(u32::try_from(digit).unwrap_or_default(), 36).unwrap_or('0'));
    }
}

pub(crate) fn of_user(position: &UserPosition) -> String {
    of(&[
        position.seen_bucket.as_micros(),
        position.last_seen.as_micros(),
        position.first_seen.as_micros(),
        position.trust.into(),
        position.user_no,
    ])
}

pub(crate) fn user(text: &str) -> Result<UserPosition, Problem> {
    let [seen_bucket, last_seen, first_seen, trust, user_no] = numbers(text)?;
    Ok(UserPosition {
        seen_bucket: moment(seen_bucket)?,
        last_seen: moment(last_seen)?,
        first_seen: moment(first_seen)?,
        trust: narrow(trust)?,
        user_no,
    })
}

/// A time that the database can hold.
pub(crate) fn moment(micros: i64) -> Result<Timestamp, Problem> {
    const YEARS_10_000_US: i64 = 253_402_300_800_000_000;
    if micros.abs() < YEARS_10_000_US { Ok(Timestamp::from_micros(micros)) } else { Err(invalid()) }
}

pub(crate) fn of_event(time: Timestamp, id: Uuid) -> String {
    let mut cursor = of(&[time.as_micros()]);
    cursor.push('_');
    cursor.push_str(id.simple().encode_lower(&mut Uuid::encode_buffer()));
    cursor
}

pub(crate) fn event(text: &str) -> Result<(Timestamp, Uuid), Problem> {
    let (time, id) = text.split_once('_').ok_or_else(invalid)?;
    let time = i64::from_str_radix(time, 36).map_err(|_| invalid())?;
    Ok((moment(time)?, Uuid::try_parse(id).map_err(|_| invalid())?))
}

pub(crate) fn of_case(position: &CasePosition) -> String {
    of(&[position.opened_at.as_micros(), position.trust.into(), position.id])
}

pub(crate) fn case(text: &str) -> Result<CasePosition, Problem> {
    let [opened_at, trust, id] = numbers(text)?;
    let trust = u8::try_from(trust).map_err(|_| invalid())?;
    Ok(CasePosition { opened_at: moment(opened_at)?, trust, id })
}

pub(crate) fn of_sequence(sequence: i32) -> String {
    of(&[sequence.into()])
}

pub(crate) fn sequence(text: &str) -> Result<i32, Problem> {
    let [sequence] = numbers(text)?;
    narrow(sequence)
}

pub(crate) fn of_number(number: i64) -> String {
    of(&[number])
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
            first_seen: Timestamp::from_micros(1_794_000_000_000_000),
            trust: 99,
            user_no: i64::MAX,
        };
        assert_eq!(user(&of_user(&position)), Ok(position));
        let (time, id) = (Timestamp::from_micros(7), Uuid::from_u128(9));
        assert_eq!(event(&of_event(time, id)), Ok((time, id)));
        assert_eq!(sequence(&of_sequence(42)), Ok(42));
        for text in ["", "10.0.0.1", "ä_."] {
            let cursor = of_text(&[1, i64::MIN], text);
            assert_eq!(with_text(&cursor), Ok(([1, i64::MIN], text.to_owned())));
        }
        let position = CasePosition { opened_at: time, trust: 3, id: 11 };
        assert_eq!(case(&of_case(&position)), Ok(position));
        assert_eq!(number(&of_number(i64::MAX)), Ok(i64::MAX));
    }

    #[test]
    fn other_texts_are_refused_by_name() {
        for text in ["", "x", "1_2", "zzzzzzzzzzzzzzzzzzz", "é", "1.f", "1.zz", "1.00", "1.ff"] {
            assert!(user(text).is_err() && event(text).is_err(), "{text}");
            assert!(with_text::<1>(text).is_err(), "{text}");
        }
        assert_eq!(sequence("zzzzzzzz"), Err(invalid()));
        assert_eq!(moment(i64::MAX), Err(invalid()));
    }
}
