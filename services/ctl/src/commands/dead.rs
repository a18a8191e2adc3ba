//! `dead`.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use clap::Subcommand;
use innerwall_broker::Publisher;
use innerwall_event::TenantId;
use innerwall_storage::{admin, parked};
use innerwall_wire::Batch;

use crate::context::Context;
use crate::output;

const CONFIRM_MAX: Duration = Duration::from_secs(5);
const ACTOR: &str = "ctl";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// List events that could not be scored, oldest first.
    List {
        /// Only those of one tenant.
        #[arg(long)]
        tenant: Option<String>,
        /// At most this many.
        #[arg(long, default_value_t = 100)]
        limit: i64,
    },
    /// Send parked events again. Sending one twice has one effect.
    Redrive {
        /// Numbers from the list.
        #[arg(required = true)]
        ids: Vec<i64>,
    },
}

pub(crate) async fn run(context: &Context, command: Command) -> anyhow::Result<()> {
    match command {
        Command::List { tenant, limit } => list(context, tenant.as_deref(), limit).await,
        Command::Redrive { ids } => {
            for id in ids {
                redrive(context, id).await?;
            }
            Ok(())
        }
    }
}

async fn list(context: &Context, tenant: Option<&str>, limit: i64) -> anyhow::Result<()> {
    let tenant = match tenant {
        Some(name) => Some(context.tenant(name).await?),
        None => None,
    };
    for row in parked::list(&context.connection().await?, tenant, limit).await? {
        output::json(&serde_json::json!({
            "id": row.id,
            "tenant_id": row.tenant,
            "event_id": row.event_id,
            "state": row.state,
            "reason": row.reason,
            "detail": row.detail,
            "attempts": row.attempts,
            "first_parked_at": row.first_parked_at.to_rfc3339(),
            "last_parked_at": row.last_parked_at.to_rfc3339(),
        }))?;
    }
    Ok(())
}

async fn redrive(context: &Context, id: i64) -> anyhow::Result<()> {
    let connection = context.connection().await?;
    let started = parked::start_redrive(&connection, id).await?;
    let (tenant, message) =
        started.with_context(|| format!("{id} is not parked; see `innerwall-ctl dead list`"))?;
    let Ok(batch) = Batch::decode(&message) else {
        bail!("{id} cannot be sent again: nobody can read its message");
    };
    let batch = Batch { redrive_of: Some(id), ..batch };
    let broker = Arc::new(context.broker()?);
    let queue = broker.topology().events(batch.shard);
    Publisher::new(broker).publish(&queue, &batch.encode(), None, CONFIRM_MAX).await?;
    admin::audit(&connection, tenant.map(TenantId), ACTOR, "dead.redrive", &id.to_string()).await?;
    output::line(&format!("{id} is on its way"))
}
