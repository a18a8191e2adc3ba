use std::collections::BTreeMap;

use innerwall_features::Facts;
use innerwall_rules::{PackText, RuleSet, RuleSetContent};

use super::*;

const PACK: &str = r#"
family: Own
policies:
  - id: second_factor
    name: Ask for more
    event_types: [account_login]
    when: score.trust < 50 && !standing.is_allowed
    verdict: challenge
    reason: "trust {score.trust}"
    tests:
      - { name: low, given: { event.type: account_login, score.trust: 49, standing.is_allowed: false }, fires: true }
      - { name: high, given: { event.type: account_login, score.trust: 50, standing.is_allowed: false }, fires: false }
  - id: spray
    name: Stop it
    when: '"A01" in score.hits || score.risk >= 80'
    verdict: deny
    reason: "risk {score.risk}"
    tests:
      - { name: hit, given: { score.hits: [A01] }, fires: true }
      - { name: none, given: { score.hits: [], score.risk: 79 }, fires: false }
"#;

fn book(packs: &[&str], thresholds: Thresholds) -> Rulebook {
    let pack = |text: &&str| PackText { name: "own".to_owned(), text: (*text).to_owned() };
    let packs = packs.iter().map(pack).collect();
    let content = RuleSetContent { packs, thresholds, ..RuleSetContent::default() };
    Rulebook::new(RuleSet::build(7, &content).unwrap()).unwrap()
}

fn found(trust: u8, risk: Option<u8>) -> Found {
    Found { trust, risk, hits: Vec::new(), standing: EventStanding::default() }
}

fn judged(book: &Rulebook, event_type: &str, found: &Found) -> (Verdict, String, String) {
    let facts = Facts::default();
    let inputs = Inputs { lists: &book.lists, ..Inputs::of_facts(&facts) };
    let Judgement { verdict, policy, reason } = judge(book, event_type, &inputs, found);
    (verdict, policy, reason)
}

#[test]
fn without_policies_decisions_come_first_and_then_thresholds() {
    let book = book(&[], Thresholds { review: 33, block: Some(5) });
    let blocked = EventStanding { is_blocked: true, ..EventStanding::default() };
    let allowed = EventStanding { is_allowed: true, ..EventStanding::default() };
    let both = EventStanding { is_blocked: true, is_allowed: true, is_watched: true };
    let cases = [
        (found(99, Some(0)), Verdict::Allow),
        (found(34, Some(65)), Verdict::Allow),
        (found(34, Some(66)), Verdict::Review),
        (found(33, None), Verdict::Review),
        (found(6, None), Verdict::Review),
        (found(5, None), Verdict::Deny),
        (Found { standing: allowed, ..found(0, Some(99)) }, Verdict::Allow),
        (Found { standing: blocked, ..found(99, None) }, Verdict::Deny),
        (Found { standing: both, ..found(99, None) }, Verdict::Deny),
    ];
    for (found, expected) in cases {
        let (verdict, policy, reason) = judged(&book, "page_view", &found);
        assert_eq!((verdict, policy.as_str()), (expected, DEFAULT_POLICY), "{found:?}: {reason}");
    }
}

#[test]
fn the_first_policy_that_matches_gives_the_verdict_and_its_reason() {
    let book = book(&[PACK], Thresholds::default());
    let hit = RuleId::parse("A01").unwrap();
    let spray = Found { hits: vec![hit], ..found(40, None) };
    let said = judged(&book, "account_login", &spray);
    assert_eq!(said, (Verdict::Challenge, "second_factor".into(), "trust 40".into()));
    let said = judged(&book, "page_view", &spray);
    assert_eq!(said, (Verdict::Deny, "spray".into(), "risk unknown".into()), "other type");
    let said = judged(&book, "page_view", &found(99, Some(80)));
    assert_eq!(said, (Verdict::Deny, "spray".into(), "risk 80".into()));
    let said = judged(&book, "page_view", &found(99, Some(79)));
    assert_eq!((said.0, said.1.as_str()), (Verdict::Review, DEFAULT_POLICY), "risk of 66 or more");
    let said = judged(&book, "account_login", &found(50, None));
    assert_eq!((said.0, said.1.as_str()), (Verdict::Allow, DEFAULT_POLICY));
}

#[test]
fn a_verdict_of_stored_scores_follows_the_thresholds() {
    let hits = vec![DecidedHit::new(
        &book(&[], Thresholds::default()),
        RuleId::parse("A01").unwrap(),
        "r",
        (20, false),
    )];
    assert_eq!(hits[0].name, "Burst of failed logins");
    let decided = decide_stored((20, Some(1)), hits.clone(), Thresholds::default(), 3);
    assert_eq!((decided.verdict, decided.rule_set), (Verdict::Review, 3));
    assert_eq!(decided.hits, hits);
    let names: BTreeMap<&str, Verdict> = Verdict::ALL.iter().map(|v| (v.name(), *v)).collect();
    assert_eq!(names["review"], decided.verdict);
}
