//! `replay`: score stored events again.

use std::collections::HashMap;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use innerwall_event::{TenantId, Timestamp};
use innerwall_rules::{RuleSet, builtin_packs};
use innerwall_scoring::{Account, Difference, Stored, compare};
use innerwall_storage::replay::{self, ReplayRange, ReplayUser};
use innerwall_storage::tenants;

use crate::context::Context;
use crate::output;

/// Users per page.
const PAGE: i64 = 500;
/// Differences printed; all are counted.
const PRINTED_MAX: usize = 100;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[arg(long)]
    tenant: String,
    /// Only this user.
    #[arg(long)]
    user: Option<String>,
    /// Only users active since this time (RFC 3339).
    #[arg(long)]
    from: Option<String>,
    /// Only users active before this time (RFC 3339).
    #[arg(long)]
    to: Option<String>,
}

#[derive(Default)]
struct Report {
    users: u64,
    events: u64,
    differences: u64,
    /// Users whose oldest events are gone: nothing can be said about them.
    cut: u64,
}

pub(crate) async fn run(context: &Context, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let tenant = context.tenant(&arguments.tenant).await?;
    let range = ReplayRange {
        user_id: arguments.user.clone(),
        from: time(arguments.from.as_deref(), i64::MIN / 4)?,
        to: time(arguments.to.as_deref(), i64::MAX / 4)?,
    };
    let mut report = Report::default();
    let mut rules = HashMap::new();
    let mut after = 0;
    loop {
        let mut connection = context.connection().await?;
        let tx = connection.begin(tenant).await?;
        let users = replay::users(&tx, &range, after, PAGE).await?;
        let Some(last) = users.last() else { break };
        after = last.user_no;
        for user in &users {
            let stored = replay::events(&tx, user).await?;
            check(context, tenant, user, stored, &mut rules, &mut report).await?;
        }
    }
    finish(&arguments, &report)
}

fn finish(arguments: &Arguments, report: &Report) -> anyhow::Result<ExitCode> {
    if let Some(user) = arguments.user.as_ref().filter(|_| report.users == 0) {
        bail!("there is no user {user}");
    }
    output::json(&serde_json::json!({
        "users": report.users,
        "events": report.events,
        "differences": report.differences,
        "users_with_cut_history": report.cut,
    }))?;
    Ok(if report.differences == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Times in far past and future are clamped to what the database can hold.
fn time(text: Option<&str>, open: i64) -> anyhow::Result<Timestamp> {
    let Some(text) = text else {
        return Ok(Timestamp::from_micros(
            open.clamp(0, 32_503_680_000_000_000),
        ));
    };
    Timestamp::parse_rfc3339(text).with_context(|| format!("{text} is not a time"))
}

async fn check(
    context: &Context,
    tenant: TenantId,
    user: &ReplayUser,
    stored: Vec<(i32, Stored)>,
    rules: &mut HashMap<i32, RuleSet>,
    report: &mut Report,
) -> anyhow::Result<()> {
    report.users += 1;
    report.events += stored.len() as u64;
    if stored.first().is_none_or(|(_, first)| first.sequence != 1) {
        report.cut += 1;
        return Ok(());
    }
    let mut account = Account::fresh();
    let mut differences = Vec::new();
    for (version, event) in stored {
        let rules = rules_of(context, tenant, version, rules).await?;
        differences.append(&mut compare(&mut account, &[event], rules));
    }
    if account != user.account {
        differences.push(Difference {
            event_id: uuid::Uuid::nil(),
            field: "account",
            stored: format!("{:?}", user.account),
            replayed: format!("{account:?}"),
        });
    }
    for difference in &differences {
        if report.differences < PRINTED_MAX as u64 {
            print(user, difference)?;
        }
        report.differences += 1;
    }
    Ok(())
}

async fn rules_of<'r>(
    context: &Context,
    tenant: TenantId,
    version: i32,
    known: &'r mut HashMap<i32, RuleSet>,
) -> anyhow::Result<&'r RuleSet> {
    if !known.contains_key(&version) {
        let weights = tenants::weights(&context.connection().await?, tenant, version).await?;
        known.insert(version, RuleSet::new(version, builtin_packs(), &weights)?);
    }
    known.get(&version).context("rule set was just added")
}

fn print(user: &ReplayUser, difference: &Difference) -> anyhow::Result<()> {
    let Difference {
        event_id,
        field,
        stored,
        replayed,
    } = difference;
    output::json(&serde_json::json!({
        "user_id": user.user_id, "event_id": event_id, "field": field,
        "stored": stored, "replayed": replayed,
    }))
}
