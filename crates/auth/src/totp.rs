//! One-time codes by time: RFC 6238 with SHA-1, six digits and 30 seconds, which every app knows.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use rand::{CryptoRng, RngExt};
use sha1::Sha1;

use crate::base32;

/// A code holds for this long.
pub const TOTP_STEP_S: u64 = 30;
/// Codes of so many steps before and after now open too: clocks of phones differ.
const DRIFT_STEPS: u64 = 1;
const DIGITS: u32 = 6;
const BYTES: usize = 20;

/// The secret that an authenticator app shares with us.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret(Vec<u8>);

impl TotpSecret {
    pub fn generate(random: &mut impl CryptoRng) -> Self {
        let bytes: [u8; BYTES] = random.random();
        Self(bytes.to_vec())
    }

    /// A secret as it was stored.
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret as people type it into an app.
    pub fn base32(&self) -> String {
        base32::encode(&self.0)
    }

    /// The address that apps read from a link or a picture. `account` must be plain: letters,
    /// digits and the signs of e-mail addresses.
    pub fn uri(&self, issuer: &str, account: &str) -> String {
        let escaped: String = account.bytes().map(escape).collect();
        format!("otpauth://totp/{issuer}:{escaped}?secret={}&issuer={issuer}", self.base32())
    }

    /// The step whose code this is, if it is near now and after the last one used: a code that was
    /// seen over a shoulder opens nothing.
    pub fn step_of(&self, code: &str, now_s: u64, last_step: u64) -> Option<u64> {
        let now = now_s / TOTP_STEP_S;
        let typed: String = code.chars().filter(|character| !character.is_whitespace()).collect();
        let steps = now.saturating_sub(DRIFT_STEPS)..=now + DRIFT_STEPS;
        steps.filter(|step| *step > last_step).find(|step| self.code(*step, DIGITS) == typed)
    }

    /// The code of a moment.
    pub fn code_at(&self, now_s: u64) -> String {
        self.code(now_s / TOTP_STEP_S, DIGITS)
    }

    fn code(&self, step: u64, digits: u32) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).expect("any length of key will do");
        mac.update(&step.to_be_bytes());
        let mac = mac.finalize().into_bytes();
        let start = usize::from(mac[mac.len() - 1] & 15);
        let part: [u8; 4] = [mac[start], mac[start + 1], mac[start + 2], mac[start + 3]];
        let number = u32::from_be_bytes(part) & 0x7fff_ffff;
        let width = digits as usize;
        format!("{:0width$}", number % 10u32.pow(digits))
    }
}

/// A byte of an account in an address.
fn escape(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"@.-_".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("TotpSecret(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_the_rfc() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890".to_vec())
    }

    #[test]
    fn the_vectors_of_rfc_6238_are_met() {
        let table = [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ];
        for (now_s, expected) in table {
            assert_eq!(of_the_rfc().code(now_s / TOTP_STEP_S, 8), expected, "{now_s}");
        }
        assert_eq!(of_the_rfc().code_at(59), "287082");
    }

    #[test]
    fn a_code_opens_once_and_one_step_around_now() {
        let (secret, now_s) = (of_the_rfc(), 3_000);
        let code = secret.code_at(now_s);
        assert_eq!(secret.step_of(&code, now_s, 0), Some(100));
        assert_eq!(secret.step_of("28 70 82", 59, 0), Some(1), "spaces do not matter");
        assert_eq!(secret.step_of(&code, now_s, 100), None, "used");
        for (later_s, expected) in [(30, Some(100)), (60, None)] {
            assert_eq!(secret.step_of(&code, now_s + later_s, 0), expected, "{later_s} s later");
            assert_eq!(secret.step_of(&code, now_s - later_s, 0), expected, "{later_s} s before");
        }
        assert_eq!(secret.step_of("", now_s, 0), None);
    }

    #[test]
    fn apps_get_an_address_and_logs_get_nothing() {
        let uri = of_the_rfc().uri("Innerwall", "ann+x@acme.example");
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        let expected = "otpauth://totp/Innerwall:ann%2Bx@acme.example?secret=";
        assert_eq!(uri, format!("{expected}{secret}&issuer=Innerwall"));
        assert_eq!(format!("{:?}", of_the_rfc()), "TotpSecret(***)");
        assert_eq!(TotpSecret::generate(&mut rand::rng()).bytes().len(), 20);
    }
}
