//! The service as a whole: start, serve, stop.

use std::path::Path;
use std::sync::Arc;

use innerwall_broker::{Broker, Publisher, Replies, Topology};
use innerwall_enrich::Reloading;
use innerwall_runtime::Lifecycle;
use innerwall_runtime::checks::{self, Check};
use innerwall_runtime::http::Http;
use innerwall_runtime::telemetry::Telemetry;
use innerwall_storage::{Database, DatabaseSettings, Plans};
use quick_cache::sync::Cache;

use crate::app::App;
use crate::fired::{self, Fired};
use crate::settings::Settings;
use crate::tally::Seen;
use crate::tenants::Tenants;
use crate::{data_files, erase, fold, housekeeping, judgements, lanes, rescore, retention};

/// Weeks whose partitions are remembered.
const WEEKS_MAX: usize = 16;
/// Connections beside those of the transactions: suspects, parking, settings, housekeeping, folding,
/// what runs in the background.
const SPARE_CONNECTIONS: usize = 8;
/// Health and metrics are asked for seldom.
const HTTP_THREADS: usize = 1;

/// Scores until a signal; gives whether everything ended in order.
pub async fn run(settings: Settings, telemetry: &Telemetry) -> anyhow::Result<bool> {
    let lifecycle = Lifecycle::new();
    let database = Database::new(&DatabaseSettings {
        url: settings.database_url.reveal().to_owned(),
        application: "innerwall-scorer",
        connections_max: settings.transactions + settings.decide_transactions + SPARE_CONNECTIONS,
        plans: Plans::LookUps,
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
    let transactions = (settings.transactions, settings.decide_transactions);
    lifecycle.spawn("lanes", lanes::open(Arc::clone(&app), transactions));
    Ok(lifecycle.run().await)
}
