//! What enrichment, lists and shared counts add to an event before it is folded: every input that
//! is not in the event itself. Stored with the event, so that scoring again needs nothing else.

use prost::Message;

use crate::country::Country;
use crate::flags::Flags;

/// Identity of a device by its class (browser family, operating system, kind) and main language,
/// so that a browser update does not make a new device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub u64);

/// Inputs of scoring that come from data files, settings and what users share.
#[derive(Clone, PartialEq, Message)]
pub struct Surroundings {
    /// Seconds east of UTC where the user's night is measured.
    #[prost(sint32, tag = "1")]
    pub utc_offset_s: i32,
    #[prost(message, required, tag = "2")]
    pub address: AddressFacts,
    #[prost(message, required, tag = "3")]
    pub device: DeviceFacts,
    /// Of the e-mail address sent with the event.
    #[prost(message, optional, tag = "4")]
    pub email: Option<EmailFacts>,
    /// Of the phone number sent with the event.
    #[prost(message, optional, tag = "5")]
    pub phone: Option<PhoneFacts>,
    #[prost(message, required, tag = "6")]
    pub shared: SharedFacts,
    /// Numbers of the shared windows whose values rules read for this event, beside the values.
    #[prost(uint32, repeated, tag = "9")]
    pub window_numbers: Vec<u32>,
    #[prost(int64, repeated, tag = "10")]
    pub window_values: Vec<i64>,
    /// Bits of [`NoveltyFlag`], as found when the event was scored.
    #[prost(message, optional, tag = "8")]
    pub novelty: Option<Flags>,
}

/// What an event showed of its user for the first time. Numbers are stored: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoveltyFlag {
    Address = 0,
    Device = 1,
    Network = 2,
    Country = 3,
}

/// What data files say about an address.
#[derive(Clone, PartialEq, Message)]
pub struct AddressFacts {
    /// [`Country::number`]; 0 when unknown.
    #[prost(uint32, tag = "1")]
    pub country: u32,
    /// Number of the network; 0 when unknown.
    #[prost(uint32, tag = "2")]
    pub asn: u32,
    /// Bits of [`AddressFlag`].
    #[prost(message, required, tag = "3")]
    pub flags: Flags,
    #[prost(message, optional, tag = "4")]
    pub place: Option<Place>,
}

/// A place on earth and how far off it may be.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub struct Place {
    /// Hundredths of a degree, north positive.
    #[prost(sint32, tag = "1")]
    pub latitude: i32,
    /// Hundredths of a degree, east positive.
    #[prost(sint32, tag = "2")]
    pub longitude: i32,
    #[prost(uint32, tag = "3")]
    pub radius_km: u32,
}

/// What may be known of an address. Numbers are stored: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFlag {
    Hosting = 0,
    Vpn = 1,
    Tor = 2,
    Relay = 3,
    Satellite = 4,
    Private = 5,
    SpamListed = 6,
    HostsDomains = 7,
}

/// What the user agent says about a device.
#[derive(Clone, PartialEq, Message)]
pub struct DeviceFacts {
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    /// Number of [`DeviceKind`].
    #[prost(enumeration = "DeviceKind", tag = "2")]
    pub kind: i32,
    /// Bits of [`DeviceFlag`].
    #[prost(message, required, tag = "3")]
    pub flags: Flags,
    /// Family of the browser or client; empty when unknown.
    #[prost(string, tag = "4")]
    pub browser: String,
    /// Family of the operating system; empty when unknown.
    #[prost(string, tag = "5")]
    pub system: String,
    /// Days from the release of the browser's version to the event.
    #[prost(uint32, optional, tag = "6")]
    pub browser_age_days: Option<u32>,
}

/// Kind of device. Numbers are stored: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, prost::Enumeration)]
pub enum DeviceKind {
    Unknown = 0,
    Desktop = 1,
    Phone = 2,
    Tablet = 3,
    Bot = 4,
    Other = 5,
    Tv = 6,
    Console = 7,
    Library = 8,
}

impl DeviceKind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Desktop => "desktop",
            Self::Phone => "phone",
            Self::Tablet => "tablet",
            Self::Bot => "bot",
            Self::Other => "other",
            Self::Tv => "tv",
            Self::Console => "console",
            Self::Library => "library",
        }
    }
}

