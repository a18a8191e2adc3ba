use super::*;
use crate::load::corpus::{Cast, CorpusSize};

const NOON_US: i64 = 1_795_348_800_000_000;
const REVIEW: Thresholds = Thresholds { trust_max: 33, risk_min: 66 };

type Events = HashMap<Uuid, ScoredEvent>;
type Users = HashMap<String, ScoredUser>;

/// A corpus, and a system that finds nothing.
fn nothing_found() -> (Corpus, Events, Users) {
    let size = CorpusSize { seed: 1, plain: 10, each: 3, history_days: 2, only: None };
    let corpus = Corpus::new(size, NOON_US);
    let clean = || ScoredEvent { trust: 99, risk: Some(0), rules: Vec::new() };
    let all = corpus.past.iter().chain(&corpus.present);
    let events = all.map(|event| (event.id, clean())).collect();
    let accounts = corpus.scenes.iter().flat_map(Cast::accounts);
    let clean = || ScoredUser { trust: Some(99), rules: Vec::new() };
    let users = accounts.map(|(user_id, _)| (user_id.to_owned(), clean())).collect();
    (corpus, events, users)
}

fn scenes(corpus: &Corpus, plot: Plot) -> Vec<usize> {
    (0..corpus.scenes.len()).filter(|scene| corpus.scenes[*scene].plot == plot).collect()
}

/// The event of an attempt of the attack.
fn attempt(corpus: &Corpus, scene: usize, attempt: u32) -> &Planned {
    let is_it = |event: &&Planned| event.scene == scene && event.attempt == attempt;
    corpus.present.iter().find(is_it).unwrap()
}

fn row(findings: &Findings, pattern: Pattern) -> PatternRow {
    findings.patterns.iter().find(|row| row.pattern == pattern).unwrap().clone()
}

fn kind_row(findings: &Findings, kind: Life) -> KindRow {
    findings.kinds.iter().find(|row| row.kind == kind).unwrap().clone()
}

#[test]
fn a_system_that_finds_nothing_has_no_detections_and_no_false_positives() {
    let (corpus, events, users) = nothing_found();
    let findings = judge(&corpus, &events, &users, REVIEW);
    assert_eq!((findings.detected, findings.normal.in_review, findings.missing_events), (0, 0, 0));
    assert_eq!(findings.attacks, 3 * Pattern::ALL.len());
    assert_eq!(findings.patterns.len(), Pattern::ALL.len());
    assert_eq!(findings.kinds.len(), Kind::ALL.len() + 1);
    assert_eq!(row(&findings, Pattern::Scanner).events_median, None);
}

#[test]
fn an_attack_is_found_by_the_first_of_its_events_that_is_risky() {
    let (corpus, mut events, users) = nothing_found();
    let sprays = scenes(&corpus, Plot::Attack(Pattern::PasswordSpraying));
    for (scene, number) in [(sprays[0], 12), (sprays[1], 20)] {
        for number in [number, number + 5] {
            events.get_mut(&attempt(&corpus, scene, number).id).unwrap().risk = Some(66);
        }
    }
    events.get_mut(&attempt(&corpus, sprays[2], 3).id).unwrap().risk = Some(65);
    let found = row(&judge(&corpus, &events, &users, REVIEW), Pattern::PasswordSpraying);
    assert_eq!((found.attacks, found.detected, found.events_median), (3, 2, Some(16.0)));
    let elapsed = |scene, number| {
        let [first, flagged] =
            [1, number].map(|number| attempt(&corpus, scene, number).time_us(NOON_US));
        seconds(flagged - first)
    };
    let expected = f64::midpoint(elapsed(sprays[0], 12), elapsed(sprays[1], 20));
    assert_eq!(found.seconds_median, Some(expected));
}

#[test]
fn trust_lost_during_an_attack_is_a_detection_and_trust_lost_before_is_not() {
    let (corpus, mut events, mut users) = nothing_found();
    let taken = scenes(&corpus, Plot::Attack(Pattern::AccountTakeover));
    events.get_mut(&attempt(&corpus, taken[0], 2).id).unwrap().trust = 33;
    events.get_mut(&attempt(&corpus, taken[1], 2).id).unwrap().trust = 33;
    let earlier = corpus.past.iter().find(|event| event.scene == taken[1]).unwrap();
    events.get_mut(&earlier.id).unwrap().trust = 10;
    let (victim, _) = corpus.scenes[taken[1]].accounts().next().unwrap();
    users.get_mut(victim).unwrap().trust = Some(10);
    let found = row(&judge(&corpus, &events, &users, REVIEW), Pattern::AccountTakeover);
    assert_eq!((found.detected, found.events_median), (1, Some(2.0)));
    assert_eq!((found.victims.accounts, found.victims.in_review), (3, 2));
}

#[test]
fn an_account_that_ends_in_review_makes_a_detection_without_a_time() {
    let (corpus, events, mut users) = nothing_found();
    let scene = scenes(&corpus, Plot::Attack(Pattern::RingDevice))[0];
    let (member, _) = corpus.scenes[scene].accounts().next().unwrap();
    let rules = vec!["V07".to_owned()];
    users.insert(member.to_owned(), ScoredUser { trust: Some(0), rules });
    let findings = judge(&corpus, &events, &users, REVIEW);
    let found = row(&findings, Pattern::RingDevice);
    assert_eq!((found.detected, found.seconds_median), (1, None));
    assert_eq!(found.rules, [RuleCount { rule: "V07".to_owned(), times: 1 }]);
    assert_eq!(findings.attackers.in_review, 1);
}

#[test]
fn honest_people_in_review_are_false_positives_of_their_kind() {
    let (corpus, mut events, mut users) = nothing_found();
    let office = scenes(&corpus, Plot::Ordinary(Kind::OfficeNat))[0];
    let mut accounts = corpus.scenes[office].accounts().map(|(user_id, _)| user_id);
    users.get_mut(accounts.next().unwrap()).unwrap().trust = Some(33);
    let last =
        corpus.present.iter().rfind(|event| event.scene == office && event.who == 5).unwrap();
    events.get_mut(&last.id).unwrap().risk = Some(80);
    let findings = judge(&corpus, &events, &users, REVIEW);
    let found = kind_row(&findings, Life::Ordinary(Kind::OfficeNat));
    assert_eq!((found.reached.accounts, found.reached.in_review), (55, 2));
    assert_eq!(findings.normal.in_review, 2);
    assert_eq!(kind_row(&findings, Life::Bystander).reached.in_review, 0);
}

#[test]
fn events_that_query_does_not_show_are_counted() {
    let (corpus, mut events, users) = nothing_found();
    events.remove(&corpus.present[0].id);
    assert_eq!(judge(&corpus, &events, &users, REVIEW).missing_events, 1);
}

#[test]
fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
    assert_eq!(median(vec![]), None);
    assert_eq!(median(vec![3.0]), Some(3.0));
    assert_eq!(median(vec![9.0, 1.0, 2.0]), Some(2.0));
    assert_eq!(median(vec![9.0, 1.0, 2.0, 3.0]), Some(2.5));
}
