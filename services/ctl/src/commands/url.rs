//! `url`.

use anyhow::Context as _;
use innerwall_runtime::settings::Hidden;

use crate::context::Context;
use crate::output;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// ingest, scorer or query.
    #[arg(long, value_parser = ["ingest", "scorer", "query"])]
    role: String,
}

/// Prints the owner's address with the role's user and the password of `INNERWALL_ROLE_PASSWORD`.
pub(crate) fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<()> {
    let url = context.settings.database_url.reveal();
    let (scheme, rest) = url.split_once("://").context("INNERWALL_DATABASE_URL is not a URL")?;
    let place = rest.split_once('@').map_or(rest, |(_, place)| place);
    let password = context.settings.role_password.as_ref().map(Hidden::reveal);
    let password = password.map_or_else(String::new, |password| format!(":{password}"));
    output::line(&format!("{scheme}://innerwall_{}{password}@{place}", arguments.role))
}
