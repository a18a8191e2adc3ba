//! The stored form of an account.

use innerwall_event::Timestamp;
use innerwall_features::{State, StateError};
use innerwall_rules::RuleId;
use prost::Message;
use uuid::Uuid;

use crate::hit::Hit;
use crate::score::Account;

#[derive(Clone, PartialEq, Message)]
struct StoredAccount {
    #[prost(bytes = "vec", tag = "1")]
    state: Vec<u8>,
    #[prost(message, repeated, tag = "2")]
    hits: Vec<StoredHit>,
    /// Tag 3 held the rules that were not evaluated: that follows from the state.
    #[prost(fixed64, tag = "4")]
    private_windows: u64,
}

#[derive(Clone, PartialEq, Eq, Message)]
struct StoredHit {
    #[prost(string, tag = "1")]
    rule: String,
    #[prost(sint32, tag = "2")]
    points: i32,
    #[prost(string, tag = "3")]
    reason: String,
    #[prost(bytes = "vec", tag = "4")]
    event_id: Vec<u8>,
    #[prost(int64, tag = "5")]
    event_time_us: i64,
    #[prost(bool, tag = "6")]
    is_shadow: bool,
    #[prost(int32, tag = "7")]
    rule_set: i32,
}

/// Why stored bytes are not an account.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error("account cannot be decoded: {0}")]
    Undecodable(#[from] prost::DecodeError),
    #[error(transparent)]
    State(#[from] StateError),
    #[error("account holds an invalid {0}")]
    Invalid(&'static str),
}

impl Account {
    /// Reads stored bytes; no bytes mean a user without events.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, AccountError> {
        let stored = StoredAccount::decode(bytes)?;
        Ok(Self {
            state: State::from_bytes(&stored.state)?,
            hits: stored.hits.into_iter().map(hit_of).collect::<Result<_, _>>()?,
            private_windows: stored.private_windows,
        })
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        StoredAccount {
            state: self.state.to_bytes(),
            hits: self.hits.iter().map(stored_hit).collect(),
            private_windows: self.private_windows,
        }
        .encode_to_vec()
    }
}

fn stored_hit(hit: &Hit) -> StoredHit {
    StoredHit {
        rule: hit.rule.to_string(),
        points: i32::from(hit.points),
        reason: hit.reason.clone(),
        event_id: hit.event_id.into_bytes().to_vec(),
        event_time_us: hit.event_time.as_micros(),
        is_shadow: hit.is_shadow,
        rule_set: hit.rule_set,
    }
}

fn hit_of(stored: StoredHit) -> Result<Hit, AccountError> {
    Ok(Hit {
        rule: RuleId::parse(&stored.rule).ok_or(AccountError::Invalid("rule id"))?,
        points: i16::try_from(stored.points).map_err(|_| AccountError::Invalid("weight"))?,
        reason: stored.reason,
        event_id: Uuid::from_slice(&stored.event_id)
            .map_err(|_| AccountError::Invalid("event id"))?,
        event_time: Timestamp::from_micros(stored.event_time_us),
        is_shadow: stored.is_shadow,
        rule_set: stored.rule_set,
    })
}
