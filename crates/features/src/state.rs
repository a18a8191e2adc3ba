//! The stored state of one user.

use prost::Message;

/// Newest events kept for the rules that look back.
pub(crate) const RECENT_EVENTS_MAX: usize = 25;
/// Devices remembered per user; the one seen longest ago is forgotten first.
pub(crate) const DEVICES_MAX: usize = 20;
/// Addresses remembered per user. Beyond it the count of addresses is a lower bound.
pub(crate) const ADDRESSES_MAX: usize = 32;
/// Countries remembered per user.
pub(crate) const COUNTRIES_MAX: usize = 16;

/// Layout of the state. Fields may be added under new tags without a new number; a change of
/// meaning needs one, and the state is then rebuilt from stored events.
const LAYOUT: u32 = 1;

/// Everything the facts of one user are computed from.
#[derive(Clone, PartialEq, Message)]
pub struct State {
    #[prost(uint32, tag = "1")]
    pub layout: u32,
    /// Events folded so far: also the sequence number of the newest one.
    #[prost(uint32, tag = "2")]
    pub events: u32,
    #[prost(int64, tag = "3")]
    pub first_seen_us: i64,
    #[prost(int64, tag = "4")]
    pub last_seen_us: i64,
    /// When the product says the account was made.
    #[prost(int64, optional, tag = "5")]
    pub created_us: Option<i64>,
    /// Days without any event before the current session began.
    #[prost(int64, optional, tag = "6")]
    pub dormant_days: Option<i64>,
    #[prost(string, optional, tag = "7")]
    pub first_name: Option<String>,
    #[prost(string, optional, tag = "8")]
    pub last_name: Option<String>,
    #[prost(string, optional, tag = "9")]
    pub full_name: Option<String>,
    #[prost(string, optional, tag = "10")]
    pub email: Option<String>,
    #[prost(string, optional, tag = "11")]
    pub phone: Option<String>,
    #[prost(message, optional, tag = "12")]
    pub session: Option<Session>,
    #[prost(bool, tag = "13")]
    pub has_multi_event_session: bool,
    #[prost(int64, optional, tag = "14")]
    pub night_session_us: Option<i64>,
    #[prost(int64, optional, tag = "15")]
    pub multi_device_session_us: Option<i64>,
    #[prost(int64, optional, tag = "16")]
    pub multi_address_session_us: Option<i64>,
    #[prost(int64, optional, tag = "17")]
    pub multi_country_session_us: Option<i64>,
    /// Oldest first.
    #[prost(message, repeated, tag = "18")]
    pub recent: Vec<RecentEvent>,
    #[prost(message, repeated, tag = "19")]
    pub devices: Vec<Device>,
    /// Hashes of addresses, the one seen longest ago first.
    #[prost(fixed64, repeated, tag = "20")]
    pub addresses: Vec<u64>,
    #[prost(message, repeated, tag = "21")]
    pub countries: Vec<CountryUse>,
    #[prost(uint32, tag = "22")]
    pub devices_total: u32,
    #[prost(uint32, tag = "23")]
    pub addresses_total: u32,
    /// Sessions so far: also the number of the newest one.
    #[prost(uint32, tag = "24")]
    pub sessions: u32,
}

/// The session in progress.
#[derive(Clone, PartialEq, Message)]
pub struct Session {
    /// 1 for the user's first session.
    #[prost(uint32, tag = "1")]
    pub number: u32,
    #[prost(int64, tag = "2")]
    pub started_us: i64,
    #[prost(int64, tag = "3")]
    pub last_us: i64,
    #[prost(uint32, tag = "4")]
    pub events: u32,
    #[prost(fixed64, tag = "5")]
    pub first_address: u64,
    #[prost(fixed64, tag = "6")]
    pub first_device: u64,
    #[prost(uint32, tag = "7")]
    pub first_country: u32,
}

/// One of the newest events, reduced to what rules look back for.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub struct RecentEvent {
    #[prost(int64, tag = "1")]
    pub time_us: i64,
    #[prost(uint32, tag = "2")]
    pub kind: u32,
    #[prost(uint32, tag = "3")]
    pub http_code: u32,
    /// Bits of [`crate::recent::Mark`].
    #[prost(uint32, tag = "4")]
    pub marks: u32,
}

/// A device of the user.
#[derive(Clone, PartialEq, Eq, Message)]
pub struct Device {
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    #[prost(int64, tag = "2")]
    pub first_us: i64,
    #[prost(int64, tag = "3")]
    pub last_us: i64,
    /// Main language, lower-case, such as `en`; empty when none was sent.
    #[prost(string, tag = "4")]
    pub language: String,
}

/// A country the user was seen in.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub struct CountryUse {
    #[prost(uint32, tag = "1")]
    pub country: u32,
    /// Distinct addresses of the user in this country, as far as addresses are remembered.
    #[prost(uint32, tag = "2")]
    pub addresses: u32,
}

/// Why stored bytes are not a state.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    #[error("user state cannot be decoded: {0}")]
    Undecodable(#[from] prost::DecodeError),
    #[error("user state has layout {found}, this program reads layout {LAYOUT}")]
    Layout { found: u32 },
}

impl State {
    /// The state of a user nothing is known of.
    pub fn fresh() -> Self {
        Self { layout: LAYOUT, ..Self::default() }
    }

    /// Reads stored bytes; no bytes mean a user without events.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StateError> {
        if bytes.is_empty() {
            return Ok(Self::fresh());
        }
        let state = Self::decode(bytes)?;
        if state.layout == LAYOUT {
            Ok(state)
        } else {
            Err(StateError::Layout { found: state.layout })
        }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        self.encode_to_vec()
    }

    /// Whether more addresses were seen than are remembered, so that their count is a lower bound.
    pub fn addresses_capped(&self) -> bool {
        self.addresses.len() >= ADDRESSES_MAX
    }
}
