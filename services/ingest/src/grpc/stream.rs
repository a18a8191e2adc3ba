//! Events that come as a stream.

use std::time::Duration;

use innerwall_event::limits::BATCH_EVENTS_MAX;
use innerwall_runtime::Lifecycle;
use innerwall_wire::ingest as proto;
use tokio::time::timeout;
use tonic::{Status, Streaming};

use super::convert;
use crate::app::App;
use crate::auth::Key;
use crate::problem::Problem;
use crate::routes::events::{EventResult, EventStatus, judge};

/// A client that says nothing for so long has gone.
const IDLE_MAX: Duration = Duration::from_mins(1);
/// Refused events that are named; more are only counted.
const REFUSALS_MAX: usize = 1_000;

/// Takes events until the client has sent all of them or the service stops. Gives what became of
/// those that came, and why the stream ended when it should not have.
pub(super) async fn take(
    app: &App,
    key: &Key,
    mut requests: Streaming<proto::IngestRequest>,
    lifecycle: &Lifecycle,
) -> (proto::IngestResponse, Result<(), Status>) {
    let mut taken = Taken::default();
    let ended = taken.take_all(app, key, &mut requests, lifecycle).await;
    (taken.response, ended)
}

#[derive(Default)]
struct Taken {
    response: proto::IngestResponse,
    /// Events seen so far.
    seen: usize,
}

impl Taken {
    async fn take_all(
        &mut self,
        app: &App,
        key: &Key,
        requests: &mut Streaming<proto::IngestRequest>,
        lifecycle: &Lifecycle,
    ) -> Result<(), Status> {
        loop {
            let next = tokio::select! {
                next = timeout(IDLE_MAX, requests.message()) => next,
                () = lifecycle.stopping() => return Ok(()),
            };
            let next = next.map_err(|_| {
                Status::deadline_exceeded(format!("no event came within {} s", IDLE_MAX.as_secs()))
            })?;
            let Some(request) = next? else { return Ok(()) };
            let found = request.events.len();
            if found > BATCH_EVENTS_MAX {
                let message =
                    format!("a message holds {found} events, the limit is {BATCH_EVENTS_MAX}");
                return Err(Status::invalid_argument(message));
            }
            self.add(app, key, request.events).await;
        }
    }

    /// Delivers the events of one message, and notes those that were refused.
    async fn add(&mut self, app: &App, key: &Key, sent: Vec<proto::Event>) {
        let first = self.seen;
        self.seen += sent.len();
        let admitted = key.admit(sent.len()).map_err(|error| Problem::from(&error).detail);
        let (mut results, mut events) = (Vec::new(), Vec::new());
        for (index, event) in (first..).zip(sent) {
            match convert::json_of(event).and_then(|text| judge(&text, key.tenant)) {
                Ok(event) => {
                    results.push(EventResult::accepted(index, &event));
                    events.push(event);
                }
                Err(error) => self.refuse(EventResult::invalid(index, &error)),
            }
        }
        let outcomes: Vec<Result<(), String>> = match admitted {
            Ok(()) => {
                let outcomes = app.delivery.deliver(key.tenant, events).await;
                outcomes.into_iter().map(|done| done.map_err(|error| error.to_string())).collect()
            }
            Err(detail) => vec![Err(detail); events.len()],
        };
        for (result, outcome) in results.into_iter().zip(outcomes) {
            match outcome {
                Ok(()) => self.response.accepted += 1,
                Err(detail) => self.refuse(result.again(detail)),
            }
        }
    }

    fn refuse(&mut self, result: EventResult) {
        self.response.refused += 1;
        if self.response.refusals.len() >= REFUSALS_MAX {
            return;
        }
        let status = match result.status {
            EventStatus::Invalid => proto::RefusalStatus::Invalid,
            EventStatus::Retry => proto::RefusalStatus::Retry,
            EventStatus::Accepted => proto::RefusalStatus::Unspecified,
        };
        self.response.refusals.push(proto::EventResult {
            index: result.index as u64,
            status: status.into(),
            event_id: result.event_id.unwrap_or_default(),
            field: result.field.unwrap_or_default().to_owned(),
            detail: result.detail.unwrap_or_default(),
        });
    }
}
