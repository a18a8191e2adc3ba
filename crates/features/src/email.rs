//! What the text of an e-mail address shows by itself.

use innerwall_event::{is_email, is_email_placeholder};

const APPLE_DOMAINS: [&str; 3] = ["icloud.com", "me.com", "mac.com"];
/// An e-mail address in its two parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Email<'e> {
    pub(crate) local: &'e str,
    pub(crate) domain: &'e str,
}

/// Whether the address is well-formed and no placeholder.
pub(crate) fn is_valid(address: &str) -> bool {
    let has_atoms = |email: Email<'_>| email.local.split('.').all(|atom| !atom.is_empty());
    is_email(address) && !is_email_placeholder(address) && Email::of(address).is_some_and(has_atoms)
}

impl<'e> Email<'e> {
    pub(crate) fn of(address: &'e str) -> Option<Self> {
        let (local, domain) = address.rsplit_once('@')?;
        (!local.is_empty() && !domain.is_empty()).then_some(Self { local, domain })
    }

    pub(crate) fn is_apple(self) -> bool {
        APPLE_DOMAINS.contains(&self.domain)
    }

    pub(crate) fn is_numeric(self) -> bool {
        self.local.bytes().all(|byte| byte.is_ascii_digit())
    }

    pub(crate) fn has_digit(self) -> bool {
        self.local.bytes().any(|byte| byte.is_ascii_digit())
    }

    pub(crate) fn has_adjacent_digits(self) -> bool {
        self.local.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_digit))
    }

    pub(crate) fn has_adjacent_symbols(self) -> bool {
        let are_symbols = self.local.chars().map(|c| !c.is_alphanumeric());
        are_symbols.clone().zip(are_symbols.skip(1)).any(|(one, next)| one && next)
    }

    /// `None` when only letters beyond ASCII could be vowels.
    pub(crate) fn has_vowel(self) -> Option<bool> {
        self.has_letter(is_vowel)
    }

    /// `None` when only letters beyond ASCII could be consonants.
    pub(crate) fn has_consonant(self) -> Option<bool> {
        self.has_letter(|c| c.is_ascii_alphabetic() && !is_vowel(c))
    }

    fn has_letter(self, is_sought: impl Fn(char) -> bool) -> Option<bool> {
        if self.local.chars().any(is_sought) {
            return Some(true);
        }
        let is_foreign = |c: char| !c.is_ascii() && c.is_alphabetic();
        (!self.local.chars().any(is_foreign)).then_some(false)
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_and_malformed_addresses_are_not_valid() {
        for address in ["alice@example.org", "a.b+c@mail.example.co.uk", "jürgen@müller.de"] {
            assert!(is_valid(address), "{address}");
        }
        let long = format!("{}@example.org", "a".repeat(65));
        for address in [
            "unknown@localhost",
            "broken@user.local",
            "",
            "alice",
            "@example.org",
            "a@",
            "a@localhost",
            "a..b@example.org",
            ".a@example.org",
            "a b@example.org",
            "a@-example.org",
            "a@example..org",
            &long,
        ] {
            assert!(!is_valid(address), "{address}");
        }
    }

    #[test]
    fn shapes_follow_the_part_before_the_at_sign() {
        let shape = |local: &str| {
            let address = format!("{local}@example11--22.org");
            let email = Email::of(&address).unwrap();
            (
                [
                    email.is_numeric(),
                    email.has_digit(),
                    email.has_adjacent_digits(),
                    email.has_adjacent_symbols(),
                ],
                [email.has_vowel(), email.has_consonant()],
            )
        };
        let (no, yes) = (Some(false), Some(true));
        assert_eq!(shape("bcdfg"), ([false; 4], [no, yes]));
        assert_eq!(shape("AEiou"), ([false; 4], [yes, no]));
        assert_eq!(shape("20304"), ([true, true, true, false], [no, no]));
        assert_eq!(shape("h.yy--z"), ([false, false, false, true], [no, yes]));
        assert_eq!(shape("a1b2"), ([false, true, false, false], [yes, yes]));
        assert_eq!(shape("мария"), ([false; 4], [None, None]));
    }
}
