//! `explain`: why a user or an event has its verdict, for people to read.

mod text;

use anyhow::{Context as _, bail};
use clap::Subcommand;
use innerwall_event::event_id_of_name;
use innerwall_scoring::{
    Explanation, Replay, Rulebook, explain_event, explain_user, needs_history, rebuild,
};
use innerwall_storage::read::users;
use innerwall_storage::{TenantTx, replay, rule_sets, tenants};

use crate::context::Context;
use crate::output;

/// Events scored again at a time.
const PAGE: i64 = 500;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Explain a user by the rules in use, as of the last event.
    User {
        #[arg(long)]
        tenant: String,
        user_id: String,
    },
    /// Explain an event by the rules that judged it, with everything before it scored again.
    Event {
        #[arg(long)]
        tenant: String,
        /// The event's id, or the producer's own.
        event_id: String,
    },
}

pub(crate) async fn run(context: &Context, command: Command) -> anyhow::Result<()> {
    let (Command::User { tenant, .. } | Command::Event { tenant, .. }) = &command;
    let tenant = context.tenant(tenant).await?;
    let mut connection = context.connection().await?;
    let tx = connection.begin(tenant).await?;
    let (headline, explanation) = match command {
        Command::User { user_id, .. } => of_user(&tx, &user_id).await?,
        Command::Event { event_id, .. } => of_event(&tx, &event_id).await?,
    };
    output::line(&headline)?;
    output::line(&text::of(&explanation))
}

async fn of_user(tx: &TenantTx<'_>, user_id: &str) -> anyhow::Result<(String, Explanation)> {
    let found = users::one(tx, user_id).await?;
    let (row, mut account) = found.with_context(|| format!("there is no user {user_id}"))?;
    let book = rule_sets::rulebook(tx, tenants::rule_set_version(tx).await?).await?;
    if needs_history(&account, &book).is_some() {
        let past = replay::past(tx, user_id, row.user_no).await?;
        rebuild(&mut account, &book, &past);
    }
    let last = replay::last(tx, user_id, row.user_no).await?;
    let last = last.with_context(|| format!("no event of user {user_id} is stored any more"))?;
    let version = book.rules.version;
    let headline = format!("user {user_id} by version {version} of the rules");
    Ok((headline, explain_user(&account, &last, &book)))
}

async fn of_event(tx: &TenantTx<'_>, event_id: &str) -> anyhow::Result<(String, Explanation)> {
    let id = event_id_of_name(tx.tenant(), event_id);
    let place = replay::place(tx, id).await?;
    let place = place.with_context(|| format!("there is no event {event_id}"))?;
    let (mut replay, mut after) = (Replay::new(), 0);
    let mut book: Option<Rulebook> = None;
    let mut history = "";
    loop {
        let page = replay::until(tx, &place, after, PAGE).await?;
        if page.is_empty() {
            bail!("event {event_id} is not stored any more");
        }
        for (version, stored) in page {
            let rules = match book.take().filter(|book| book.rules.version == version) {
                Some(rules) => rules,
                None => rule_sets::rulebook(tx, version).await?,
            };
            let rules = book.insert(rules);
            if after == 0 && stored.sequence != 1 {
                history = "; the oldest events are not stored any more, counts begin without them";
            }
            after = stored.sequence;
            if after < place.sequence {
                replay.step(&stored.event, &stored.around, rules);
                continue;
            }
            let user = &place.user_id;
            let headline = format!(
                "event {} of user {user} by version {version} of the rules{history}",
                stored.event.id
            );
            let found = explain_event(&mut replay, &stored.event, &stored.around, rules);
            return Ok((headline, found));
        }
    }
}
