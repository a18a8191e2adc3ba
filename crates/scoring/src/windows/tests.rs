mod cells;
mod keys;
mod private;
mod world;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use innerwall_event::{Draft, Receipt, Strictness, TenantId, accept, event_id_of_name};
use innerwall_features::Surroundings;
use innerwall_rules::{PackText, RuleSet, RuleSetContent};

use super::*;
use crate::reduce::reduce;
use crate::score::{Account, Outcome, score};

const START_US: i64 = 1_795_003_200_000_000;
const SECOND_US: i64 = 1_000_000;

/// A rule book with these windows, each read by a rule of its own, and no rule that runs besides.
/// A window is given as name, definition and what else the rule asks for.
fn book(windows: &[(&str, &str, &str)]) -> Rulebook {
    let mut text = "family: Test\nwindows:\n".to_owned();
    for (name, definition, _) in windows {
        writeln!(text, "  {name}: {{ {definition} }}").unwrap();
    }
    text.push_str("rules:\n");
    for ((name, _, more), number) in windows.iter().zip(10..) {
        writeln!(
            text,
            "  - id: W{number}\n    name: n\n    explanation: e\n    \
             when: '{more}{name} >= 2'\n    reason: \"{{{name}}}\"\n    tests:\n      \
             - {{name: yes, given: {{event.type: account_login_fail, {name}: 2}}, fires: true}}\n      \
             - {{name: no, given: {{event.type: account_login_fail, {name}: 1}}, fires: false}}"
        )
        .unwrap();
    }
    let builtin = innerwall_rules::builtin_packs().iter().flat_map(|pack| &pack.rules);
    let modes = builtin.map(|rule| (rule.id.to_string(), innerwall_rules::Mode::Off)).collect();
    let packs = vec![PackText { name: "test".to_owned(), text }];
    let content = RuleSetContent { modes, packs, ..RuleSetContent::default() };
    let rules = RuleSet::build(1, &content).unwrap_or_else(|error| panic!("{error}"));
    let book = Rulebook::new(rules).unwrap();
    let numbers: HashMap<u64, u32> = book.shared_windows().into_iter().zip(1..).collect();
    book.counted_as(&numbers)
}

/// An event at a second, received at once.
fn event(at_s: i64) -> Event {
    let at = Timestamp::from_micros(START_US + at_s * SECOND_US);
    let draft = Draft {
        user_id: Some("alice".into()),
        ip: Some("81.2.69.142".into()),
        url: Some("/index".into()),
        event_time: Some(at.to_rfc3339().into()),
        ..Draft::default()
    };
    let fresh_id = event_id_of_name(TenantId(1), &at_s.to_string());
    accept(draft, Receipt { tenant: TenantId(1), at, fresh_id }, Strictness::Refuse).unwrap()
}

fn changed(at_s: i64, change: impl FnOnce(&mut Event)) -> Event {
    let mut event = event(at_s);
    change(&mut event);
    event
}

/// A tenant: what users and shared windows have stored, and every event as it was scored.
#[derive(Default)]
struct World {
    accounts: BTreeMap<String, Account>,
    rows: BTreeMap<(CellId, RowId), Amount>,
    stored: Vec<(Past, Outcome)>,
}

impl World {
    /// One transaction with one event. Loads the cells wanted, or else all.
    fn run(&mut self, book: &Rulebook, mut event: Event, loads_all: bool) -> &Outcome {
        let account = self.accounts.entry(event.user_id.0.clone()).or_insert_with(Account::fresh);
        let mut around = Surroundings::default();
        reduce(&account.state, &mut event, &mut around);
        let custom = CustomTexts::of(&event);
        let subject = Subject {
            event: &event,
            around: &around,
            custom: &custom,
            known_email: account.state.email.as_deref(),
            known_phone: account.state.phone.as_deref(),
            session: 0,
        };
        let wanted = wanted_cells(book, [subject]);
        let is_wanted = |cell: CellId, row: RowId| {
            wanted.iter().any(|want| want.cell == cell && want.from_bucket <= row.bucket)
        };
        let shard = u16::try_from(self.stored.len() % 3).unwrap();
        let mut cells = SharedCells::new(shard);
        for ((cell, row), amount) in &self.rows {
            if loads_all || is_wanted(*cell, *row) {
                cells.know(*cell, *row, *amount);
            }
        }
        let outcome = score(account, &event, &around, book, Shared::Live(&mut cells));
        commit(&mut self.rows, &cells);
        around.see(&outcome.windows);
        around.novelty = Some(outcome.folded.novelty.flags());
        let past = Past { event, around, session: outcome.folded.session };
        self.stored.push((past, outcome));
        &self.stored[self.stored.len() - 1].1
    }

    /// The value of the only window for an event.
    fn value(&mut self, book: &Rulebook, event: Event) -> Value {
        self.run(book, event, false).values[0].clone()
    }

    /// The past of a user as it is stored.
    fn past(&self, user: &str) -> Vec<Past> {
        let pasts = self.stored.iter().map(|(past, _)| past);
        pasts.filter(|past| past.event.user_id.0 == user).cloned().collect()
    }
}

/// What a database does with what a transaction adds.
fn commit(rows: &mut BTreeMap<(CellId, RowId), Amount>, cells: &SharedCells) {
    for (cell, row, added) in cells.added() {
        let Amount { events, total } = added.amount;
        let known = rows.get(&(cell, row)).copied();
        let total = match known {
            None => total,
            Some(known) if added.is_time => known.total.max(total),
            Some(known) => known.total + total,
        };
        let events = known.map_or(0, |known| known.events) + events;
        rows.insert((cell, row), Amount { events, total });
    }
}
