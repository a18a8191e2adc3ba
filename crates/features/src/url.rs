//! Addresses of pages: their parts, and those an honest user has no reason to ask for.

use std::borrow::Cow;

use innerwall_event::Timestamp;
use percent_encoding::percent_decode_str;

use crate::lists::Lists;

/// Whether the path or query, as sent or after decoding twice, holds an entry of the list `url`.
pub fn is_suspicious(url: &str, lists: &Lists, now: Timestamp) -> bool {
    let once = decode(url);
    let twice = decode(&once);
    lists.contains_any(Lists::URL, &twice, now)
}

/// The path without scheme, host, query and fragment; at least `/`.
pub(crate) fn path(url: &str) -> &str {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let whole = &url[..end];
    let path = match whole.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => whole,
    };
    if path.is_empty() { "/" } else { path }
}

/// The decoded value of the first of these parameters that the query holds.
pub(crate) fn parameter(url: &str, names: &[&str]) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let value_of = |name: &&str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    names.iter().find_map(value_of).map(|value| decode(value).into_owned())
}

fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let spaced = text.replace('+', " ");
    Cow::Owned(percent_decode_str(&spaced).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use innerwall_event::Timestamp;

    use super::{parameter, path};
    use crate::lists::Lists;

    fn is_suspicious(url: &str) -> bool {
        super::is_suspicious(url, &Lists::builtin(), Timestamp::default())
    }

    #[test]
    fn a_path_has_neither_host_nor_query() {
        for (url, expected) in [
            ("/a/b?c=/d", "/a/b"),
            ("https://example.org/a#b", "/a"),
            ("https://example.org", "/"),
            ("https://example.org?next=/a", "/"),
            ("?q=1", "/"),
            ("a/b", "a/b"),
        ] {
            assert_eq!(path(url), expected, "{url}");
        }
    }

    #[test]
    fn a_parameter_is_found_by_the_first_name_and_decoded() {
        let url = "/s?page=2&Query=Red+%C3%84pfel#q=no";
        assert_eq!(parameter(url, &["q", "query"]).as_deref(), Some("Red Äpfel"));
        assert_eq!(parameter("/s", &["q"]), None);
        assert_eq!(parameter("/s?q", &["q"]), None);
    }

    #[test]
    fn ordinary_addresses_are_left_alone() {
        let ordinary = [
            "/news/today",
            "/",
            "/search?q=select+a+union+near+me",
            "/wp",
            "/old/plugins;v=1",
            "/blog/how-to-use-curl",
            "https://example.org/a?b=c&d=%20x",
            "/localhost-guide",
        ];
        for url in ordinary {
            assert!(!is_suspicious(url), "{url}");
        }
    }

    #[test]
    fn probes_are_found_in_path_and_query_encoded_or_not() {
        let probes = [
            "/.env",
            "/index?page=1&x=../../etc/passwd",
            "/a?x=%2e%2e%2fetc",
            "/a?x=%252e%252e%252f",
            "/WP-Admin/",
            "/s?q=1%27+OR+%271%27%3D%271",
            "/s?q=1+UNION+SELECT+2",
            "/?x=<ScRiPt>",
        ];
        for url in probes {
            assert!(is_suspicious(url), "{url}");
        }
    }
}
