//! `setup-token` and `operator`: tickets, which let somebody set a password once.

use anyhow::{Context as _, bail};
use clap::Subcommand;
use innerwall_auth::{Role, Secret, SecretKind};
use innerwall_event::{TenantId, Timestamp};
use innerwall_runtime::clock;
use innerwall_storage::audit::{self, Note};
use innerwall_storage::tickets::{self, NewTicket};
use innerwall_storage::{TenantTx, admin, operators, second_factor};

use super::key::ACTOR;
use super::tenant::{self, Content, generate};
use crate::context::Context;
use crate::output;

/// A set-up token is good for a day, a reset for an hour.
const SETUP_S: i64 = 86_400;
const RESET_S: i64 = 3_600;

/// Make a tenant that has no owner yet, and print the token with which the first owner signs up.
#[derive(clap::Args)]
pub(crate) struct Setup {
    /// Name of the tenant; made when there is none.
    #[arg(long)]
    tenant: String,
    #[command(flatten)]
    content: Content,
    /// Where the dashboard is, to print a whole link.
    #[arg(long, default_value = "")]
    dashboard_url: String,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Print a link with which an operator sets a new password once, within an hour.
    ResetPassword {
        #[arg(long)]
        email: String,
        /// Take the second factor away too: phone and recovery codes are lost.
        #[arg(long)]
        drop_second_factor: bool,
        /// Where the dashboard is, to print a whole link.
        #[arg(long, default_value = "")]
        dashboard_url: String,
    },
}

pub(crate) async fn setup(context: &Context, setup: Setup) -> anyhow::Result<()> {
    let known = admin::find_tenant(&context.connection().await?, &setup.tenant).await?;
    let tenant = match known {
        Some(tenant) => tenant,
        None => tenant::add(context, &setup.tenant, &setup.content).await?,
    };
    let mut connection = context.connection().await?;
    let tx = connection.begin(tenant).await?;
    if !operators::owners(&tx).await?.is_empty() {
        bail!("tenant {} has an owner, who may invite others", setup.tenant);
    }
    let secret = ticket(&tx, ("setup", Role::Owner.name(), SETUP_S), None).await?;
    note(&tx, "owner.setup_token", &setup.tenant).await?;
    tx.commit().await?;
    print(&setup.dashboard_url, &secret)
}

pub(crate) async fn run(context: &Context, command: Command) -> anyhow::Result<()> {
    let Command::ResetPassword { email, drop_second_factor, dashboard_url } = command;
    let email = email.trim().to_lowercase();
    let found = admin::find_operator(&context.connection().await?, &email).await?;
    let (operator, tenant): (i32, TenantId) =
        found.with_context(|| format!("there is no operator {email} who may sign in"))?;
    let mut connection = context.connection().await?;
    let tx = connection.begin(tenant).await?;
    let role = operators::one(&tx, operator).await?.map(|found| found.role).unwrap_or_default();
    if drop_second_factor {
        second_factor::remove(&tx, operator).await?;
        note(&tx, "second_factor.off", &email).await?;
    }
    let secret = ticket(&tx, ("reset", &role, RESET_S), Some((&email, operator))).await?;
    note(&tx, "password.reset_token", &email).await?;
    tx.commit().await?;
    print(&dashboard_url, &secret)
}

async fn ticket(
    tx: &TenantTx<'_>,
    (kind, role, lasts_s): (&str, &str, i64),
    of: Option<(&str, i32)>,
) -> anyhow::Result<Secret> {
    let secret = generate(SecretKind::Ticket);
    let new = NewTicket {
        digest: &secret.digest(),
        kind,
        email: of.map(|(email, _)| email),
        role,
        operator: of.map(|(_, operator)| operator),
        created_by: ACTOR,
        expires_at: Timestamp::from_micros(clock::now_micros()).plus_seconds(lasts_s),
    };
    tickets::add(tx, &new).await?;
    Ok(secret)
}

async fn note(tx: &TenantTx<'_>, action: &str, detail: &str) -> anyhow::Result<()> {
    Ok(audit::note(tx, &Note { actor: ACTOR, action, detail }).await?)
}

/// The ticket alone, or behind the `#` of a link, where no server sees it.
fn print(dashboard_url: &str, secret: &Secret) -> anyhow::Result<()> {
    let link = match dashboard_url.trim_end_matches('/') {
        "" => secret.reveal().to_owned(),
        url => format!("{url}/welcome#{}", secret.reveal()),
    };
    output::line(&link)
}
