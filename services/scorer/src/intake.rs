//! From messages to batches.

use innerwall_broker::Message;
use innerwall_event::TenantId;
use innerwall_event::event_id_of_name;
use innerwall_storage::StorageError;
use innerwall_storage::parked::{self, Parking};
use innerwall_wire::{Batch, BatchDecodeError};

use crate::app::App;

/// Deliveries after which a message may be what kills scorers: it is tried apart from the rest.
const SUSPECT_AFTER: u32 = 3;

/// What to do with a message.
#[derive(Debug)]
pub(crate) enum Intake {
    /// Score the batch.
    Score(Batch),
    /// Split the batch: it was in flight when scorers died.
    Suspect(Batch),
    /// Nobody can read it.
    Unreadable(BatchDecodeError),
}

/// Judges a message by its content and its past.
pub(crate) fn judge(message: &Message) -> Intake {
    match Batch::decode(&message.body) {
        Err(error) => Intake::Unreadable(error),
        Ok(batch) if message.deliveries >= SUSPECT_AFTER && batch.parent.is_none() => {
            Intake::Suspect(batch)
        }
        Ok(batch) => Intake::Score(batch),
    }
}

/// Parks what nobody can read, or what belongs to nobody.
pub(crate) async fn park_message(
    app: &App,
    message: &[u8],
    reason: &'static str,
    detail: String,
) -> Result<(), StorageError> {
    tracing::error!(reason, detail, "message parked");
    metrics::counter!("innerwall_messages_parked_total", "reason" => reason).increment(1);
    // The same bytes delivered twice are parked once.
    let content = String::from_utf8_lossy(message);
    let parking = Parking {
        event_id: None,
        park_key: event_id_of_name(TenantId(0), &content),
        reason,
        detail,
        message: message.to_vec(),
    };
    parked::park_unreadable(&app.database.connection().await?, &parking).await
}
