//! What attackers do, step by step.

use super::dice::Dice;
use super::pattern::Pattern;
use super::person::{Person, Seat};
use super::places::{AGENTS, ORIGINS};
use super::shop;
use super::step::{Actor, Referer, Step};
use super::visit::Visit;

const HOUR_US: i64 = 3_600_000_000;
const DAY_US: i64 = 24 * HOUR_US;
/// Accounts one spray tries.
pub(super) const SPRAY_ACCOUNTS: u32 = 24;
/// Steps of the owner's own that come before some attacks.
const HISTORY_STEPS: u32 = 5;
const PROBES: [(&str, u16); 18] = [
    ("/.env", 404),
    ("/.git/config", 404),
    ("/wp-login.php", 404),
    ("/wp-admin/setup-config.php", 404),
    ("/phpmyadmin/index.php", 404),
    ("/xmlrpc.php", 404),
    ("/actuator/env", 404),
    ("/server-status", 403),
    ("/backup.sql", 404),
    ("/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", 404),
    ("/download?file=../../../../etc/passwd", 400),
    ("/static?path=..%2f..%2f..%2fetc%2fshadow", 400),
    ("/search?q=1%27+OR+%271%27%3D%271", 500),
    ("/c/tents?sort=price)+UNION+SELECT+password", 500),
    ("/search?q=%3Cscript%3Ealert(1)%3C/script%3E", 200),
    ("/.aws/credentials", 404),
    ("/cgi-bin/test.cgi", 404),
    ("/api/v1/users?limit=${jndi:ldap://x}", 400),
];

/// An attack under way.
pub(super) struct Attack {
    pub(super) pattern: Pattern,
    /// Steps taken.
    at: u32,
    /// Whether the account has a past to be told first.
    has_past: bool,
    source: Seat,
    visit: Visit,
    accounts: (u64, u32),
}

impl Attack {
    /// `accounts` are the seed of all people and the number of the first account of a spray.
    pub(super) fn new(
        pattern: Pattern,
        dice: &mut Dice,
        accounts: (u64, u32),
        has_past: bool,
    ) -> Self {
        let source = source(pattern, dice);
        let visit = Visit::of_pages(u32::MAX);
        Self { pattern, at: 0, has_past, source, visit, accounts }
    }

    pub(super) fn step(&mut self, actor: &mut Actor, dice: &mut Dice, now_us: i64) -> Option<Step> {
        let at = self.at;
        self.at += 1;
        match self.pattern {
            Pattern::PasswordGuessing => self.guess(at, actor, dice),
            Pattern::AccountTakeover => self.take_over(at, actor, dice),
            Pattern::Scanner => self.scan(at, actor, dice),
            Pattern::SessionHijack => self.hijack(at, actor, dice),
            Pattern::DormantReturn => self.come_back(at, actor, dice),
            Pattern::InsiderExport => export(at, dice, now_us),
            Pattern::BotHead => self.crawl(at, actor, dice),
            Pattern::Spray => self.spray(at, actor, dice, now_us),
        }
    }

    /// Takes the attacker's seat at the given step.
    fn arrive(&self, at: u32, first: u32, actor: &mut Actor) {
        if at == first {
            actor.sit(self.source.clone());
        }
    }

    fn guess(&self, at: u32, actor: &mut Actor, dice: &mut Dice) -> Option<Step> {
        self.arrive(at, 0, actor);
        (at < 16).then(|| shop::failed_login().pause(dice.between(300, 2_000)))
    }

    fn take_over(&mut self, at: u32, actor: &mut Actor, dice: &mut Dice) -> Option<Step> {
        let past = if self.has_past { HISTORY_STEPS } else { 0 };
        if at < past {
            let earlier = DAY_US + i64::from(past - at) * 40_000_000;
            return self.own_step(actor, dice).map(|step| step.before(earlier).pause(500));
        }
        self.arrive(at, past, actor);
        let step = match at - past {
            0 => shop::failed_login(),
            1 => {
                actor.sign_in_anew(dice.bits());
                shop::login()
            }
            2 => Step::view("/account", "Your account"),
            3 => shop::change_password(),
            4 => {
                let domain = dice.pick(&["tempmail.example", "mailbox.example"]);
                actor.set_email(format!("mx{}@{domain}", dice.between(10_000, 99_999)));
                shop::change_email()
            }
            5 => shop::edit_profile(dice),
            6 | 7 => shop::purchase(dice, actor.person.country.currency),
            8 => shop::logout(),
            _ => return None,
        };
        Some(step.pause(dice.between(1_500, 9_000)))
    }

