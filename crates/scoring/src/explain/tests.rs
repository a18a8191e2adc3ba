use std::collections::{BTreeMap, HashMap};

use innerwall_event::{Draft, Receipt, Strictness, TenantId, accept, event_id_of_name};
use innerwall_features::{AddressFacts, Country, State};
use innerwall_rules::{PackText, RuleSet, RuleSetContent};

use super::*;
use crate::score::score;
use crate::windows::{Shared, SharedCells};

/// Noon of a Wednesday.
const START_US: i64 = 1_795_003_200_000_000;

const PACK: &str = r#"
family: Test
windows:
  failures: { count: event.type == "account_login_fail", by: address, over: 10m }
  pages: { count: "true", by: user, over: 1h }
rules:
  - id: X01
    name: Spray
    explanation: Why.
    when: event.type == "account_login_fail" && failures >= 3
    scope: event
    reason: "{failures} failures"
    tests:
      - { name: yes, given: { event.type: account_login_fail, failures: 3 }, fires: true }
      - { name: no, given: { event.type: account_login_fail, failures: 2 }, fires: false }
  - id: X02
    name: Many pages
    explanation: Why.
    when: pages > 5
    reason: "{pages} pages"
    tests:
      - { name: yes, given: { pages: 6 }, fires: true }
      - { name: no, given: { pages: 5 }, fires: false }
  - id: X03
    name: Gold
    explanation: Why.
    when: custom.plan == "gold"
    reason: "plan {custom.plan}"
    tests:
      - { name: yes, given: { custom.plan: gold }, fires: true }
      - { name: no, given: { custom.plan: tin }, fires: false }
  - id: X04
    name: Country
    explanation: Why.
    when: '"NG" in user.countries'
    reason: "seen in {user.countries}"
    needs: [country]
    tests:
      - { name: yes, given: { user.countries: [NG] }, fires: true }
      - { name: no, given: { user.countries: [US] }, fires: false }
  - id: X05
    name: Trial
    explanation: Why.
    when: user.event_count > 0
    reason: "{user.event_count} events"
    tests:
      - { name: yes, given: { user.event_count: 1 }, fires: true }
      - { name: no, given: { user.event_count: 0 }, fires: false }
  - id: X06
    name: Unused
    explanation: Why.
    when: pages > 1
    reason: "{pages} pages"
    tests:
      - { name: yes, given: { pages: 2 }, fires: true }
      - { name: no, given: { pages: 1 }, fires: false }
"#;

/// The rules of the pack with weights; all others are off.
fn book(weights: &[(&str, i64)]) -> Rulebook {
    let builtin = innerwall_rules::builtin_packs().iter().flat_map(|pack| &pack.rules);
    let mut modes: BTreeMap<String, Mode> =
        builtin.map(|rule| (rule.id.to_string(), Mode::Off)).collect();
    modes.insert("X05".to_owned(), Mode::Shadow);
    modes.insert("X06".to_owned(), Mode::Off);
    let text = PACK.to_owned();
    let content = RuleSetContent {
        weights: weights.iter().map(|(id, points)| ((*id).to_owned(), *points)).collect(),
        modes,
        packs: vec![PackText { name: "test".to_owned(), text }],
        ..RuleSetContent::default()
    };
    let book = Rulebook::new(RuleSet::build(1, &content).unwrap()).unwrap();
    let numbers: HashMap<u64, u32> = book.shared_windows().into_iter().zip(1..).collect();
    book.counted_as(&numbers)
}

