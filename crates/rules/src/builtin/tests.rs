use std::collections::{BTreeMap, BTreeSet};

use innerwall_features::Facts;

use super::reference_presets::REFERENCE;
use super::*;
use crate::lang::Read;
use crate::{Mode, Rule, RuleSet, RuleSetContent, Scope, Truth, WindowDef, pack_warnings};
use crate::{run_trials, window::WindowKind};

/// Presets that improve on one of the reference system, and those that replace all of it.
const OURS: [&str; 6] = [
    "bot_detection_plus",
    "dormant_account_plus",
    "high_risk_regions_plus",
    "insider_threat_plus",
    "none",
    "recommended",
];

fn rules() -> impl Iterator<Item = &'static Rule> {
    builtin_packs().iter().flat_map(|pack| &pack.rules)
}

fn preset(name: &str) -> &'static Preset {
    builtin_presets().iter().find(|preset| preset.name == name).unwrap()
}

/// The content in which nothing but a preset is chosen.
fn chosen(preset: &Preset) -> RuleSetContent {
    RuleSetContent { preset: Some(preset.name.clone()), ..RuleSetContent::default() }
}

fn windows_of(pack: &Pack, rule: &Rule) -> Vec<WindowDef> {
    let read = |window: &&WindowDef| rule.reads().contains(&Read::Window(window.name.clone()));
    pack.windows.iter().filter(read).cloned().collect()
}

#[test]
fn every_rule_passes_its_own_tests() {
    for pack in builtin_packs() {
        assert_eq!(run_trials(pack), [], "pack {}", pack.family);
        assert!(!pack.rules.is_empty());
    }
}

#[test]
fn no_rule_fires_while_nothing_is_known() {
    let nothing = Facts::default();
    for rule in rules() {
        assert_ne!(rule.condition.eval(&nothing), Truth::True, "{}", rule.id);
    }
}

#[test]
fn no_rule_earns_a_warning() {
    for pack in builtin_packs() {
        assert_eq!(pack_warnings(pack), [], "pack {}", pack.family);
    }
}

#[test]
fn all_ids_of_the_reference_system_are_there() {
    let families =
        [('A', 8), ('B', 26), ('C', 16), ('D', 13), ('E', 30), ('I', 13), ('P', 4), ('R', 3)];
    let ids: BTreeSet<String> = rules().map(|rule| rule.id.to_string()).collect();
    let mut found = 0;
    for (family, last) in families {
        for number in 1..=last {
            let id = format!("{family}{number:02}");
            // E18 was never given.
            assert_eq!(ids.contains(&id), id != "E18", "{id}");
            found += usize::from(ids.contains(&id));
        }
    }
    assert_eq!(found, 112);
}

#[test]
fn rules_across_users_know_the_techniques_they_look_for() {
    for rule in rules().filter(|rule| rule.id.as_str().starts_with(['V', 'T'])) {
        let is_known = |tag: &String| tag.starts_with("attack.t") || tag.starts_with("owasp.oat-");
        assert!(rule.tags.iter().any(is_known), "{}", rule.id);
    }
}

/// A rule of scope user is judged at every event; shared windows would have to be read for it.
#[test]
fn rules_about_a_user_read_windows_of_that_user_only() {
    for pack in builtin_packs() {
        for rule in pack.rules.iter().filter(|rule| rule.scope == Scope::User) {
            for window in windows_of(pack, rule) {
                assert!(window.is_private, "{} reads {}", rule.id, window.name);
            }
        }
    }
}

/// A shared window costs a read and a write for each event that it looks at.
#[test]
fn shared_windows_look_at_few_events() {
    for window in builtin_packs().iter().flat_map(|pack| &pack.windows) {
        let by_coupon = window.by.iter().any(|key| key.to_string() == "custom.coupon");
        let by_tool = window.by.iter().any(|key| key.to_string() == "user_agent");
        let types = window.event_types();
        let looks_at_pages = types.as_ref().is_none_or(|types| types.contains("page_view"));
        assert!(
            window.is_private || !looks_at_pages || by_coupon || by_tool,
            "{} looks at {types:?}",
            window.name
        );
    }
}

