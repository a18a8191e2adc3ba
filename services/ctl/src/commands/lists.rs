//! `lists`: texts that rules look up.

use anyhow::{Context as _, bail};
use clap::Subcommand;
use innerwall_event::Timestamp;
use innerwall_rules::{ListEntry, ListPatch, RuleSetPatch};

use super::publish::{AUTHOR, Because, current, replace};
use crate::context::Context;
use crate::output;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Put values on a list. The first value makes the list.
    Add {
        #[command(flatten)]
        because: Because,
        /// Name of the list; one named like a built-in list takes its place.
        #[arg(long)]
        list: String,
        /// Kept with the values, for people.
        #[arg(long, default_value = "")]
        comment: String,
        /// Events from this time on do not find the values (RFC 3339).
        #[arg(long)]
        expires_at: Option<String>,
        #[arg(required = true)]
        values: Vec<String>,
    },
    /// Take values off a list.
    Remove {
        #[command(flatten)]
        because: Because,
        #[arg(long)]
        list: String,
        #[arg(required = true)]
        values: Vec<String>,
    },
    /// Print the lists of a tenant, one entry a line.
    Show {
        #[arg(long)]
        tenant: String,
        /// Only this list.
        #[arg(long)]
        list: Option<String>,
    },
}

pub(crate) async fn run(context: &Context, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Add { because, list, comment, expires_at, values } => {
            if let Some(time) = &expires_at {
                Timestamp::parse_rfc3339(time).with_context(|| format!("{time} is no time"))?;
            }
            let entry = |value| ListEntry {
                value,
                comment: comment.clone(),
                expires_at: expires_at.clone(),
                ..ListEntry::default()
            };
            let add = values.into_iter().map(entry).collect();
            change(context, &because, list, ListPatch { add, ..ListPatch::default() }).await
        }
        Command::Remove { because, list, values } => {
            let patch = ListPatch { remove: values, ..ListPatch::default() };
            change(context, &because, list, patch).await
        }
        Command::Show { tenant, list } => show(context, &tenant, list.as_deref()).await,
    }
}

async fn change(
    context: &Context,
    because: &Because,
    list: String,
    patch: ListPatch,
) -> anyhow::Result<()> {
    let (version, was) = current(context, context.tenant(&because.tenant).await?).await?;
    if patch.add.is_empty() && !was.lists.contains_key(&list) {
        bail!("there is no list {list}; see `lists show`");
    }
    let patch = RuleSetPatch { lists: [(list, Some(patch))].into(), ..RuleSetPatch::default() };
    replace(context, because, (version, &was), &patch.apply(&was, AUTHOR)).await
}

async fn show(context: &Context, tenant: &str, wanted: Option<&str>) -> anyhow::Result<()> {
    let (_, now) = current(context, context.tenant(tenant).await?).await?;
    let lists = now.lists.iter();
    for (name, entries) in lists.filter(|(name, _)| wanted.is_none_or(|wanted| wanted == *name)) {
        for entry in entries {
            output::json(&serde_json::json!({
                "list": name,
                "value": entry.value,
                "comment": entry.comment,
                "author": entry.author,
                "expires_at": entry.expires_at,
            }))?;
        }
    }
    Ok(())
}
