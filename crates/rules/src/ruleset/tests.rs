use innerwall_features::{Facts, Value};

use super::*;
use crate::lang::{Budget, CustomFields, Inputs, Nothing, Truth};
use crate::run_trials;

/// Two packs that count the same; the second one names it otherwise and adds a window.
const FIRST: &str = r#"
family: First
windows:
  failures: { count: event.type == "account_login_fail", by: address, over: 10m }
rules:
  - id: X01
    name: Failures
    explanation: Why.
    when: event.type == "account_login_fail" && failures >= 3
    scope: event
    reason: "{failures} failures, plan {custom.plan}"
    needs: [country]
    tests:
      - { name: yes, given: { event.type: account_login_fail, failures: 3 }, fires: true }
      - { name: no, given: { event.type: page_view, failures: 3 }, fires: false }
"#;
const SECOND: &str = r#"
family: Second
windows:
  spent: { sum: event.amount_micros, by: user, over: 1d }
  same: { count: event.type == 'account_login_fail', by: address, over: 600s }
rules:
  - id: X02
    name: Spending
    explanation: Why.
    when: spent > 5 || same > 9 || inList(custom.plan, "plans")
    reason: "{spent} spent"
    tests:
      - { name: yes, given: { spent: 6, same: 0, custom.plan: a }, fires: true }
      - { name: listed, given: { custom.plan: a, lists.plans: [a] }, fires: true }
      - { name: no, given: { spent: 1, same: 0, custom.plan: a, lists.plans: [b] }, fires: false }
"#;

/// Built-in rules that count or judge events are off, so that these packs are alone in it.
fn alone() -> BTreeMap<String, Mode> {
    let counting = crate::builtin_packs().iter().filter(|pack| !pack.windows.is_empty());
    counting.flat_map(|pack| &pack.rules).map(|rule| (rule.id.to_string(), Mode::Off)).collect()
}

fn content() -> RuleSetContent {
    let pack = |name: &str, text: &str| PackText { name: name.to_owned(), text: text.to_owned() };
    let entry = ListEntry { value: "gold".to_owned(), ..ListEntry::default() };
    RuleSetContent {
        packs: vec![pack("first", FIRST), pack("second", SECOND)],
        lists: BTreeMap::from([("plans".to_owned(), vec![entry])]),
        modes: alone(),
        ..RuleSetContent::default()
    }
}

fn faults(content: &RuleSetContent) -> Vec<String> {
    let error = RuleSet::build(1, content).unwrap_err();
    error.0.iter().map(ToString::to_string).collect()
}

#[test]
fn the_empty_content_is_the_built_in_set() {
    let content: RuleSetContent = serde_json::from_str("{}").unwrap();
    let set = RuleSet::build(7, &content).unwrap();
    let builtin = crate::builtin_packs().iter().map(|pack| pack.rules.len()).sum::<usize>();
    assert_eq!((set.version, set.rules().len()), (7, builtin));
    assert!(set.rules().iter().all(|known| known.points == 0 && known.mode == Mode::Live));
    assert_eq!(set.thresholds, Thresholds { review: 33, block: None });
    assert!(serde_json::from_str::<RuleSetContent>("{\"wieghts\": {}}").is_err());
}

#[test]
fn content_survives_json() {
    let text = serde_json::to_string(&content()).unwrap();
    assert_eq!(serde_json::from_str::<RuleSetContent>(&text).unwrap(), content());
}

#[test]
fn explicit_weights_win_over_the_preset() {
    let content = RuleSetContent {
        preset: Some("recommended".to_owned()),
        weights: BTreeMap::from([("A01".to_owned(), 10)]),
        modes: BTreeMap::from([("A02".to_owned(), Mode::Shadow)]),
        ..RuleSetContent::default()
    };
    let set = RuleSet::build(1, &content).unwrap();
    assert_eq!(set.rule("A01").unwrap().points, 10);
    assert_eq!(set.rule("B06").unwrap().points, 70);
    assert_eq!(set.rule("A02").unwrap().mode, Mode::Shadow);
}

#[test]
fn equal_windows_of_two_packs_share_a_slot() {
    let set = RuleSet::build(1, &content()).unwrap();
    let names: Vec<&str> = set.windows().iter().map(|window| &*window.name).collect();
    assert_eq!(names, ["failures", "spent"]);
    let facts = Facts::default();
    let inputs = Inputs { windows: &[Value::Int(10), Value::Unknown], ..Inputs::of_facts(&facts) };
    let rule = &set.rule("X02").unwrap().rule;
    assert_eq!(rule.condition.judge(&inputs, &mut Budget::default()), Truth::True);
    assert_eq!(rule.reason.fill(&inputs), "unknown spent");
    let reason = &set.rule("X01").unwrap().rule.reason;
    assert_eq!(reason.fill(&inputs), "10 failures, plan unknown");
    assert_eq!(CustomFields::get(&Nothing, "plan"), None);
}

#[test]
fn an_event_type_has_its_own_plan() {
    let set = RuleSet::build(1, &content()).unwrap();
    let runs = |kind: &str, id: &str| set.rules_for(kind).any(|known| known.rule.id.as_str() == id);
    assert!(runs("account_login_fail", "X01") && !runs("page_view", "X01"));
    assert!(runs("account_login_fail", "X02") && runs("page_view", "X02"));
    assert!(runs("page_view", "A01"));
    assert_eq!(set.plan("account_login_fail").counts, [0, 1]);
    assert_eq!(set.plan("page_view").counts, [1]);
    assert_eq!(set.plan("page_view").reads, [0, 1]);
    assert!(set.judges_events());
}