#[test]
fn windows_of_the_same_name_are_the_same_in_all_packs() {
    let mut known: BTreeMap<&str, (u64, &str)> = BTreeMap::new();
    let mut shared = 0;
    for pack in builtin_packs() {
        for window in &pack.windows {
            let (identity, family) =
                *known.entry(&window.name).or_insert((window.identity, &pack.family));
            assert_eq!(identity, window.identity, "{}: {family}, {}", window.name, pack.family);
            shared += usize::from(family != pack.family);
        }
    }
    assert!(shared > 5, "takeover and velocity share their windows");
}

#[test]
fn windows_of_users_in_percent_come_with_a_number_of_users() {
    for pack in builtin_packs() {
        for rule in &pack.rules {
            let windows = windows_of(pack, rule);
            let has = |is: fn(&WindowKind) -> bool| windows.iter().any(|window| is(&window.kind));
            let has_share = has(|kind| matches!(kind, WindowKind::Ratio(_)));
            let has_users = has(|kind| matches!(kind, WindowKind::Distinct(_)));
            assert!(!has_share || has_users, "{}: one failure of one is 100 %", rule.id);
        }
    }
}

#[test]
fn every_preset_names_rules_that_exist() {
    for preset in builtin_presets() {
        let set = RuleSet::new(1, builtin_packs(), &preset.weights);
        assert!(set.is_ok(), "{}: {:?}", preset.name, set.err());
        let set = RuleSet::build(1, &chosen(preset)).unwrap();
        assert!(set.rules().iter().all(|rule| rule.mode == Mode::Live), "{}", preset.name);
    }
}

#[test]
fn presets_have_names_of_their_own_and_one_sentence_each() {
    let names: BTreeSet<&str> = builtin_presets().iter().map(|preset| &*preset.name).collect();
    assert_eq!(names.len(), builtin_presets().len());
    let expected: BTreeSet<&str> = REFERENCE.iter().map(|row| row.0).chain(OURS).collect();
    assert_eq!(names, expected);
    for preset in builtin_presets() {
        let sentence = preset.description.trim_end_matches('.');
        assert!(preset.description.ends_with('.') && !sentence.contains(". "), "{}", preset.name);
    }
}

#[test]
fn the_presets_of_the_reference_system_weigh_as_they_do_there() {
    for (name, count, classes) in REFERENCE {
        let of_class = |(ids, points): (&'static str, i64)| {
            ids.split_whitespace().map(move |id| (id.to_owned(), points))
        };
        let expected: BTreeMap<String, i64> =
            classes.into_iter().zip([-20, 10, 20, 70]).flat_map(of_class).collect();
        assert_eq!(preset(name).weights, expected, "{name}");
        assert_eq!(expected.len(), count, "{name}");
    }
}

#[test]
fn better_presets_differ_from_those_they_improve_on() {
    for name in OURS {
        if let Some(of_reference) = name.strip_suffix("_plus") {
            assert_ne!(preset(name).weights, preset(of_reference).weights, "{name}");
        }
    }
}

/// What ordinary people do, alone or together, must not bring them to review.
#[test]
fn the_recommended_preset_does_not_weigh_habits() {
    let weights = &preset("recommended").weights;
    let habits = ["B02", "B08", "B09", "B10", "B11", "B12", "B19", "B21", "B22", "B23", "B24"];
    for id in habits.into_iter().chain(["B25", "B26", "D02", "D06", "D07", "D08", "I04", "I09"]) {
        assert_eq!(weights.get(id), None, "{id}");
    }
    // Points that speak for a user would hide a takeover of the same user.
    assert!(weights.values().all(|points| *points > 0));
}

#[test]
fn the_text_of_a_rule_is_that_of_its_pack() {
    for rule in builtin_packs().iter().flat_map(|pack| &pack.rules) {
        let text = builtin_text(rule.id).unwrap();
        assert!(text.contains(&format!("id: {}\n", rule.id)), "{}", rule.id);
        assert!(text.starts_with(&format!("family: {}\n", rule.family)), "{}", rule.id);
    }
    assert_eq!(builtin_text(RuleId::parse("X01").unwrap()), None);
}
