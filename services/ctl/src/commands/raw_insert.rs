//! `raw-insert`: the limit of the database for event rows, with nothing around it.

use std::time::Instant;

use anyhow::Context as _;
use innerwall_event::{Draft, Receipt, Strictness, TenantId, Timestamp, accept};
use innerwall_features::{AddressFacts, Country, DeviceFacts, Surroundings};
use innerwall_rules::{RuleSet, RuleSetContent};
use innerwall_runtime::clock;
use innerwall_scoring::{Account, Rulebook, Shared, score};
use innerwall_storage::events::{ScoredEvent, insert};
use innerwall_storage::partitions;

use crate::context::Context;
use crate::output;

/// Rows per statement and transaction.
const ROWS: usize = 1_000;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[arg(long)]
    tenant: String,
    /// Rows to store.
    #[arg(long, default_value_t = 50_000)]
    events: usize,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<()> {
    let tenant = context.tenant(&arguments.tenant).await?;
    let mut connection = context.connection().await?;
    let now = Timestamp::from_micros(clock::now_micros());
    partitions::ensure(&connection, now).await?;
    let rounds = arguments.events.div_ceil(ROWS);
    let mut prepared = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        prepared.push(rows(tenant, now)?);
    }
    let started = Instant::now();
    for rows in &prepared {
        let tx = connection.begin(tenant).await?;
        insert(&tx, 1, rows).await?;
        tx.commit().await?;
    }
    let seconds = started.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate needs no more than 52 bits")]
    let rows_per_s = (rounds * ROWS) as f64 / seconds;
    if arguments.json {
        return output::json(&serde_json::json!({"rows_per_s": rows_per_s.round()}));
    }
    output::line(&format!("{rows_per_s:.0} rows/s"))
}

fn rows(tenant: TenantId, now: Timestamp) -> anyhow::Result<Vec<ScoredEvent>> {
    let rules = Rulebook::new(RuleSet::build(1, &RuleSetContent::default())?)?;
    (0..ROWS).map(|number| row(tenant, now, number, &rules)).collect()
}

fn row(
    tenant: TenantId,
    now: Timestamp,
    number: usize,
    rules: &Rulebook,
) -> anyhow::Result<ScoredEvent> {
    let draft = Draft {
        user_id: Some(format!("raw-{number}").into()),
        ip: Some(format!("81.2.{}.{}", number % 250, number % 199).into()),
        url: Some(format!("/product/{number}?from=search").into()),
        page_title: Some("A product".into()),
        referer: Some("https://shop.example/search?q=shoes".into()),
        language: Some("en-GB,en;q=0.9".into()),
        http_method: Some("GET".into()),
        http_code: Some("200".into()),
        ..Draft::default()
    };
    let receipt = Receipt { tenant, at: now, fresh_id: clock::fresh_id() };
    let event = accept(draft, receipt, Strictness::Refuse)?;
    let country = Country::parse("GB").context("GB is a country")?;
    let around = Surroundings {
        address: AddressFacts { country: country.number(), ..AddressFacts::default() },
        device: DeviceFacts { id: number as u64, ..DeviceFacts::default() },
        ..Surroundings::default()
    };
    let outcome = score(&mut Account::fresh(), &event, &around, rules, Shared::Stored);
    let user_no = i64::try_from(number)?;
    Ok(ScoredEvent { event, user_no, around, user_agent_id: Some(user_no), outcome })
}
