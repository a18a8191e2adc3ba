//! `rules show | history | diff | publish | set | rollback`: the rule set of a tenant.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Subcommand;
use innerwall_rules::{RuleSetContent, RuleSetDiff};
use innerwall_storage::{rule_sets, tenants};
use serde_json::json;

use super::choices::Choices;
use crate::commands::publish::{AUTHOR, Because, content, current, replace};
use crate::context::Context;
use crate::output;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Print the rule set of a tenant as JSON, as `publish` reads it.
    Show {
        #[arg(long)]
        tenant: String,
        /// Not the version in use but this one.
        #[arg(long)]
        version: Option<i32>,
    },
    /// List versions, newest first: who made them, when and why.
    History {
        #[arg(long)]
        tenant: String,
        /// At most this many.
        #[arg(long, default_value_t = 50)]
        limit: i64,
    },
    /// Print what changed from one version to another as JSON.
    Diff {
        #[arg(long)]
        tenant: String,
        from: i32,
        to: i32,
    },
    /// Replace the rule set by a file in JSON.
    Publish {
        #[command(flatten)]
        because: Because,
        file: PathBuf,
        /// The version the file was made from; the one in use when absent.
        #[arg(long)]
        base_version: Option<i32>,
    },
    /// Change some of the rule set.
    Set {
        #[command(flatten)]
        because: Because,
        #[command(flatten)]
        choices: Choices,
    },
    /// Go back to the content of a version, under a new number.
    Rollback {
        #[command(flatten)]
        because: Because,
        version: i32,
    },
}

pub(super) async fn run(context: &Context, command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Show { tenant, version } => show(context, tenant, *version).await,
        Command::History { tenant, limit } => history(context, tenant, *limit).await,
        Command::Diff { tenant, from, to } => diff(context, tenant, (*from, *to)).await,
        Command::Publish { because, file, base_version } => {
            let tenant = context.tenant(&because.tenant).await?;
            let (version, was) = current(context, tenant).await?;
            let base = base_version.unwrap_or(version);
            let new = read(file)?.signed(&was, AUTHOR);
            replace(context, because, (base, &was), &new).await
        }
        Command::Set { because, choices } => {
            let (version, was) = current(context, context.tenant(&because.tenant).await?).await?;
            let new = choices.patch()?.apply(&was, AUTHOR);
            replace(context, because, (version, &was), &new).await
        }
        Command::Rollback { because, version } => rollback(context, because, *version).await,
    }
}

fn read(file: &Path) -> anyhow::Result<RuleSetContent> {
    let text =
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no rule set", file.display()))
}

async fn show(context: &Context, tenant: &str, version: Option<i32>) -> anyhow::Result<()> {
    let mut connection = context.connection().await?;
    let tx = connection.begin(context.tenant(tenant).await?).await?;
    let version = match version {
        Some(version) => version,
        None => tenants::rule_set_version(&tx).await?,
    };
    output::line(&serde_json::to_string_pretty(&content(&tx, version).await?)?)
}

async fn history(context: &Context, tenant: &str, limit: i64) -> anyhow::Result<()> {
    let mut connection = context.connection().await?;
    let tx = connection.begin(context.tenant(tenant).await?).await?;
    for row in rule_sets::history(&tx, None, limit).await? {
        output::json(&json!({
            "version": row.version,
            "author": row.author,
            "reason": row.reason,
            "created_at": row.created_at.to_rfc3339(),
        }))?;
    }
    Ok(())
}

async fn diff(context: &Context, tenant: &str, (from, to): (i32, i32)) -> anyhow::Result<()> {
    let mut connection = context.connection().await?;
    let tx = connection.begin(context.tenant(tenant).await?).await?;
    let diff = RuleSetDiff::between(&content(&tx, from).await?, &content(&tx, to).await?);
    output::line(&serde_json::to_string_pretty(&diff)?)
}

async fn rollback(context: &Context, because: &Because, version: i32) -> anyhow::Result<()> {
    let tenant = context.tenant(&because.tenant).await?;
    let (base, was) = current(context, tenant).await?;
    let old = {
        let mut connection = context.connection().await?;
        let tx = connection.begin(tenant).await?;
        content(&tx, version).await?
    };
    replace(context, because, (base, &was), &old).await
}
