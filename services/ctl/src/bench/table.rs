//! The numbers, as people read them.

use std::fmt::Write;

use super::core::{Core, Scoring};
use super::cpu::OTHERS;
use super::report::{CpuShare, Decide, Report, Throughput};

const SUM: &str = "sum";

/// Renders the report as text.
pub(super) fn render(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let written = write_all(report, &mut text);
    debug_assert!(written.is_ok());
    text
}

fn write_all(report: &Report, out: &mut String) -> std::fmt::Result {
    let machine = &report.machine;
    let gib = machine.memory_mib / 1024;
    writeln!(out, "\nInnerwall on {} cores of {}, {gib} GiB", machine.cores, machine.processor)?;
    writeln!(
        out,
        "{}; {} s per run, median of {}; all on this machine, load included\n",
        report.started_at, report.seconds, report.repeats
    )?;
    write_throughput(report, out)?;
    write_rest(report, out)?;
    write_core(&report.core, out)?;
    write_cpu(report, out)?;
    report.notes.iter().try_for_each(|note| writeln!(out, "{note}"))
}

fn line(out: &mut String, what: &str, value: &str, unit: &str) -> std::fmt::Result {
    writeln!(out, "{what:<56} {value:>12} {unit}")
}

fn write_throughput(report: &Report, out: &mut String) -> std::fmt::Result {
    writeln!(out, "Accepted, scored and committed")?;
    let all = [&report.single, &report.batch, &report.batch_two_scorers, &report.batch_no_rules];
    for throughput in all {
        let span = span(throughput);
        line(out, &format!("  {}", throughput.title), &whole(throughput.events_per_s), &span)?;
    }
    let ratio = format!("{:.2}", report.two_scorers_ratio);
    line(out, "  two scorers by one", &ratio, "times")?;
    let ratio = format!("{:.2}", report.rules_ratio);
    line(out, "  all rules and windows by none", &ratio, "times")?;
    for (what, throughput) in [("one event", &report.single), ("100 events", &report.batch)] {
        let Some(run) = throughput.median() else {
            continue;
        };
        let answer = format!("{:.1} / {:.1}", run.request_ms_p50, run.request_ms_p99);
        line(out, &format!("  answer to a request of {what}, p50 / p99"), &answer, "ms")?;
    }
    Ok(())
}

fn write_rest(report: &Report, out: &mut String) -> std::fmt::Result {
    let visible = &report.visible;
    let what = format!("\nSent until visible at {:.0} events/s, p50", visible.accepted_per_s);
    line(out, &what, &format!("{:.1}", visible.ms_p50), "ms")?;
    let samples = format!("ms ({} samples)", visible.samples);
    line(out, "  p99", &format!("{:.1}", visible.ms_p99), &samples)?;
    writeln!(out, "{}", of_decide(&report.decide))?;
    let stored = format!("bytes ({} events)", report.storage.events);
    let bytes = format!("{:.0}", report.storage.bytes_per_event);
    line(out, "Stored per event, all tables and indexes", &bytes, &stored)?;
    for peak in &report.memory {
        let what = format!("Peak memory of {}", peak.service);
        line(out, &what, &(peak.peak_kib / 1024).to_string(), "MiB")?;
    }
    writeln!(out, "\nLimits of the servers alone, same data")?;
    let raw = &report.raw;
    let mib = format!("events/s ({:.0} MiB/s)", raw.confirmed_mib_per_s);
    line(out, "  RabbitMQ, batches of 256 confirmed", &whole(raw.confirmed_events_per_s), &mib)?;
    line(out, "  PostgreSQL, event rows inserted", &whole(raw.inserted_rows_per_s), "rows/s")
}

/// How long producers wait for verdicts.
pub(super) fn of_decide(decide: &Decide) -> String {
    let Decide { beside_per_s, samples, pending, ms_p50, ms_p99, ms_max } = decide;
    let what = format!("Verdict at 200/s beside {beside_per_s:.0} events/s, p50 / p99");
    let value = format!("{ms_p50:.1} / {ms_p99:.1}");
    format!("{what:<56} {value:>12} ms ({samples} samples, {pending} late, max {ms_max:.0})")
}

fn write_core(core: &Core, out: &mut String) -> std::fmt::Result {
    if let Some(scoring) = &core.scoring {
        let Scoring { rules, windows, .. } = scoring;
        let what = format!("\n{rules} rules and {windows} windows on one event, one core");
        let allocated = format!(
            "us ({:.0} allocations, {:.0} bytes)",
            scoring.allocations_per_event, scoring.bytes_per_event
        );
        line(out, &what, &format!("{:.1}", scoring.us_per_event), &allocated)?;
        line(out, "  explaining a user", &format!("{:.0}", scoring.explain_us), "us")?;
    }
    if let Some(enrichment) = &core.enrichment {
        let cold = format!("{:.1}", enrichment.us_per_event_cold);
        line(out, "Enriching one event, everything new", &cold, "us")?;
        let cached = format!("{:.2}", enrichment.us_per_event_cached);
        line(out, "  everything seen before", &cached, "us")?;
    }
    Ok(())
}

fn write_cpu(report: &Report, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\nCPU time per event in us, by process")?;
    let of = |throughput: &'_ Throughput| throughput.median().map(|run| run.cpu.clone());
    let rows = [
        ("single-event requests", of(&report.single)),
        ("batches, 1 scorer", of(&report.batch)),
        ("batches, 2 scorers", of(&report.batch_two_scorers)),
        ("single-event requests at half rate", Some(report.visible.cpu.clone())),
    ];
    let parts = report.visible.cpu.iter().map(|share| share.part).filter(|part| *part != OTHERS);
    let names: Vec<&str> = parts.chain([SUM, OTHERS]).collect();
    writeln!(out, "{:<36}{}", "", columns(names.iter().map(|name| (*name).to_owned())))?;
    for (what, cpu) in rows {
        let cpu = cpu.unwrap_or_default();
        let value = |name: &&str| format!("{:.1}", us_per_event(&cpu, name));
        writeln!(out, "  {what:<34}{}", columns(names.iter().map(value)))?;
    }
    Ok(())
}

fn us_per_event(cpu: &[CpuShare], part: &str) -> f64 {
    let counts = |share: &&CpuShare| match part {
        SUM => share.part != OTHERS,
        part => share.part == part,
    };
    cpu.iter().filter(counts).map(|share| share.us_per_event).sum()
}

fn columns(values: impl Iterator<Item = String>) -> String {
    values.fold(String::new(), |line, value| line + &format!("{value:>10}"))
}

fn span(throughput: &Throughput) -> String {
    let rate = |run: Option<&super::report::Run>| run.map_or(0.0, |run| run.events_per_s);
    let (lowest, highest) = (throughput.runs.first(), throughput.runs.last());
    format!("events/s ({} to {})", whole(rate(lowest)), whole(rate(highest)))
}

/// A whole number with its thousands set apart.
fn whole(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len() - index;
        if index > 0 && left % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (value, text) in [(0.4, "0"), (999.6, "1,000"), (1234.0, "1,234"), (1e6, "1,000,000")] {
            assert_eq!(whole(value), text);
        }
    }
}
