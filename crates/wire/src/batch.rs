//! The batch of events that one broker message holds.

use innerwall_event::{Event, TenantId, event_id_of_name};
use prost::Message;
use uuid::Uuid;

use crate::convert::EventDecodeError;
use crate::event as proto;

/// Accepted events of one tenant and one shard of users.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub id: Uuid,
    pub tenant: TenantId,
    /// The start of a gateway that published the batch.
    pub gateway: Uuid,
    pub shard: u16,
    pub events: Vec<Event>,
    /// The batch this event is tried alone from.
    pub parent: Option<Uuid>,
    /// The parked row this event is sent again from.
    pub redrive_of: Option<i64>,
    /// Its producer wants the verdict.
    pub wants_verdict: bool,
}

/// Why a message is not a batch. Trying again cannot help.
#[derive(Debug, thiserror::Error)]
pub enum BatchDecodeError {
    #[error("message is not a batch: {0}")]
    NotABatch(#[from] prost::DecodeError),
    #[error("{field} of the batch is invalid")]
    Invalid { field: &'static str },
    #[error("event {index} of the batch: {source}")]
    Event { index: usize, source: EventDecodeError },
}

impl Batch {
    /// The batch that holds only the event at `index`, to be tried or kept alone. Its id is
    /// always the same, so that splitting twice has one effect.
    pub fn single(&self, index: usize) -> Option<Self> {
        let event = self.events.get(index)?.clone();
        let is_single =
            self.events.len() == 1 && (self.parent.is_some() || self.redrive_of.is_some());
        let name = format!("{}/{index}", self.id);
        let id = if is_single { self.id } else { event_id_of_name(self.tenant, &name) };
        let parent = Some(self.parent.unwrap_or(self.id));
        Some(Self { id, parent, events: vec![event], ..*self })
    }

    pub fn encode(&self) -> Vec<u8> {
        let id_bytes = |id: Uuid| id.into_bytes().to_vec();
        proto::EventBatch {
            batch_id: id_bytes(self.id),
            tenant_id: self.tenant.0,
            gateway_id: id_bytes(self.gateway),
            shard: u32::from(self.shard),
            events: self.events.iter().map(proto::Event::from).collect(),
            parent_batch_id: self.parent.map(id_bytes).unwrap_or_default(),
            redrive_of: self.redrive_of.unwrap_or_default(),
            wants_verdict: self.wants_verdict,
        }
        .encode_to_vec()
    }

    pub fn decode(message: &[u8]) -> Result<Self, BatchDecodeError> {
        let batch = proto::EventBatch::decode(message)?;
        let id_of = |bytes: &[u8], field| {
            Uuid::from_slice(bytes).map_err(|_| BatchDecodeError::Invalid { field })
        };
        let parent = &batch.parent_batch_id;
        let parent = (!parent.is_empty()).then(|| id_of(parent, "parent_batch_id")).transpose()?;
        let shard = u16::try_from(batch.shard);
        Ok(Self {
            id: id_of(&batch.batch_id, "batch_id")?,
            tenant: TenantId(batch.tenant_id),
            gateway: id_of(&batch.gateway_id, "gateway_id")?,
            shard: shard.map_err(|_| BatchDecodeError::Invalid { field: "shard" })?,
            events: events_of(batch.events)?,
            parent,
            redrive_of: (batch.redrive_of != 0).then_some(batch.redrive_of),
            wants_verdict: batch.wants_verdict,
        })
    }
}

fn events_of(events: Vec<proto::Event>) -> Result<Vec<Event>, BatchDecodeError> {
    if events.is_empty() {
        return Err(BatchDecodeError::Invalid { field: "events" });
    }
    let convert = |(index, event)| {
        Event::try_from(event).map_err(|source| BatchDecodeError::Event { index, source })
    };
    events.into_iter().enumerate().map(convert).collect()
}

#[cfg(test)]
#[path = "batch_tests.rs"]
mod tests;
