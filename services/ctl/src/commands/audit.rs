//! `audit`.

use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;
use innerwall_auth::{AuditHash, chain_hash};
use innerwall_event::TenantId;
use innerwall_storage::{Connection, audit};

use crate::context::Context;
use crate::output;

/// Rows read at once.
const CHUNK: i64 = 5_000;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Check that no row of the audit log was changed, moved or taken out. Exit code 1 when one was.
    Verify {
        /// Only this tenant's chain; all chains when it is not given.
        #[arg(long)]
        tenant: Option<String>,
        /// The head that an earlier run has printed: it must be in the chain. Keep it elsewhere.
        #[arg(long, requires = "tenant")]
        head: Option<String>,
    },
}

/// What a chain was found to be.
struct Checked {
    rows: i64,
    head: AuditHash,
    has_expected: bool,
}

pub(crate) async fn run(context: &Context, command: Command) -> anyhow::Result<ExitCode> {
    let Command::Verify { tenant, head } = command;
    let connection = context.connection().await?;
    let chains = match tenant {
        Some(name) => vec![context.tenant(&name).await?.0],
        None => audit::chains(&connection).await?,
    };
    let mut code = ExitCode::SUCCESS;
    for chain in chains {
        match check(&connection, TenantId(chain), head.as_deref()).await {
            Ok(checked) => {
                let (rows, head) = (checked.rows, hex(&checked.head));
                output::line(&format!("chain {chain}: {rows} rows, head {head}"))?;
            }
            Err(error) => {
                output::complain(&format!("chain {chain}: {error}"));
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

async fn check(
    connection: &Connection,
    chain: TenantId,
    expected: Option<&str>,
) -> anyhow::Result<Checked> {
    let checked = walk(connection, chain, expected).await?;
    let outside = audit::outside(connection, chain).await?;
    if outside > 0 {
        bail!("{outside} rows are in no chain");
    }
    let (rows, head) = audit::head(connection, chain).await?.unwrap_or_default();
    if rows != checked.rows || head != checked.head {
        bail!("{} rows are there, but the last one was row {rows}", checked.rows);
    }
    if !checked.has_expected {
        bail!("the expected head is not in the chain: rows were taken out or made anew");
    }
    Ok(checked)
}

/// Computes every hash again, from the first row on.
async fn walk(
    connection: &Connection,
    chain: TenantId,
    expected: Option<&str>,
) -> anyhow::Result<Checked> {
    let mut checked = Checked { rows: 0, head: Vec::new(), has_expected: expected.is_none() };
    loop {
        let rows = audit::chain(connection, chain, checked.rows, CHUNK).await?;
        if rows.is_empty() {
            return Ok(checked);
        }
        for (entry, stored) in rows {
            if entry.seq != checked.rows + 1 {
                bail!("row {} is missing", checked.rows + 1);
            }
            let hash = chain_hash(&checked.head, &entry);
            if hash != stored {
                bail!("row {} is not what was written", entry.seq);
            }
            checked.has_expected |= expected.is_some_and(|head| head == hex(&hash));
            checked = Checked { rows: entry.seq, head: hash, ..checked };
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |four: u8| char::from_digit(four.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