#[test]
fn a_rule_that_is_off_neither_runs_nor_counts() {
    let off = [("X01", Mode::Off), ("X02", Mode::Off)];
    let mut modes = alone();
    modes.extend(off.map(|(id, mode)| (id.to_owned(), mode)));
    let set = RuleSet::build(1, &RuleSetContent { modes, ..content() }).unwrap();
    assert!(set.windows().is_empty() && !set.judges_events());
    assert!(set.rules_for("account_login_fail").all(|known| known.mode != Mode::Off));
    assert_eq!(set.rule("X01").unwrap().mode, Mode::Off);
}

#[test]
fn all_faults_are_reported_with_their_paths() {
    let mut wrong = content();
    wrong.preset = Some("recomended".to_owned());
    wrong.weights = BTreeMap::from([("A01".to_owned(), 5), ("X91".to_owned(), 10)]);
    wrong.modes = BTreeMap::from([("Z99".to_owned(), Mode::Off)]);
    wrong.thresholds = Thresholds { review: 33, block: Some(34) };
    let plans = wrong.lists.remove("plans").unwrap();
    wrong.lists.insert("plants".to_owned(), plans);
    wrong.lists.get_mut("plants").unwrap()[0].expires_at = Some("soon".to_owned());
    let expected = [
        "preset: unknown preset `recomended`, did you mean `recommended`?",
        "lists.plants[0].expires_at: not a time",
        "weights.A01: A01 weighs 5",
        "packs.second.rules.X02.when: line 1, column 46: unknown list `plans`, did you mean `plants`?",
        "weights.X91: no pack defines rule X91, did you mean `X01`?",
        "modes.Z99: no pack defines rule Z99",
        "thresholds.block: 34 is above thresholds.review, which is 33",
    ];
    let found = faults(&wrong);
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.starts_with(expected), "{found} is not {expected}");
    }
}

#[test]
fn faults_of_packs_name_pack_and_line() {
    let mut wrong = content();
    wrong.packs[0].text = FIRST.replace("failures >= 3", "failure >= 3");
    let found = faults(&wrong);
    assert_eq!(
        found,
        ["packs.first: line 9, column 49: unknown window `failure`, did you mean `failures`?"]
    );
    wrong.packs[0] = PackText { name: "second".to_owned(), text: SECOND.to_owned() };
    let found = faults(&wrong);
    assert!(found[0].starts_with("packs[1].name: `second` is named twice"), "{found:?}");
    assert!(found[1].contains("rule X02 is defined in two packs"), "{found:?}");
}

#[test]
fn what_a_set_may_cost_and_keep_is_limited() {
    let windows = |count: usize| {
        let lines =
            (0..count).map(|n| format!("  w{n}: {{ count: true, by: user, over: {}m }}\n", n + 1));
        let sum: Vec<String> = (0..count).map(|n| format!("w{n}")).collect();
        SECOND
            .replace("  spent:", &(lines.collect::<String>() + "  spent:"))
            .replace("spent > 5", &format!("{} + spent > 5", sum.join(" + ")))
    };
    let mut large = content();
    large.packs[1].text = windows(PRIVATE_WINDOWS_MAX - 1);
    assert!(RuleSet::build(1, &large).is_ok());
    large.packs[1].text = windows(PRIVATE_WINDOWS_MAX);
    assert_eq!(faults(&large), ["windows: 33 windows by user or session, the limit is 32"]);
    let dear = vec!["containsAny(custom.plan, \"plans\")"; 29].join(" || ");
    let rule = FIRST.split("rules:\n").nth(1).unwrap().replace("failures >= 3", &dear);
    let many =
        (100..160).map(|n| rule.replace("X01", &format!("X{n}"))).collect::<Vec<String>>().concat();
    large.packs = vec![PackText { name: "dear".to_owned(), text: FIRST.to_owned() + &many }];
    let found = faults(&large);
    assert!(
        found[0].ends_with("steps of running rules and windows, the limit is 50000"),
        "{found:?}"
    );
}

#[test]
fn the_packs_of_these_tests_pass_their_own() {
    for text in [FIRST, SECOND] {
        assert_eq!(run_trials(&crate::read_pack(text).unwrap()), []);
    }
}

#[test]
fn named_event_types_are_limited() {
    let named = |count: usize| {
        let names: Vec<String> = (1..=count).map(|n| format!("'t{n}'")).collect();
        let halves = names.chunks(128).map(|names| names.join(", "));
        let any: Vec<String> = halves.map(|names| format!("event.type in [{names}]")).collect();
        let rule = |(n, any): (usize, String)| {
            FIRST
                .split("rules:\n")
                .nth(1)
                .unwrap()
                .replace("X01", &format!("X1{n}0"))
                .replace("failures >= 3", &format!("failures >= 3 || {any}"))
        };
        let rules: Vec<String> = any.into_iter().enumerate().map(rule).collect();
        PackText { name: "many".to_owned(), text: FIRST.to_owned() + &rules.concat() }
    };
    let built = |count| {
        let packs = vec![named(count)];
        RuleSet::build(1, &RuleSetContent { packs, ..content() })
    };
    // The built-in rules name some, among them the one that the pack names itself.
    let rules = crate::builtin_packs().iter().flat_map(|pack| &pack.rules);
    let judging = rules.filter(|rule| rule.scope == Scope::Event);
    let named = judging.filter_map(|rule| rule.condition.event_types()).flatten();
    let most = SET_EVENT_TYPES_MAX - named.collect::<std::collections::BTreeSet<_>>().len();
    assert!(built(most).is_ok());
    let error = built(most + 1).unwrap_err();
    assert_eq!(error.to_string(), "rules: conditions name more than 256 event types");
}
