//! The service as a whole: start, serve, stop.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web::{self, Data};
use actix_web::{App as HttpApp, HttpServer};
use anyhow::Context;
use innerwall_broker::{Broker, Topology};
use innerwall_runtime::health::{self, Readiness};
use innerwall_runtime::telemetry::Telemetry;
use innerwall_runtime::{Lifecycle, clock};
use innerwall_storage::{Database, DatabaseSettings};

use crate::app::App;
use crate::auth::Keys;
use crate::delivery::Delivery;
use crate::routes;
use crate::settings::Settings;
use crate::totals::Totals;

const CONNECTIONS_MAX: usize = 4;
/// Bounds how long a silent client may hold a socket before its headers are complete.
const HEADERS_MAX: Duration = Duration::from_secs(5);
const DRAIN_S: u64 = 20;
const CHECK_EVERY: Duration = Duration::from_secs(2);

/// Serves until a signal; gives whether everything ended in order.
pub async fn run(settings: Settings, telemetry: &Telemetry) -> anyhow::Result<bool> {
    let lifecycle = Lifecycle::new();
    let database = Database::new(&DatabaseSettings {
        url: settings.database_url.reveal().to_owned(),
        application: "innerwall-ingest",
        connections_max: CONNECTIONS_MAX,
        looks_up_only: true,
    })?;
    let topology = Topology::new(&settings.queue_prefix);
    let broker = Arc::new(Broker::new(settings.amqp_url.reveal(), "innerwall-ingest", topology));
    let readiness = Readiness::waiting_for(&["database", "broker"]);
    lifecycle.spawn(
        "checks",
        check(database.clone(), Arc::clone(&broker), readiness.clone(), lifecycle.clone()),
    );
    let totals = Arc::new(Totals::new(clock::fresh_id()));
    let delivery = Delivery::start(&broker, &totals, &lifecycle);
    let app = App { database: database.clone(), keys: Keys::new(), delivery };
    report_totals(&totals, &database, &lifecycle);
    serve(&settings, Data::new(app), &readiness, telemetry, &lifecycle)?;
    let ended_in_order = lifecycle.run().await;
    totals.report_all(&database).await.context("last report to the ledger")?;
    Ok(ended_in_order)
}

fn report_totals(totals: &Arc<Totals>, database: &Database, lifecycle: &Lifecycle) {
    let (totals, database, stop) = (Arc::clone(totals), database.clone(), lifecycle.clone());
    lifecycle.spawn("totals", async move { totals.report_until_stopped(&database, &stop).await });
}

fn serve(
    settings: &Settings,
    app: Data<App>,
    readiness: &Readiness,
    telemetry: &Telemetry,
    lifecycle: &Lifecycle,
) -> anyhow::Result<()> {
    let (readiness, metrics) = (readiness.clone(), telemetry.metrics.clone());
    let server = HttpServer::new(move || {
        HttpApp::new()
            .app_data(app.clone())
            .configure(health::routes(&readiness, &metrics))
            .configure(routes::all)
            .default_service(web::to(routes::not_found))
    })
    .workers(settings.threads)
    .client_request_timeout(HEADERS_MAX)
    .shutdown_timeout(DRAIN_S)
    .disable_signals()
    .bind(&settings.listen)
    .with_context(|| format!("cannot listen on {}, set INNERWALL_LISTEN", settings.listen))?;
    for address in server.addrs() {
        tracing::info!(address = %address, "listening");
    }
    innerwall_runtime::http::serve(server.run(), lifecycle);
    Ok(())
}

/// Keeps readiness true.
async fn check(
    database: Database,
    broker: Arc<Broker>,
    readiness: Readiness,
    lifecycle: Lifecycle,
) {
    while !lifecycle.is_stopping() {
        match broker.ping().await {
            Ok(()) => readiness.up("broker"),
            Err(error) => readiness.down("broker", &error),
        }
        match database.ping().await {
            Ok(()) => readiness.up("database"),
            Err(error) => readiness.down("database", &error),
        }
        tokio::select! {
            () = tokio::time::sleep(CHECK_EVERY) => {}
            () = lifecycle.stopping() => {}
        }
    }
    readiness.down("service", &"stopping");
}
