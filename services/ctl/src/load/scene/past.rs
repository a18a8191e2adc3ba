//! Ordinary visits, now and in the days before.

use super::super::person::{DAY_US, HOUR_US, local_hour};
use super::super::shop;
use super::super::step::Referer;
use super::super::visit::Visit;
use super::{Scene, Who};

const SECOND_US: i64 = 1_000_000;

impl Scene {
    /// Some pages, as an ordinary visitor looks at them.
    pub(in crate::load) fn browse(&mut self, who: Who, pages: u32) {
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
    pub(in crate::load) fn visit(&mut self, who: Who, pages: u32) {
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
    pub(in crate::load) fn past(&mut self, who: Who) {
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
    pub(in crate::load) fn past_of(
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
