//! How long one event takes to be judged by every built-in rule, and how often it allocates; as
//! JSON, which `ctl bench` shows among its numbers.
//!
//! `cargo run --release -p innerwall-scoring --example score_speed`

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

use innerwall_event::{
    Draft, Event, Receipt, Strictness, TenantId, Timestamp, accept, event_id_of_name,
};
use innerwall_features::{AddressFacts, AddressFlag, Country, DeviceFacts, Flags, Surroundings};
use innerwall_rules::{RuleSet, RuleSetContent};
use innerwall_scoring::{
    Account, CustomTexts, Past, Replay, Rulebook, Shared, SharedCells, Subject, explain_user,
    score, wanted_cells,
};

type Fault = Box<dyn std::error::Error>;

const START_US: i64 = 1_795_003_200_000_000;
const USERS: u32 = 200;
const EVENTS: u32 = 20_000;
/// Events of one transaction: they share the cells that were loaded.
const BATCH: usize = 100;
const ROUNDS: usize = 5;

/// What an ordinary user does, over and over; one in eight logins fails.
const ACTIONS: [(&str, &str, &str, &str); 8] = [
    ("account_login", "/login", "POST", "200"),
    ("page_view", "/news/today", "GET", "200"),
    ("page_search", "/search?q=blue+shoes", "GET", "200"),
    ("page_view", "/items/1849?colour=blue&size=41", "GET", "200"),
    ("page_edit", "/cart", "POST", "200"),
    ("page_view", "/orders/2024/11", "GET", "404"),
    ("account_login_fail", "/login", "POST", "401"),
    ("page_view", "/account", "GET", "200"),
];
const AGENT: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                     Chrome/140.0.0.0 Safari/537.36";

fn main() -> Result<(), Fault> {
    let events = (0..EVENTS).map(event).collect::<Result<Vec<_>, _>>()?;
    let book = book()?;
    // The first round warms up.
    let rounds = (0..=ROUNDS).map(|_| timed_us(|| score_all(&book, &events)) / f64::from(EVENTS));
    let score_us = median(rounds.skip(1));
    let allocated = allocation_counter::measure(|| score_all(&book, &events));
    let (account, last) = last_of_first_user(&book, &events).ok_or("no event was scored")?;
    let explain_us = median((0..100).map(|_| {
        timed_us(|| {
            black_box(explain_user(&account, &last, &book));
        })
    }));
    let speed = serde_json::json!({
        "rules": book.rules.rules().len(),
        "windows": book.rules.windows().len(),
        "us_per_event": score_us,
        "allocations_per_event": per_event(allocated.count_total),
        "bytes_per_event": per_event(allocated.bytes_total),
        "explain_us": explain_us,
    });
    writeln!(std::io::stdout(), "{speed}")?;
    Ok(())
}

/// The built-in rules as most products start.
fn book() -> Result<Rulebook, Fault> {
    let content =
        RuleSetContent { preset: Some("recommended".to_owned()), ..RuleSetContent::default() };
    let book = Rulebook::new(RuleSet::build(1, &content)?)?;
    let numbers = book.shared_windows().into_iter().zip(1..).collect();
    Ok(book.counted_as(&numbers))
}

fn timed_us(run: impl FnOnce()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64() * 1e6
}

fn median(rounds: impl Iterator<Item = f64>) -> f64 {
    let mut rounds: Vec<f64> = rounds.collect();
    rounds.sort_by(f64::total_cmp);
    rounds.get(rounds.len() / 2).copied().unwrap_or_default()
}

/// The account of one user after all events, and the last of them.
fn last_of_first_user(
    book: &Rulebook,
    events: &[(Event, Surroundings)],
) -> Option<(Account, Past)> {
    let mut replay = Replay::new();
    let user = &events.first()?.0.user_id;
    let own = events.iter().filter(|(event, _)| event.user_id == *user);
    let outcomes = own.map(|(event, around)| {
        let session = replay.step(event, around, book).folded.session;
        Past { event: event.clone(), around: around.clone(), session }
    });
    let last = outcomes.last()?;
    Some((replay.account, last))
}

#[expect(clippy::cast_precision_loss, reason = "a measured number, to be read by people")]
fn per_event(total: u64) -> f64 {
    total as f64 / f64::from(EVENTS)
}

/// Scores every event from fresh accounts on, in transactions of a batch each.
fn score_all(book: &Rulebook, events: &[(Event, Surroundings)]) {
    let mut accounts: BTreeMap<&str, Account> = BTreeMap::new();
    for batch in events.chunks(BATCH) {
        let mut cells = SharedCells::new(0);
        for (event, around) in batch {
            let account = accounts.entry(&event.user_id.0).or_insert_with(Account::fresh);
            let custom = CustomTexts::of(event);
            let subject = Subject {
                event,
                around,
                custom: &custom,
                known_email: account.state.email.as_deref(),
                known_phone: account.state.phone.as_deref(),
                session: 0,
            };
            black_box(wanted_cells(book, [subject]));
            black_box(score(account, event, around, book, Shared::Live(&mut cells)));
        }
    }
}

/// Users take turns; every one of them does all actions in order, one every few minutes.
fn event(number: u32) -> Result<(Event, Surroundings), Fault> {
    let (user, turn) = (number % USERS, number / USERS);
    let (kind, url, method, code) = ACTIONS[(turn as usize + user as usize) % ACTIONS.len()];
    let at_us = START_US + i64::from(turn) * 240_000_000 + i64::from(user) * 1_000_000;
    let at = Timestamp::from_micros(at_us);
    let draft = Draft {
        user_id: Some(format!("user{user}").into()),
        ip: Some(format!("81.2.{}.{}", user % 50, 1 + turn % 2).into()),
        event_type: Some(kind.into()),
        url: Some(url.into()),
        http_method: Some(method.into()),
        http_code: Some(code.into()),
        referer: Some("https://shop.example/".into()),
        user_agent: Some(AGENT.into()),
        language: Some("en-GB".into()),
        email: (turn == 0).then(|| format!("some.user{user}@mail.example").into()),
        session_id: Some(format!("session{user}-{}", turn / 16).into()),
        custom: Some(r#"{"plan":"gold","shop":7}"#.into()),
        event_time: Some(at.to_rfc3339().into()),
        ..Draft::default()
    };
    let fresh_id = event_id_of_name(TenantId(1), &number.to_string());
    let receipt = Receipt { tenant: TenantId(1), at, fresh_id };
    Ok((accept(draft, receipt, Strictness::Refuse)?, around(user)))
}

fn around(user: u32) -> Surroundings {
    let answers = [AddressFlag::Hosting, AddressFlag::Vpn, AddressFlag::Tor, AddressFlag::Relay];
    let flags =
        answers.into_iter().fold(Flags::default(), |flags, flag| flags.with(flag as u8, false));
    let country = Country::parse("GB").map_or(0, Country::number);
    Surroundings {
        address: AddressFacts {
            country,
            asn: 64_500 + user % 20,
            flags,
            ..AddressFacts::default()
        },
        device: DeviceFacts {
            id: u64::from(user) + 1,
            browser: "Chrome".to_owned(),
            system: "Windows".to_owned(),
            ..DeviceFacts::default()
        },
        ..Surroundings::default()
    }
}
