//! Asking for a verdict: the event goes to its queue like any other, and the scorer's answer is
//! waited for, not longer than the producer said.

mod asker;
mod deadline;
mod named;

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use innerwall_broker::{Broker, DECIDE_SHARDS, PublishError, Reply, Requests, SHARDS, Topology};
use innerwall_event::{Event, TenantId, event_id_of_name};
use innerwall_runtime::{Lifecycle, clock, telemetry};
use innerwall_storage::{Database, StorageError, verdicts};
use innerwall_wire::{Batch, Reply as Answer};
use quick_cache::sync::Cache;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time::{Instant, timeout_at};
use tracing::Span;
use uuid::Uuid;

use crate::delivery::DeliveryError;
use crate::totals::Totals;
use asker::Ask;

pub(crate) use deadline::{Deadline, DeadlineError};
pub(crate) use named::named;

/// Producers that wait at once. More are refused, not absorbed.
const WAITING_MAX: usize = 2_000;
/// Events remembered whose verdict was not there in time. Those that do not fit are found in the
/// database.
const PENDING_MAX: usize = 10_000;

/// Asks for verdicts and looks for those that came late.
pub(crate) struct Decisions {
    asks: mpsc::Sender<Ask>,
    topology: Topology,
    database: Database,
    totals: Arc<Totals>,
    room: Semaphore,
    pending: Cache<(TenantId, Uuid), ()>,
}

/// What became of an event whose producer wants the verdict.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Decision {
    Known(Answer),
    /// The event is durable, the verdict is not there yet.
    Pending,
}

/// How long the parts took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Took {
    /// Until the broker owned the event.
    pub(crate) publish: Duration,
    /// From then on until the answer.
    pub(crate) score: Duration,
}

impl Decisions {
    /// Starts the task that talks to the broker.
    pub(crate) fn start(
        (broker, database): (&Arc<Broker>, &Database),
        totals: &Arc<Totals>,
        lifecycle: &Lifecycle,
    ) -> Self {
        let (asks, asked) = mpsc::channel(WAITING_MAX);
        let requests = Requests::new(Arc::clone(broker));
        lifecycle.spawn("decide", asker::run(requests, asked));
        Self {
            asks,
            topology: broker.topology().clone(),
            database: database.clone(),
            totals: Arc::clone(totals),
            room: Semaphore::new(WAITING_MAX),
            pending: Cache::new(PENDING_MAX),
        }
    }

    /// Hands an event over and waits for its verdict until the deadline. An error means that the
    /// event may not be stored: the producer sends it again.
    pub(crate) async fn decide(
        &self,
        tenant: TenantId,
        event: Event,
        deadline: Instant,
    ) -> Result<(Decision, Took), DeliveryError> {
        let Ok(_room) = self.room.try_acquire() else { return Err(DeliveryError::Overloaded) };
        let (event_id, began) = (event.id, Instant::now());
        let reply = self.publish(tenant, event, deadline).await?;
        let published = Instant::now();
        self.pending.insert((tenant, event_id), ());
        let answer = self.wait((tenant, event_id), reply, deadline).await;
        let took = Took { publish: published - began, score: published.elapsed() };
        let answer = answer.and_then(|answer| match Answer::decode(&answer) {
            Ok(answer) => Some(answer),
            Err(error) => {
                tracing::error!(%error, "a scorer's answer cannot be read");
                None
            }
        });
        if answer.is_some() {
            self.pending.remove(&(tenant, event_id));
        }
        Ok((answer.map_or(Decision::Pending, Decision::Known), took))
    }

    /// What has become of an event by now; `None` when nobody asked about it. It is named by its
    /// id or the producer's own.
    pub(crate) async fn look(
        &self,
        tenant: TenantId,
        name: &str,
    ) -> Result<Option<Looked>, StorageError> {
        let event_id = event_id_of_name(tenant, name);
        let mut connection = self.database.connection().await?;
        let tx = connection.begin(tenant).await?;
        if let Some(stored) = verdicts::find(&tx, &[event_id]).await?.remove(&event_id) {
            return Ok(Some(Looked { event_id, found: Found::Decided(stored.decided.into()) }));
        }
        let is_asked = self.pending.get(&(tenant, event_id)).is_some()
            || verdicts::is_awaited(&tx, event_id).await?;
        if !is_asked {
            return Ok(None);
        }
        let is_parked = verdicts::is_parked(&tx, event_id).await?;
        let found = if is_parked { Found::Parked } else { Found::Pending };
        Ok(Some(Looked { event_id, found }))
    }

    async fn publish(
        &self,
        tenant: TenantId,
        event: Event,
        deadline: Instant,
    ) -> Result<Reply, DeliveryError> {
        let shard = event.user_id.shard(DECIDE_SHARDS);
        let batch = Batch {
            id: clock::fresh_id(),
            tenant,
            gateway: self.totals.gateway(),
            shard: SHARDS + shard,
            events: vec![event],
            parent: None,
            redrive_of: None,
            wants_verdict: true,
        };
        let trace_context = telemetry::trace_context(&Span::current());
        let (queue, message) = (self.topology.decide(shard), batch.encode());
        let (done, published) = oneshot::channel();
        let ask = Ask { queue, message, trace_context, deadline, done };
        self.asks.try_send(ask).map_err(|_| DeliveryError::Overloaded)?;
        match published.await {
            Ok(Ok(reply)) => {
                self.totals.add_confirmed(tenant, 1);
                Ok(reply)
            }
            Ok(Err(error)) => Err(self.refused(tenant, &error)),
            Err(_) => Err(DeliveryError::Unavailable),
        }
    }

    fn refused(&self, tenant: TenantId, error: &PublishError) -> DeliveryError {
        tracing::warn!(%error, "event not accepted");
        if error.is_uncertain() {
            self.totals.add_unconfirmed(tenant, 1);
            return DeliveryError::Unconfirmed;
        }
        DeliveryError::Unavailable
    }

    /// Waits for an answer. When half of the time is over, the database is told that somebody
    /// waits: whoever is asked for the verdict later may be another gateway.
    async fn wait(
        &self,
        (tenant, event_id): (TenantId, Uuid),
        reply: Reply,
        deadline: Instant,
    ) -> Option<Vec<u8>> {
        let left = deadline.saturating_duration_since(Instant::now());
        let answer = reply.until(deadline);
        tokio::pin!(answer);
        if let Ok(answer) = timeout_at(Instant::now() + left / 2, &mut answer).await {
            return answer;
        }
        let note = async {
            match timeout_at(deadline, self.note(tenant, event_id)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(%error, "a late verdict is known here only"),
                Err(_) => tracing::warn!("a late verdict is known here only, no time was left"),
            }
            pending::<()>().await;
        };
        tokio::select! {
            answer = &mut answer => answer,
            () = note => None,
        }
    }

    async fn note(&self, tenant: TenantId, event_id: Uuid) -> Result<(), StorageError> {
        let mut connection = self.database.connection().await?;
        let tx = connection.begin(tenant).await?;
        verdicts::awaited(&tx, event_id).await?;
        tx.commit().await
    }
}

/// An event somebody asked about, by the id it is stored under.
#[derive(Debug)]
pub(crate) struct Looked {
    pub(crate) event_id: Uuid,
    pub(crate) found: Found,
}

/// What has become of an event by now.
#[derive(Debug)]
pub(crate) enum Found {
    Decided(Box<verdicts::Decided>),
    Pending,
    Parked,
}
