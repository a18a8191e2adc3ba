//! Who acted: the user id and the e-mail address.

use std::borrow::Cow;
use std::fmt::Write;

use md5::{Digest, Md5};

use super::fields::Fields;
use super::without_spaces;
use crate::{Correction, EventError, UserId, email, limits};

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
    if text == email::UNKNOWN || email::is_email(&text) {
        return Ok(Some(text));
    }
    fields.fault("email", Correction::REPLACED, "not an e-mail address".to_owned())?;
    Ok(Some(email::BROKEN.to_owned()))
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

fn md5_hex(text: &str) -> String {
    Md5::digest(text).iter().fold(String::with_capacity(32), |mut hex, byte| {
        let written = write!(hex, "{byte:02x}");
        debug_assert!(written.is_ok(), "writing to a String cannot fail");
        hex
    })
}
