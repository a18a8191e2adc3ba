//! Values of lists in the one form in which they are stored and looked up.

use std::net::IpAddr;

use innerwall_event::{is_email, limits};

use super::ListKind;
use super::touched::{phone_folded, prefix_text};

/// Fewest and most digits of a phone number.
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 3..=18;

/// Why a text is no value of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not {expected}")]
pub struct ValueError {
    pub expected: &'static str,
}

/// The form in which a value of a kind is stored.
pub fn canonical(kind: ListKind, text: &str) -> Result<String, ValueError> {
    let trimmed = text.trim();
    let (found, expected) = match kind {
        ListKind::User => (user(text), "a user id of 1 to 100 bytes"),
        ListKind::Address => (address(trimmed), "an IPv4 or IPv6 address"),
        ListKind::Prefix => (prefix(trimmed), "a range such as 203.0.113.0/24 or 2001:db8::/48"),
        ListKind::Network => (network(trimmed), "a network number such as AS64496"),
        ListKind::Device => (device(trimmed), "a device id of 16 hexadecimal digits"),
        ListKind::Email => (email(trimmed), "an e-mail address"),
        ListKind::Domain => (domain(trimmed), "a domain such as example.org"),
        ListKind::Phone => (phone(trimmed), "a phone number of 3 to 18 digits"),
    };
    found.ok_or(ValueError { expected })
}

fn user(text: &str) -> Option<String> {
    let is_good = (1..=limits::USER_ID.bytes_max).contains(&text.len()) && !text.contains('\0');
    is_good.then(|| text.to_owned())
}

fn address(text: &str) -> Option<String> {
    text.parse().ok().map(|ip: IpAddr| ip.to_canonical().to_string())
}

fn prefix(text: &str) -> Option<String> {
    let (ip, bits) = text.split_once('/')?;
    let (ip, bits): (IpAddr, u8) = (ip.parse().ok()?, bits.parse().ok()?);
    prefix_text(ip, bits)
}

fn network(text: &str) -> Option<String> {
    let digits = text.get(..2).filter(|start| start.eq_ignore_ascii_case("as"));
    let digits = digits.map_or(text, |_| &text[2..]);
    digits.parse().ok().filter(|asn: &u32| *asn > 0).map(|asn| asn.to_string())
}

fn device(text: &str) -> Option<String> {
    let digits = text.strip_prefix('~').unwrap_or(text);
    let is_good = digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_good.then(|| digits.to_ascii_lowercase())
}

fn email(text: &str) -> Option<String> {
    let folded = text.to_lowercase();
    is_email(&folded).then_some(folded)
}

fn domain(text: &str) -> Option<String> {
    let folded = text.trim_start_matches(['@', '.']).trim_end_matches('.').to_lowercase();
    // What may stand behind the @ of an address is a domain.
    is_email(&format!("a@{folded}")).then_some(folded)
}

fn phone(text: &str) -> Option<String> {
    let is_known = |c: char| c.is_ascii_digit() || "+-()/. ".contains(c);
    let folded = phone_folded(text);
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    (text.chars().all(is_known) && PHONE_DIGITS.contains(&digits)).then_some(folded)
}
