use crate::{PackText, RuleSet, RuleSetContent, Verdict, pack_warnings, read_pack, run_trials};

const PACK: &str = r#"
family: Sign-in
windows:
  failures: { count: event.type == "account_login_fail", by: address, over: 10m }
policies:
  - id: known_bad
    name: Blocked people stay out
    when: standing.is_blocked
    verdict: deny
    reason: the user is blocked
    tests:
      - { name: blocked, given: { standing.is_blocked: true }, fires: true }
      - { name: nobody knows, given: {}, fires: false }
  - id: guessing
    name: A second factor while somebody guesses
    event_types: [account_login]
    when: failures >= 5 || score.trust < 40 || "A01" in score.hits
    verdict: challenge
    reason: "{failures} failures from this address, trust {score.trust}"
    tests:
      - { name: many, given: { event.type: account_login, failures: 5 }, fires: true }
      - { name: hit, given: { event.type: account_login, score.hits: [A01] }, fires: true }
      - { name: few, given: { event.type: account_login, failures: 4 }, fires: false }
      - { name: other type, given: { event.type: page_view, failures: 5 }, fires: false }
"#;

fn content(text: &str) -> RuleSetContent {
    let packs = vec![PackText { name: "own".to_owned(), text: text.to_owned() }];
    RuleSetContent { packs, ..RuleSetContent::default() }
}

fn fault(from: &str, to: &str) -> String {
    let text = PACK.replacen(from, to, 1);
    assert_ne!(text, PACK, "{from}");
    let errors = RuleSet::build(1, &content(&text)).unwrap_err();
    errors.0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_pack_of_policies_is_read_tested_and_built_in_its_order() {
    let pack = read_pack(PACK).unwrap();
    assert_eq!(run_trials(&pack), []);
    assert_eq!(pack_warnings(&pack), []);
    let set = RuleSet::build(1, &content(PACK)).unwrap();
    let found: Vec<_> =
        set.policies().iter().map(|policy| (policy.id.as_str(), policy.verdict)).collect();
    assert_eq!(found, [("known_bad", Verdict::Deny), ("guessing", Verdict::Challenge)]);
    let slot = set.windows().iter().position(|window| &*window.name == "failures");
    let slot = u16::try_from(slot.expect("a window that only a policy reads is counted")).unwrap();
    let reads = |kind| set.plan(kind).reads.contains(&slot);
    assert!(reads("account_login") && !reads("page_view"), "only where a policy may read it");
}

#[test]
fn a_policy_that_could_never_match_is_refused_with_its_place() {
    let cases = [
        (
            "standing.is_blocked\n    verdict",
            "standing.is_blokked\n    verdict",
            "did you mean `standing.is_blocked`",
        ),
        ("\"A01\" in", "\"A91\" in", "no pack defines rule A91"),
        ("[account_login]", "[Account_Login]", "no event is of type"),
        ("verdict: deny", "verdict: block", "unknown variant"),
        ("id: guessing", "id: default", "take another id"),
        ("id: guessing", "id: known_bad", "defined twice"),
    ];
    for (from, to, expected) in cases {
        let found = fault(from, to);
        assert!(found.contains(expected), "{to}: {found}");
        assert!(found.contains("line"), "{to}: {found}");
    }
}

#[test]
fn a_window_that_neither_rule_nor_policy_reads_is_refused() {
    let unread = PACK.replace("failures >= 5 || ", "").replace("{failures} failures", "failures");
    let errors = read_pack(&unread).unwrap_err();
    assert!(errors[0].message.contains("not read by any rule or policy"), "{errors:?}");
}

#[test]
fn rules_cannot_read_what_only_scoring_finds() {
    let error = crate::Condition::compile("score.trust < 10").unwrap_err();
    assert!(error.message.contains("only policies read `score.trust`"), "{error}");
}

#[test]
fn a_failed_test_is_a_fault_of_its_pack() {
    assert_eq!(RuleSet::failed_tests(&content(PACK)), []);
    let wrong = PACK.replace("failures: 4 }, fires: false", "failures: 4 }, fires: true");
    let faults = RuleSet::failed_tests(&content(&wrong));
    assert_eq!(faults.len(), 1);
    assert!(
        faults[0].to_string().contains("packs.own: policy guessing, test \"few\""),
        "{faults:?}"
    );
}

#[test]
fn verdicts_keep_their_numbers() {
    for verdict in Verdict::ALL {
        assert_eq!(Verdict::from_number(verdict.number()), Some(verdict));
    }
    assert_eq!((Verdict::Allow.number(), Verdict::Deny.number()), (1, 4));
    assert_eq!(Verdict::from_number(0), None);
}
