//! The stored state of one user.

use prost::Message;

use crate::account::Contact;
use crate::address::{ADDRESSES_MAX, PlaceUse};
use crate::device::Device;
use crate::layout_one;
use crate::memory::Memory;
use crate::private::PrivateCell;
use crate::producer::ProducerSession;
use crate::recent::RecentEvents;
use crate::travel::LastPlace;

/// Layout of the state. Fields may be added under new tags without a new number; a change of
/// meaning needs one, and a way to read the layout before.
const LAYOUT: u32 = 2;

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
    // Tags 14 to 18 are those of layout 1.
    #[prost(message, repeated, tag = "19")]
    pub devices: Vec<Device>,
    /// Hashes of addresses, the one seen longest ago first.
    #[prost(fixed64, repeated, tag = "20")]
    pub addresses: Vec<u64>,
    /// The one used longest ago first.
    #[prost(message, repeated, tag = "21")]
    pub countries: Vec<PlaceUse>,
    #[prost(uint32, tag = "22")]
    pub devices_total: u32,
    #[prost(uint32, tag = "23")]
    pub addresses_total: u32,
    /// Sessions so far: also the number of the newest one.
    #[prost(uint32, tag = "24")]
    pub sessions: u32,
    #[prost(message, required, tag = "25")]
    pub recent: RecentEvents,
    #[prost(message, required, tag = "26")]
    pub memory: Memory,
    /// Networks by number, the one used longest ago first.
    #[prost(message, repeated, tag = "27")]
    pub networks: Vec<PlaceUse>,
    /// Hashes of the valid e-mail addresses so far, at most 8.
    #[prost(fixed32, repeated, tag = "28")]
    pub emails: Vec<u32>,
    /// Hashes of the phone numbers so far, at most 8.
    #[prost(fixed32, repeated, tag = "29")]
    pub phones: Vec<u32>,
    #[prost(message, required, tag = "30")]
    pub contact: Contact,
    #[prost(message, optional, tag = "31")]
    pub last_place: Option<LastPlace>,
    /// The one used longest ago first.
    #[prost(message, repeated, tag = "32")]
    pub producer_sessions: Vec<ProducerSession>,
    /// Cells of the windows kept by user or session, the one used longest ago first.
    #[prost(message, repeated, tag = "33")]
    pub windows: Vec<PrivateCell>,
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

/// Why stored bytes are not a state.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    #[error("user state cannot be decoded: {0}")]
    Undecodable(#[from] prost::DecodeError),
    #[error("user state has layout {found}, this program reads up to layout {LAYOUT}")]
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
        match state.layout {
            LAYOUT => Ok(state),
            1 => Ok(Self { layout: LAYOUT, ..layout_one::upgrade(state, bytes)? }),
            found => Err(StateError::Layout { found }),
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
