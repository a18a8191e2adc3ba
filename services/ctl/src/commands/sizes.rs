//! `sizes`.

use innerwall_storage::admin;

use crate::context::Context;
use crate::output;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<()> {
    let sizes = admin::sizes(&context.connection().await?).await?;
    if arguments.json {
        let tables: Vec<_> = sizes
            .tables
            .iter()
            .map(|(name, bytes)| serde_json::json!({"name": name, "bytes": bytes}))
            .collect();
        let total: i64 = sizes.tables.iter().map(|(_, bytes)| bytes).sum();
        return output::json(&serde_json::json!({
            "total_bytes": total, "events": sizes.events, "tables": tables,
        }));
    }
    for (name, bytes) in &sizes.tables {
        output::line(&format!("{bytes:>14} bytes  {name}"))?;
    }
    output::line(&format!("{:>14} events", sizes.events))
}
