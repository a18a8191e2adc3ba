//! Filling a tenant.

use std::time::Instant;

use anyhow::Context;
use innerwall_event::{TenantId, Timestamp};
use innerwall_storage::bench::{self, Crowd};
use innerwall_storage::{Connection, Database, DatabaseSettings, Plans, admin, partitions};
use serde::Serialize;

use super::super::ctl::Ctl;
use super::super::progress;
use super::super::system::PRESET;
use super::super::throughput::LIVE;
use super::scenery::scenery;
use super::{DAY_S, ReadingOptions, SCENARIO};

/// Events are added in parts of this length, so that sorting them stays in memory.
const PART_DAYS: i64 = 7;

/// What is there to read.
#[derive(Debug, Serialize)]
pub(super) struct Filled {
    pub(super) tenant: String,

    pub(super) users: i64,
    pub(super) days: i64,
    /// How long it took; 0 where it was there before.
    pub(super) seconds: f64,
}

impl Filled {
    /// What is said to have been filled before.
    pub(super) fn before(tenant: &str, options: &ReadingOptions) -> Self {
        let ReadingOptions { users, days, .. } = *options;
        Self { tenant: tenant.to_owned(), users, days, seconds: 0.0 }
    }
}

/// Fills a new tenant.
pub(super) async fn fill(
    ctl: &Ctl,
    options: &ReadingOptions,
    now: Timestamp,
) -> anyhow::Result<Filled> {
    let began = Instant::now();
    let tenant = ctl.tenant(SCENARIO, (PRESET, LIVE)).await?;
    progress(&format!("filling {} with {} events", tenant.name, options.events))?;
    let mut connection = connect(ctl).await?;
    let id = number(&connection, &tenant.name).await?;
    let events = add(&mut connection, id, options, now).await?;
    progress(&format!("  {events} events; counting what users touched"))?;
    ctl.run(&["entities", "rebuild", "--tenant", &tenant.name]).await?;
    progress("  vacuum and analyze")?;
    bench::settle(&connection).await?;
    let filled = Filled {
        tenant: tenant.name,
        users: options.users,
        days: options.days,
        seconds: began.elapsed().as_secs_f64(),
    };
    progress(&format!("  {:.0} s", filled.seconds))?;
    Ok(filled)
}

async fn add(
    connection: &mut Connection,
    tenant: TenantId,
    options: &ReadingOptions,
    now: Timestamp,
) -> anyhow::Result<u64> {
    let scenery = scenery()?;
    let crowd = Crowd {
        events: options.events,
        users: options.users,
        before: bench::take_numbers(connection, options.users).await?,
        from: now.plus_seconds(-options.days * DAY_S),
        to: now,
    };
    let mut added = 0;
    for part in 0..=options.days / PART_DAYS {
        let from = crowd.from.plus_seconds(part * PART_DAYS * DAY_S);
        let to = from.plus_seconds(PART_DAYS * DAY_S);
        partitions::ensure(connection, from).await?;
        partitions::ensure(connection, to).await?;
        let tx = connection.begin(tenant).await?;
        added += bench::happen(&tx, &crowd, &scenery, (from, to)).await?;
        tx.commit().await?;
        progress(&format!("  {added} events"))?;
    }
    let tx = connection.begin(tenant).await?;
    bench::meet(&tx, &crowd, &scenery).await?;
    bench::touch(&tx, &scenery).await?;
    bench::decide(&tx, &scenery).await?;
    bench::note(&tx).await?;
    tx.commit().await?;
    Ok(added)
}

async fn number(connection: &Connection, name: &str) -> anyhow::Result<TenantId> {
    let found = admin::find_tenant(connection, name).await?;
    found.with_context(|| format!("there is no tenant {name}"))
}

async fn connect(ctl: &Ctl) -> anyhow::Result<Connection> {
    let database = Database::new(&DatabaseSettings {
        url: ctl.database_url().to_owned(),
        application: "innerwall-bench",
        connections_max: 1,
        plans: Plans::Anew,
    })?;
    Ok(database.connection().await?)
}
