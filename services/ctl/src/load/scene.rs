//! A finite story: who takes part and what they do when, before and after it begins.

mod past;

use super::dice::Dice;
use super::pattern::{Plot, Role};
use super::person::{Person, Seat, local_hour};
use super::places::{COUNTRIES, Country};
use super::step::{Actor, Step};
use super::{attack, ordinary};

/// Numbers set aside for the people of one scene; the largest needs about a hundred.
pub(super) const NUMBERS: u32 = 200;

/// What a scene depends on; the same setting always gives the same scene.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) seed: u64,
    /// The first of the `NUMBERS` people.
    pub(super) first_number: u32,
    /// When the scene begins.
    pub(super) began_us: i64,
    /// How long before that its events are dated to, so that it is over by then.
    pub(super) ago_us: i64,
    /// For how many days before people are seen at their habits.
    pub(super) history_days: u32,
}

/// Somebody in the scene, by their place in it.
pub(super) type Who = usize;

/// One event of a scene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// Since the scene began; negative in the past.
    pub(super) at_us: i64,
    pub(super) who: Who,
    /// Whether it is part of the attack.
    pub(super) is_attack: bool,
    /// The event's JSON object without its beginning.
    pub(super) body: String,
}

/// An account of a scene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) user_id: String,
    pub(super) role: Role,
}

/// A scene, played to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Played {
    pub(super) plot: Plot,
    pub(super) accounts: Vec<Account>,
    /// In order of time.
    pub(super) moments: Vec<Moment>,
}

/// A scene while it is written.
pub(super) struct Scene {
    pub(super) dice: Dice,
    pub(super) setting: Setting,
    /// The time of the next event since the scene began.
    pub(super) clock_us: i64,
    next_number: u32,
    actors: Vec<Actor>,
    roles: Vec<Role>,
    moments: Vec<Moment>,
}

impl Played {
    /// From the beginning to the last event.
    pub(super) fn length_us(&self) -> i64 {
        self.moments.last().map_or(0, |moment| moment.at_us.max(0))
    }
}

/// Plays a scene.
pub(super) fn play(plot: Plot, setting: Setting) -> Played {
    let mut scene = Scene::new(setting);
    match plot {
        Plot::Attack(pattern) => attack::play(pattern, &mut scene),
        Plot::Ordinary(kind) => ordinary::play(kind, &mut scene),
    }
    scene.end(plot)
}

impl Scene {
    fn new(setting: Setting) -> Self {
        Self {
            dice: Dice::new(setting.seed.rotate_left(17), setting.first_number.into()),
            setting,
            clock_us: 0,
            next_number: setting.first_number,
            actors: Vec::new(),
            roles: Vec::new(),
            moments: Vec::new(),
        }
    }

    fn end(mut self, plot: Plot) -> Played {
        self.moments.sort_by_key(|moment| moment.at_us);
        let accounts = self.actors.into_iter().zip(self.roles);
        let accounts =
            accounts.map(|(actor, role)| Account { user_id: actor.person.id, role }).collect();
        Played { plot, accounts, moments: self.moments }
    }

    /// A country where people are up.
    pub(super) fn country(&mut self) -> &'static Country {
        let began_us = self.setting.began_us;
        let is_up = |country: &Country| (8..22).contains(&local_hour(country, began_us));
        let up: Vec<usize> =
            (0..COUNTRIES.len()).filter(|index| is_up(&COUNTRIES[*index])).collect();
        // The table reaches around the world; were it cut, anybody would do.
        if up.is_empty() {
            return self.dice.pick_early(&COUNTRIES);
        }
        &COUNTRIES[*self.dice.pick_early(&up)]
    }

    /// The country where it is closest to this hour of the day.
    pub(super) fn country_at(&mut self, hour: i64) -> &'static Country {
        let began_us = self.setting.began_us;
        let distance = |country: &Country| {
            let apart = (local_hour(country, began_us) - hour).rem_euclid(24);
            apart.min(24 - apart)
        };
        let best = COUNTRIES.iter().map(distance).min().unwrap_or_default();
        let all: Vec<usize> =
            (0..COUNTRIES.len()).filter(|index| distance(&COUNTRIES[*index]) == best).collect();
        &COUNTRIES[*self.dice.pick(&all)]
    }

    /// Somebody at home, with an account from before all habits.
    pub(super) fn owner(&mut self, role: Role, country: &'static Country) -> Who {
        let days = i64::from(self.setting.history_days) + 30;
        self.old_owner(role, country, days)
    }

    /// Somebody at home, with an account that is at least so many days old.
    pub(super) fn old_owner(&mut self, role: Role, country: &'static Country, days: i64) -> Who {
        let key = self.next_key();
        let person = Person::established_in(key, country, self.setting.began_us, days);
        self.join(role, person)
    }

    /// Somebody who has no account before the scene.
    pub(super) fn newcomer(&mut self, role: Role, country: &'static Country) -> Who {
        let key = self.next_key();
        let created_us = self.setting.began_us - self.setting.ago_us + self.clock_us;
        let person = Person::newcomer(key, country, created_us);
        self.join(role, person)
    }

    /// A name that somebody tries and that no account has.
    pub(super) fn stranger(&mut self) -> Who {
        let key = self.next_key();
        let person = Person::stranger(key, self.setting.began_us);
        self.join(Role::Victim, person)
    }

    fn next_key(&mut self) -> (u64, u32) {
        let number = self.next_number;
        debug_assert!(number < self.setting.first_number + NUMBERS, "too many people");
        self.next_number += 1;
        (self.setting.seed, number)
    }

    fn join(&mut self, role: Role, person: Person) -> Who {
        let seat = person.home_seat();
        self.actors.push(Actor::new(person, seat, self.dice.bits()));
        self.roles.push(role);
        self.actors.len() - 1
    }

    pub(super) fn person(&self, who: Who) -> &Person {
        &self.actors[who].person
    }

    pub(super) fn seat(&self, who: Who) -> &Seat {
        self.actors[who].seat()
    }

    /// Moves somebody to another device or place.
    pub(super) fn sit(&mut self, who: Who, seat: Seat) {
        self.actors[who].sit(seat);
    }

    pub(super) fn set_email(&mut self, who: Who, email: String) {
        self.actors[who].set_email(email);
    }

    /// The product gives a new session.
    pub(super) fn sign_in_anew(&mut self, who: Who) {
        let session = self.dice.bits();
        self.actors[who].sign_in_anew(session);
    }

    /// Lets time pass.
    pub(super) fn wait(&mut self, least_ms: i64, most_ms: i64) {
        self.clock_us += self.dice.between(least_ms, most_ms) * 1_000;
    }

    /// A step of the attack.
    pub(super) fn attack(&mut self, who: Who, step: Step) {
        self.take(who, step, true);
    }

    /// A step that is honest.
    pub(super) fn act(&mut self, who: Who, step: Step) {
        self.take(who, step, false);
    }

    fn take(&mut self, who: Who, step: Step, is_attack: bool) {
        let mut body = String::new();
        self.actors[who].write_body(step, &mut body);
        self.moments.push(Moment { at_us: self.clock_us, who, is_attack, body });
    }
}

#[cfg(test)]
#[path = "scene_tests.rs"]
mod tests;