/// What may be known of a device. Numbers are stored: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceFlag {
    Bot = 0,
    AiBot = 1,
    Library = 2,
    Empty = 3,
    /// The user agent contradicts itself.
    Manipulated = 4,
    Outdated = 5,
    RareBrowser = 6,
    RareSystem = 7,
    /// A Linux other than Android or Chrome OS.
    Linux = 8,
}

/// What data files say about an e-mail address; its shape is read from the text itself.
#[derive(Clone, Copy, PartialEq, Message)]
pub struct EmailFacts {
    /// Bits of [`EmailFlag`].
    #[prost(message, required, tag = "1")]
    pub flags: Flags,
    /// Popularity rank of the domain, 1 is first; 0 when unknown.
    #[prost(uint32, tag = "2")]
    pub domain_rank: u32,
}

/// What may be known of an e-mail address. Numbers are stored: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailFlag {
    Free = 0,
    Disposable = 1,
    MaybeDisposable = 2,
    Alias = 3,
    Educational = 4,
    Government = 5,
    Military = 6,
    SpamListed = 7,
    DomainSpamListed = 8,
}

/// What data files say about a phone number.
#[derive(Clone, Copy, PartialEq, Message)]
pub struct PhoneFacts {
    #[prost(bool, optional, tag = "1")]
    pub is_valid: Option<bool>,
    /// [`Country::number`]; 0 when unknown.
    #[prost(uint32, tag = "2")]
    pub country: u32,
    #[prost(enumeration = "PhoneKind", tag = "3")]
    pub kind: i32,
}

/// Kind of phone number. Numbers are stored: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, prost::Enumeration)]
pub enum PhoneKind {
    Unknown = 0,
    Mobile = 1,
    Fixed = 2,
    Voip = 3,
    Premium = 4,
    TollFree = 5,
    Other = 6,
}

/// What is known of things that users share, as committed before the event.
#[derive(Clone, Copy, PartialEq, Message)]
pub struct SharedFacts {
    /// Users ever seen with the address, this one included; 0 when unknown.
    #[prost(uint32, tag = "1")]
    pub address_users: u32,
    /// Users ever seen with the phone number, this one included; 0 when unknown.
    #[prost(uint32, tag = "2")]
    pub phone_users: u32,
    /// Bits of [`SharedFlag`].
    #[prost(message, required, tag = "3")]
    pub flags: Flags,
}

/// What the block, allow and watch lists say. Of an address also through its ranges and network, of
/// an e-mail address also through its domains. Numbers are stored: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharedFlag {
    AddressBlocked = 0,
    EmailBlocked = 1,
    PhoneBlocked = 2,
    AddressAllowed = 3,
    DeviceBlocked = 4,
    /// Of the user itself.
    UserBlocked = 5,
    UserAllowed = 6,
    UserWatched = 7,
    /// All lists together, of the user and of all that the event carries.
    Blocked = 8,
    Allowed = 9,
    Watched = 10,
}

impl SharedFlag {
    pub const ALL: [Self; 11] = [
        Self::AddressBlocked,
        Self::EmailBlocked,
        Self::PhoneBlocked,
        Self::AddressAllowed,
        Self::DeviceBlocked,
        Self::UserBlocked,
        Self::UserAllowed,
        Self::UserWatched,
        Self::Blocked,
        Self::Allowed,
        Self::Watched,
    ];
}

/// The value a shared window had for an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowValue {
    /// Number of the window within its tenant.
    pub window: u32,
    pub value: i64,
}

impl Surroundings {
    pub fn country(&self) -> Option<Country> {
        Country::from_number(self.address.country)
    }

    /// Keeps the values of shared windows.
    pub fn see(&mut self, windows: &[WindowValue]) {
        self.window_numbers = windows.iter().map(|seen| seen.window).collect();
        self.window_values = windows.iter().map(|seen| seen.value).collect();
    }

    /// The value a shared window had; `None` when none was kept.
    pub fn seen(&self, window: u32) -> Option<i64> {
        let mut seen = self.window_numbers.iter().zip(&self.window_values);
        seen.find(|(number, _)| **number == window).map(|(_, value)| *value)
    }

    pub fn device(&self) -> DeviceId {
        DeviceId(self.device.id)
    }
}
