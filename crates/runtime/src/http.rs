//! The HTTP server of a service: the same limits, health routes and orderly end for each.

use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::DefaultHeaders;
use actix_web::web::ServiceConfig;
use actix_web::{App, HttpServer};
use anyhow::Context;

use crate::health::{self, Readiness};
use crate::lifecycle::Lifecycle;
use crate::telemetry::Telemetry;

/// Bounds how long a silent client may hold a socket before its headers are complete.
const HEADERS_MAX: Duration = Duration::from_secs(5);
/// How long requests under way may take after the signal.
const DRAIN_S: u64 = 20;
/// How long requests are still taken after the signal: time for load balancers to notice, and for
/// what is on its way to arrive.
const LINGER: Duration = Duration::from_millis(600);
/// Time for accepted connections to be read before the server looks only at those in use.
const SETTLE: Duration = Duration::from_millis(150);

/// Where a service answers HTTP, and what it answers beside its own routes.
pub struct Http<'s> {
    /// Host and port, from `INNERWALL_LISTEN`; port 0 takes a free one.
    pub listen: &'s str,
    pub threads: usize,
    pub readiness: &'s Readiness,
    pub telemetry: &'s Telemetry,
    /// Headers of every answer that does not set them itself.
    pub headers: &'static [(&'static str, &'static str)],
}

impl Http<'_> {
    /// Serves health, metrics and the given routes until the service stops, then finishes the
    /// requests under way.
    pub fn serve(
        &self,
        lifecycle: &Lifecycle,
        routes: impl Fn(&mut ServiceConfig) + Clone + Send + 'static,
    ) -> anyhow::Result<()> {
        let headers = self.headers;
        let (readiness, metrics) = (self.readiness.clone(), self.telemetry.metrics.clone());
        let server = HttpServer::new(move || {
            let added = DefaultHeaders::new();
            let added = headers.iter().fold(added, |all, header| all.add(*header));
            let app = App::new().wrap(added);
            app.configure(health::routes(&readiness, &metrics)).configure(|it| routes(it))
        })
        .workers(self.threads)
        .client_request_timeout(HEADERS_MAX)
        .shutdown_timeout(DRAIN_S)
        .disable_signals()
        .bind(self.listen)
        .with_context(|| format!("cannot listen on {}, set INNERWALL_LISTEN", self.listen))?;
        for address in server.addrs() {
            tracing::info!(address = %address, "listening");
        }
        run(server.run(), lifecycle);
        Ok(())
    }
}

fn run(server: Server, lifecycle: &Lifecycle) {
    let (handle, stop) = (server.handle(), lifecycle.clone());
    lifecycle.spawn("http stop", async move {
        stop.stopping().await;
        tokio::time::sleep(LINGER).await;
        handle.pause().await;
        tokio::time::sleep(SETTLE).await;
        handle.stop(true).await;
    });
    lifecycle.spawn("http", async move {
        if let Err(error) = server.await {
            tracing::error!(%error, "http server failed");
        }
    });
}
