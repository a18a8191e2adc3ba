//! One shard: events of many requests into few messages.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use innerwall_broker::{PublishError, Publisher};
use innerwall_event::{Event, TenantId};
use innerwall_runtime::clock;
use innerwall_wire::Batch;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio::time::{Instant, sleep_until};

use crate::delivery::DeliveryError;
use crate::totals::Totals;

/// Events in one message: enough to be cheap, few enough to be scored in one go.
const BATCH_EVENTS_MAX: usize = 256;
/// Messages under way to the broker per shard.
const FLYING_MAX: usize = 8;
/// From one message to the next, unless that one is full before: what the broker does for a message
/// of one event costs as much as for one of many. After a pause an event waits for nobody.
const PACE: Duration = Duration::from_millis(4);
/// How long the broker may take to confirm.
const CONFIRM_MAX: Duration = Duration::from_secs(1);

/// Events of one request that belong to one shard.
pub(crate) struct Job {
    pub(crate) tenant: TenantId,
    pub(crate) events: Vec<Event>,
    pub(crate) done: oneshot::Sender<Result<(), DeliveryError>>,
    pub(crate) trace_context: Option<String>,
    /// Held until the job ends.
    pub(crate) room: Arc<OwnedSemaphorePermit>,
}

/// Where the messages of a shard go.
pub(crate) struct Lane {
    pub(crate) shard: u16,
    pub(crate) queue: String,
    pub(crate) publisher: Arc<Publisher>,
    pub(crate) totals: Arc<Totals>,
}

struct Pending {
    by_tenant: HashMap<TenantId, Vec<Job>>,
    events: usize,
    /// When they are sent, full or not.
    due: Instant,
}

impl Pending {
    fn new() -> Self {
        Self { by_tenant: HashMap::new(), events: 0, due: Instant::now() }
    }

    fn add(&mut self, job: Job) {
        self.events += job.events.len();
        self.by_tenant.entry(job.tenant).or_default().push(job);
    }

    fn take(&mut self) -> Vec<(TenantId, Vec<Job>)> {
        self.events = 0;
        self.due = Instant::now() + PACE;
        self.by_tenant.drain().collect()
    }

    fn is_due(&self) -> bool {
        self.events >= BATCH_EVENTS_MAX || self.due <= Instant::now()
    }
}

/// Packs and publishes until nobody can send jobs any more and nothing is left to publish.
pub(crate) async fn run(lane: Lane, mut jobs: mpsc::Receiver<Job>) {
    let mut pending = Pending::new();
    let mut flying = FuturesUnordered::new();
    let mut is_open = true;
    while is_open || pending.events > 0 || !flying.is_empty() {
        let has_room = flying.len() < FLYING_MAX;
        tokio::select! {
            job = jobs.recv(), if is_open && pending.events < BATCH_EVENTS_MAX => match job {
                Some(job) => pending.add(job),
                None => is_open = false,
            },
            Some(()) = flying.next(), if !flying.is_empty() => {}
            () = sleep_until(pending.due), if pending.events > 0 && has_room => {}
        }
        while pending.events < BATCH_EVENTS_MAX
            && let Ok(job) = jobs.try_recv()
        {
            pending.add(job);
        }
        if pending.events > 0 && flying.len() < FLYING_MAX && pending.is_due() {
            for (tenant, jobs) in pending.take() {
                flying.push(publish(&lane, tenant, jobs));
            }
        }
    }
}

async fn publish(lane: &Lane, tenant: TenantId, jobs: Vec<Job>) {
    let mut waiters = Vec::with_capacity(jobs.len());
    let mut events = Vec::new();
    let mut trace_context = None;
    for mut job in jobs {
        events.append(&mut job.events);
        trace_context = trace_context.or(job.trace_context);
        waiters.push((job.done, job.room));
    }
    let count = events.len();
    let batch = Batch {
        id: clock::fresh_id(),
        tenant,
        gateway: lane.totals.gateway(),
        shard: lane.shard,
        events,
        parent: None,
        redrive_of: None,
        wants_verdict: false,
    };
    let message = batch.encode();
    let context = trace_context.as_deref();
    let sent = lane.publisher.publish(&lane.queue, &message, context, CONFIRM_MAX);
    let outcome = settle(lane, tenant, count, sent.await);
    for (done, _room) in waiters {
        // The request may have given up waiting; nobody is left to tell then.
        drop(done.send(outcome.clone()));
    }
}

fn settle(
    lane: &Lane,
    tenant: TenantId,
    events: usize,
    sent: Result<(), PublishError>,
) -> Result<(), DeliveryError> {
    let Err(error) = sent else {
        lane.totals.add_confirmed(tenant, events);
        return Ok(());
    };
    tracing::warn!(%error, shard = lane.shard, events, "events not accepted");
    if error.is_uncertain() {
        lane.totals.add_unconfirmed(tenant, events);
        return Err(DeliveryError::Unconfirmed);
    }
    Err(DeliveryError::Unavailable)
}
