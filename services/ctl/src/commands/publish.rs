//! Changing a tenant's rules from the command line: what `rules` and `lists` share.

use anyhow::{Context as _, bail};
use innerwall_event::TenantId;
use innerwall_rules::{RuleSet, RuleSetContent};
use innerwall_storage::publishing::{Publication, publish};
use innerwall_storage::{TenantTx, rule_sets, tenants};

use crate::context::Context;
use crate::output;

/// Who signs for changes by the command line.
pub(super) const AUTHOR: &str = "ctl";

/// A tenant and why its rules change.
#[derive(clap::Args)]
pub(crate) struct Because {
    #[arg(long)]
    pub(super) tenant: String,
    /// Why the rules change, for the history.
    #[arg(long)]
    pub(super) reason: String,
}

/// The content of a version that must be there.
pub(super) async fn content(tx: &TenantTx<'_>, version: i32) -> anyhow::Result<RuleSetContent> {
    let found = rule_sets::load(tx, version).await?;
    found.with_context(|| format!("there is no version {version}; see `rules history`"))
}

/// The version in use and its content.
pub(super) async fn current(
    context: &Context,
    tenant: TenantId,
) -> anyhow::Result<(i32, RuleSetContent)> {
    let mut connection = context.connection().await?;
    let tx = connection.begin(tenant).await?;
    let version = tenants::rule_set_version(&tx).await?;
    Ok((version, content(&tx, version).await?))
}

/// Publishes a content that was made from a version. Every fault is said when it does not
/// build, and every test of its packs that fails.
pub(super) async fn replace(
    context: &Context,
    because: &Because,
    (base, was): (i32, &RuleSetContent),
    new: &RuleSetContent,
) -> anyhow::Result<()> {
    if new == was {
        bail!("the rule set would stay as it is");
    }
    if let Err(error) = RuleSet::build(base + 1, new) {
        let faults: Vec<String> = error.0.iter().map(ToString::to_string).collect();
        bail!("the rule set does not build:\n{}", faults.join("\n"));
    }
    let failed: Vec<String> = RuleSet::failed_tests(new).iter().map(ToString::to_string).collect();
    if !failed.is_empty() {
        bail!("tests of the rule set fail:\n{}", failed.join("\n"));
    }
    let tenant = context.tenant(&because.tenant).await?;
    let mut connection = context.connection().await?;
    let tx = connection.begin(tenant).await?;
    let publication = Publication {
        base,
        content: new,
        author: AUTHOR,
        reason: &because.reason,
        action: "rule_set.publish",
    };
    let version = publish(&tx, &publication).await?;
    let version = version.with_context(|| format!("version {base} is not in use any more"))?;
    tx.commit().await?;
    output::line(&format!("version {version} is in use, everybody is judged again"))
}
