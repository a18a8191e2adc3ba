//! The service as a whole: start, serve, stop.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use innerwall_broker::{Broker, DECIDE_SHARDS, Publisher, Replies, SHARDS, Topology, depth};
use innerwall_enrich::Reloading;
use innerwall_runtime::Lifecycle;
use innerwall_runtime::checks::{self, Check};
use innerwall_runtime::http::Http;
use innerwall_runtime::telemetry::Telemetry;
use innerwall_storage::{Database, DatabaseSettings};
use quick_cache::sync::Cache;
use tokio::sync::Semaphore;

use crate::app::{App, Purpose};
use crate::fired::{self, Fired};
use crate::settings::Settings;
use crate::tally::Seen;
use crate::tenants::Tenants;
use crate::{data_files, dead, erase, fold, housekeeping, judgements, lane, rescore, retention};

/// Messages delivered ahead per shard: also what is in doubt when the process dies.
const PREFETCH: u16 = 48;
/// Weeks whose partitions are remembered.
const WEEKS_MAX: usize = 16;
/// Connections beside those of the transactions: parking, settings, housekeeping, folding, what runs
/// in the background.
const SPARE_CONNECTIONS: usize = 7;
/// Health and metrics are asked for seldom.
const HTTP_THREADS: usize = 1;

/// Scores until a signal; gives whether everything ended in order.
pub async fn run(settings: Settings, telemetry: &Telemetry) -> anyhow::Result<bool> {
    let lifecycle = Lifecycle::new();
    let database = Database::new(&DatabaseSettings {
        url: settings.database_url.reveal().to_owned(),
        application: "innerwall-scorer",
        connections_max: settings.transactions + settings.decide_transactions + SPARE_CONNECTIONS,
        looks_up_only: true,
        plans_anew: false,
    })?;
    let enricher = Reloading::load(settings.data_dir.as_deref().unwrap_or(Path::new("")))?;
    for set in
        enricher.current().data_sets().iter().filter(|set| !set.is_loaded && !set.is_optional)
    {
        tracing::warn!(path = %set.path.display(), "data file missing, its facts are unknown");
    }
    let topology = Topology::new(&settings.queue_prefix);
    let broker = Arc::new(Broker::new(settings.amqp_url.reveal(), "innerwall-scorer", topology));
    let checks = vec![
        Check::new("database", &database, |database| async move { database.ping().await }),
        Check::new("broker", &broker, |broker| async move { broker.ping().await }),
    ];
    let app = Arc::new(App {
        publisher: Publisher::new(Arc::clone(&broker)),
        replies: Replies::new(Arc::clone(&broker)),
        broker,
        database,
        enricher,
        tenants: Tenants::default(),
        seen: Seen::new(),
        fired: Fired::default(),
        partitions: Cache::new(WEEKS_MAX),
        readiness: checks::start(checks, &lifecycle),
        lifecycle: lifecycle.clone(),
        transactions: Semaphore::new(settings.transactions.max(1)),
        decide_transactions: Semaphore::new(settings.decide_transactions.max(1)),
    });
    let (listen, readiness) = (settings.listen.as_str(), &app.readiness);
    let http = Http { listen, threads: HTTP_THREADS, readiness, telemetry, headers: &[] };
    http.serve(&lifecycle, |_| {})?;
    lifecycle.spawn("housekeeping", housekeeping::run(Arc::clone(&app)));
    lifecycle.spawn("data files", data_files::watch(Arc::clone(&app)));
    lifecycle.spawn("scoring again", rescore::run(Arc::clone(&app)));
    lifecycle.spawn("folding", fold::run(Arc::clone(&app)));
    lifecycle.spawn("judging again", judgements::run(Arc::clone(&app)));
    lifecycle.spawn("rules fired", fired::run(Arc::clone(&app)));
    lifecycle.spawn("retention", retention::run(Arc::clone(&app)));
    lifecycle.spawn("erasing", erase::run(Arc::clone(&app)));
    lifecycle.spawn("lanes", lanes(Arc::clone(&app)));
    Ok(lifecycle.run().await)
}

/// Opens the suspect lane first and the others once it is empty: while an event that kills
/// scorers is being found, no other may be in flight.
async fn lanes(app: Arc<App>) {
    let suspect = app.broker.topology().suspect();
    let lane = |queue, prefetch, purpose| {
        lane::run(Arc::clone(&app), lane::Lane { queue, prefetch, purpose })
    };
    app.lifecycle.spawn("suspect lane", lane(suspect.clone(), 1, Purpose::Events));
    while !matches!(depth(&app.broker, &suspect).await, Ok(0)) {
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(200)) => {}
            () = app.lifecycle.stopping() => return,
        }
    }
    app.lifecycle.spawn("dead lane", dead::run(Arc::clone(&app)));
    for shard in 0..SHARDS {
        let queue = app.broker.topology().events(shard);
        app.lifecycle.spawn("shard lane", lane(queue, PREFETCH, Purpose::Events));
    }
    for shard in 0..DECIDE_SHARDS {
        let queue = app.broker.topology().decide(shard);
        app.lifecycle.spawn("decide lane", lane(queue, PREFETCH, Purpose::Decide));
    }
    app.lifecycle.stopping().await;
}
