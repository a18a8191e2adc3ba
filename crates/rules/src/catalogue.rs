//! The built-in rules and presets in the documents, generated from the packs.

use std::fmt::Write as _;

use crate::builtin::{builtin_packs, builtin_presets};
use crate::pack::{Pack, Rule};

/// Every built-in rule and preset in Markdown.
pub fn catalogue() -> String {
    let packs: Vec<String> = builtin_packs().iter().map(of_pack).collect();
    format!("{}\n{}", packs.join("\n"), of_presets())
}

fn of_pack(pack: &Pack) -> String {
    let mut text = format!(
        "## {}\n\n| rule | name | scope | needs | why |\n| --- | --- | --- | --- | --- |\n",
        pack.family
    );
    for rule in &pack.rules {
        add(&mut text, &row(rule));
    }
    text
}

fn row(rule: &Rule) -> String {
    let Rule { id, name, explanation, .. } = rule;
    format!("| {id} | {name} | {} | {} | {explanation} |", rule.scope.name(), rule.needs.join(", "))
}

fn of_presets() -> String {
    let mut text =
        "## Presets\n\n| preset | rules that weigh | for |\n| --- | --- | --- |\n".to_owned();
    for preset in builtin_presets() {
        let (name, rules, about) = (&preset.name, preset.weights.len(), &preset.description);
        add(&mut text, &format!("| `{name}` | {rules} | {about} |"));
    }
    text
}

fn add(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("writing to a text cannot fail");
}

#[cfg(test)]
mod tests {
    const MARK: &str = "<!-- catalogue: generated, see crates/rules/src/catalogue.rs -->\n";

    #[test]
    fn the_documents_list_every_rule_and_preset() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rule-catalogue.md");
        let committed = std::fs::read_to_string(path).unwrap();
        let (before, _) = committed.split_once(MARK).unwrap();
        let expected = format!("{before}{MARK}\n{}", super::catalogue());
        if committed != expected {
            std::fs::write(path, expected).unwrap();
            panic!("docs/rule-catalogue.md was out of date and has been written anew");
        }
    }

    #[test]
    fn no_cell_breaks_its_table() {
        for line in super::catalogue().lines().filter(|line| line.starts_with("| ")) {
            assert!([4, 6].contains(&line.matches('|').count()), "{line}");
        }
    }
}
