//! Why a user or an event has its verdict.

use std::sync::Arc;

use innerwall_auth::Permission;
use innerwall_event::{Timestamp, event_id_of_name};
use innerwall_scoring::{Replay, Rulebook, Stored, explain_event, explain_user};
use innerwall_storage::read::users;
use innerwall_storage::replay::{self, Place};
use innerwall_storage::{StorageError, TenantTx};

use super::{computed, last_of};
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{ExplanationView, Subject};

/// Most events of a user that are scored again to explain one.
const EVENTS_MAX: u32 = 10_000;
/// Events scored again at a time.
const PAGE: i64 = 500;

/// Explains a user by the rules in use, as of the last event.
pub(crate) async fn user(
    app: &App,
    caller: &Caller,
    user_id: &str,
) -> Result<ExplanationView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let unknown = || Problem::NotFound { what: format!("user {user_id}") };
    let (row, mut account) = users::one(&tx, user_id).await?.ok_or_else(unknown)?;
    let book = app.books.current(&tx).await?;
    let last = last_of(&tx, (user_id, row.user_no), &mut account, &book).await?;
    let gone = || Problem::NotFound { what: format!("stored event of user {user_id}") };
    let last = last.ok_or_else(gone)?;
    let subject = Subject {
        user_id: user_id.to_owned(),
        event_id: last.event.id.to_string(),
        event_time: last.event.time.to_rfc3339(),
        rule_set_version: book.rules.version,
        // The state of a user outlives the events.
        history: "complete",
    };
    let explained = computed(move || {
        let found = explain_user(&account, &last, &book);
        ExplanationView::new(subject, &found, &book.rules)
    });
    Ok(caller.show(explained.await?))
}

/// Explains an event, by its id or the producer's own: everything before it is scored again, each
/// event by the rules that judged it.
pub(crate) async fn event(
    app: &App,
    caller: &Caller,
    event_id: &str,
) -> Result<ExplanationView, Problem> {
    caller.may(Permission::Read)?;
    let id = event_id_of_name(caller.tenant, event_id);
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let unknown = || Problem::NotFound { what: format!("event {event_id}") };
    let place = replay::place(&tx, id).await?.ok_or_else(unknown)?;
    let mut told = Told { replay: Replay::new(), first: None, last: 0 };
    loop {
        let page = replay::until(&tx, &place, told.last, PAGE).await?;
        let Some((_, first)) = page.first() else { return Err(unknown()) };
        let first = *told.first.get_or_insert(first.sequence);
        if place.sequence - first >= EVENTS_MAX {
            return Err(Problem::HistoryTooLong { limit: EVENTS_MAX });
        }
        let page = with_books(app, &tx, page).await?;
        let asked = place.clone();
        match computed(move || told.over(page, &asked)).await? {
            Next::Explained(explanation) => return Ok(caller.show(*explanation)),
            Next::Further(on) => told = *on,
        }
    }
}

async fn with_books(
    app: &App,
    tx: &TenantTx<'_>,
    page: Vec<(i32, Stored)>,
) -> Result<Vec<(Arc<Rulebook>, Stored)>, StorageError> {
    let mut known: Option<(i32, Arc<Rulebook>)> = None;
    let mut with_books = Vec::with_capacity(page.len());
    for (version, stored) in page {
        let book = match &known {
            Some((last, book)) if *last == version => Arc::clone(book),
            _ => app.books.of_version(tx, version).await?,
        };
        known = Some((version, Arc::clone(&book)));
        with_books.push((book, stored));
    }
    Ok(with_books)
}

/// How far a user's events have been scored again.
struct Told {
    replay: Replay,
    /// Number of the oldest event that is stored.
    first: Option<u32>,
    last: u32,
}

enum Next {
    Explained(Box<ExplanationView>),
    Further(Box<Told>),
}

impl Told {
    fn over(mut self, page: Vec<(Arc<Rulebook>, Stored)>, place: &Place) -> Next {
        for (book, Stored { event, around, sequence, .. }) in page {
            self.last = sequence;
            if sequence < place.sequence {
                self.replay.step(&event, &around, &book);
                continue;
            }
            let found = explain_event(&mut self.replay, &event, &around, &book);
            let subject = Subject {
                user_id: place.user_id.clone(),
                event_id: event.id.to_string(),
                event_time: Timestamp::to_rfc3339(event.time),
                rule_set_version: book.rules.version,
                history: if self.first == Some(1) { "complete" } else { "cut" },
            };
            let explanation = ExplanationView::new(subject, &found, &book.rules);
            return Next::Explained(Box::new(explanation));
        }
        Next::Further(Box::new(self))
    }
}
