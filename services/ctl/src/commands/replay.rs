//! `replay`: score stored events again.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use innerwall_event::{TenantId, Timestamp};
use innerwall_scoring::{Account, Difference, Replay, Rulebook, Stored};
use innerwall_storage::replay::{self, ReplayRange, ReplayUser};
use innerwall_storage::rescore::{self, RelistedAfter};
use innerwall_storage::rule_sets;

use crate::context::Context;
use crate::output;

/// Users per page.
const PAGE: i64 = 500;
/// Differences printed; all are counted.
const PRINTED_MAX: u64 = 100;
/// The years 1970 and 3000: what the database and RFC 3339 can both hold.
const OLDEST_US: i64 = 0;
const NEWEST_US: i64 = 32_503_680_000_000_000;

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
        from: time(arguments.from.as_deref(), OLDEST_US)?,
        to: time(arguments.to.as_deref(), NEWEST_US)?,
    };
    let mut replayer =
        Replayer { context, tenant, books: HashMap::new(), report: Report::default() };
    let mut after = 0;
    loop {
        let mut connection = context.connection().await?;
        // A user and the events behind it belong to one moment, also while events come in.
        let tx = connection.begin_snapshot(tenant).await?;
        let users = replay::users(&tx, &range, after, PAGE).await?;
        let Some(last) = users.last() else { break };
        after = last.user_no;
        for user in &users {
            let stored = replay::events(&tx, user).await?;
            let relisted = rescore::relisted(&tx, user.user_no).await?;
            replayer.check(user, stored, &relisted).await?;
        }
    }
    finish(&arguments, &replayer.report)
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
    Ok(if report.differences == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn time(text: Option<&str>, open_us: i64) -> anyhow::Result<Timestamp> {
    let Some(text) = text else { return Ok(Timestamp::from_micros(open_us)) };
    Timestamp::parse_rfc3339(text).with_context(|| format!("{text} is not a time"))
}

struct Replayer<'c> {
    context: &'c Context,
    tenant: TenantId,
    books: HashMap<i32, Rulebook>,
    report: Report,
}

impl Replayer<'_> {
    async fn check(
        &mut self,
        user: &ReplayUser,
        stored: Vec<(i32, Stored)>,
        relisted: &[RelistedAfter],
    ) -> anyhow::Result<()> {
        self.report.users += 1;
        self.report.events += stored.len() as u64;
        if stored.first().is_none_or(|(_, first)| first.sequence != 1) {
            self.report.cut += 1;
            return Ok(());
        }
        let mut replay = Replay::new();
        let mut differences = Vec::new();
        let last = stored.last().map(|(version, _)| *version);
        for (version, event) in stored {
            differences.append(&mut replay.compare(&event, self.book(version).await?));
            for change in relisted.iter().filter(|change| change.after_seq == event.sequence) {
                replay.relist(&change.relisted, self.book(change.rule_set).await?);
            }
        }
        if last.is_some_and(|last| last < user.rule_set) {
            replay.judge_again(self.book(user.rule_set).await?);
        }
        differences.extend(account_difference(&user.account, &replay.account));
        for difference in &differences {
            if self.report.differences < PRINTED_MAX {
                print(user, difference)?;
            }
            self.report.differences += 1;
        }
        Ok(())
    }

    /// The rule book of a version, loaded once.
    async fn book(&mut self, version: i32) -> anyhow::Result<&Rulebook> {
        let entry = match self.books.entry(version) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let mut connection = self.context.connection().await?;
                let tx = connection.begin(self.tenant).await?;
                place.insert(rule_sets::rulebook(&tx, version).await?)
            }
        };
        Ok(entry)
    }
}

/// The state and the rules that fire; a hit that a change of rules brought may name another event
/// as its cause.
fn account_difference(stored: &Account, replayed: &Account) -> Option<Difference> {
    let rules = |account: &Account| {
        let mut rules: Vec<String> =
            account.hits.iter().map(|hit| format!("{} {}", hit.rule, hit.points)).collect();
        rules.sort();
        rules
    };
    let is_same = stored.state == replayed.state && rules(stored) == rules(replayed);
    (!is_same).then(|| Difference {
        event_id: uuid::Uuid::nil(),
        field: "account",
        stored: format!("{stored:?}"),
        replayed: format!("{replayed:?}"),
    })
}

fn print(user: &ReplayUser, difference: &Difference) -> anyhow::Result<()> {
    let Difference { event_id, field, stored, replayed } = difference;
    output::json(&serde_json::json!({
        "user_id": user.user_id, "event_id": event_id, "field": field,
        "stored": stored, "replayed": replayed,
    }))
}
