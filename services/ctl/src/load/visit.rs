//! An ordinary visit: arrive, look around, perhaps buy or write, leave.

use super::dice::Dice;
use super::shop;
use super::step::{Actor, Referer, Step};

const ENTRANCES: [&str; 5] = [
    "https://www.google.com/",
    "https://shop.example/",
    "https://www.bing.com/",
    "https://news.shop.example/letter",
    "https://duckduckgo.com/",
];

/// What is left of a visit.
pub(super) struct Visit {
    pages_left: u32,
    next: Next,
}

#[derive(Clone, Copy)]
enum Next {
    Arrive,
    Register,
    /// Mistyped passwords still to come.
    SignIn(u32),
    Look,
    Pay,
    Leave,
    Nothing,
}

impl Visit {
    /// `is_first` tells a new account's first visit, which begins with its registration.
    pub(super) fn new(dice: &mut Dice, is_first: bool) -> Self {
        let next = if is_first { Next::Register } else { Next::Arrive };
        Self { pages_left: 2 + dice.zipf(30), next }
    }

    /// A visit already under way.
    pub(super) fn of_pages(pages_left: u32) -> Self {
        Self { pages_left, next: Next::Look }
    }

    pub(super) fn step(&mut self, actor: &Actor, dice: &mut Dice) -> Option<Step> {
        let (step, next) = match self.next {
            Next::Arrive => arrive(dice),
            Next::Register => (shop::register(), Next::Look),
            Next::SignIn(0) => (shop::login(), Next::Look),
            Next::SignIn(mistakes) => (shop::failed_login(), Next::SignIn(mistakes - 1)),
            Next::Look => self.look(dice),
            Next::Pay => (shop::purchase(dice, actor.person.country.currency), Next::Look),
            Next::Leave => (shop::logout(), Next::Nothing),
            Next::Nothing => return None,
        };
        self.next = next;
        Some(step.pause(thinking_ms(dice)))
    }

    fn look(&mut self, dice: &mut Dice) -> (Step, Next) {
        self.pages_left = self.pages_left.saturating_sub(1);
        let next = match self.pages_left {
            0 if dice.percent(40) => Next::Leave,
            0 => Next::Nothing,
            _ => Next::Look,
        };
        match dice.below(1000) {
            0..240 => (shop::category(dice), next),
            240..560 => (shop::product(dice), next),
            560..670 => (shop::search(dice), next),
            670..830 => (shop::thread(dice), next),
            830..870 => (shop::reply(dice), next),
            870..930 if self.pages_left > 0 && dice.percent(50) => {
                (shop::add_to_cart(dice), Next::Pay)
            }
            870..930 => (shop::add_to_cart(dice), next),
            930..945 => (shop::edit_listing(dice), next),
            945..952 => (shop::edit_profile(dice), next),
            952..955 => (shop::delete_reply(dice), next),
            955..965 => (shop::missing(dice), next),
            965..967 => (shop::broken(), next),
            967..968 => (shop::change_password(), next),
            _ => (shop::home(), next),
        }
    }
}

/// Some sign in, most are still signed in from the last time.
fn arrive(dice: &mut Dice) -> (Step, Next) {
    let entrance = dice.pick_early(&ENTRANCES);
    let step = shop::home().from(Referer::Elsewhere(entrance));
    let next = match dice.below(100) {
        0..3 => Next::SignIn(1),
        3..40 => Next::SignIn(0),
        _ => Next::Look,
    };
    (step, next)
}

/// Seconds mostly, minutes at times.
fn thinking_ms(dice: &mut Dice) -> i64 {
    if dice.percent(4) { dice.between(60_000, 300_000) } else { dice.between(2_000, 22_000) }
}
