//! `migrate`.

use anyhow::Context as _;
use innerwall_runtime::settings::Hidden;
use innerwall_storage::migrate::migrate;

use crate::context::Context;
use crate::output;

pub(crate) async fn run(context: &Context) -> anyhow::Result<()> {
    let password = context.settings.role_password.as_ref().map(Hidden::reveal);
    let applied = migrate(context.settings.database_url.reveal(), password).await;
    let applied = applied.context("the schema could not be brought up to date")?;
    for name in &applied {
        output::line(&format!("applied {name}"))?;
    }
    if applied.is_empty() {
        output::line("schema is up to date")?;
    }
    Ok(())
}
