//! A user whose events are folded one after the other: the harness of the tests.

use innerwall_event::{Draft, Event, Receipt, Strictness, TenantId, Timestamp, accept};

use crate::{
    AddressFacts, Country, DeviceFacts, Fact, Facts, Folded, Lists, State, Surroundings, Value,
    fold,
};

pub(crate) const START: &str = "2026-11-18T12:00:00Z";

pub(crate) fn in_country(code: &str) -> AddressFacts {
    AddressFacts { country: Country::parse(code).unwrap().number(), ..AddressFacts::default() }
}

pub(crate) struct Story {
    pub(crate) state: State,
    pub(crate) around: Surroundings,
    pub(crate) lists: Lists,
    pub(crate) now: Timestamp,
    pub(crate) facts: Facts,
}

impl Story {
    pub(crate) fn new() -> Self {
        let around = Surroundings {
            address: in_country("DE"),
            device: DeviceFacts { id: 1, ..DeviceFacts::default() },
            ..Surroundings::default()
        };
        let now = Timestamp::parse_rfc3339(START).unwrap();
        Self {
            state: State::fresh(),
            around,
            lists: Lists::builtin(),
            now,
            facts: Facts::default(),
        }
    }

    pub(crate) fn event(&self, change: impl FnOnce(&mut Draft<'static>)) -> Event {
        let mut draft = Draft {
            user_id: Some("alice".into()),
            ip: Some("81.2.69.142".into()),
            url: Some("/".into()),
            referer: Some("/".into()),
            language: Some("en-US".into()),
            event_time: Some(self.now.to_rfc3339().into()),
            ..Draft::default()
        };
        change(&mut draft);
        let fresh_id = innerwall_event::event_id_of_name(TenantId(1), "fresh");
        let receipt = Receipt { tenant: TenantId(1), at: self.now, fresh_id };
        accept(draft, receipt, Strictness::Refuse).unwrap()
    }

    pub(crate) fn then(
        &mut self,
        after_s: i64,
        change: impl FnOnce(&mut Draft<'static>),
    ) -> Folded {
        self.now = self.now.plus_seconds(after_s);
        let event = self.event(change);
        let folded = fold(&mut self.state, &event, &self.around, &self.lists);
        self.facts = folded.facts.clone();
        folded
    }

    pub(crate) fn kind(&mut self, after_s: i64, kind: &'static str, code: &'static str) {
        self.then(after_s, |draft| {
            draft.event_type = Some(kind.into());
            draft.http_code = Some(code.into());
        });
    }

    pub(crate) fn is(&self, fact: Fact) -> Option<bool> {
        match self.facts.get(fact) {
            Value::Bool(holds) => Some(*holds),
            Value::Unknown => None,
            other @ (Value::Int(_) | Value::Text(_) | Value::Texts(_)) => {
                panic!("{fact:?} is {other:?}")
            }
        }
    }

    pub(crate) fn number(&self, fact: Fact) -> Option<i64> {
        match self.facts.get(fact) {
            Value::Int(number) => Some(*number),
            Value::Unknown => None,
            other @ (Value::Bool(_) | Value::Text(_) | Value::Texts(_)) => {
                panic!("{fact:?} is {other:?}")
            }
        }
    }

    pub(crate) fn text(&self, fact: Fact) -> Option<String> {
        match self.facts.get(fact) {
            Value::Text(text) => Some(text.to_string()),
            Value::Unknown => None,
            other @ (Value::Bool(_) | Value::Int(_) | Value::Texts(_)) => {
                panic!("{fact:?} is {other:?}")
            }
        }
    }
}
