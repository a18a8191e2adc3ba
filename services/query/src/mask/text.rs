//! Contact details inside of texts that people or programs wrote.

use std::net::{IpAddr, SocketAddr};

use super::{address, email, phone};

/// What ends a word. Not `:`, which is part of addresses.
const BETWEEN: &[char] = &[
    ' ', '\t', '\r', '\n', '"', '\'', '<', '>', '(', ')', '[', ']', '{', '}', ',', ';', '=', '&',
    '?', '/', '|', '#',
];
/// Numbers with a plus sign have at least so many digits, others as many as the second.
const PHONE_DIGITS: (usize, usize) = (7, 9);
/// An `@` in a URL.
const ENCODED_AT: &str = "%40";
const HIDDEN: &str = "***";

/// Masks e-mail addresses, phone numbers and IP addresses wherever they stand in a text.
pub(crate) fn text(text: &mut String) {
    let mut masked = String::with_capacity(text.len());
    for piece in text.split_inclusive(BETWEEN) {
        let word = piece.trim_end_matches(BETWEEN);
        masked.push_str(&word_masked(word));
        masked.push_str(&piece[word.len()..]);
    }
    *text = masked;
}

/// Masks a URL: what its query says is hidden, the rest is masked like any text.
pub(crate) fn url(url: &mut String) {
    let (path, query) = match url.split_once('?') {
        Some((path, query)) => (path.to_owned(), Some(query)),
        None => (url.clone(), None),
    };
    let names = query.map(|query| {
        let hidden = |part: &str| match part.split_once('=') {
            Some((name, _)) => format!("{}={HIDDEN}", word_masked(name)),
            None => HIDDEN.to_owned(),
        };
        query.split('&').map(hidden).collect::<Vec<_>>().join("&")
    });
    let mut shown = path;
    text(&mut shown);
    if let Some(names) = names {
        shown.push('?');
        shown.push_str(&names);
    }
    *url = shown;
}

/// Hides every value in a JSON document and keeps its names.
pub(crate) fn values(json: &mut serde_json::Value) {
    match json {
        serde_json::Value::Null => {}
        serde_json::Value::Array(items) => items.iter_mut().for_each(values),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(values),
        serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => *json = HIDDEN.into(),
    }
}

fn word_masked(word: &str) -> String {
    let decoded = word.replace(ENCODED_AT, "@");
    let bare = decoded.trim_end_matches(['.', ':', '!', '"']);
    let mut found = bare.to_owned();
    if bare.contains('@') {
        email(&mut found);
    } else if bare.parse::<IpAddr>().is_ok() {
        address(&mut found);
    } else if let Ok(socket) = bare.parse::<SocketAddr>() {
        found = socket.ip().to_string();
        address(&mut found);
    } else if is_phone(bare) {
        phone(&mut found);
    } else {
        return word.to_owned();
    }
    found + &decoded[bare.len()..]
}

fn is_phone(word: &str) -> bool {
    let is_written_so = word.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'));
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let enough = if word.starts_with('+') { PHONE_DIGITS.0 } else { PHONE_DIGITS.1 };
    is_written_so && digits >= enough
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(given: &str, mask: fn(&mut String)) -> String {
        let mut given = given.to_owned();
        mask(&mut given);
        given
    }

    #[test]
    fn contact_details_are_found_wherever_they_stand() {
        let table = [
            ("mail anna@shop.example, now.", "mail a***@s***.example, now."),
            ("from 81.2.69.142:443 and 2001:db8:7::1.", "from 81.2.*.* and 2001:db8:7:*."),
            ("call +4915112345678 or 0151-1234567", "call +49***78 or 015***67"),
            ("81.2.69.0/24", "81.2.*.*/24"),
            ("12345678 events at 12:30, v1.2.3", "12345678 events at 12:30, v1.2.3"),
            ("", ""),
        ];
        for (given, expected) in table {
            assert_eq!(masked(given, text), expected, "{given}");
        }
    }

    #[test]
    fn of_a_query_only_the_names_are_shown() {
        let table = [
            ("/find?q=anna&mail=a%40b.example&x", "/find?q=***&mail=***&***"),
            ("/u/anna%40shop.example/edit", "/u/a***@s***.example/edit"),
            ("https://shop.example/a", "https://shop.example/a"),
        ];
        for (given, expected) in table {
            assert_eq!(masked(given, url), expected, "{given}");
        }
    }

    #[test]
    fn documents_keep_their_names_and_lose_their_values() {
        let mut json = serde_json::json!({"a": [1, {"b": "x"}], "c": null});
        values(&mut json);
        assert_eq!(json, serde_json::json!({"a": ["***", {"b": "***"}], "c": null}));
    }
}
