//! The suspect lane: events that were in flight when scorers died travel alone, so that only the
//! one that kills is ever parked.

use std::time::Duration;

use innerwall_broker::PublishError;
use innerwall_storage::{StorageError, claims};
use innerwall_wire::Batch;

use crate::app::App;

const CONFIRM_MAX: Duration = Duration::from_secs(5);

/// Why a batch could not be split. Always worth another try.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SplitError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Publish(#[from] PublishError),
}

/// Sends each event of a batch on its own, unless the batch has taken effect already.
pub(crate) async fn split(app: &App, batch: &Batch) -> Result<(), SplitError> {
    let mut connection = app.database.connection().await?;
    let tx = connection.begin(batch.tenant).await?;
    if claims::known_batches(&tx, &[batch.id]).await?.contains(&batch.id) {
        return Ok(());
    }
    drop(tx);
    tracing::warn!(
        events = batch.events.len(),
        "batch was in flight when scorers died, trying its events alone"
    );
    let queue = app.broker.topology().suspect();
    for single in (0..batch.events.len()).filter_map(|index| batch.single(index)) {
        let message = single.encode();
        app.publisher.publish(&queue, &message, None, CONFIRM_MAX).await?;
    }
    Ok(())
}
