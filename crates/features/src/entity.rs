//! Names of the things users touch: the key people read, and the number it is stored under.

use std::borrow::Cow;

use innerwall_event::stable_hash64;

use crate::{EntityKind, url};

/// Longest key in bytes: what an index takes with room to spare.
pub const KEY_BYTES_MAX: usize = 512;
/// Key under which resources and others are counted once there are too many of a kind.
pub const OTHER_KEY: &str = "(other)";
/// Stands for a part of a path that names one thing of many.
const PLACEHOLDER: &str = "{id}";
/// Shorter runs of hexadecimal digits may be words.
const HEX_DIGITS_MIN: usize = 12;

/// A thing by its kind and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId {
    pub kind: EntityKind,
    pub id: i64,
}

impl EntityId {
    /// The number of a key, which must be one that [`entity_key`] gave.
    pub fn of(kind: EntityKind, key: &str) -> Self {
        let hash = stable_hash64(&[&kind.number().to_le_bytes(), key.as_bytes()]);
        Self { kind, id: hash.cast_signed() }
    }
}

/// A text as a key: without NUL, and a long one cut and closed by its hash.
pub fn entity_key(text: &str) -> Cow<'_, str> {
    let text = without_nul(text);
    if text.len() <= KEY_BYTES_MAX {
        return text;
    }
    let end = format!("~{:016x}", stable_hash64(&[text.as_bytes()]));
    let cut = text.floor_char_boundary(KEY_BYTES_MAX - end.len());
    Cow::Owned(format!("{}{end}", &text[..cut]))
}

/// The database keeps no NUL in texts.
pub(crate) fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "")) } else { Cow::Borrowed(text) }
}

/// The key of a page: its path, with a placeholder where it names one thing of many.
pub fn resource_key(url: &str) -> String {
    let path = url::path(url);
    let parts: Vec<&str> =
        path.split('/').map(|part| if is_name_of_one(part) { PLACEHOLDER } else { part }).collect();
    entity_key(&parts.join("/")).into_owned()
}

fn is_name_of_one(part: &str) -> bool {
    let is_all = |is_fit: fn(&u8) -> bool| part.bytes().all(|byte| is_fit(&byte));
    let has_digit = part.bytes().any(|byte| byte.is_ascii_digit());
    if !has_digit {
        return false;
    }
    is_all(u8::is_ascii_digit)
        || is_uuid(part)
        || (part.len() >= HEX_DIGITS_MIN && is_all(u8::is_ascii_hexdigit))
}

fn is_uuid(part: &str) -> bool {
    let is_fit = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    part.len() == 36 && part.bytes().enumerate().all(is_fit)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER_OF_GERMANY: i64 = -262_149_029_116_317_773;

    #[test]
    fn numbers_of_things_never_change() {
        assert_eq!(EntityId::of(EntityKind::Country, "DE").id, NUMBER_OF_GERMANY);
        let address = EntityId::of(EntityKind::Address, "DE");
        assert_ne!(address.id, NUMBER_OF_GERMANY, "kinds do not share numbers");
    }

    #[test]
    fn a_key_is_cut_beyond_the_limit_and_stays_its_own() {
        let fit = "x".repeat(KEY_BYTES_MAX);
        assert_eq!(entity_key(&fit), fit);
        let (one, other) = (format!("{fit}1"), format!("{fit}2"));
        let (one, other) = (entity_key(&one), entity_key(&other));
        assert!(one.len() <= KEY_BYTES_MAX && one != other);
        assert_eq!(entity_key(&one), one, "a key is its own key");
        let wide = "ä".repeat(KEY_BYTES_MAX);
        assert!(entity_key(&wide).len() <= KEY_BYTES_MAX);
        assert_eq!(entity_key("a\0b"), "ab");
    }

    #[test]
    fn a_page_is_its_path_without_the_names_of_single_things() {
        for (url, key) in [
            ("/orders/123/items/7?x=1", "/orders/{id}/items/{id}"),
            ("https://example.org/u/7f3a1c00-9b1d-4c7e-8a55-0123456789ab", "/u/{id}"),
            ("/c/deadbeef0123", "/c/{id}"),
            ("/c/deadbeef012", "/c/deadbeef012"),
            ("/c/feedbeefcafe", "/c/feedbeefcafe"),
            ("/v2/orders", "/v2/orders"),
            ("?q=1", "/"),
        ] {
            assert_eq!(resource_key(url), key, "{url}");
        }
    }
}
