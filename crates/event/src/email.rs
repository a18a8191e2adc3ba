//! E-mail addresses as producers send them.

use crate::limits;

/// Address stored when a tracker sends a malformed one.
pub(crate) const BROKEN: &str = "broken@user.local";
/// Address that existing trackers send when they know none.
pub(crate) const UNKNOWN: &str = "unknown@localhost";
/// Longest part before the `@` that mail servers accept, in bytes.
const LOCAL_BYTES_MAX: usize = 64;
const LABEL_BYTES_MAX: usize = 63;

/// Whether the text stands for an address that is malformed or not known.
pub fn is_email_placeholder(text: &str) -> bool {
    [BROKEN, UNKNOWN].contains(&text)
}

/// One `@`, a local part of up to 64 bytes without spaces or control characters, and a domain of
/// dot-separated labels.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_local_char = |c: char| !c.is_control() && !c.is_whitespace() && c != '@';
    text.len() <= limits::EMAIL.bytes_max
        && (1..=LOCAL_BYTES_MAX).contains(&local.len())
        && local.chars().all(is_local_char)
        && domain.contains('.')
        && domain.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let is_inner = |c: char| c.is_alphanumeric() || c == '-';
    (1..=LABEL_BYTES_MAX).contains(&label.len())
        && label.chars().all(is_inner)
        && !label.starts_with('-')
        && !label.ends_with('-')
}
