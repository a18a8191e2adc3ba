//! What enrichment adds to an event before it is folded.

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

    pub(crate) fn number(self) -> u32 {
        u32::from(u16::from_be_bytes(self.0))
    }
}

impl fmt::Display for Country {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(std::str::from_utf8(&self.0).map_err(|_| fmt::Error)?)
    }
}

/// Identity of a device by its class (browser family, operating system, kind) and main language,
/// so that a browser update does not make a new device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub u64);

/// Facts about an event that come from data files and settings, not from the producer.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    /// Country of the address; `None` when unknown.
    pub country: Option<Country>,
    pub device: DeviceId,
    /// Seconds east of UTC where the user's night is measured.
    pub utc_offset_s: i32,
}
