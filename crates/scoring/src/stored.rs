//! The stored form of an account.

use innerwall_event::Timestamp;
use innerwall_features::{State, StateError};
use innerwall_rules::{Missing, RuleId};
use prost::Message;
use uuid::Uuid;

use crate::hit::{Hit, NotEvaluated};
use crate::score::Account;

#[derive(Clone, PartialEq, Message)]
struct StoredAccount {
    #[prost(bytes = "vec", tag = "1")]
    state: Vec<u8>,
    #[prost(message, repeated, tag = "2")]
    hits: Vec<StoredHit>,
    #[prost(message, repeated, tag = "3")]
    not_evaluated: Vec<StoredGap>,
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
}

#[derive(Clone, PartialEq, Eq, Message)]
struct StoredGap {
    #[prost(string, tag = "1")]
    rule: String,
    /// Name of what was missing, see [`Missing`].
    #[prost(string, tag = "2")]
    fact: String,
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
            not_evaluated: stored.not_evaluated.iter().map(gap_of).collect::<Result<_, _>>()?,
        })
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        StoredAccount {
            state: self.state.to_bytes(),
            hits: self.hits.iter().map(stored_hit).collect(),
            not_evaluated: self.not_evaluated.iter().map(stored_gap).collect(),
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
    })
}

fn stored_gap(gap: &NotEvaluated) -> StoredGap {
    StoredGap { rule: gap.rule.to_string(), fact: gap.missing.to_string() }
}

fn gap_of(stored: &StoredGap) -> Result<NotEvaluated, AccountError> {
    let missing = Missing::parse(&stored.fact).ok_or(AccountError::Invalid("fact"))?;
    let rule = RuleId::parse(&stored.rule).ok_or(AccountError::Invalid("rule id"))?;
    Ok(NotEvaluated { rule, missing })
}
