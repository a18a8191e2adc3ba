//! Who acted: the user id and the e-mail address.

use std::borrow::Cow;
use std::fmt::Write;

use md5::{Digest, Md5};

use super::fields::Fields;
use super::without_spaces;
use crate::{Correction, EventError, UserId, limits};

/// Address stored when a tracker sends a malformed one.
const BROKEN_EMAIL: &str = "broken@user.local";

pub(super) fn email(
    fields: &mut Fields,
    sent: Option<Cow<'_, str>>,
) -> Result<Option<String>, EventError> {
    let Some(text) = sent else { return Ok(None) };
    // The JSON interface treats "" as absent; a tracker that sends it means "none known".
    if text.is_empty() {
        return Ok(None);
    }
    let text = without_spaces(text).to_lowercase();
    if is_email(&text) {
        return Ok(Some(text));
    }
    fields.fault("email", Correction::REPLACED, "not an e-mail address".to_owned())?;
    Ok(Some(BROKEN_EMAIL.to_owned()))
}

/// The id as sent; else the MD5 of the address in hex, as existing trackers expect; else the
/// shared account of anonymous visitors.
pub(super) fn user_id(
    fields: &mut Fields,
    sent: Option<Cow<'_, str>>,
    email: Option<&str>,
) -> Result<UserId, EventError> {
    if let Some(id) = fields.text(limits::USER_ID, sent)? {
        return Ok(UserId(id));
    }
    match email {
        Some(email) => Ok(UserId(md5_hex(email))),
        None if fields.refuses() => Err(EventError::Missing { field: "user_id" }),
        None => Ok(UserId(UserId::ANONYMOUS.to_owned())),
    }
}

/// One `@`, a local part of up to 64 bytes without spaces or control characters, and a domain of
/// dot-separated labels. `unknown@localhost` is the placeholder existing trackers use.
fn is_email(text: &str) -> bool {
    if text == "unknown@localhost" {
        return true;
    }
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_local_char = |c: char| !c.is_control() && !c.is_whitespace() && c != '@';
    text.len() <= limits::EMAIL.bytes_max
        && (1..=64).contains(&local.len())
        && local.chars().all(is_local_char)
        && domain.contains('.')
        && domain.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let is_inner = |c: char| c.is_alphanumeric() || c == '-';
    (1..=63).contains(&label.len())
        && label.chars().all(is_inner)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn md5_hex(text: &str) -> String {
    Md5::digest(text).iter().fold(String::with_capacity(32), |mut hex, byte| {
        let written = write!(hex, "{byte:02x}");
        debug_assert!(written.is_ok(), "writing to a String cannot fail");
        hex
    })
}
