//! Names of rules.

use std::fmt;

/// Name of a rule, such as `A01`: a capital letter and two or three digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId {
    bytes: [u8; 4],
    length: u8,
}

impl RuleId {
    pub fn parse(text: &str) -> Option<Self> {
        let (letter, digits) = text.split_at_checked(1)?;
        let is_id = letter.bytes().all(|byte| byte.is_ascii_uppercase())
            && (2..=3).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_id {
            return None;
        }
        let mut bytes = [0; 4];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Some(Self { bytes, length: u8::try_from(text.len()).ok()? })
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for RuleId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::RuleId;

    #[test]
    fn ids_are_a_capital_and_two_or_three_digits() {
        for text in ["A01", "X123"] {
            assert_eq!(RuleId::parse(text).unwrap().as_str(), text);
        }
        for text in ["", "A", "A1", "A1234", "a01", "AB1", "É01", "A0x"] {
            assert_eq!(RuleId::parse(text), None, "{text}");
        }
    }
}
