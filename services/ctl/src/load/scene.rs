//! A finite story: who takes part and what they do when, before and after it begins.

use super::dice::Dice;
use super::pattern::{Plot, Role};
use super::person::{DAY_US, HOUR_US, Person, Seat, local_hour};
use super::places::{COUNTRIES, Country};
use super::shop;
use super::step::{Actor, Referer, Step};
use super::visit::Visit;
use super::{attack, ordinary};

/// Numbers set aside for the people of one scene; the largest needs about a hundred.
pub(super) const NUMBERS: u32 = 200;
const SECOND_US: i64 = 1_000_000;

/// What a scene depends on; the same setting always gives the same scene.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) seed: u64,
    /// The first of the `NUMBERS` people.
    pub(super) first_number: u32,
    /// When the scene begins.
    pub(super) began_us: i64,
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

    /// Somebody with an account of years, at home.
    pub(super) fn owner(&mut self, role: Role, country: &'static Country) -> Who {
        let key = self.next_key();
        let person = Person::established_in(key, country, self.setting.began_us);
        self.join(role, person)
    }

    /// Somebody who has no account before the scene.
    pub(super) fn newcomer(&mut self, role: Role, country: &'static Country) -> Who {
        let key = self.next_key();
        let person = Person::newcomer(key, country, self.now_us());
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

    pub(super) fn now_us(&self) -> i64 {
        self.setting.began_us + self.clock_us
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

    /// Some pages, as an ordinary visitor looks at them.
    pub(super) fn browse(&mut self, who: Who, pages: u32) {
        let mut visit = Visit::of_pages(pages);
        for _ in 0..pages {
            let Some(step) = visit.step(&self.actors[who], &mut self.dice) else {
                return;
            };
            let pause_us = (step.pause_ms * 1_000).min(45 * SECOND_US);
            self.act(who, step);
            self.clock_us += pause_us;
        }
    }

    /// Arrives, signs in as some do, and looks around.
    pub(super) fn visit(&mut self, who: Who, pages: u32) {
        self.sign_in_anew(who);
        self.act(who, shop::home().from(Referer::Elsewhere("https://www.google.com/")));
        self.wait(2_000, 9_000);
        if self.dice.percent(45) {
            self.act(who, shop::login());
            self.wait(1_500, 6_000);
        }
        self.browse(who, pages);
    }

    /// The days before: visits from home, some on the way.
    pub(super) fn past(&mut self, who: Who) {
        self.past_of(who, (8, 22), |scene| {
            let person = scene.person(who);
            let seats = [person.home_seat(), person.handheld_seat(), person.mobile_seat()];
            let seat = match scene.dice.below(10) {
                0..6 => &seats[0],
                6..9 => &seats[1],
                _ => &seats[2],
            };
            scene.sit(who, seat.clone());
            let pages = 1 + scene.dice.below(4);
            scene.visit(who, pages);
        });
        let home = self.person(who).home_seat();
        self.sit(who, home);
    }

    /// The days before: most days something between two local hours.
    pub(super) fn past_of(
        &mut self,
        who: Who,
        (first_hour, last_hour): (i64, i64),
        mut habit: impl FnMut(&mut Self),
    ) {
        let clock_us = self.clock_us;
        let hour_now = local_hour(self.person(who).country, self.setting.began_us);
        for day in (1..=i64::from(self.setting.history_days)).rev() {
            // The first day makes the account known, whatever the dice say.
            let is_first = day == i64::from(self.setting.history_days);
            let hour = self.dice.between(first_hour, last_hour - 1);
            let minute_us = self.dice.between(0, 59) * 60 * SECOND_US;
            if is_first || self.dice.percent(75) {
                // From one to two days before the same hour of the scene's day.
                self.clock_us =
                    (hour - hour_now).rem_euclid(24) * HOUR_US + minute_us - (day + 1) * DAY_US;
                habit(self);
            }
        }
        self.clock_us = clock_us;
        self.sign_in_anew(who);
    }
}

#[cfg(test)]
#[path = "scene_tests.rs"]
mod tests;
