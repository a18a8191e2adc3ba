//! What is noted of one request while it is answered.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::web::Bytes;
use innerwall_event::{Event, TenantId, Timestamp};
use innerwall_storage::logbook::NewLine;
use innerwall_wire::ingest::IngestResponse;

use super::secrets;
use crate::app::now;
use crate::auth::Key;
use crate::problem::Problem;
use crate::routes::events::{EventResult, EventStatus};

/// So much of a refused body is kept.
const BODY_BYTES_MAX: usize = 512;
/// So much of a detail is kept.
const DETAIL_BYTES_MAX: usize = 300;
const FAILED: u16 = 400;
/// Some of the events of a request were refused.
pub(crate) const PARTLY: u16 = 207;

/// One request.
pub(crate) struct Line {
    at: Timestamp,
    source: Option<IpAddr>,
    endpoint: &'static str,
    key: Option<Arc<Key>>,
    body: Option<Bytes>,
    code: Option<&'static str>,
    field: Option<&'static str>,
    detail: Option<String>,
    accepted: usize,
    refused: usize,
    corrections: usize,
}

impl Line {
    /// Begins the line of a request.
    pub(crate) fn begin(request: &HttpRequest, endpoint: &'static str) -> Self {
        Self::begin_from(request.peer_addr(), endpoint)
    }

    /// Begins the line of a call from this peer.
    pub(crate) fn begin_from(peer: Option<SocketAddr>, endpoint: &'static str) -> Self {
        Self {
            at: now(),
            source: peer.map(|peer| peer.ip()),
            endpoint,
            key: None,
            body: None,
            code: None,
            field: None,
            detail: None,
            accepted: 0,
            refused: 0,
            corrections: 0,
        }
    }

    /// Notes whose request it is.
    pub(crate) fn sent_by(&mut self, key: &Arc<Key>) {
        self.key = Some(Arc::clone(key));
    }

    pub(crate) fn has_sender(&self) -> bool {
        self.key.is_some()
    }

    /// Notes the body, which is kept only when something of it is refused.
    pub(crate) fn carries(&mut self, body: &Bytes) {
        self.body = Some(body.clone());
    }

    /// Counts what was repaired in an event.
    pub(crate) fn corrected(&mut self, event: &Event) {
        self.corrections += event.corrections.len();
    }

    /// Counts one event that was accepted.
    pub(crate) fn accepted_one(&mut self) {
        self.accepted += 1;
    }

    /// Notes what became of the events of a request.
    pub(crate) fn judged(&mut self, results: &[EventResult]) {
        self.accepted = results.iter().filter(|it| it.status == EventStatus::Accepted).count();
        self.refused = results.len() - self.accepted;
        let first = results.iter().find(|it| it.status != EventStatus::Accepted);
        if let Some(first) = first {
            self.field = first.field;
            self.detail.clone_from(&first.detail);
        }
    }

    /// Counts the events of a stream, and notes why the first of them was refused.
    pub(crate) fn streamed(&mut self, taken: &IngestResponse) {
        let count = |events: u64| usize::try_from(events).unwrap_or(usize::MAX);
        (self.accepted, self.refused) = (count(taken.accepted), count(taken.refused));
        self.detail = taken.refusals.first().map(|first| first.detail.clone());
    }

    /// Notes why nothing was accepted.
    pub(crate) fn refused(&mut self, problem: &Problem) {
        self.code = Some(problem.code.name());
        self.field = self.field.or_else(|| problem.events.iter().find_map(|event| event.field));
        self.detail = Some(problem.detail.clone());
        self.refused = self.refused.max(1);
    }

    /// Notes why a request without events was refused.
    pub(crate) fn refused_as(&mut self, code: &'static str, detail: &str) {
        self.code = Some(code);
        self.detail = Some(detail.to_owned());
        self.refused = 1;
    }

    /// The line as it is stored; `None` without a known sender or beyond the limits of its key.
    pub(super) fn kept(self, status: u16) -> Option<(TenantId, NewLine)> {
        let is_refused = status >= FAILED || status == PARTLY;
        let key = self.key.as_ref().filter(|key| key.may_log(is_refused))?;
        let count = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        let line = NewLine {
            at: self.at,
            source: self.source,
            producer: key.label.clone(),
            endpoint: self.endpoint,
            status,
            code: self.code.or_else(|| (status == PARTLY).then_some("partly_refused")),
            field: self.field,
            detail: self
                .detail
                .map(|detail| secrets::beginning(detail.as_bytes(), DETAIL_BYTES_MAX)),
            accepted: count(self.accepted),
            refused: count(self.refused),
            corrections: count(self.corrections),
            body: self
                .body
                .filter(|_| is_refused)
                .map(|body| secrets::hidden(&secrets::beginning(&body, BODY_BYTES_MAX))),
        };
        Some((key.tenant, line))
    }
}
