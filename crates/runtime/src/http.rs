//! Running an HTTP server within the life of a service.

use std::time::Duration;

use actix_web::dev::Server;

use crate::lifecycle::Lifecycle;

/// How long requests are still taken after the signal: time for load balancers to notice, and for
/// what is on its way to arrive.
const LINGER: Duration = Duration::from_millis(600);
/// Time for accepted connections to be read before the server looks only at those in use.
const SETTLE: Duration = Duration::from_millis(150);

/// Serves until the service stops, then finishes the requests under way.
pub fn serve(server: Server, lifecycle: &Lifecycle) {
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
