//! From accepted events to the broker's confirm.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use innerwall_broker::{Broker, Publisher, SHARDS};
use innerwall_event::{Event, TenantId};
use innerwall_runtime::{Lifecycle, telemetry};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tracing::Span;

use crate::batcher::{self, Job};
use crate::totals::Totals;

/// Events waiting for their confirm. More are refused, not absorbed.
const WAITING_EVENTS_MAX: usize = 20_000;
/// Jobs waiting for one shard. Events are bounded above; this bounds their number of parts.
const JOBS_MAX: usize = 4_096;
/// How long a request waits for its confirm: the strictest tracker gives up after 1.5 s in all.
const ANSWER_MAX: Duration = Duration::from_secs(1);

/// Why an event was not accepted. It may have been stored all the same when that is uncertain.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum DeliveryError {
    #[error("too many events are waiting for the broker")]
    Overloaded,
    #[error("the broker did not confirm in time")]
    Unconfirmed,
    #[error("the broker is not available")]
    Unavailable,
}

/// Packs events by shard and hands them to the broker. Dropping it lets the shards finish.
pub(crate) struct Delivery {
    shards: Vec<mpsc::Sender<Job>>,
    room: Arc<Semaphore>,
}

impl Delivery {
    /// Starts one task per shard.
    pub(crate) fn start(broker: &Arc<Broker>, totals: &Arc<Totals>, lifecycle: &Lifecycle) -> Self {
        let publisher = Arc::new(Publisher::new(Arc::clone(broker)));
        let start_shard = |shard| {
            let (sender, jobs) = mpsc::channel(JOBS_MAX);
            let lane = batcher::Lane {
                shard,
                queue: broker.topology().events(shard),
                publisher: Arc::clone(&publisher),
                totals: Arc::clone(totals),
            };
            lifecycle.spawn("batcher", batcher::run(lane, jobs));
            sender
        };
        let shards = (0..SHARDS).map(start_shard).collect();
        Self { shards, room: Arc::new(Semaphore::new(WAITING_EVENTS_MAX)) }
    }

    /// Delivers events of one tenant; gives one outcome per event, in their order.
    pub(crate) async fn deliver(
        &self,
        tenant: TenantId,
        events: Vec<Event>,
    ) -> Vec<Result<(), DeliveryError>> {
        let mut outcomes = vec![Err(DeliveryError::Overloaded); events.len()];
        // Room for all of them or none: a request is never half refused for lack of room.
        let permits = u32::try_from(events.len()).unwrap_or(u32::MAX);
        let Ok(room) = Arc::clone(&self.room).try_acquire_many_owned(permits) else {
            return outcomes;
        };
        let room = Arc::new(room);
        let mut by_shard: Vec<(Vec<usize>, Vec<Event>)> =
            vec![Default::default(); self.shards.len()];
        for (index, event) in events.into_iter().enumerate() {
            let (indexes, events) = &mut by_shard[usize::from(event.user_id.shard(SHARDS))];
            indexes.push(index);
            events.push(event);
        }
        let parts = by_shard.into_iter().enumerate().filter(|(_, part)| !part.0.is_empty());
        let waits = parts.map(|(shard, (indexes, events))| {
            let room = Arc::clone(&room);
            async move { (indexes, self.deliver_part(shard, tenant, events, room).await) }
        });
        for (indexes, outcome) in join_all(waits).await {
            for index in indexes {
                outcomes[index].clone_from(&outcome);
            }
        }
        outcomes
    }

    async fn deliver_part(
        &self,
        shard: usize,
        tenant: TenantId,
        events: Vec<Event>,
        room: Arc<OwnedSemaphorePermit>,
    ) -> Result<(), DeliveryError> {
        let (done, outcome) = oneshot::channel();
        let trace_context = telemetry::trace_context(&Span::current());
        let job = Job { tenant, events, done, trace_context, room };
        self.shards[shard].try_send(job).map_err(|_| DeliveryError::Overloaded)?;
        match tokio::time::timeout(ANSWER_MAX, outcome).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(DeliveryError::Unavailable),
            Err(_) => Err(DeliveryError::Unconfirmed),
        }
    }
}
