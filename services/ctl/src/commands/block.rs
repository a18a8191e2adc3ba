//! `block`.

use anyhow::bail;
use clap::Subcommand;
use innerwall_storage::lists;

use crate::context::Context;
use crate::output;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Put a user, address, e-mail or phone on the blocklist.
    Add {
        #[arg(long)]
        tenant: String,
        /// user, address, email or phone.
        #[arg(long, value_parser = ["user", "address", "email", "phone"])]
        kind: String,
        #[arg(long)]
        reason: String,
        value: String,
    },
    /// Take a value off the blocklist.
    Remove {
        #[arg(long)]
        tenant: String,
        value: String,
    },
}

pub(crate) async fn run(context: &Context, command: Command) -> anyhow::Result<()> {
    let mut connection = context.connection().await?;
    match command {
        Command::Add { tenant, kind, reason, value } => {
            let tx = connection.begin(context.tenant(&tenant).await?).await?;
            lists::block(&tx, &kind, &value, &reason, "ctl").await?;
            tx.commit().await?;
            output::line(&format!("{value} is blocked"))
        }
        Command::Remove { tenant, value } => {
            let tx = connection.begin(context.tenant(&tenant).await?).await?;
            let was_blocked = lists::unblock(&tx, &value).await?;
            tx.commit().await?;
            if !was_blocked {
                bail!("{value} is not on the blocklist");
            }
            output::line(&format!("{value} is not blocked any more"))
        }
    }
}
