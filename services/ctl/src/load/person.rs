//! A user of the made-up product: who they are, what they use, where and when.

use innerwall_event::Timestamp;

use super::contact;
use super::dice::Dice;
use super::places::{AGENTS, COUNTRIES, Country};

pub(super) const HOUR_US: i64 = 3_600_000_000;
pub(super) const DAY_US: i64 = 24 * HOUR_US;
/// Older accounts are dated from here, so that their age does not depend on when the load runs.
/// 2026-06-01.
const OLD_ACCOUNTS_US: i64 = 1_780_272_000_000_000;
/// People stay where they are for this long before they change place or device.
const STAY_US: i64 = 3 * HOUR_US;
const AWAKE_HOURS: i64 = 16;

/// Of a hundred users, how many register during the run.
const NEW_PERCENT: u32 = 4;

/// A user. The same seed and number give the same person.
pub(super) struct Person {
    pub(super) id: String,
    pub(super) country: &'static Country,
    /// Whether the account is made during this run.
    pub(super) is_new: bool,
    /// Whether there is no such account.
    is_stranger: bool,
    first_name: &'static str,
    last_name: &'static str,
    email: String,
    phone: Option<String>,
    created_us: i64,
    habits: Habits,
}

struct Habits {
    seed: u64,
    works_in_office: bool,
    desktop: &'static str,
    handheld: &'static str,
    home: String,
    office: String,
    mobile: String,
}

/// A device in a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) address: String,
    pub(super) agent: &'static str,
    pub(super) language: &'static str,
    /// The id that the product keeps in a cookie of the browser; none without cookies.
    pub(super) device: Option<u64>,
}

/// What is known of a person at a glance.
struct Traits {
    country: &'static Country,
    wake_hour: i64,
    /// Decides everything else.
    dice: Dice,
}

/// Whether a person is usually up at this time. Asked often, so it looks at little.
pub(super) fn is_awake(seed: u64, number: u32, now_us: i64) -> bool {
    let Traits { country, wake_hour, .. } = Traits::of(seed, number);
    let hour = local_us(country, now_us).div_euclid(HOUR_US);
    (hour - wake_hour).rem_euclid(24) < AWAKE_HOURS
}

impl Traits {
    fn of(seed: u64, number: u32) -> Self {
        let mut dice = Dice::new(seed, u64::from(number));
        let country = dice.pick_early(&COUNTRIES);
        let wake_hour = dice.between(5, 10);
        Self { country, wake_hour, dice }
    }
}

impl Person {
    /// `since_us` is when the run began: new accounts are made then.
    pub(super) fn of(seed: u64, number: u32, since_us: i64) -> Self {
        let mut traits = Traits::of(seed, number);
        let is_new = traits.dice.percent(NEW_PERCENT);
        Self::made(traits, number, since_us, is_new)
    }

    /// Somebody whose account is years old.
    pub(super) fn established(seed: u64, number: u32, since_us: i64) -> Self {
        let person = Self::made(Traits::of(seed, number), number, since_us, false);
        Self { created_us: person.created_us - 365 * DAY_US, ..person }
    }

    /// Somebody in a given country whose account is at least so many days old.
    pub(super) fn established_in(
        (seed, number): (u64, u32),
        country: &'static Country,
        since_us: i64,
        days: i64,
    ) -> Self {
        let traits = Traits { country, ..Traits::of(seed, number) };
        let person = Self::made(traits, number, since_us, false);
        Self { created_us: person.created_us - days * DAY_US, ..person }
    }

    /// Somebody who registers at a time.
    pub(super) fn newcomer(
        (seed, number): (u64, u32),
        country: &'static Country,
        created_us: i64,
    ) -> Self {
        let traits = Traits { country, ..Traits::of(seed, number) };
        Self::made(traits, number, created_us, true)
    }

    /// Somebody without an account here: all that is known is what was typed into the form.
    pub(super) fn stranger((seed, number): (u64, u32), since_us: i64) -> Self {
        let person = Self::established(seed, number, since_us);
        Self { id: format!("{number}.{}", person.email), is_stranger: true, ..person }
    }

    fn made(traits: Traits, number: u32, since_us: i64, is_new: bool) -> Self {
        let Traits { mut dice, country, .. } = traits;
        let first_name = *dice.pick(&country.first_names);
        let last_name = *dice.pick(&country.last_names);
        let run = if is_new { format!("-{:x}", since_us / 1_000_000) } else { String::new() };
        Self {
            id: format!("u{number:06}{run}"),
            country,
            is_new,
            is_stranger: false,
            first_name,
            last_name,
            email: contact::email(&mut dice, country, first_name, last_name),
            phone: dice.percent(40).then(|| contact::phone(&mut dice, country)),
            created_us: if is_new { since_us } else { made_before(&mut dice, since_us) },
            habits: Habits::of(&mut dice, country),
        }
    }

