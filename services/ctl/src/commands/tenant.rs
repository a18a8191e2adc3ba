//! `tenant`.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use clap::Subcommand;
use innerwall_auth::{Secret, SecretKind, hash_password, password_problem};
use innerwall_event::TenantId;
use innerwall_rules::{Mode, Preset, RuleSetContent, builtin_packs, builtin_presets};
use innerwall_storage::admin::{self, NewTenant};
use serde::Serialize;

use super::{key, token};
use crate::context::Context;
use crate::output;

const FIRST_LABEL: &str = "first";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a tenant with an owner, an API key and an API token.
    Create(Create),
}

#[derive(clap::Args)]
pub(crate) struct Create {
    /// Name of the tenant.
    #[arg(long)]
    name: String,
    /// E-mail address the owner signs in with.
    #[arg(long)]
    operator_email: String,
    /// Password the owner signs in with, at least 8 characters.
    #[arg(long)]
    operator_password: String,
    #[command(flatten)]
    content: Content,
    /// Do nothing but set the owner's password when the tenant exists.
    #[arg(long)]
    if_missing: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// What a tenant starts with.
#[derive(clap::Args)]
pub(super) struct Content {
    /// Weights to start with.
    #[arg(long, default_value = "recommended")]
    preset: String,
    /// Whether rules act at the start, are only recorded (shadow), or do not run (off).
    #[arg(long, default_value = "live", value_parser = mode)]
    rules: Mode,
    /// IANA time zone in which the night of users is measured.
    #[arg(long, default_value = "UTC")]
    time_zone: String,
}

#[derive(Serialize)]
struct Created {
    tenant_id: i32,
    operator_email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_token: Option<String>,
}

pub(crate) async fn run(context: &Context, command: Command) -> anyhow::Result<()> {
    let Command::Create(create) = command;
    let created = create_tenant(context, &create).await?;
    if create.json {
        return output::json(&created);
    }
    output::line(&format!("tenant {} has number {}", create.name, created.tenant_id))?;
    output::line(&format!("owner: {}", created.operator_email))?;
    for (what, secret) in [("API key", &created.api_key), ("API token", &created.api_token)] {
        if let Some(secret) = secret {
            output::line(&format!("{what} (shown once): {secret}"))?;
        }
    }
    Ok(())
}

async fn create_tenant(context: &Context, create: &Create) -> anyhow::Result<Created> {
    let context_words = [create.operator_email.as_str(), create.name.as_str()];
    if let Some(problem) = password_problem(&create.operator_password, &context_words) {
        bail!("{problem}");
    }
    let known = admin::find_tenant(&context.connection().await?, &create.name).await?;
    let (tenant, api_key, api_token) = match known {
        Some(_) if !create.if_missing => bail!("there is a tenant {} already", create.name),
        Some(tenant) => (tenant, None, None),
        None => {
            let tenant = add(context, &create.name, &create.content).await?;
            let events_per_second = key::EVENTS_PER_SECOND;
            let api_key = key::create(context, tenant, FIRST_LABEL, events_per_second).await?;
            let api_token =
                token::create(context, tenant, (FIRST_LABEL, &token::of_admin()), None).await?;
            (tenant, Some(reveal(&api_key)), Some(reveal(&api_token)))
        }
    };
    let password = create.operator_password.clone();
    let hash = tokio::task::spawn_blocking(move || hash_password(&password)).await??;
    let email = create.operator_email.trim().to_lowercase();
    admin::set_operator(&context.connection().await?, tenant, &email, &hash).await?;
    Ok(Created { tenant_id: tenant.0, operator_email: email, api_key, api_token })
}

/// Makes a tenant with its first rule set.
pub(super) async fn add(
    context: &Context,
    name: &str,
    start: &Content,
) -> anyhow::Result<TenantId> {
    let preset = preset(&start.preset)?;
    innerwall_runtime::clock::utc_offset_s(&start.time_zone, 0)
        .with_context(|| format!("there is no time zone {}", start.time_zone))?;
    let new = NewTenant {
        name,
        time_zone: &start.time_zone,
        content: serde_json::to_value(content(preset, start.rules))?,
        reason: &format!("preset {}", preset.name),
    };
    Ok(admin::add_tenant(&mut context.connection().await?, &new).await?)
}

/// The built-in rules with the weights of a preset, all in one mode.
fn content(preset: &Preset, mode: Mode) -> RuleSetContent {
    let rules = builtin_packs().iter().flat_map(|pack| &pack.rules);
    let modes = rules.map(|rule| (rule.id.to_string(), mode));
    RuleSetContent {
        preset: Some(preset.name.clone()),
        modes: if mode == Mode::Live { BTreeMap::new() } else { modes.collect() },
        ..RuleSetContent::default()
    }
}

fn mode(text: &str) -> Result<Mode, String> {
    serde_json::from_value(text.into()).map_err(|_| "known are live, shadow and off".to_owned())
}

fn preset(name: &str) -> anyhow::Result<&'static Preset> {
    let names: Vec<&str> = builtin_presets().iter().map(|preset| preset.name.as_str()).collect();
    builtin_presets()
        .iter()
        .find(|preset| preset.name == name)
        .with_context(|| format!("there is no preset {name}, known are {}", names.join(", ")))
}

fn reveal(secret: &Secret) -> String {
    secret.reveal().to_owned()
}

/// Makes a secret of a kind.
pub(super) fn generate(kind: SecretKind) -> Secret {
    Secret::generate(kind, &mut rand::rng())
}
