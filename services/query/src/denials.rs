//! Refusals on their way into the audit log. They are noted in the background, because whoever is
//! refused waits for nothing.

use std::sync::Arc;

use innerwall_event::TenantId;
use innerwall_storage::StorageError;
use innerwall_storage::audit::{self, Note};
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::app::App;

/// Refusals that may wait; more are counted in the log of the service only.
const WAITING_MAX: usize = 1_000;

/// Someone asked for what they may not do.
#[derive(Clone, Debug)]
pub(crate) struct Denial {
    pub(crate) tenant: TenantId,
    pub(crate) actor: String,
    pub(crate) client: String,
    pub(crate) detail: String,
}

/// Where refusals are handed in.
#[derive(Clone, Debug)]
pub(crate) struct Denials(Sender<Denial>);

impl Denials {
    /// The way in, and the way out for [`follow`].
    pub(crate) fn channel() -> (Self, Receiver<Denial>) {
        let (sender, receiver) = mpsc::channel(WAITING_MAX);
        (Self(sender), receiver)
    }

    pub(crate) fn add(&self, denial: Denial) {
        if let Err(error) = self.0.try_send(denial) {
            tracing::error!(%error, "a refusal is missing in the audit log");
        }
    }
}

/// Notes refusals until the service stops, and then those that wait.
pub(crate) async fn follow(app: Arc<App>, mut denials: Receiver<Denial>) {
    loop {
        let denial = tokio::select! {
            denial = denials.recv() => denial,
            () = app.lifecycle.stopping() => denials.try_recv().ok(),
        };
        let Some(denial) = denial else { return };
        if let Err(error) = note(&app, &denial).await {
            tracing::error!(%error, "a refusal is missing in the audit log");
        }
    }
}

async fn note(app: &App, denial: &Denial) -> Result<(), StorageError> {
    let Denial { tenant, actor, client, detail } = denial;
    let mut connection = app.connection().await?;
    let tx = connection.begin_for(*tenant, client).await?;
    audit::note(&tx, &Note { actor, action: "access.denied", detail }).await?;
    tx.commit().await
}
