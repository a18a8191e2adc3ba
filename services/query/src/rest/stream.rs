//! `/api/v1/events/stream`: events as they are scored, as server-sent events.

use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;
use innerwall_auth::Permission;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::caller;
use super::identity::{Identity, identity};
use super::refusal::Guarded;
use crate::app::App;
use crate::caller::Caller;
use crate::feed::{self, FeedItem};
use crate::problem::Problem;

/// A comment this often tells both sides that the other is there.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Follows events as they are scored
///
/// Server-sent events: `scored` holds an event; `skipped` holds `{"events": n}` when more were
/// scored than are shown; a comment every 15 seconds keeps the connection alive.
#[utoipa::path(
    get, path = "/api/v1/events/stream", tag = "events",
    responses(
        (status = 200, description = "A stream without end", body = String,
            content_type = "text/event-stream"),
        Guarded),
    security(("bearer" = [])))]
pub(crate) async fn get_stream(
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let caller = caller(&app, &request).await?;
    caller.may(Permission::Read)?;
    let reader = identity(&app, &request).await?;
    let app = app.into_inner();
    let receiver = feed::subscribe(&app, caller.tenant);
    let start = Some(Bytes::from_static(b": following\n\n"));
    let follower = Follower { app, caller, receiver, reader, checked: Instant::now() };
    let items = stream::unfold((follower, start), async |(mut follower, start)| {
        let chunk = match start {
            Some(start) => start,
            None => follower.next().await?,
        };
        Some((Ok::<_, actix_web::Error>(chunk), (follower, None)))
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("X-Accel-Buffering", "no"))
        .streaming(Box::pin(items)))
}

/// Someone who follows.
struct Follower {
    app: Arc<App>,
    caller: Caller,
    receiver: Receiver<FeedItem>,
    reader: Identity,
    /// When the reader was last known to be let in.
    checked: Instant,
}

impl Follower {
    /// The next piece of the stream; `None` ends it. It ends with the session that opened it.
    async fn next(&mut self) -> Option<Bytes> {
        if self.checked.elapsed() >= HEARTBEAT {
            self.checked = Instant::now();
            let Identity { bearer, .. } = &self.reader;
            let digest = self.reader.digest();
            let still = self.app.access.still(&self.app.database, &digest, bearer).await;
            // While the database is away there is nothing to follow, and nobody is sent off.
            if matches!(still, Ok(false)) {
                return None;
            }
        }
        let item = tokio::select! {
            item = self.receiver.recv() => item,
            () = tokio::time::sleep(HEARTBEAT) => return Some(Bytes::from_static(b": alive\n\n")),
            () = self.app.lifecycle.stopping() => return None,
        };
        match item {
            Ok(FeedItem::Scored(event)) => {
                let event = FeedItem::shown(&event, &self.caller);
                let data = serde_json::to_string(&*event).unwrap_or_default();
                Some(format!("event: scored\nid: {}\ndata: {data}\n\n", event.event_id).into())
            }
            Ok(FeedItem::Skipped(events)) | Err(RecvError::Lagged(events)) => Some(skipped(events)),
            Err(RecvError::Closed) => None,
        }
    }
}

fn skipped(events: u64) -> Bytes {
    format!("event: skipped\ndata: {{\"events\":{events}}}\n\n").into()
}
