//! What is known to be true of the accounts in generated traffic.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use innerwall_event::Timestamp;
use serde::Serialize;

use super::pattern::{Plot, Role};

/// Accounts beyond these are not labelled: 200 bytes each bound the memory of endless runs.
const LABELS_MAX: usize = 500_000;

/// What an account is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) plot: Plot,
    pub(crate) scene: u32,
    pub(crate) role: Role,
}

/// The truth about an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    place: Place,
    first_event_us: i64,
    first_attack_us: Option<i64>,
    events: u64,
}

/// The labels of a run by user id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels(BTreeMap<String, Label>);

#[derive(Serialize)]
struct Line<'a> {
    user_id: &'a str,
    label: Role,
    #[serde(flatten)]
    plot: Plot,
    /// The attack or life of which the account is part.
    scene: u32,
    first_event_at: String,
    /// Absent where the account has no part in the attack itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_attack_at: Option<String>,
    events: u64,
}

impl Label {
    pub(crate) fn new(place: Place) -> Self {
        Self { place, first_event_us: i64::MAX, first_attack_us: None, events: 0 }
    }

    /// Counts an event of the account.
    pub(crate) fn count(&mut self, time_us: i64, is_attack: bool) {
        self.first_event_us = self.first_event_us.min(time_us);
        if is_attack {
            self.first_attack_us = Some(self.first_attack_us.unwrap_or(time_us).min(time_us));
        }
        self.events += 1;
    }

    fn merge(&mut self, other: Self) {
        self.first_event_us = self.first_event_us.min(other.first_event_us);
        let attacks = [self.first_attack_us, other.first_attack_us];
        self.first_attack_us = attacks.into_iter().flatten().min();
        self.events += other.events;
    }
}

impl Labels {
    pub(crate) fn add(&mut self, user_id: String, label: Label) {
        if let Some(known) = self.0.get_mut(&user_id) {
            known.merge(label);
        } else if self.0.len() < LABELS_MAX {
            self.0.insert(user_id, label);
        }
    }

    /// How many events were counted.
    #[cfg(test)]
    pub(crate) fn events(&self) -> u64 {
        self.0.values().map(|label| label.events).sum()
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for (user_id, label) in other.0 {
            self.add(user_id, label);
        }
    }

    /// Writes one JSON object per line.
    pub(crate) fn write(&self, path: &Path) -> anyhow::Result<()> {
        let write = || -> anyhow::Result<()> {
            let mut file = BufWriter::new(std::fs::File::create(path)?);
            for (user_id, label) in &self.0 {
                serde_json::to_writer(&mut file, &Line::new(user_id, label))?;
                file.write_all(b"\n")?;
            }
            Ok(file.flush()?)
        };
        write().with_context(|| format!("cannot write {}", path.display()))
    }
}

impl<'a> Line<'a> {
    fn new(user_id: &'a str, label: &Label) -> Self {
        let time = |micros: i64| Timestamp::from_micros(micros).to_rfc3339();
        let Place { plot, scene, role } = label.place;
        Self {
            user_id,
            label: role,
            plot,
            scene,
            first_event_at: time(label.first_event_us),
            first_attack_at: label.first_attack_us.map(time),
            events: label.events,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pattern::Pattern;
    use super::*;

    #[test]
    fn a_line_names_the_pattern_and_the_first_events() {
        let plot = Plot::Attack(Pattern::PasswordSpraying);
        let mut label = Label::new(Place { plot, scene: 7, role: Role::Victim });
        label.count(5_000_000, true);
        label.count(1_000_000, false);
        let line = serde_json::to_string(&Line::new("u1", &label)).unwrap();
        let expected = concat!(
            r#"{"user_id":"u1","label":"victim","pattern":"password_spraying","scene":7,"#,
            r#""first_event_at":"1970-01-01T00:00:01Z","first_attack_at":"1970-01-01T00:00:05Z","#,
            r#""events":2}"#
        );
        assert_eq!(line.replace(".000Z", "Z").replace(".000000Z", "Z"), expected);
    }
}
