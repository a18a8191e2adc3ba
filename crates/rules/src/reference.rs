//! The reference part of the documents, generated from the code.

use std::fmt::Write as _;

use innerwall_features::{FactType, SCHEMA};

use crate::builtin::BUILTIN_LISTS;
use crate::lang::{COST_MAX, DEPTH_MAX, EVENT_STEPS_MAX, EXPRESSION_BYTES_MAX, NODES_MAX};
use crate::lang::{CUSTOM_NAME_BYTES_MAX, EVENT_FAMILIES, PATTERN_BYTES_MAX, functions};
use crate::pack::{
    PACK_BYTES_MAX, PATTERNS_MAX, POLICIES_MAX, POLICY_EVENT_TYPES_MAX, RULES_MAX, TAGS_MAX,
    TESTS_MAX, WINDOWS_MAX,
};
use crate::ruleset::{
    ENTRY_BYTES_MAX, LIST_ENTRIES_MAX, LISTS_MAX, PACKS_MAX, PRIVATE_WINDOWS_MAX, SET_COST_MAX,
    SET_EVENT_TYPES_MAX, SET_POLICIES_MAX, SET_RULES_MAX, SET_WINDOWS_MAX,
};
use crate::window::{KEYS_MAX, OVER_S_MAX, OVER_S_MIN, WindowKey, WindowKind, written};

/// Functions, windows, lists, limits and facts in Markdown.
pub fn reference() -> String {
    let functions = table(
        ["function", "gives"],
        functions().map(|(form, gives)| [code(form), gives.to_owned()]),
    );
    let kinds = WindowKind::WORDS
        .map(|(word, needs, gives)| [code(word), needs.to_owned(), gives.to_owned()]);
    let keys = WindowKey::named().map(|(name, meaning)| [code(name), meaning.to_owned()]);
    let custom = [code("custom.<name>"), "custom field of the event".to_owned()];
    let families = EVENT_FAMILIES.map(|family| format!("{family}.*")).join(", ");
    let lists = BUILTIN_LISTS.map(code).join(", ");
    let sections = [
        ("Functions", functions),
        ("Window kinds", table(["kind", "of", "gives"], kinds)),
        ("What windows may read", format!("{families}, custom.*\n")),
        ("Window keys", table(["key", "events are told apart by"], keys.chain([custom]))),
        ("Built-in lists", format!("{lists}. A rule set may define more.\n")),
        ("Limits", table(["limit", "value"], limits())),
        ("Facts", facts()),
    ];
    let text = sections.map(|(title, text)| format!("## {title}\n\n{text}"));
    text.join("\n")
}

fn facts() -> String {
    let row = |def: &innerwall_features::FactDef| {
        let unit = if def.unit.is_empty() { String::new() } else { format!(", {}", def.unit) };
        [code(def.name), format!("{}{unit}", type_name(def.kind)), def.meaning.to_owned()]
    };
    table(["fact", "type", "meaning"], SCHEMA.iter().map(row))
}

/// A type as the documents call it.
pub(crate) const fn type_name(kind: FactType) -> &'static str {
    match kind {
        FactType::Bool => "bool",
        FactType::Int => "int",
        FactType::Text => "text",
        FactType::Texts => "set of texts",
    }
}

fn limits() -> Vec<[String; 2]> {
    let row = |what: &str, value: usize| [what.to_owned(), thousands(value)];
    let (shortest, longest) = (written(OVER_S_MIN), written(OVER_S_MAX));
    vec![
        row("bytes of a pack", PACK_BYTES_MAX),
        row("rules of a pack", RULES_MAX),
        row("policies of a pack", POLICIES_MAX),
        row("event types of a policy", POLICY_EVENT_TYPES_MAX),
        row("windows of a pack", WINDOWS_MAX),
        row("regular expressions of a pack", PATTERNS_MAX),
        row("tests of a rule or policy", TESTS_MAX),
        row("tags of a rule", TAGS_MAX),
        row("bytes of an expression", EXPRESSION_BYTES_MAX),
        row("parts of an expression", NODES_MAX),
        row("levels of an expression", DEPTH_MAX),
        row("steps of an expression", COST_MAX as usize),
        row("bytes of a regular expression", PATTERN_BYTES_MAX),
        row("bytes of the name of a custom field", CUSTOM_NAME_BYTES_MAX),
        row("keys of a window", KEYS_MAX),
        ["duration of a window".to_owned(), format!("{shortest} to {longest}")],
        row("packs of a rule set", PACKS_MAX),
        row("rules of a rule set", SET_RULES_MAX),
        row("policies of a rule set", SET_POLICIES_MAX),
        row("windows of a rule set", SET_WINDOWS_MAX),
        row("windows by user or session of a rule set", PRIVATE_WINDOWS_MAX),
        row("steps of all rules, policies and windows of a rule set", SET_COST_MAX as usize),
        row("steps of one event", EVENT_STEPS_MAX as usize),
        row("event types that conditions of a rule set name", SET_EVENT_TYPES_MAX),
        row("lists of a rule set", LISTS_MAX),
        row("entries of a list", LIST_ENTRIES_MAX),
        row("bytes of an entry", ENTRY_BYTES_MAX),
    ]
}

fn thousands(value: usize) -> String {
    let digits = value.to_string();
    let mut written = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut table = String::new();
    let rule = head.map(|_| "---".to_owned());
    for row in [head.map(ToOwned::to_owned), rule].into_iter().chain(rows) {
        writeln!(table, "| {} |", row.join(" | ")).expect("writing to a text cannot fail");
    }
    table
}

#[cfg(test)]
mod tests {
    const MARK: &str = "<!-- reference: generated, see crates/rules/src/reference.rs -->\n";

    #[test]
    fn the_example_in_the_documents_is_a_pack_that_passes_its_tests() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rules.md");
        let text = std::fs::read_to_string(path).unwrap();
        let (_, rest) = text.split_once("```yaml\n").unwrap();
        let (example, _) = rest.split_once("```").unwrap();
        let pack = crate::read_pack(example).unwrap();
        assert_eq!(crate::run_trials(&pack), []);
        assert_eq!(crate::pack_warnings(&pack), []);
    }

    #[test]
    fn the_documents_hold_the_whole_reference() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rules.md");
        let committed = std::fs::read_to_string(path).unwrap();
        let (before, _) = committed.split_once(MARK).unwrap();
        let expected = format!("{before}{MARK}\n{}", super::reference());
        if committed != expected {
            std::fs::write(path, expected).unwrap();
            panic!("docs/rules.md was out of date and has been written anew");
        }
    }
}