fn event(number: i64, change: impl FnOnce(&mut Draft<'static>)) -> Event {
    let at = Timestamp::from_micros(START_US + number * 60_000_000);
    let mut draft = Draft {
        user_id: Some("alice".into()),
        ip: Some("81.2.69.142".into()),
        event_time: Some(at.to_rfc3339().into()),
        ..Draft::default()
    };
    change(&mut draft);
    let fresh_id = event_id_of_name(TenantId(1), &number.to_string());
    accept(draft, Receipt { tenant: TenantId(1), at, fresh_id }, Strictness::Refuse).unwrap()
}

fn seen_in(country: &str) -> Surroundings {
    let country = Country::parse(country).map_or(0, Country::number);
    Surroundings {
        address: AddressFacts { country, ..AddressFacts::default() },
        ..Surroundings::default()
    }
}

/// Scores events one after the other; gives the account and the last event as it is stored.
fn lived(book: &Rulebook, events: Vec<Event>, around: &Surroundings) -> (Account, Past) {
    let mut account = Account { state: State::fresh(), ..Account::default() };
    let mut last = None;
    for event in events {
        let mut cells = SharedCells::new(0);
        let outcome = score(&mut account, &event, around, book, Shared::Live(&mut cells));
        let mut around = around.clone();
        around.see(&outcome.windows);
        around.novelty = Some(outcome.folded.novelty.flags());
        last = Some(Past { event, around, session: outcome.folded.session });
    }
    (account, last.unwrap())
}

fn answer<'e>(explanation: &'e Explanation, rule: &str) -> &'e RuleAnswer {
    explanation.rules.iter().find(|answer| answer.rule.as_str() == rule).unwrap()
}

fn pages(count: i64) -> Vec<Event> {
    (0..count).map(|number| event(number, |_| {})).collect()
}

#[test]
fn every_rule_of_a_user_answers_and_nothing_is_changed() {
    let book = book(&[("X01", 70), ("X02", 20), ("X04", 10)]);
    let (account, last) = lived(&book, pages(7), &seen_in("NG"));
    let before = account.clone();
    let explanation = explain_user(&account, &last, &book);
    assert_eq!(account, before);
    assert_eq!((explanation.trust, explanation.risk), (account.trust(), None));
    assert_eq!((explanation.trust, explanation.verdict), (64, Verdict::Allow));
    assert_eq!(explanation.rules.len(), book.rules.rules().len());
    let many = answer(&explanation, "X02");
    assert_eq!((&many.status, many.points, many.trust_without), (&Status::Fired, 20, Some(89)));
    assert_eq!(many.reason.as_deref(), Some("7 pages"));
    assert_eq!(many.values, [("pages".to_owned(), "7".to_owned())]);
    // The sixth event was the first with more than five pages.
    let began = many.began.as_ref().unwrap();
    assert_eq!((began.event_time.as_micros(), began.rule_set), (START_US + 300_000_000, 1));
    let gold = answer(&explanation, "X03");
    let lacking = "the event does not carry `custom.plan`".to_owned();
    assert_eq!(gold.status, Status::NotEvaluated(lacking));
    assert_eq!(gold.values, [("custom.plan".to_owned(), "unknown".to_owned())]);
    let trial = answer(&explanation, "X05");
    assert_eq!(
        (&trial.status, trial.mode, trial.trust_without),
        (&Status::Fired, Mode::Shadow, None)
    );
    assert_eq!(answer(&explanation, "X06").status, Status::Off);
    assert_eq!(answer(&explanation, "B01").status, Status::Off);
    let spray = answer(&explanation, "X01");
    assert!(matches!(&spray.status, Status::NotEvaluated(why) if why.contains("single events")));
    let unread = "not read for this type of event";
    assert!(spray.values.contains(&("failures".to_owned(), unread.to_owned())), "{spray:?}");
}

#[test]
fn a_rule_that_lacks_a_data_set_says_which() {
    let book = book(&[]);
    let (account, last) = lived(&book, pages(1), &Surroundings::default());
    let explanation = explain_user(&account, &last, &book);
    let Status::NotEvaluated(lack) = &answer(&explanation, "X04").status else { panic!() };
    assert!(lack.starts_with("`user.countries` is not known"), "{lack}");
    assert!(lack.ends_with("the rule needs the data country"), "{lack}");
}

