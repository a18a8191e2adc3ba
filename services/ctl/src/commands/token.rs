//! `token`.

use clap::Subcommand;
use innerwall_auth::{Permission, Role, Secret, SecretKind};
use innerwall_event::{TenantId, Timestamp};
use innerwall_runtime::clock;
use innerwall_storage::audit::{self, Note};
use innerwall_storage::tokens::{self, NewToken};

use super::key::ACTOR;
use super::tenant::generate;
use crate::context::Context;
use crate::output;

const DAY_S: i64 = 86_400;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a token. It is shown once.
    Create {
        #[arg(long)]
        tenant: String,
        /// What the token is for.
        #[arg(long)]
        label: String,
        /// What it may do, such as read or export; may be given more than once. All that an admin
        /// may, when it is not given.
        #[arg(long, value_parser = scope)]
        scope: Vec<String>,
        /// Good for so many days; for ever when it is not given.
        #[arg(long, value_parser = clap::value_parser!(i64).range(1..=3660))]
        days: Option<i64>,
    },
}

pub(crate) async fn run(context: &Context, command: Command) -> anyhow::Result<()> {
    let Command::Create { tenant, label, scope, days } = command;
    let tenant = context.tenant(&tenant).await?;
    let scopes = if scope.is_empty() { of_admin() } else { scope };
    output::line(create(context, tenant, (&label, &scopes), days).await?.reveal())
}

/// Makes a token and stores its digest.
pub(super) async fn create(
    context: &Context,
    tenant: TenantId,
    (label, scopes): (&str, &[String]),
    days: Option<i64>,
) -> anyhow::Result<Secret> {
    let secret = generate(SecretKind::ApiToken);
    let now = Timestamp::from_micros(clock::now_micros());
    let expires_at = days.map(|days| now.plus_seconds(days * DAY_S));
    let digest = secret.digest();
    let new = NewToken { digest: &digest, label, scopes, created_by: None, expires_at };
    let mut connection = context.connection().await?;
    let tx = connection.begin(tenant).await?;
    tokens::add(&tx, &new).await?;
    let detail = format!("{label}: {}", scopes.join(" "));
    audit::note(&tx, &Note { actor: ACTOR, action: "token.create", detail: &detail }).await?;
    tx.commit().await?;
    Ok(secret)
}

/// What a token may do unless said otherwise.
pub(super) fn of_admin() -> Vec<String> {
    Role::Admin.permissions().iter().map(|held| held.name().to_owned()).collect()
}

fn scope(text: &str) -> Result<String, String> {
    let known: Vec<&str> = Permission::ALL.iter().map(|permission| permission.name()).collect();
    let found = Permission::parse(text).map(|permission| permission.name().to_owned());
    found.ok_or_else(|| format!("known are {}", known.join(", ")))
}
