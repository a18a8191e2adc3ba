//! An explanation as text.

use std::fmt::Write as _;

use innerwall_rules::{Mode, Scope};
use innerwall_scoring::{Explanation, Flip, RuleAnswer, Status};

/// Scores, then the rules by what became of them, then what would change the verdict.
pub(super) fn of(explanation: &Explanation) -> String {
    let mut text = scores(explanation);
    for (title, is_of) in [
        ("fired", is_fired as fn(&Status) -> bool),
        ("not evaluated", is_open),
        ("not fired", is_not_fired),
    ] {
        let answers = explanation.rules.iter().filter(|answer| is_of(&answer.status));
        let lines: Vec<String> = answers.map(line).collect();
        add(&mut text, &format!("\n{title} ({})", lines.len()));
        for line in &lines {
            add(&mut text, line);
        }
    }
    let idle = explanation.rules.iter().filter(|answer| is_idle(&answer.status)).count();
    add(&mut text, &format!("\n{idle} rules are off or about events of other types\n"));
    add(&mut text, &way_out(explanation));
    text.trim_end().to_owned()
}

fn add(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("writing to a text cannot fail");
}

fn scores(explanation: &Explanation) -> String {
    let Explanation { trust, risk, verdict, policy, reason, .. } = explanation;
    let verdict = verdict.name();
    let risk = risk.map(|risk| format!(", risk {risk}")).unwrap_or_default();
    format!("trust {trust}{risk}: {verdict} (policy {policy}: {reason})\n")
}

fn is_fired(status: &Status) -> bool {
    *status == Status::Fired
}

fn is_open(status: &Status) -> bool {
    matches!(status, Status::NotEvaluated(_) | Status::Skipped)
}

fn is_not_fired(status: &Status) -> bool {
    *status == Status::NotFired
}

fn is_idle(status: &Status) -> bool {
    matches!(status, Status::Off | Status::OtherType)
}

fn line(answer: &RuleAnswer) -> String {
    let mode = if answer.mode == Mode::Shadow { ", on trial" } else { "" };
    let scope = if answer.scope == Scope::Event { ", event" } else { "" };
    let rule = format!("  {} {} ({} points{scope}{mode})", answer.rule, answer.name, answer.points);
    let mut parts = vec![rule];
    parts.extend(answer.reason.as_ref().map(|reason| format!(": {reason}")));
    if let Status::NotEvaluated(lacks) = &answer.status {
        parts.push(format!(": {lacks}"));
    }
    parts.extend(answer.trust_without.map(|trust| format!("; trust without it {trust}")));
    if is_fired(&answer.status) {
        let values = answer.values.iter().map(|(name, value)| format!("{name} = {value}"));
        parts.push(format!("\n      {}", values.collect::<Vec<_>>().join(", ")));
    }
    if let Some(began) = &answer.began {
        let (time, event) = (began.event_time.to_rfc3339(), began.event_id);
        parts.push(format!("\n      since {time}, event {event}"));
    }
    parts.concat()
}

fn way_out(explanation: &Explanation) -> String {
    let flip = |flip: &Flip| {
        let verdict = flip.verdict.name();
        format!("  {}: {} -> {} ({verdict}, trust {})", flip.name, flip.from, flip.to, flip.trust)
    };
    if !explanation.flips.is_empty() {
        let flips: Vec<String> = explanation.flips.iter().map(flip).collect();
        return format!("one of these changes would flip the verdict:\n{}", flips.join("\n"));
    }
    if explanation.smallest.is_empty() {
        return "no single change would flip the verdict, nor the absence of a few rules"
            .to_owned();
    }
    let rules: Vec<String> = explanation.smallest.iter().map(ToString::to_string).collect();
    format!("the verdict would flip without {}", rules.join(", "))
}

#[cfg(test)]
mod tests {
    use innerwall_rules::{RuleId, Thresholds, Verdict};

    use super::*;

    #[test]
    fn people_read_what_fired_what_is_not_known_and_what_would_help() {
        let answer = |id: &str, status, reason: Option<&str>| RuleAnswer {
            rule: RuleId::parse(id).unwrap(),
            name: "Name".to_owned(),
            scope: Scope::User,
            mode: Mode::Live,
            points: 70,
            status,
            reason: reason.map(str::to_owned),
            values: vec![("user.countries".to_owned(), "NG".to_owned())],
            began: None,
            trust_without: reason.map(|_| 99),
        };
        let explanation = Explanation {
            trust: 7,
            risk: None,
            thresholds: Thresholds::default(),
            verdict: Verdict::Review,
            policy: "default".to_owned(),
            reason: "trust 7 is 33 or less".to_owned(),
            rules: vec![
                answer("A01", Status::Fired, Some("seen in NG")),
                answer("A02", Status::NotEvaluated("`x` is not known".to_owned()), None),
                answer("A03", Status::Off, None),
            ],
            flips: Vec::new(),
            smallest: vec![RuleId::parse("A01").unwrap()],
        };
        let text = of(&explanation);
        for expected in [
            "trust 7: review (policy default: trust 7 is 33 or less)",
            "fired (1)\n  A01 Name (70 points): seen in NG; trust without it 99\n      user.countries = NG",
            "not evaluated (1)\n  A02 Name (70 points): `x` is not known",
            "not fired (0)",
            "1 rules are off",
            "the verdict would flip without A01",
        ] {
            assert!(text.contains(expected), "{expected}\n\nis not in\n\n{text}");
        }
    }
}
