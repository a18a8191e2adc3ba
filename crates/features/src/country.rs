//! Countries.

use std::fmt;

/// An ISO 3166 country in two upper-case letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Reads a two-letter code; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 2] = text.as_bytes().try_into().ok()?;
        bytes
            .iter()
            .all(u8::is_ascii_alphabetic)
            .then(|| Self(bytes.map(|b| b.to_ascii_uppercase())))
    }

    /// The number a country is stored under; never 0.
    pub fn number(self) -> u32 {
        u32::from(u16::from_be_bytes(self.0))
    }

    /// The country of a stored number; `None` for 0 and anything that is none.
    pub fn from_number(number: u32) -> Option<Self> {
        let bytes = u16::try_from(number).ok()?.to_be_bytes();
        Self::parse(std::str::from_utf8(&bytes).ok()?)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(std::str::from_utf8(&self.0).map_err(|_| fmt::Error)?)
    }
}
