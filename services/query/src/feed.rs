//! Following what is being scored: one reader per tenant, as long as someone looks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use innerwall_event::TenantId;
use innerwall_storage::read::events;
use innerwall_storage::{StorageError, feed};
use tokio::sync::broadcast;

use crate::app::App;
use crate::caller::Caller;
use crate::view::EventView;

/// How often the feed is read: well below what a reader notices.
const EVERY: Duration = Duration::from_millis(250);
/// Events shown per look; the rest is counted. More is not readable anyway.
const SHOWN_MAX: usize = 100;
/// Items a slow reader may fall behind.
const BEHIND_MAX: usize = 1_024;

/// What a reader gets.
#[derive(Clone, Debug)]
pub(crate) enum FeedItem {
    Scored(Arc<EventView>),
    /// Events that were scored but are not shown.
    Skipped(u64),
}

impl FeedItem {
    /// The event as a caller may see it.
    pub(crate) fn shown(event: &Arc<EventView>, caller: &Caller) -> Arc<EventView> {
        if caller.sees_personal() {
            return Arc::clone(event);
        }
        Arc::new(caller.show(EventView::clone(event)))
    }
}

/// Feeds that are being followed.
#[derive(Default)]
pub(crate) struct Feeds {
    by_tenant: Mutex<HashMap<TenantId, broadcast::Sender<FeedItem>>>,
}

/// Joins the readers of a tenant's feed; the first one starts it.
pub(crate) fn subscribe(app: &Arc<App>, tenant: TenantId) -> broadcast::Receiver<FeedItem> {
    let mut feeds = app.feeds.by_tenant.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(feed) = feeds.get(&tenant) {
        return feed.subscribe();
    }
    let (sender, receiver) = broadcast::channel(BEHIND_MAX);
    feeds.insert(tenant, sender.clone());
    let (follower, lifecycle) = (Arc::clone(app), app.lifecycle.clone());
    lifecycle.spawn_short("feed", async move { follow(&follower, tenant, &sender).await });
    receiver
}

/// Reads the feed until nobody looks any more or the service stops.
async fn follow(app: &App, tenant: TenantId, sender: &broadcast::Sender<FeedItem>) {
    let mut from = None;
    loop {
        match look(app, tenant, from, sender).await {
            Ok(horizon) => from = Some(horizon),
            Err(error) => tracing::warn!(%error, "live feed cannot be read, will try again"),
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = app.lifecycle.stopping() => return,
        }
        let mut feeds = app.feeds.by_tenant.lock().unwrap_or_else(PoisonError::into_inner);
        if sender.receiver_count() == 0 {
            feeds.remove(&tenant);
            return;
        }
    }
}

/// Sends what was committed since the last look; gives where the next one begins.
async fn look(
    app: &App,
    tenant: TenantId,
    from: Option<i64>,
    sender: &broadcast::Sender<FeedItem>,
) -> Result<i64, StorageError> {
    let mut connection = app.connection().await?;
    let tx = connection.begin(tenant).await?;
    let horizon = feed::horizon(&tx).await?;
    let Some(from) = from.filter(|from| *from < horizon) else { return Ok(horizon) };
    let entries = feed::read(&tx, from, horizon).await?;
    let scored: u64 = entries.iter().map(|entry| u64::from(entry.scored.unsigned_abs())).sum();
    let mut ids: Vec<_> = entries.iter().flat_map(|entry| entry.event_ids.clone()).collect();
    ids.truncate(SHOWN_MAX);
    let oldest = entries.iter().map(|entry| entry.oldest).min();
    let newest = entries.iter().map(|entry| entry.newest).max();
    let Some((oldest, newest)) = oldest.zip(newest) else { return Ok(horizon) };
    let rows = events::by_ids(&tx, &ids, oldest, newest).await?;
    let book = app.books.for_names(&tx).await?;
    let shown = rows.into_iter().map(|row| EventView::new(row, &book.rules)).collect();
    send(sender, shown, scored);
    Ok(horizon)
}

fn send(sender: &broadcast::Sender<FeedItem>, events: Vec<EventView>, scored: u64) {
    let skipped = scored.saturating_sub(events.len() as u64);
    let shown = events.into_iter().rev().map(|event| FeedItem::Scored(Arc::new(event)));
    let rest = (skipped > 0).then_some(FeedItem::Skipped(skipped));
    for item in shown.chain(rest) {
        // Nobody may be looking at this moment; then nobody misses it.
        drop(sender.send(item));
    }
}
