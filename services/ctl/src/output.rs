//! What the command line prints.

use std::io::Write;

use serde::Serialize;

/// Prints a line.
pub(crate) fn line(text: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{text}")?)
}

/// Prints a value as one line of JSON.
pub(crate) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    line(&serde_json::to_string(value)?)
}

/// Says what went wrong. When even that fails, the exit code is all that is left.
pub(crate) fn complain(text: &str) {
    let written = writeln!(std::io::stderr(), "innerwall-ctl: {text}");
    drop(written);
}
