//! Bringing the schema up to date.

use tokio_postgres::NoTls;

use crate::error::StorageError;

mod embedded {
    refinery::embed_migrations!("../../migrations");
}

/// Two migrators at once take turns.
const LOCK: &str = "SELECT pg_advisory_lock(hashtext('innerwall migrations'))";
const SET_ROLE_PASSWORD: &str = "SELECT set_config('innerwall.role_password', $1, false)";
const ALTER_ROLES: &str = "DO $$ BEGIN
    EXECUTE format('ALTER ROLE innerwall_ingest PASSWORD %L', current_setting('innerwall.role_password'));
    EXECUTE format('ALTER ROLE innerwall_scorer PASSWORD %L', current_setting('innerwall.role_password'));
    EXECUTE format('ALTER ROLE innerwall_query PASSWORD %L', current_setting('innerwall.role_password'));
END $$";

/// Applies what is missing and gives the names of the migrations applied. `url` must be the
/// owner's; `role_password` becomes the password of the three service roles.
pub async fn migrate(url: &str, role_password: Option<&str>) -> Result<Vec<String>, StorageError> {
    let (mut client, connection) = tokio_postgres::connect(url, NoTls).await?;
    let driver = async {
        if let Err(error) = connection.await {
            tracing::warn!(%error, "migration connection ended");
        }
        std::future::pending::<()>().await;
    };
    let work = async {
        client.execute(LOCK, &[]).await?;
        let report = embedded::migrations::runner().run_async(&mut client).await?;
        if let Some(password) = role_password {
            client.execute(SET_ROLE_PASSWORD, &[&password]).await?;
            client.execute(ALTER_ROLES, &[]).await?;
        }
        Ok(report.applied_migrations().iter().map(ToString::to_string).collect())
    };
    tokio::select! {
        () = driver => unreachable!("the driver never ends"),
        outcome = work => outcome,
    }
}
