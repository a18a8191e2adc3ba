//! The findings, as people read them.

use std::fmt::Write;

use serde::Serialize;

use super::findings::{Findings, KindRow, PatternRow, Reached, RuleCount};

/// Renders the findings as text.
pub(super) fn render(findings: &Findings) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let written = write_all(findings, &mut text);
    debug_assert!(written.is_ok());
    text
}

fn write_all(findings: &Findings, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\nDetection with the preset {}\n", findings.preset)?;
    write_patterns(findings, out)?;
    write_kinds(findings, out)?;
    if findings.missing_events > 0 {
        writeln!(out, "\n{} events are not shown by query", findings.missing_events)?;
    }
    Ok(())
}

fn write_patterns(findings: &Findings, out: &mut String) -> std::fmt::Result {
    writeln!(
        out,
        "{:<24}{:>10}{:>8}{:>10}{:>10}{:>12}{:>12}  rules",
        "Attacks", "detected", "rate", "median s", "nth event", "attackers", "victims"
    )?;
    for row in &findings.patterns {
        let PatternRow { attacks, detected, rate, seconds_median, events_median, .. } = row;
        writeln!(
            out,
            "  {:<22}{:>10}{:>8}{:>10}{:>10}{:>12}{:>12}  {}",
            name(&row.pattern),
            format!("{detected}/{attacks}"),
            percent(*rate),
            number(*seconds_median),
            number(*events_median),
            of(row.attackers),
            of(row.victims),
            rules(&row.rules)
        )?;
    }
    let Findings { attacks, detected, detected_rate, attackers, .. } = findings;
    let detected = format!("{detected}/{attacks}");
    let rate = percent(*detected_rate);
    let (accounts, accounts_rate) = (of(*attackers), percent(attackers.rate));
    writeln!(out, "  {:<22}{detected:>10}{rate:>8}", "all attacks")?;
    writeln!(out, "  {:<22}{accounts:>10}{accounts_rate:>8}", "attackers' accounts")
}

fn write_kinds(findings: &Findings, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n{:<24}{:>10}{:>8}  rules", "Honest users", "in review", "rate")?;
    for KindRow { kind, reached, rules: counts } in &findings.kinds {
        let (accounts, rate) = (of(*reached), percent(reached.rate));
        writeln!(out, "  {:<22}{accounts:>10}{rate:>8}  {}", name(kind), rules(counts))?;
    }
    let (accounts, rate) = (of(findings.normal), percent(findings.normal.rate));
    writeln!(out, "  {:<22}{accounts:>10}{rate:>8}", "all but bystanders")
}

/// As in the file, without the quotes.
fn name(value: &impl Serialize) -> String {
    let name = serde_json::to_value(value).unwrap_or_default();
    name.as_str().unwrap_or_default().to_owned()
}

fn of(reached: Reached) -> String {
    let Reached { accounts, in_review, .. } = reached;
    if accounts == 0 { "-".to_owned() } else { format!("{in_review}/{accounts}") }
}

fn percent(rate: f64) -> String {
    format!("{:.1} %", rate * 100.0)
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.1}"))
}

fn rules(counts: &[RuleCount]) -> String {
    let texts: Vec<String> =
        counts.iter().map(|count| format!("{} x{}", count.rule, count.times)).collect();
    texts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::findings::Life;
    use super::*;
    use crate::load::pattern::{Kind, Pattern};

    #[test]
    fn the_table_has_a_line_for_each_row() {
        let reached = |accounts, in_review| Reached { accounts, in_review, rate: 0.5 };
        let rules = vec![RuleCount { rule: "V01".to_owned(), times: 3 }];
        let pattern = PatternRow {
            pattern: Pattern::PasswordSpraying,
            attacks: 4,
            detected: 3,
            rate: 0.75,
            seconds_median: Some(61.25),
            events_median: Some(12.0),
            attackers: reached(0, 0),
            victims: reached(40, 2),
            rules: rules.clone(),
        };
        let kind = Life::Ordinary(Kind::OfficeNat);
        let findings = Findings {
            preset: "recommended".to_owned(),
            patterns: vec![pattern],
            kinds: vec![KindRow { kind, reached: reached(55, 1), rules }],
            attacks: 4,
            detected: 3,
            detected_rate: 0.75,
            attackers: reached(10, 5),
            normal: reached(55, 1),
            missing_events: 2,
        };
        let text = render(&findings);
        let lines: Vec<Vec<&str>> =
            text.lines().map(|line| line.split_whitespace().collect()).collect();
        let spraying =
            ["password_spraying", "3/4", "75.0", "%", "61.2", "12.0", "-", "2/40", "V01", "x3"];
        assert!(lines.iter().any(|line| line[..] == spraying), "{text}");
        assert!(lines.iter().any(|line| line.starts_with(&["office_nat", "1/55"])), "{text}");
        assert!(text.contains("2 events are not shown by query"));
    }
}
