//! Parameters of header values: `form-data; name="a"; filename=b`.

/// The value of a parameter, out of its quotes. The first of a name counts.
pub(super) fn parameter(header: &str, wanted: &str) -> Option<String> {
    let (_, mut rest) = header.split_once(';')?;
    loop {
        let (name, value) = rest.split_once('=')?;
        let (value, after) = if let Some(quoted) = value.trim_start().strip_prefix('"') {
            unquoted(quoted)?
        } else {
            let (bare, after) = value.split_once(';').unwrap_or((value, ""));
            (bare.trim().to_owned(), after)
        };
        // A parameter without a value may stand before the name.
        let name = name.rsplit(';').next().unwrap_or_default();
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = after;
    }
}

/// The text up to the closing quote, and what comes after it and its semicolon. A backslash
/// stands before a quote or a backslash that belongs to the text.
fn unquoted(quoted: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => {
                let after = quoted[at + 1..].trim_start();
                return Some((text, after.strip_prefix(';').unwrap_or(after)));
            }
            '\\' if quoted[at + 1..].starts_with(['"', '\\']) => {
                text.extend(chars.next().map(|(_, escaped)| escaped));
            }
            other => text.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_bare_quoted_and_escaped() {
        let header = r#"form-data; x="a;name=no"; NAME = "say \"hi\" \\ C:\dir"; filename=b"#;
        assert_eq!(parameter(header, "name").as_deref(), Some(r#"say "hi" \ C:\dir"#));
        assert_eq!(parameter(header, "filename").as_deref(), Some("b"));
        assert_eq!(parameter(header, "boundary"), None);
    }

    #[test]
    fn what_is_not_a_parameter_is_passed_over() {
        assert_eq!(parameter("form-data; odd; name=x", "name").as_deref(), Some("x"));
        assert_eq!(parameter(r#"form-data; name="open"#, "name"), None);
        assert_eq!(parameter("form-data", "name"), None);
        assert_eq!(parameter("form-data; name", "name"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_header_is_read_without_panic(header in ".*") {
            proptest::prop_assert!(parameter(&header, "name").is_none_or(|it| it.len() <= header.len()));
        }
    }
}
