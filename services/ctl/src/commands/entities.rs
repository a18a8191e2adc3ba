//! `entities`: the things users touch, as they are kept for reading.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use innerwall_features::State;
use innerwall_features::changes::Changes;
use innerwall_scoring::{Rulebook, Touch};
use innerwall_storage::folding::{self, UserEvent};
use innerwall_storage::{TenantTx, day_tops, rule_sets};

use crate::context::Context;
use crate::output;

/// Days of which it is found out afterwards who stood out; scorers do the rest.
const DAYS_MAX: u32 = 2_000;
/// Events read at once.
const PAGE: i64 = 2_000;
/// Events added up in memory before they are written.
const EVENTS_MAX: u64 = 100_000;

#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Count what users touch anew, from stored events.
    Rebuild {
        #[arg(long)]
        tenant: String,
    },
}

pub(crate) async fn run(context: &Context, command: Command) -> anyhow::Result<()> {
    let Command::Rebuild { tenant } = command;
    let tenant = context.tenant(&tenant).await?;
    let mut connection = context.connection().await?;
    // First the lock and then the snapshot: what waits and can be seen is part of the events that
    // can be seen, and what comes later is folded afterwards.
    folding::lock_out(&connection, tenant).await?;
    let rebuilt = {
        let tx = connection.begin_snapshot(tenant).await?;
        rebuild(tx).await
    };
    folding::unlock(&connection, tenant).await?;
    let (users, events) = rebuilt?;
    for _ in 0..DAYS_MAX {
        if !day_tops::find(&connection).await? {
            break;
        }
    }
    output::json(&serde_json::json!({ "users": users, "events": events }))
}

async fn rebuild(tx: TenantTx<'_>) -> anyhow::Result<(u64, u64)> {
    folding::clear(&tx).await?;
    let mut builder = Builder {
        networks: folding::network_names(&tx).await?,
        books: HashMap::new(),
        user: (0, State::fresh()),
        users: 0,
        changes: Changes::default(),
    };
    let (mut after, mut events, mut waiting) = ((0, 0), 0, 0);
    loop {
        let page = folding::user_events(&tx, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = (last.user_no, last.stored.sequence);
        for event in &page {
            builder.add(&tx, event).await?;
        }
        events += page.len() as u64;
        waiting += page.len() as u64;
        if waiting >= EVENTS_MAX {
            waiting = 0;
            Box::pin(folding::apply(&tx, std::mem::take(&mut builder.changes))).await?;
            if events <= EVENTS_MAX + page.len() as u64 {
                folding::look(&tx).await?;
            }
        }
    }
    Box::pin(folding::apply(&tx, builder.changes)).await?;
    tx.commit().await?;
    Ok((builder.users, events))
}

/// Adds up events as scoring them did.
struct Builder {
    networks: HashMap<u32, String>,
    books: HashMap<i32, Rulebook>,
    /// Number of the user whose events come now, and the contact details known so far.
    user: (i64, State),
    users: u64,
    changes: Changes,
}

impl Builder {
    async fn add(&mut self, tx: &TenantTx<'_>, row: &UserEvent) -> anyhow::Result<()> {
        let stored = &row.stored;
        if self.user.0 != row.user_no {
            self.user = (row.user_no, known_before(row));
            self.users += 1;
        }
        self.user.1.learn_contact(&stored.event, &stored.around);
        let book = match self.books.entry(row.rule_set) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(rule_sets::rulebook(tx, row.rule_set).await?),
        };
        let touch = Touch {
            event: &stored.event,
            around: &stored.around,
            user_no: row.user_no,
            session: stored.session,
            sequence: stored.sequence,
            known: &self.user.1,
            lists: &book.lists,
            network: self.networks.get(&stored.around.address.asn).map(String::as_str),
            device: &innerwall_enrich::label(&stored.around.device),
        };
        touch.add_to(&mut self.changes);
        Ok(())
    }
}

/// What was known of a user before the oldest stored event: nothing before the first of all, else
/// what is known now stands for it.
fn known_before(row: &UserEvent) -> State {
    if row.stored.sequence == 1 {
        return State::fresh();
    }
    State { email: row.email.clone(), phone: row.phone.clone(), ..State::fresh() }
}
