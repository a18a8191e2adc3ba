//! The service as a whole: start, serve, stop.

use std::sync::Arc;

use actix_web::web::{self, Data};
use anyhow::Context;
use innerwall_broker::{Broker, Topology};
use innerwall_runtime::checks::{self, Check};
use innerwall_runtime::http::Http;
use innerwall_runtime::telemetry::Telemetry;
use innerwall_runtime::{Lifecycle, clock};
use innerwall_storage::{Database, DatabaseSettings, Plans};

use crate::app::App;
use crate::auth::Keys;
use crate::decide::Decisions;
use crate::delivery::Delivery;
use crate::grpc;
use crate::logbook::Logbook;
use crate::routes;
use crate::settings::Settings;
use crate::totals::Totals;

const CONNECTIONS_MAX: usize = 4;

/// Serves until a signal; gives whether everything ended in order.
pub async fn run(settings: Settings, telemetry: &Telemetry) -> anyhow::Result<bool> {
    let lifecycle = Lifecycle::new();
    let database = Database::new(&DatabaseSettings {
        url: settings.database_url.reveal().to_owned(),
        application: "innerwall-ingest",
        connections_max: CONNECTIONS_MAX,
        plans: Plans::LookUps,
    })?;
    let topology = Topology::new(&settings.queue_prefix);
    let broker = Arc::new(Broker::new(settings.amqp_url.reveal(), "innerwall-ingest", topology));
    let checks = vec![
        Check::new("database", &database, |database| async move { database.ping().await }),
        Check::new("broker", &broker, |broker| async move { broker.ping().await }),
    ];
    let readiness = checks::start(checks, &lifecycle);
    let totals = Arc::new(Totals::new(clock::fresh_id()));
    let delivery = Delivery::start(&broker, &totals, &lifecycle);
    let decisions = Decisions::start((&broker, &database), &totals, &lifecycle);
    let logbook = Arc::new(Logbook::default());
    let app = Data::new(App {
        database: database.clone(),
        keys: Keys::new(),
        delivery,
        decisions,
        logbook: Arc::clone(&logbook),
    });
    report_totals(&totals, &database, &lifecycle);
    write_logbook(logbook, &database, &lifecycle);
    let grpc_app = app.clone().into_inner();
    let (listen, threads) = (settings.listen.as_str(), settings.threads);
    let http = Http { listen, threads, readiness: &readiness, telemetry, headers: &[] };
    http.serve(&lifecycle, move |config| {
        config.app_data(app.clone()).configure(routes::all);
        config.default_service(web::to(routes::not_found));
    })?;
    grpc::serve(&settings.grpc_listen, grpc_app, &lifecycle).await?;
    let ended_in_order = lifecycle.run().await;
    totals.report_all(&database).await.context("last report to the ledger")?;
    Ok(ended_in_order)
}

fn write_logbook(logbook: Arc<Logbook>, database: &Database, lifecycle: &Lifecycle) {
    let (database, stop) = (database.clone(), lifecycle.clone());
    let write = async move { logbook.write_until_stopped(&database, &stop).await };
    lifecycle.spawn("logbook", write);
}

fn report_totals(totals: &Arc<Totals>, database: &Database, lifecycle: &Lifecycle) {
    let (totals, database, stop) = (Arc::clone(totals), database.clone(), lifecycle.clone());
    lifecycle.spawn("totals", async move { totals.report_until_stopped(&database, &stop).await });
}
