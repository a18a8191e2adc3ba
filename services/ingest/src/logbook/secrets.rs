//! Bodies as they may be kept: short, readable, and without passwords and keys.

/// Names of fields whose values are nobody's business, in lower case.
const SECRETS: [&str; 11] = [
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "authorization",
    "cookie",
    "api_key",
    "api-key",
    "apikey",
    "key",
];
/// What may stand between a name and its value in JSON, forms and parts of forms.
const BEFORE_VALUE: &[char] = &['"', '\'', ' ', ':', '=', '\r', '\n', '\t', '\\', '['];
const AFTER_VALUE: &[char] = &['"', '\'', '&', ',', '}', ']', '\r', '\n'];
const HIDDEN: &str = "***";

/// The beginning of what was sent, as text.
pub(super) fn beginning(bytes: &[u8], bytes_max: usize) -> String {
    let cut = &bytes[..bytes.len().min(bytes_max)];
    String::from_utf8_lossy(cut).replace('\0', "")
}

/// Hides the values of secret fields. A value that was cut off is hidden to the end.
pub(super) fn hidden(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while let Some((start, end)) = next_value(&lower, at) {
        shown.push_str(&text[at..start]);
        shown.push_str(HIDDEN);
        at = end;
    }
    shown.push_str(&text[at..]);
    shown
}

/// Where the next secret value from a position on begins and ends.
fn next_value(lower: &str, from: usize) -> Option<(usize, usize)> {
    let mut found: Option<(usize, usize)> = None;
    for name in SECRETS {
        let mut at = from;
        while let Some(offset) = lower[at..].find(name) {
            let behind = at + offset + name.len();
            at = behind;
            let rest = &lower[behind..];
            let value = rest.trim_start_matches(BEFORE_VALUE);
            let start = behind + rest.len() - value.len();
            // A word without a separator behind it is part of a text.
            if start == behind || rest.starts_with(' ') || value.is_empty() {
                continue;
            }
            let end = start + value.find(AFTER_VALUE).unwrap_or(value.len());
            if found.is_none_or(|known| start < known.0) {
                found = Some((start, end));
            }
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_hidden_however_they_are_sent() {
        let table = [
            (r#"{"password":"hunter2","a":1}"#, r#"{"password":"***","a":1}"#),
            (r#"{"Api_Key": "iw_123", "user":"b"}"#, r#"{"Api_Key": "***", "user":"b"}"#),
            ("key=iw_123&userName=bob", "key=***&userName=bob"),
            ("name=\"key\"\r\n\r\niw_123\r\n--x", "name=\"key\"\r\n\r\n***\r\n--x"),
            (r#"{"payload":{"session_token":"abc"#, r#"{"payload":{"session_token":"***"#),
            ("the key of the house", "the key of the house"),
            (r#"{"a":"b"}"#, r#"{"a":"b"}"#),
        ];
        for (given, expected) in table {
            assert_eq!(hidden(given), expected, "{given}");
        }
    }

    #[test]
    fn only_the_beginning_is_kept() {
        assert_eq!(beginning(b"abcdef", 3), "abc");
        assert_eq!(beginning(b"a\0b", 9), "ab");
        assert_eq!(beginning("aé".as_bytes(), 2), "a\u{fffd}");
    }
}
