//! `key`.

use anyhow::{Context as _, bail};
use clap::Subcommand;
use innerwall_auth::{Secret, SecretKind};
use innerwall_event::{TenantId, Timestamp};
use innerwall_storage::admin;

use super::tenant::generate;
use crate::context::Context;
use crate::output;

/// Events per second a key may send unless said otherwise.
pub(super) const EVENTS_PER_SECOND: i32 = 100_000;

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
            let tenant = context.tenant(&tenant).await?;
            if !admin::revoke_key(&context.connection().await?, tenant, &label).await? {
                bail!("there is no key {label} that could be revoked");
            }
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
    let connection = context.connection().await?;
    admin::add_key(&connection, tenant, label, &secret.digest(), events_per_second)
        .await
        .with_context(|| format!("key {label} could not be made"))?;
    Ok(secret)
}

async fn list(context: &Context, tenant: &str) -> anyhow::Result<()> {
    let tenant = context.tenant(tenant).await?;
    for key in admin::list_keys(&context.connection().await?, tenant).await? {
        let revoked = key.revoked_at.map_or_else(
            || "active".to_owned(),
            |at| format!("revoked {}", Timestamp::to_rfc3339(at)),
        );
        let (label, limit, made) = (key.label, key.events_per_second, key.created_at.to_rfc3339());
        output::line(&format!("{label}\t{limit}/s\tmade {made}\t{revoked}"))?;
    }
    Ok(())
}
