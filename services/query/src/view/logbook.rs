//! The logbook.

use innerwall_event::Timestamp;
use innerwall_storage::logbook::Line;
use serde::Serialize;
use utoipa::ToSchema;

use crate::export::{CsvLine, CsvRow};
use crate::mask::{self, Masked};

/// One request to a gateway.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LogbookLine)]
pub(crate) struct LineView {
    pub(crate) line_id: i64,
    /// RFC 3339.
    pub(crate) time: String,
    /// The address that sent the request, which may be a proxy's.
    pub(crate) source: Option<String>,
    /// Label of the producer's key.
    pub(crate) producer: String,
    pub(crate) endpoint: String,
    /// HTTP status of the answer.
    pub(crate) status: i32,
    /// Name of the problem.
    pub(crate) code: Option<String>,
    /// The first field at fault.
    pub(crate) field: Option<String>,
    pub(crate) detail: Option<String>,
    /// Events of the request by what became of them.
    pub(crate) events_accepted: i32,
    pub(crate) events_refused: i32,
    /// What was repaired in them.
    pub(crate) corrections: i32,
    /// How a refused body began, up to 512 bytes, without secrets.
    pub(crate) body: Option<String>,
}

/// A page of lines.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LogbookPage)]
pub(crate) struct LinePage {
    pub(crate) items: Vec<LineView>,
    /// Null on the last page.
    pub(crate) next_cursor: Option<String>,
}

/// Lines over time.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LogbookSeries)]
pub(crate) struct LineSeries {
    pub(crate) from: String,
    /// Exclusive.
    pub(crate) to: String,
    pub(crate) bucket_seconds: i64,
    /// One entry per bucket, without gaps.
    pub(crate) buckets: Vec<LineBucket>,
}

/// Lines of one bucket of time, by the status of the answer.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[schema(as = LogbookBucket)]
pub(crate) struct LineBucket {
    pub(crate) time: String,
    /// Below 400.
    pub(crate) accepted: i64,
    /// 400 to 499.
    pub(crate) refused: i64,
    /// From 500.
    pub(crate) failed: i64,
}

impl Masked for LineView {
    fn mask(&mut self) {
        mask::each(&mut self.source, mask::address);
        mask::each(&mut self.detail, mask::text);
        // Nobody knows what was sent.
        self.body = None;
    }
}

impl CsvRow for LineView {
    const COLUMNS: &'static [&'static str] = &[
        "line_id",
        "time",
        "source",
        "producer",
        "endpoint",
        "status",
        "code",
        "field",
        "detail",
        "events_accepted",
        "events_refused",
        "corrections",
        "body",
    ];

    fn cells(&self, line: &mut CsvLine<'_>) {
        line.number(self.line_id);
        line.text(&self.time);
        line.maybe(self.source.as_deref());
        line.text(&self.producer);
        line.text(&self.endpoint);
        line.number(self.status);
        line.maybe(self.code.as_deref());
        line.maybe(self.field.as_deref());
        line.maybe(self.detail.as_deref());
        line.number(self.events_accepted);
        line.number(self.events_refused);
        line.number(self.corrections);
        line.maybe(self.body.as_deref());
    }
}

impl Masked for LinePage {
    fn mask(&mut self) {
        self.items.mask();
    }
}

impl From<Line> for LineView {
    fn from(line: Line) -> Self {
        Self {
            line_id: line.id,
            time: Timestamp::to_rfc3339(line.at),
            source: line.source.map(|source| source.to_string()),
            producer: line.producer,
            endpoint: line.endpoint,
            status: line.status.into(),
            code: line.code,
            field: line.field,
            detail: line.detail,
            events_accepted: line.accepted,
            events_refused: line.refused,
            corrections: line.corrections,
            body: line.body,
        }
    }
}