#[test]
fn the_nearest_change_of_each_value_is_given_and_flips_the_verdict() {
    let book = book(&[("X02", 70), ("X04", 10)]);
    let (account, last) = lived(&book, pages(9), &seen_in("NG"));
    let explanation = explain_user(&account, &last, &book);
    assert_eq!((explanation.trust, explanation.verdict), (7, Verdict::Review));
    // 10 points of the country alone are no review; without it 70 are one all the same.
    let flip = Flip {
        name: "pages".to_owned(),
        from: "9".to_owned(),
        to: "5".to_owned(),
        trust: 89,
        risk: None,
        verdict: Verdict::Allow,
    };
    assert_eq!(explanation.flips, [flip]);
    assert_eq!(explanation.smallest, []);
}

#[test]
fn changes_towards_a_review_are_found_too() {
    let book = book(&[("X02", 70), ("X03", 70), ("X04", 70)]);
    let with_plan = |number| event(number, |draft| draft.custom = Some(r#"{"plan":"tin"}"#.into()));
    let (account, last) = lived(&book, (0..3).map(with_plan).collect(), &seen_in("US"));
    let explanation = explain_user(&account, &last, &book);
    assert_eq!((explanation.trust, explanation.verdict), (99, Verdict::Allow));
    let changes: Vec<(&str, &str, &str)> = explanation
        .flips
        .iter()
        .map(|flip| (flip.name.as_str(), flip.from.as_str(), flip.to.as_str()))
        .collect();
    let expected =
        [("user.countries", "US", "US, NG"), ("custom.plan", "tin", "gold"), ("pages", "3", "6")];
    assert_eq!(changes, expected);
    assert!(
        explanation.flips.iter().all(|flip| flip.verdict == Verdict::Review && flip.trust == 29)
    );
}

#[test]
fn where_no_single_change_helps_the_fewest_rules_are_named() {
    let book = book(&[("X02", 70), ("X03", 70), ("X04", 20)]);
    let gold = |number| event(number, |draft| draft.custom = Some(r#"{"plan":"gold"}"#.into()));
    let (account, last) = lived(&book, (0..7).map(gold).collect(), &seen_in("NG"));
    let explanation = explain_user(&account, &last, &book);
    assert_eq!(explanation.verdict, Verdict::Review);
    assert_eq!(explanation.flips, []);
    let named: Vec<&str> = explanation.smallest.iter().map(RuleId::as_str).collect();
    assert_eq!(named, ["X02", "X03"]);
}

#[test]
fn an_event_is_explained_with_what_it_saw() {
    let book = book(&[("X01", 70), ("X02", 10)]);
    let failure =
        |number| event(number, |draft| draft.event_type = Some("account_login_fail".into()));
    let seen = |value| {
        let mut around = seen_in("US");
        around.see(&[innerwall_features::WindowValue { window: 1, value }]);
        around
    };
    let mut replay = Replay::new();
    let first = explain_event(&mut replay, &failure(0), &seen(2), &book);
    assert_eq!((first.trust, first.risk, first.verdict), (99, Some(0), Verdict::Allow));
    assert_eq!(answer(&first, "X01").status, Status::NotFired);
    assert_eq!(first.flips.len(), 1, "{:?}", first.flips);
    assert_eq!((first.flips[0].to.as_str(), first.flips[0].risk), ("3", Some(70)));

    let second = explain_event(&mut replay, &failure(1), &seen(40), &book);
    assert_eq!((second.trust, second.risk, second.verdict), (99, Some(70), Verdict::Review));
    let spray = answer(&second, "X01");
    assert_eq!(spray.reason.as_deref(), Some("40 failures"));
    assert_eq!((&spray.began, spray.trust_without), (&None, None));
    let names: Vec<&str> = second.flips.iter().map(|flip| flip.name.as_str()).collect();
    assert_eq!(names, ["event.type", "failures"]);

    let page = explain_event(&mut replay, &event(2, |_| {}), &seen_in("US"), &book);
    assert_eq!(answer(&page, "X01").status, Status::OtherType);
    assert_eq!(replay.account.state.events, 3);
}

#[test]
fn a_rule_that_cannot_be_judged_any_more_is_taken_to_fire_on() {
    let book = book(&[("X03", 20)]);
    let gold = event(0, |draft| draft.custom = Some(r#"{"plan":"gold"}"#.into()));
    let (account, mut last) = lived(&book, vec![gold], &seen_in("US"));
    last.event.custom = None;
    let explanation = explain_user(&account, &last, &book);
    assert_eq!(explanation.trust, 79);
    let answer = answer(&explanation, "X03");
    assert_eq!((&answer.status, answer.reason.as_deref()), (&Status::Fired, Some("plan gold")));
}

#[test]
fn explaining_is_bounded() {
    let items: Vec<String> = (0..200).map(|number| format!("\"v{number}\"")).collect();
    let items = items.join(", ");
    let rule = |number: usize| {
        format!(
            "  - id: Y{number:02}\n    name: n\n    explanation: e\n    \
             when: custom.f{number} in [{items}]\n    reason: r\n    tests:\n      \
             - {{name: yes, given: {{custom.f{number}: v1}}, fires: true}}\n      \
             - {{name: no, given: {{custom.f{number}: x}}, fires: false}}\n"
        )
    };
    let rules: String = (10..40).map(rule).collect();
    let content = RuleSetContent {
        weights: (10..40).map(|number| (format!("Y{number}"), 70)).collect(),
        packs: vec![PackText {
            name: "many".to_owned(),
            text: format!("family: Y\nrules:\n{rules}"),
        }],
        ..RuleSetContent::default()
    };
    let book = Rulebook::new(RuleSet::build(1, &content).unwrap()).unwrap();
    let (account, last) = lived(&book, pages(1), &Surroundings::default());
    let explanation = explain_user(&account, &last, &book);
    assert_eq!(explanation.flips.len(), FLIPS_MAX);
    let tries = flip::tries(&[900, 900, 900]);
    assert_eq!(tries.len(), TRIES_MAX);
    assert_eq!(tries[..4], [(0, 0), (1, 0), (2, 0), (0, 1)]);
}

#[test]
fn explanations_agree_with_scoring() {
    let content =
        RuleSetContent { preset: Some("recommended".to_owned()), ..RuleSetContent::default() };
    let book = Rulebook::new(RuleSet::build(1, &content).unwrap()).unwrap();
    let codes = ["200", "404", "500", "200", "401"];
    let kinds = ["page_view", "account_login_fail", "account_password_change", "page_edit"];
    let (mut account, mut replay) = (Account::fresh(), Replay::new());
    for number in 0..30_u8 {
        let place = usize::from(number);
        let event = event(i64::from(number), |draft| {
            draft.event_type = Some(kinds[place % kinds.len()].into());
            draft.http_code = Some(codes[place % codes.len()].into());
            draft.url = Some(if place == 12 { "/.env" } else { "/index" }.into());
        });
        let mut around = seen_in(["US", "DE", "NG", "FR", "US"][place / 7]);
        around.device.id = u64::from(number / 10);
        let outcome = score(&mut account, &event, &around, &book, Shared::Stored);
        let explained = explain_event(&mut replay, &event, &around, &book);
        assert_eq!((explained.trust, explained.risk), (outcome.trust, outcome.risk));
        let last = Past { event, around, session: outcome.folded.session };
        let of_user = explain_user(&account, &last, &book);
        assert_eq!(of_user.trust, outcome.trust);
        let mut hits: Vec<RuleId> = account.hits.iter().map(|hit| hit.rule).collect();
        hits.sort_unstable();
        for explanation in [&explained, &of_user] {
            let fired = explanation.rules.iter().filter(|known| known.status == Status::Fired);
            let mut fired: Vec<RuleId> = fired.map(|known| known.rule).collect();
            fired.sort_unstable();
            assert_eq!(fired, hits);
        }
    }
    assert_eq!(replay.account, account);
}
