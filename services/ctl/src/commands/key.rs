//! `key`.

use anyhow::{Context as _, bail};
use clap::Subcommand;
use innerwall_auth::{Secret, SecretKind};
use innerwall_event::{TenantId, Timestamp};
use innerwall_storage::audit::{self, Note};
use innerwall_storage::keys;

use super::tenant::generate;
use crate::context::Context;
use crate::output;

/// Events per second a key may send unless said otherwise.
pub(super) const EVENTS_PER_SECOND: i32 = 100_000;

/// Keys that are looked through and shown.
const SHOWN_MAX: i64 = 10_000;
/// Who signs what is done here.
pub(super) const ACTOR: &str = "ctl";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a key. It is shown once.
    Create {
        #[arg(long)]
        tenant: String,
        /// What the key is for; names it from now on.
        #[arg(long)]
        label: String,
        /// Events per second and gateway, 1 to 1,000,000.
        #[arg(long, default_value_t = EVENTS_PER_SECOND, value_parser = clap::value_parser!(i32).range(1..=1_000_000))]
        events_per_second: i32,
    },
    /// Revoke a key. Gateways notice within ten seconds.
    Revoke {
        #[arg(long)]
        tenant: String,
        #[arg(long)]
        label: String,
    },
    /// List keys.
    List {
        #[arg(long)]
        tenant: String,
    },
}

pub(crate) async fn run(context: &Context, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Create { tenant, label, events_per_second } => {
            let tenant = context.tenant(&tenant).await?;
            let secret = create(context, tenant, &label, events_per_second).await?;
            output::line(secret.reveal())
        }
        Command::Revoke { tenant, label } => {
            revoke(context, context.tenant(&tenant).await?, &label).await?;
            output::line(&format!("key {label} is revoked"))
        }
        Command::List { tenant } => list(context, &tenant).await,
    }
}

/// Makes a key and stores its digest.
pub(super) async fn create(
    context: &Context,
    tenant: TenantId,
    label: &str,
    events_per_second: i32,
) -> anyhow::Result<Secret> {
    let secret = generate(SecretKind::ApiKey);
    let mut connection = context.connection().await?;
    let tx = connection.begin(tenant).await?;
    keys::add(&tx, label, &secret.digest(), events_per_second)
        .await
        .with_context(|| format!("key {label} could not be made"))?;
    audit::note(&tx, &Note { actor: ACTOR, action: "key.create", detail: label }).await?;
    tx.commit().await?;
    Ok(secret)
}

async fn revoke(context: &Context, tenant: TenantId, label: &str) -> anyhow::Result<()> {
    let mut connection = context.connection().await?;
    let tx = connection.begin(tenant).await?;
    let all = keys::list(&tx, SHOWN_MAX).await?;
    let found = all.iter().find(|key| key.label == label && key.revoked_at.is_none());
    let Some(key) = found else { bail!("there is no key {label} that could be revoked") };
    keys::revoke(&tx, key.id).await?;
    audit::note(&tx, &Note { actor: ACTOR, action: "key.revoke", detail: label }).await?;
    Ok(tx.commit().await?)
}

async fn list(context: &Context, tenant: &str) -> anyhow::Result<()> {
    let tenant = context.tenant(tenant).await?;
    let mut connection = context.connection().await?;
    let tx = connection.begin(tenant).await?;
    for key in keys::list(&tx, SHOWN_MAX).await? {
        let revoked = key.revoked_at.map_or_else(
            || "active".to_owned(),
            |at| format!("revoked {}", Timestamp::to_rfc3339(at)),
        );
        let (label, limit, made) = (key.label, key.events_per_second, key.created_at.to_rfc3339());
        output::line(&format!("{label}\t{limit}/s\tmade {made}\t{revoked}"))?;
    }
    Ok(())
}
