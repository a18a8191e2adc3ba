//! The numbers, as people read them.

use std::fmt::Write;

use super::Reading;

/// Renders the report as text.
pub(super) fn render(reading: &Reading) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let written = write_all(reading, &mut text);
    debug_assert!(written.is_ok());
    text
}

fn write_all(reading: &Reading, out: &mut String) -> std::fmt::Result {
    let (filled, machine) = (&reading.filled, &reading.machine);
    writeln!(
        out,
        "\nReading {} events of {} users in {} days, on {} cores of {}",
        reading.storage.events, filled.users, filled.days, machine.cores, machine.processor
    )?;
    writeln!(
        out,
        "{}; {} requests of each, one after the other; {:.0} bytes stored per event\n",
        reading.started_at, reading.requests, reading.storage.bytes_per_event
    )?;
    let columns = ["cold ms", "p50 ms", "p99 ms", "max ms"].map(|name| format!("{name:>9}"));
    writeln!(out, "{:<56} {}", "Route", columns.join(" "))?;
    reading.routes.iter().try_for_each(|route| writeln!(out, "{}", route.line()))?;
    writeln!(out, "\nExports")?;
    reading.exports.iter().try_for_each(|export| writeln!(out, "{}", export.line()))
}