    fn scan(&self, at: u32, actor: &mut Actor, dice: &mut Dice) -> Option<Step> {
        self.arrive(at, 0, actor);
        let (url, code) = *PROBES.get(usize::try_from(at).ok()?)?;
        let step = Step::view(url, "").from(Referer::Absent).answered(code);
        Some(step.pause(dice.between(100, 900)))
    }

    fn hijack(&mut self, at: u32, actor: &mut Actor, dice: &mut Dice) -> Option<Step> {
        self.arrive(at, HISTORY_STEPS, actor);
        if at < HISTORY_STEPS {
            return self.own_step(actor, dice).map(|step| step.pause(dice.between(2_000, 9_000)));
        }
        let step = match at - HISTORY_STEPS {
            0 => Step::view("/account", "Your account").from(Referer::Absent),
            1 => Step::view("/account/payment", "Payment"),
            2 => shop::edit_profile(dice),
            3 => shop::purchase(dice, actor.person.country.currency),
            4 => Step::view("/account/orders", "Orders"),
            _ => return None,
        };
        Some(step.pause(dice.between(1_000, 5_000)))
    }

    fn come_back(&mut self, at: u32, actor: &mut Actor, dice: &mut Dice) -> Option<Step> {
        let past = if self.has_past { HISTORY_STEPS } else { 0 };
        if at < past {
            let earlier = 200 * DAY_US + i64::from(past - at) * 40_000_000;
            return self.own_step(actor, dice).map(|step| step.before(earlier).pause(500));
        }
        if at == past {
            actor.sign_in_anew(dice.bits());
            let agent = *dice.pick(&AGENTS.phones);
            actor.sit(Seat { agent, ..actor.seat().clone() });
            return Some(shop::login().pause(3_000));
        }
        let step = match at - past {
            1 => shop::change_email(),
            2..10 => return self.own_step(actor, dice),
            _ => return None,
        };
        Some(step.pause(4_000))
    }

    fn crawl(&self, at: u32, actor: &mut Actor, dice: &mut Dice) -> Option<Step> {
        self.arrive(at, 0, actor);
        let page = if dice.percent(50) { shop::product(dice) } else { shop::thread(dice) };
        let step = page.method("HEAD").from(Referer::Absent);
        (at < 25).then(|| step.pause(dice.between(150, 700)))
    }

    fn spray(&self, at: u32, actor: &mut Actor, dice: &mut Dice, now_us: i64) -> Option<Step> {
        self.arrive(at, 0, actor);
        if at >= SPRAY_ACCOUNTS {
            return None;
        }
        let (seed, first) = self.accounts;
        actor.become_person(Person::established(seed, first + at, now_us));
        actor.sign_in_anew(dice.bits());
        Some(shop::failed_login().pause(dice.between(800, 3_000)))
    }

    /// What the owner of the account would do.
    fn own_step(&mut self, actor: &Actor, dice: &mut Dice) -> Option<Step> {
        self.visit.step(actor, dice)
    }
}

/// From where and on what each pattern works.
fn source(pattern: Pattern, dice: &mut Dice) -> Seat {
    let origin = dice.pick(&ORIGINS);
    let agents = match pattern {
        Pattern::BotHead | Pattern::Scanner => &AGENTS.tools,
        Pattern::PasswordGuessing
        | Pattern::AccountTakeover
        | Pattern::SessionHijack
        | Pattern::DormantReturn
        | Pattern::InsiderExport
        | Pattern::Spray => &AGENTS.desktops,
    };
    let (address, agent) = (origin.address(dice), *dice.pick(agents));
    Seat { address, agent, language: origin.language }
}

/// Dated to the night: an export runs when nobody looks.
fn export(at: u32, dice: &mut Dice, now_us: i64) -> Option<Step> {
    let step = if at % 8 == 7 { shop::edit_listing(dice) } else { shop::customer(dice) };
    let step = step.before(since_night_us(now_us));
    (at < 60).then(|| step.pause(dice.between(400, 1_500)))
}

/// How long ago it was night (UTC); 0 during the night.
fn since_night_us(now_us: i64) -> i64 {
    let of_day_us = now_us.rem_euclid(DAY_US);
    if of_day_us < 5 * HOUR_US {
        return 0;
    }
    // Whole hours, so that the steps keep their distances.
    (of_day_us / HOUR_US - 2) * HOUR_US
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_are_dated_to_the_night() {
        for hour in 0..24 {
            let now_us = 20_000 * DAY_US + hour * HOUR_US + 59 * 60_000_000;
            let dated_us = now_us - since_night_us(now_us);
            assert!(dated_us.rem_euclid(DAY_US) < 5 * HOUR_US, "hour {hour}");
        }
    }
}
