//! What every change by a person or machine says: who, why and until when.

use innerwall_event::Timestamp;
use innerwall_scoring::Source;
use innerwall_storage::deciding::Order;
use uuid::Uuid;

use crate::app::now;
use crate::caller::Caller;
use crate::problem::Problem;

/// Longest reason in bytes.
pub(crate) const REASON_BYTES_MAX: usize = 500;
/// Nothing expires later than this.
const EXPIRY_S_MAX: i64 = 10 * 366 * 24 * 3600;

/// Who wishes a change, why and until when.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    pub(super) source: Source,
    actor: String,
    reason: String,
    expires_at: Option<Timestamp>,
    pub(super) batch: Option<Uuid>,
}

impl Wish {
    /// Checks what was sent.
    pub(super) fn new(
        caller: &Caller,
        reason: &str,
        expires_at: Option<&str>,
    ) -> Result<Self, Problem> {
        Ok(Self {
            source: caller.source,
            actor: caller.name.clone(),
            reason: checked_reason(reason)?,
            expires_at: expires_at.map(expiry).transpose()?,
            batch: None,
        })
    }

    pub(super) fn order(&self) -> Order<'_> {
        Order {
            source: self.source,
            actor: &self.actor,
            reason: &self.reason,
            expires_at: self.expires_at,
            batch: self.batch,
        }
    }
}

pub(super) fn checked_reason(text: &str) -> Result<String, Problem> {
    let trimmed = text.trim();
    let is_good = (1..=REASON_BYTES_MAX).contains(&trimmed.len()) && !trimmed.contains('\0');
    let wrong = || format!("say in 1 to {REASON_BYTES_MAX} bytes why");
    if is_good { Ok(trimmed.to_owned()) } else { Err(Problem::parameter("reason", &wrong())) }
}

/// A time to come.
pub(super) fn expiry(text: &str) -> Result<Timestamp, Problem> {
    let wrong = |reason: &str| Problem::parameter("expires_at", &format!("{text} {reason}"));
    let time = Timestamp::parse_rfc3339(text).map_err(|_| wrong("is no RFC 3339 time"))?;
    let ahead_s = time.seconds_since(now());
    match ahead_s {
        1..=EXPIRY_S_MAX => Ok(time),
        ..=0 => Err(wrong("is over")),
        _ => Err(wrong("is more than ten years ahead")),
    }
}
