//! `rules explain`.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use innerwall_rules::{Pack, Policy, Read, Rule, WindowDef};

use crate::output;

pub(super) fn run(_file: &Path, pack: &Pack) -> anyhow::Result<ExitCode> {
    for window in &pack.windows {
        window_lines(window)?;
    }
    for rule in &pack.rules {
        rule_lines(rule)?;
    }
    for policy in &pack.policies {
        policy_lines(policy)?;
    }
    let rules = pack.rules.iter().map(|rule| rule.condition.cost()).sum::<u32>();
    let windows = pack.windows.iter().map(WindowDef::cost).sum::<u32>();
    output::line(&format!("at most {rules} steps for the rules, {windows} for the windows"))?;
    Ok(ExitCode::SUCCESS)
}

fn window_lines(window: &WindowDef) -> anyhow::Result<()> {
    let keys: Vec<String> = window.by.iter().map(ToString::to_string).collect();
    let kept = if window.is_private { "private to a user" } else { "shared by users" };
    let (name, kind, over_s) = (&window.name, window.kind.word(), window.over_s);
    output::line(&format!("window {name}: {kind} by {} over {over_s} s", keys.join(", ")))?;
    output::line(&format!("  identity     {:016x}, {kept}", window.identity))?;
    output::line(&format!("  reads        {}", names(&window.reads())))?;
    output::line(&format!("  event types  {}", types(window.event_types())))?;
    output::line(&format!("  cost         at most {} steps", window.cost()))
}

fn rule_lines(rule: &Rule) -> anyhow::Result<()> {
    output::line(&format!("rule {}: {}", rule.id, rule.name))?;
    output::line(&format!("  judges       {}", rule.scope.name()))?;
    output::line(&format!("  reads        {}", names(&rule.reads())))?;
    if !rule.needs.is_empty() {
        output::line(&format!("  needs        {}", rule.needs.join(", ")))?;
    }
    output::line(&format!("  event types  {}", types(rule.condition.event_types())))?;
    output::line(&format!("  cost         at most {} steps", rule.condition.cost()))
}

fn policy_lines(policy: &Policy) -> anyhow::Result<()> {
    let for_types = match policy.event_types.as_slice() {
        [] => "any".to_owned(),
        named => named.join(", "),
    };
    output::line(&format!("policy {}: {}", policy.id, policy.name))?;
    output::line(&format!("  verdict      {}", policy.verdict.name()))?;
    output::line(&format!("  reads        {}", names(&policy.reads())))?;
    output::line(&format!("  event types  {for_types}"))?;
    output::line(&format!("  cost         at most {} steps", policy.condition.cost()))
}

fn names(reads: &[Read]) -> String {
    let name = |read: &Read| match read {
        Read::Fact(fact) => fact.def().name.to_owned(),
        Read::Window(name) => format!("window {name}"),
        Read::Custom(name) => format!("custom.{name}"),
        Read::List(name) => format!("list {name}"),
    };
    if reads.is_empty() {
        return "nothing".to_owned();
    }
    reads.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn types(types: Option<BTreeSet<String>>) -> String {
    match types {
        None => "any".to_owned(),
        Some(types) if types.is_empty() => "none".to_owned(),
        Some(types) => types.into_iter().collect::<Vec<_>>().join(", "),
    }
}
