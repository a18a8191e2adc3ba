//! Whole lists as streams of CSV or NDJSON: the same filters as the list, a chunk of rows per short
//! transaction, and as much memory for a million rows as for ten thousand.

mod csv;
mod encode;
mod place;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use futures_util::future;
use innerwall_auth::Permission;
use innerwall_storage::TenantTx;
use innerwall_storage::audit::{self, Note};
use serde::Serialize;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::app::App;
use crate::caller::Caller;
use crate::mask::Masked;
use crate::problem::Problem;
use crate::usecase::computed;

pub(crate) use csv::{CsvLine, CsvRow};
pub(crate) use encode::Format;
pub(crate) use place::Exports;

/// Rows read in one transaction.
const CHUNK: i64 = 5_000;
/// Pieces of the answer that wait for the client.
const PIECES_AHEAD: usize = 4;
/// A client that takes nothing for so long is given up.
const PATIENCE: Duration = Duration::from_mins(1);

/// A list that can be taken away whole.
pub(crate) trait Source: Send + Sync + 'static {
    type Row: Serialize + CsvRow + Masked + Send + 'static;
    /// Names the file and the line in the audit log.
    const NAME: &'static str;

    /// The rows after a position, each with the position after it, and where to go on.
    fn chunk(
        &self,
        app: &App,
        tx: &TenantTx<'_>,
        after: Option<&str>,
        limit: i64,
    ) -> impl Future<Output = Result<Chunk<Self::Row>, Problem>> + Send;
}

/// Some rows of a list.
pub(crate) struct Chunk<R> {
    /// Each with the position after it.
    pub(crate) rows: Vec<(String, R)>,
    /// Where to go on; `None` at the end of the list.
    pub(crate) next: Option<String>,
}

impl<R> Chunk<R> {
    /// What was read up to a limit: fewer rows are the last ones.
    pub(crate) fn read(rows: Vec<(String, R)>, limit: i64) -> Self {
        let is_full = i64::try_from(rows.len()).is_ok_and(|found| found >= limit);
        let next = rows.last().map(|(position, _)| position.clone()).filter(|_| is_full);
        Self { rows, next }
    }
}

/// The format that a request asks for; `None` for a page of JSON.
pub(crate) fn asked(request: &HttpRequest) -> Option<Format> {
    let accept = request.headers().get(ACCEPT)?.to_str().ok()?;
    accept.split(',').find_map(|part| Format::of_media_type(part.split(';').next()?.trim()))
}

/// Answers with the rest of a list from a cursor on. What is wrong with the question is a problem
/// before the first byte; what fails later ends the stream short of its mark of completeness.
pub(crate) async fn start<S: Source>(
    app: &Arc<App>,
    caller: &Caller,
    source: S,
    (format, cursor): (Format, Option<String>),
) -> Result<HttpResponse, Problem> {
    caller.may(Permission::Export)?;
    let place = app.exports.enter(caller.tenant)?;
    let (sender, receiver) = mpsc::channel(PIECES_AHEAD);
    let stream = Stream {
        app: Arc::clone(app),
        caller: caller.clone(),
        source,
        format,
        sender,
        rows: 0,
        _place: place,
    };
    let first = stream.read(cursor.as_deref()).await?;
    stream.note("begun").await?;
    app.lifecycle.spawn_short("export", stream.run(cursor, first));
    let disposition = format!("attachment; filename=\"{}.{}\"", S::NAME, format.ending());
    Ok(HttpResponse::Ok()
        .content_type(format.media_type())
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_DISPOSITION, disposition))
        .streaming(ReceiverStream::new(receiver)))
}

type Piece = Result<Bytes, std::io::Error>;

/// Why a stream ends early.
enum Early {
    /// The client is gone or too slow: nobody is there to be told.
    Gone,
    /// Reading failed, or the service stops.
    Failed(Problem),
}

struct Stream<S: Source> {
    app: Arc<App>,
    caller: Caller,
    source: S,
    format: Format,
    sender: mpsc::Sender<Piece>,
    rows: u64,
    _place: place::Place,
}

impl<S: Source> Stream<S> {
    async fn run(mut self, cursor: Option<String>, first: Chunk<S::Row>) {
        let outcome = self.write(cursor.is_none(), first).await;
        let said = match outcome {
            Ok(()) => "complete",
            Err(Early::Gone) => "abandoned",
            Err(Early::Failed(problem)) => {
                tracing::warn!(%problem, list = S::NAME, "export ended early");
                self.end_early(&problem).await;
                "failed"
            }
        };
        if let Err(problem) = self.note(said).await {
            tracing::warn!(%problem, list = S::NAME, rows = self.rows, "end of export not noted");
        }
    }

    /// Writes chunk by chunk; while one is encoded the next is read.
    async fn write(&mut self, is_start: bool, first: Chunk<S::Row>) -> Result<(), Early> {
        let mut chunk = first;
        if is_start {
            self.send(encode::head::<S::Row>(self.format)).await?;
        }
        loop {
            let Chunk { rows, next: after } = chunk;
            let (count, format) = (rows.len() as u64, self.format);
            let encoding = computed(move || encode::rows(format, &rows));
            let reading = async {
                match &after {
                    Some(after) => self.read(Some(after)).await.map(Some),
                    None => Ok(None),
                }
            };
            let (encoded, next) = future::join(encoding, reading).await;
            for piece in encoded.map_err(Early::Failed)? {
                self.send(piece).await?;
            }
            self.rows += count;
            let Some(read) = next.map_err(Early::Failed)? else { break };
            if self.app.lifecycle.is_stopping() {
                return Err(Early::Failed(Problem::DatabaseAway));
            }
            chunk = read;
        }
        self.send(encode::tail(self.format, self.rows)).await
    }

    async fn read(&self, after: Option<&str>) -> Result<Chunk<S::Row>, Problem> {
        let mut connection = self.app.exports.connection().await?;
        let tx = self.caller.begin(&mut connection).await?;
        let Chunk { rows, next } = self.source.chunk(&self.app, &tx, after, CHUNK).await?;
        let shown = rows.into_iter().map(|(position, row)| (position, self.caller.show(row)));
        Ok(Chunk { rows: shown.collect(), next })
    }

    async fn send(&self, piece: Bytes) -> Result<(), Early> {
        if piece.is_empty() {
            return Ok(());
        }
        match tokio::time::timeout(PATIENCE, self.sender.send(Ok(piece))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Early::Gone),
        }
    }

    /// NDJSON says that it is not complete; CSV cannot, so the connection is cut.
    async fn end_early(&self, problem: &Problem) {
        let last = match self.format {
            Format::Ndjson => Ok(encode::broken_tail(self.rows, problem.code())),
            Format::Csv => Err(std::io::Error::other("the export ended early")),
        };
        // A client that is gone has noticed by itself.
        drop(tokio::time::timeout(PATIENCE, self.sender.send(last)).await);
    }

    /// Notes in the audit log what was taken away, and by whom.
    async fn note(&self, what: &str) -> Result<(), Problem> {
        let mut connection = self.app.exports.connection().await?;
        let tx = self.caller.begin(&mut connection).await?;
        let (list, format) = (S::NAME, self.format.ending());
        let detail = format!("{list} as {format}: {what}, {} rows", self.rows);
        let note = Note { actor: &self.caller.name, action: "export", detail: &detail };
        audit::note(&tx, &note).await?;
        Ok(tx.commit().await?)
    }
}
