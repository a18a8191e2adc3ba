//! `token`.

use clap::Subcommand;
use innerwall_auth::{Secret, SecretKind};
use innerwall_event::TenantId;
use innerwall_storage::admin;

use super::tenant::generate;
use crate::context::Context;
use crate::output;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a token. It is shown once.
    Create {
        #[arg(long)]
        tenant: String,
        /// What the token is for.
        #[arg(long)]
        label: String,
    },
}

pub(crate) async fn run(context: &Context, command: Command) -> anyhow::Result<()> {
    let Command::Create { tenant, label } = command;
    let tenant = context.tenant(&tenant).await?;
    output::line(create(context, tenant, &label).await?.reveal())
}

/// Makes a token and stores its digest.
pub(super) async fn create(
    context: &Context,
    tenant: TenantId,
    label: &str,
) -> anyhow::Result<Secret> {
    let secret = generate(SecretKind::ApiToken);
    admin::add_token(&context.connection().await?, tenant, label, &secret.digest()).await?;
    Ok(secret)
}