    /// Where the person is at this time, and on which device.
    pub(super) fn seat(&self, now_us: i64) -> Seat {
        let habits = &self.habits;
        let local_us = local_us(self.country, now_us);
        let stay = local_us.div_euclid(STAY_US);
        let mut dice = Dice::new(habits.seed, stay.unsigned_abs());
        let is_at_work = habits.works_in_office && is_office_hour(stay * STAY_US);
        match dice.below(100) {
            0..50 if is_at_work => self.office_seat(),
            50..65 => self.mobile_seat(),
            65..85 => self.handheld_seat(),
            _ => self.home_seat(),
        }
    }

    /// At home at the usual computer.
    pub(super) fn home_seat(&self) -> Seat {
        self.sitting(&self.habits.home, self.habits.desktop, 0)
    }

    /// At home with the phone.
    pub(super) fn handheld_seat(&self) -> Seat {
        self.sitting(&self.habits.home, self.habits.handheld, 1)
    }

    /// On the way with the phone.
    pub(super) fn mobile_seat(&self) -> Seat {
        self.sitting(&self.habits.mobile, self.habits.handheld, 1)
    }

    pub(super) fn office_seat(&self) -> Seat {
        self.sitting(&self.habits.office, self.habits.desktop, 0)
    }

    fn sitting(&self, address: &str, agent: &'static str, device: u64) -> Seat {
        let device = Some(self.habits.seed ^ device);
        Seat { address: address.to_owned(), agent, language: self.country.language, device }
    }

    /// The account's owner is told by a new address from now on.
    pub(super) fn set_email(&mut self, email: String) {
        self.email = email;
    }

    /// The members of an event's JSON object that tell who acted, each after a comma.
    pub(super) fn json(&self) -> String {
        let Self { id, email, first_name, last_name, .. } = self;
        if self.is_stranger {
            return format!(r#","user_id":"{id}","email":"{email}""#);
        }
        let created = Timestamp::from_micros(self.created_us).to_rfc3339();
        let phone = self.phone.as_deref().map(|phone| format!(r#","phone":"{phone}""#));
        let phone = phone.unwrap_or_default();
        format!(
            r#","user_id":"{id}","email":"{email}","first_name":"{first_name}","last_name":"{last_name}","user_created":"{created}"{phone}"#
        )
    }
}

impl Habits {
    fn of(dice: &mut Dice, country: &Country) -> Self {
        Self {
            seed: dice.bits(),
            works_in_office: dice.percent(50),
            desktop: *dice.pick_early(&AGENTS.desktops),
            handheld: *dice.pick_early(&AGENTS.phones),
            home: country.home_address(dice),
            office: country.office_address(dice),
            mobile: country.mobile_address(dice),
        }
    }
}

impl Seat {
    /// The members of an event's JSON object that tell from where, each after a comma.
    pub(super) fn json(&self) -> String {
        let Self { address, agent, language, .. } = self;
        format!(r#","ip":"{address}","user_agent":"{agent}","language":"{language}""#)
    }
}

/// The hour of the day where somebody lives.
pub(super) fn local_hour(country: &Country, now_us: i64) -> i64 {
    local_us(country, now_us).rem_euclid(DAY_US) / HOUR_US
}

fn local_us(country: &Country, now_us: i64) -> i64 {
    now_us + country.hours_east * HOUR_US
}

/// Working hours of Monday to Friday; 1970-01-01 was a Thursday.
fn is_office_hour(local_us: i64) -> bool {
    let weekday = (local_us.div_euclid(DAY_US) + 3).rem_euclid(7);
    let hour = local_us.rem_euclid(DAY_US) / HOUR_US;
    weekday < 5 && (9..17).contains(&hour)
}

/// A few weeks for some, up to nine years for most.
fn made_before(dice: &mut Dice, since_us: i64) -> i64 {
    if dice.percent(15) {
        let today_us = since_us - since_us.rem_euclid(DAY_US);
        return today_us - dice.between(1, 30 * 24) * HOUR_US;
    }
    let age_days = dice.between(1, 1800) * dice.between(1, 1800) / 1000 + 30;
    OLD_ACCOUNTS_US.min(since_us) - age_days * DAY_US - dice.between(0, 86_399) * 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON_US: i64 = 1_795_348_800_000_000;

    #[test]
    fn a_number_is_always_the_same_person() {
        let first = Person::of(1, 7, NOON_US);
        let again = Person::of(1, 7, NOON_US);
        assert_eq!((first.json(), first.home_seat()), (again.json(), again.home_seat()));
        assert_ne!(first.json(), Person::of(1, 8, NOON_US).json());
    }

    #[test]
    fn people_stay_on_one_seat_for_a_while() {
        let person = Person::of(1, 7, NOON_US);
        assert_eq!(person.seat(NOON_US), person.seat(NOON_US + HOUR_US / 60));
    }

    #[test]
    fn accounts_are_between_minutes_and_years_old() {
        let ages: Vec<i64> =
            (0..500).map(|number| NOON_US - Person::of(1, number, NOON_US).created_us).collect();
        assert!(ages.iter().all(|age_us| *age_us >= 0));
        assert!(ages.contains(&0));
        assert!(ages.iter().any(|age_us| *age_us > 5 * 365 * DAY_US));
        assert!(ages.iter().any(|age_us| (1..30 * DAY_US).contains(age_us)));
    }
}
