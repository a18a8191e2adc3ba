//! Every word of the rule language, for editors that complete and explain.

use innerwall_event::EventKind;
use innerwall_features::{FactDef, POLICY_FAMILIES, SCHEMA};

use crate::builtin::BUILTIN_LISTS;
use crate::lang::{EVENT_FAMILIES, function_names, functions};
use crate::reference::type_name;
use crate::window::{WindowKey, WindowKind};

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    Fact,
    Function,
    Operator,
    EventType,
    List,
    WindowKind,
    WindowKey,
}

impl WordKind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Function => "function",
            Self::Operator => "operator",
            Self::EventType => "event_type",
            Self::List => "list",
            Self::WindowKind => "window_kind",
            Self::WindowKey => "window_key",
        }
    }
}

/// A word of the language.
#[derive(Clone, Debug)]
pub struct Word {
    pub kind: WordKind,
    pub name: String,
    /// How it is written.
    pub form: String,
    /// Type of what it gives; empty where it gives no value.
    pub gives: &'static str,
    /// Unit of a number; empty for other types.
    pub unit: &'static str,
    pub meaning: String,
    /// Where it may stand: `rule`, `policy`, `window`.
    pub places: &'static [&'static str],
}

const EVERYWHERE: &[&str] = &["rule", "policy", "window"];
const JUDGING: &[&str] = &["rule", "policy"];
const POLICIES: &[&str] = &["policy"];
const WINDOWS: &[&str] = &["window"];
const BOOL: &str = "bool";
const INT: &str = "int";

const OPERATORS: [(&str, &str, &str, &str); 16] = [
    ("&&", "a && b", BOOL, "both hold"),
    ("||", "a || b", BOOL, "one holds or both"),
    ("!", "!a", BOOL, "does not hold"),
    ("==", "a == b", BOOL, "equal"),
    ("!=", "a != b", BOOL, "not equal"),
    ("<", "a < b", BOOL, "less"),
    ("<=", "a <= b", BOOL, "less or equal"),
    (">", "a > b", BOOL, "greater"),
    (">=", "a >= b", BOOL, "greater or equal"),
    ("in", "a in [\"x\", \"y\"]", BOOL, "one of these"),
    ("+", "a + b", INT, "sum"),
    ("-", "a - b", INT, "difference"),
    ("*", "a * b", INT, "product"),
    ("/", "a / b", INT, "quotient, unknown by zero"),
    ("%", "a % b", INT, "remainder, unknown by zero"),
    ("?", "a ? b : c", "", "b where a holds, else c"),
];

/// Every word but the names that packs and rule sets give themselves.
pub fn words() -> Vec<Word> {
    let custom = Word {
        name: "custom.".to_owned(),
        form: "custom.<name>".to_owned(),
        ..word(WordKind::Fact, "", "text", "custom field of the event", EVERYWHERE)
    };
    let words = SCHEMA.iter().map(of_fact).chain([custom]);
    let words = words.chain(function_words()).chain(OPERATORS.map(of_operator));
    let words = words.chain(EventKind::named().map(|kind| of_event_type(kind.name())));
    let lists = BUILTIN_LISTS
        .map(|name| word(WordKind::List, name, "", "built-in list of texts", EVERYWHERE));
    words.chain(lists.map(quoted)).chain(window_words()).collect()
}

fn word(
    kind: WordKind,
    name: &str,
    gives: &'static str,
    meaning: &str,
    places: &'static [&'static str],
) -> Word {
    let (name, form) = (name.to_owned(), name.to_owned());
    Word { kind, name, form, gives, unit: "", meaning: meaning.to_owned(), places }
}

fn of_fact(def: &FactDef) -> Word {
    let family = def.fact.family();
    let places = match family {
        _ if POLICY_FAMILIES.contains(&family) => POLICIES,
        _ if EVENT_FAMILIES.contains(&family) => EVERYWHERE,
        _ => JUDGING,
    };
    let fact = word(WordKind::Fact, def.name, type_name(def.kind), def.meaning, places);
    Word { unit: def.unit, ..fact }
}

/// The meaning of a function begins with the type that it gives.
fn function_words() -> impl Iterator<Item = Word> {
    function_names().zip(functions()).map(|(name, (form, meaning))| {
        let (gives, meaning) = meaning.split_once(": ").unwrap_or(("", meaning));
        let function = word(WordKind::Function, name, gives, meaning, EVERYWHERE);
        Word { form: form.to_owned(), ..function }
    })
}

fn of_operator((sign, form, gives, meaning): (&str, &str, &'static str, &str)) -> Word {
    let operator = word(WordKind::Operator, sign, gives, meaning, EVERYWHERE);
    Word { form: form.to_owned(), ..operator }
}

fn of_event_type(name: &str) -> Word {
    quoted(word(WordKind::EventType, name, "text", "type of event", EVERYWHERE))
}

/// Stands in quotes.
fn quoted(word: Word) -> Word {
    Word { form: format!("\"{}\"", word.name), ..word }
}

fn window_words() -> impl Iterator<Item = Word> {
    let kinds = WindowKind::WORDS.into_iter().map(|(name, of, meaning)| {
        let kind = word(WordKind::WindowKind, name, INT, meaning, WINDOWS);
        Word { form: format!("{name}: <{of}>"), ..kind }
    });
    let keys = WindowKey::named();
    kinds.chain(keys.map(|(name, meaning)| word(WordKind::WindowKey, name, "", meaning, WINDOWS)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Condition;

    #[test]
    fn every_word_says_what_it_means_and_where_it_stands() {
        for word in words() {
            assert!(!word.meaning.is_empty() && !word.places.is_empty(), "{word:?}");
            let has_type =
                !matches!(word.kind, WordKind::List | WordKind::WindowKey | WordKind::Operator);
            assert!(!has_type || !word.gives.is_empty(), "{word:?}");
        }
    }

    #[test]
    fn every_operator_is_read() {
        for (sign, form, gives, _) in OPERATORS {
            let (a, b) = match gives {
                INT => ("user.event_count", "2"),
                _ if ["&&", "||", "!", "?"].contains(&sign) => ("device.is_bot", "device.is_bot"),
                _ if sign == "in" => ("event.type", ""),
                _ => ("user.event_count", "2"),
            };
            let text: String = form
                .split(' ')
                .map(|part| match part {
                    "a" => a,
                    "!a" => "!device.is_bot",
                    "b" | "c" => b,
                    other => other,
                })
                .collect::<Vec<_>>()
                .join(" ");
            let text = if gives == INT { format!("{text} > 1") } else { text };
            assert!(Condition::compile(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_a_rule_may_not_read_is_only_for_policies() {
        let places = |name: &str| {
            let found = words().into_iter().find(|word| word.name == name);
            found.map(|word| word.places).unwrap_or_default()
        };
        assert_eq!(places("event.type"), EVERYWHERE);
        assert_eq!(places("user.event_count"), JUDGING);
        assert_eq!(places("sets.intersects"), EVERYWHERE);
        assert_eq!(places("session"), WINDOWS);
    }
}
