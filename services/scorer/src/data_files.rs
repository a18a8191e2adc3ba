//! New data files take the place of the old ones without a restart.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;

const LOOK_EVERY: Duration = Duration::from_secs(10);

/// Looks for new data files until the service stops. Loading takes a second or so of one core,
/// during which the old data answers.
pub(crate) async fn watch(app: Arc<App>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = app.lifecycle.stopping() => return,
        }
        let loader = Arc::clone(&app);
        let looked = tokio::task::spawn_blocking(move || loader.enricher.reload_if_changed()).await;
        match looked {
            Ok(Ok(true)) => tracing::info!("data files loaded anew"),
            Ok(Ok(false)) => {}
            Ok(Err(error)) => tracing::error!(%error, "data file not loaded, the old one goes on"),
            Err(error) => tracing::error!(%error, "loading of data files ended"),
        }
    }
}
