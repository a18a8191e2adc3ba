//! Running an HTTP server within the life of a service.

use actix_web::dev::Server;

use crate::lifecycle::Lifecycle;

/// Serves until the service stops, then finishes the requests under way.
pub fn serve(server: Server, lifecycle: &Lifecycle) {
    let (handle, stop) = (server.handle(), lifecycle.clone());
    lifecycle.spawn("http stop", async move {
        stop.stopping().await;
        handle.stop(true).await;
    });
    lifecycle.spawn("http", async move {
        if let Err(error) = server.await {
            tracing::error!(%error, "http server failed");
        }
    });
}
