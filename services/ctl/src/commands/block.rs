//! `block`.

use anyhow::{Context as _, bail};
use clap::Subcommand;
use innerwall_event::Timestamp;
use innerwall_scoring::{List, ListKind, Source, canonical};
use innerwall_storage::audit::{self, Note};
use innerwall_storage::deciding::{self, Order};
use innerwall_storage::{TenantTx, judgements, lists};

use crate::context::Context;
use crate::output;

const ACTOR: &str = "ctl";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Put a value on the blocklist.
    Add {
        #[arg(long)]
        tenant: String,
        /// user, address, prefix, network, device, email, domain or phone.
        #[arg(long, value_parser = kind)]
        kind: ListKind,
        #[arg(long)]
        reason: String,
        /// Until when (RFC 3339); for good if absent.
        #[arg(long)]
        expires_at: Option<String>,
        value: String,
    },
    /// Take a value off the blocklist, whoever and whatever put it there.
    Remove {
        #[arg(long)]
        tenant: String,
        value: String,
    },
}

pub(crate) async fn run(context: &Context, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Add { tenant, kind, reason, expires_at, value } => {
            let value =
                canonical(kind, &value).with_context(|| format!("{value} cannot be blocked"))?;
            let expires_at = expires_at.map(|text| time(&text)).transpose()?;
            let order = Order { reason: &reason, expires_at, ..order() };
            let mut connection = context.connection().await?;
            let tx = connection.begin(context.tenant(&tenant).await?).await?;
            change(&tx, &[(kind, value.clone())], true, &order).await?;
            tx.commit().await?;
            output::line(&format!("{value} is blocked"))
        }
        Command::Remove { tenant, value } => {
            let mut connection = context.connection().await?;
            let tx = connection.begin(context.tenant(&tenant).await?).await?;
            let known = ListKind::ALL.into_iter();
            let values: Vec<(ListKind, String)> =
                known.filter_map(|kind| Some((kind, canonical(kind, &value).ok()?))).collect();
            let found = lists::find(&tx, &values).await?;
            let is_blocked = |key: &&(ListKind, String)| {
                found.get(key).into_iter().flatten().any(|entry| entry.list == List::Block)
            };
            let blocked: Vec<(ListKind, String)> =
                values.iter().filter(is_blocked).cloned().collect();
            if blocked.is_empty() {
                bail!("{value} is not on the blocklist");
            }
            change(&tx, &blocked, false, &order()).await?;
            tx.commit().await?;
            output::line(&format!("{value} is not blocked any more"))
        }
    }
}

async fn change(
    tx: &TenantTx<'_>,
    values: &[(ListKind, String)],
    is_listed: bool,
    order: &Order<'_>,
) -> anyhow::Result<()> {
    let users = values.iter().filter(|(kind, _)| *kind == ListKind::User);
    let users: Vec<&str> = users.map(|(_, value)| value.as_str()).collect();
    deciding::lock(tx, &users).await?;
    for (kind, value) in values {
        deciding::about_value(tx, (List::Block, *kind, value), is_listed, order).await?;
        let detail = format!("{} {value}: {}", kind.name(), order.reason);
        let action = if is_listed { "list.put" } else { "list.remove" };
        audit::note(tx, &Note { actor: ACTOR, action, detail: &detail }).await?;
    }
    judgements::request(tx, values, "the blocklist changed").await?;
    Ok(())
}

fn order() -> Order<'static> {
    Order {
        source: Source::Ctl,
        actor: ACTOR,
        reason: "taken off by ctl",
        expires_at: None,
        batch: None,
    }
}

fn kind(name: &str) -> Result<ListKind, String> {
    let known = || ListKind::ALL.map(ListKind::name).join(", ");
    ListKind::parse(name).ok_or_else(|| format!("is not one of {}", known()))
}

fn time(text: &str) -> anyhow::Result<Timestamp> {
    Timestamp::parse_rfc3339(text).with_context(|| format!("{text} is no time"))
}
