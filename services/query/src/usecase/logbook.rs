//! The logbook of requests.

use innerwall_auth::Permission;
use innerwall_event::Timestamp;
use innerwall_storage::TenantTx;
use innerwall_storage::logbook::{self, Line, LineCounts, LineFilter};

use super::asked::time;
use super::{cut_page, page_limit};
use crate::app::{App, now};
use crate::caller::Caller;
use crate::cursor;
use crate::export::{Chunk, Source};
use crate::problem::Problem;
use crate::view::{LineBucket, LinePage, LineSeries, LineView};

/// Longest search text and name of an endpoint.
const TEXT_BYTES_MAX: usize = 255;
/// Most buckets of a series.
const BUCKETS_MAX: i64 = 1_500;
const DAY_S: i64 = 86_400;

/// Which lines are asked for, as sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct LinesQuestion {
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) endpoint: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) limit: Option<i64>,
    pub(crate) cursor: Option<String>,
}

/// A page of lines, newest first.
pub(crate) async fn list(
    app: &App,
    caller: &Caller,
    question: LinesQuestion,
) -> Result<LinePage, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(question.limit)?;
    let before = question.cursor.as_deref().map(cursor::number).transpose()?;
    let filter = filter(caller, &question)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let rows = logbook::page(&tx, &filter, before, limit + 1).await?;
    let (rows, goes_on) = cut_page(rows, limit);
    let last = rows.last().filter(|_| goes_on);
    Ok(caller.show(LinePage {
        next_cursor: last.map(|line| cursor::of_number(line.id)),
        items: rows.into_iter().map(LineView::from).collect(),
    }))
}

/// The same lines as a stream.
pub(crate) struct LinesSource(LineFilter);

impl LinesSource {
    pub(crate) fn new(caller: &Caller, question: &LinesQuestion) -> Result<Self, Problem> {
        Ok(Self(filter(caller, question)?))
    }
}

impl Source for LinesSource {
    type Row = LineView;
    const NAME: &'static str = "logbook";

    async fn chunk(
        &self,
        _: &App,
        tx: &TenantTx<'_>,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Chunk<LineView>, Problem> {
        let before = after.map(cursor::number).transpose()?;
        let rows = logbook::page(tx, &self.0, before, limit).await?;
        let placed = |line: Line| (cursor::of_number(line.id), line.into());
        Ok(Chunk::read(rows.into_iter().map(placed).collect(), limit))
    }
}

/// One line.
pub(crate) async fn one(app: &App, caller: &Caller, id: i64) -> Result<LineView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let missing = || Problem::NotFound { what: format!("line {id} of the logbook") };
    Ok(caller.show(logbook::one(&tx, id).await?.ok_or_else(missing)?.into()))
}

/// Lines over time: the last day unless a range is given.
pub(crate) async fn series(
    app: &App,
    caller: &Caller,
    (from, to): (Option<&str>, Option<&str>),
    bucket: Option<&str>,
) -> Result<LineSeries, Problem> {
    caller.may(Permission::Read)?;
    let bucket_s = bucket_seconds(bucket)?;
    let to = next_bucket(time("to", to)?.unwrap_or_else(now), bucket_s);
    let from = time("from", from)?.unwrap_or_else(|| to.plus_seconds(-DAY_S));
    let from = next_bucket(from.plus_seconds(-bucket_s), bucket_s);
    let held = (to.as_micros() - from.as_micros()) / 1_000_000 / bucket_s;
    if !(1..=BUCKETS_MAX).contains(&held) {
        let reason = format!("the range holds {held} buckets, 1 to {BUCKETS_MAX} are possible");
        return Err(Problem::parameter("from", &reason));
    }
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let width = i32::try_from(bucket_s).unwrap_or(i32::MAX);
    let counts = logbook::series(&tx, from, to, width).await?;
    Ok(LineSeries {
        from: from.to_rfc3339(),
        to: to.to_rfc3339(),
        bucket_seconds: bucket_s,
        buckets: filled(&counts, (from, to), bucket_s),
    })
}

fn filter(caller: &Caller, question: &LinesQuestion) -> Result<LineFilter, Problem> {
    if question.text.is_some() {
        caller.may_look_up("q")?;
    }
    Ok(LineFilter {
        from: time("from", question.from.as_deref())?,
        to: time("to", question.to.as_deref())?,
        status_class: question.status.as_deref().map(status_class).transpose()?,
        endpoint: question.endpoint.clone().map(|text| short("endpoint", text)).transpose()?,
        text: question.text.clone().map(|text| short("q", text)).transpose()?,
    })
}

fn status_class(name: &str) -> Result<i16, Problem> {
    match name {
        "2xx" => Ok(2),
        "4xx" => Ok(4),
        "5xx" => Ok(5),
        _ => Err(Problem::parameter("status", &format!("{name} is not 2xx, 4xx or 5xx"))),
    }
}

fn short(field: &'static str, text: String) -> Result<String, Problem> {
    if text.len() > TEXT_BYTES_MAX || text.contains('\0') {
        let reason = format!("longer than {TEXT_BYTES_MAX} bytes or with a NUL character");
        return Err(Problem::parameter(field, &reason));
    }
    Ok(text)
}

fn bucket_seconds(bucket: Option<&str>) -> Result<i64, Problem> {
    match bucket {
        Some("minute") => Ok(60),
        None | Some("hour") => Ok(3_600),
        Some("day") => Ok(DAY_S),
        Some(other) => {
            Err(Problem::parameter("bucket", &format!("{other} is not minute, hour or day")))
        }
    }
}

/// The end of the bucket that a time is in.
fn next_bucket(at: Timestamp, bucket_s: i64) -> Timestamp {
    let width = bucket_s * 1_000_000;
    Timestamp::from_micros((at.as_micros().div_euclid(width) + 1) * width)
}

fn filled(
    counts: &[LineCounts],
    (from, to): (Timestamp, Timestamp),
    bucket_s: i64,
) -> Vec<LineBucket> {
    let mut known = counts.iter().peekable();
    let mut series = Vec::new();
    let mut start = from;
    while start < to {
        let mut bucket = LineBucket { time: start.to_rfc3339(), ..LineBucket::default() };
        if let Some(count) = known.next_if(|count| count.start <= start) {
            (bucket.accepted, bucket.refused, bucket.failed) =
                (count.accepted, count.refused, count.failed);
        }
        series.push(bucket);
        start = start.plus_seconds(bucket_s);
    }
    series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_have_no_gaps() {
        let from = Timestamp::from_micros(0);
        let counts = [0, 7_200].map(|seconds| LineCounts {
            start: from.plus_seconds(seconds),
            accepted: 1,
            refused: 2,
            failed: 3,
        });
        let buckets = filled(&counts, (from, from.plus_seconds(4 * 3_600)), 3_600);
        let found: Vec<_> = buckets.iter().map(|b| (b.accepted, b.refused, b.failed)).collect();
        assert_eq!(found, [(1, 2, 3), (0, 0, 0), (1, 2, 3), (0, 0, 0)]);
    }
}
