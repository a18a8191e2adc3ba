//! Rows of comma-separated text with quoted fields, as far as the data files need it.

use std::borrow::Cow;

/// Splits a line into at most `N` fields; the last takes the rest, quotes removed.
pub(crate) fn fields<const N: usize>(line: &str) -> [&str; N] {
    let mut rest = line.trim_end_matches('\r');
    let mut found = [""; N];
    for (place, field) in found.iter_mut().enumerate() {
        if place + 1 == N {
            *field = unquoted(rest);
            break;
        }
        let end = end_of_field(rest);
        *field = unquoted(&rest[..end]);
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    found
}

/// A quoted field writes each quote of its own twice.
pub(crate) fn unescaped(field: &str) -> Cow<'_, str> {
    if field.contains("\"\"") {
        return Cow::Owned(field.replace("\"\"", "\""));
    }
    Cow::Borrowed(field)
}

fn end_of_field(text: &str) -> usize {
    let mut is_quoted = false;
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => return place,
            _ => {}
        }
    }
    text.len()
}

fn unquoted(field: &str) -> &str {
    let field = field.trim();
    field.strip_prefix('"').and_then(|open| open.strip_suffix('"')).unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{fields, unescaped};

    #[test]
    fn fields_are_split_at_commas_outside_quotes() {
        assert_eq!(fields::<3>("1,2,\"A, Inc.\"\r"), ["1", "2", "A, Inc."]);
        assert_eq!(fields::<3>("\"a,b\", c"), ["a,b", "c", ""]);
        assert_eq!(fields::<2>("a,b,c"), ["a", "b,c"]);
    }

    #[test]
    fn quotes_inside_a_field_are_read_once() {
        let [name] = fields::<1>("\"\"\"Cloud\"\" LLC\"");
        assert_eq!(unescaped(name), "\"Cloud\" LLC");
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(line in "\\PC{0,40}") {
            let found: [&str; 3] = fields(&line);
            prop_assert!(found.iter().all(|field| field.len() <= line.len()));
        }
    }
}
