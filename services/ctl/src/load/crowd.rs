//! The users of the product and who begins something next.

use super::attack::{Attack, SPRAY_ACCOUNTS};
use super::dice::Dice;
use super::pattern::Pattern;
use super::person::{Person, is_awake};
use super::session::{Script, Session};
use super::step::Actor;
use super::visit::Visit;

/// How long people rest between visits. Ordinary users are called back earlier when nobody is
/// left; attackers are not, so that each of their attacks stands alone.
const REST_US: i64 = 40 * 60 * 1_000_000;
/// Of a hundred visits, how many are attacks: they are longer than visits, so that 2 to 4 % of
/// the events are theirs.
const ATTACK_PERCENT: u32 = 1;
/// One attacker for so many ordinary users, and one of each pattern at least.
const USERS_PER_ATTACKER: u32 = 50;
const ATTACKERS_MIN: u32 = 8;
/// Tries to find a user who is idle, rested and awake; then as many for one who is idle.
const TRIES: u32 = 4;
/// Marks a user in the middle of a visit.
const BUSY: i64 = i64::MAX;

/// One share of the traffic. Each user belongs to one share, so that shares can be sent side by
/// side and the events of a user keep their order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    pub(crate) index: u32,
    pub(crate) count: u32,
}

pub(super) struct Crowd {
    seed: u64,
    users: u32,
    share: Share,
    /// When each user may begin a visit: 0 before the first, `BUSY` during one.
    free_at_us: Vec<i64>,
    attackers_free_at_us: Vec<i64>,
    next_attacker: usize,
    since_us: Option<i64>,
}

impl Crowd {
    pub(super) fn new(seed: u64, users: u32, share: Share) -> Self {
        let size = |all: u32| (share.index..all).step_by(share.count.max(1) as usize).count();
        Self {
            seed,
            users,
            share,
            free_at_us: vec![0; size(users)],
            attackers_free_at_us: vec![0; size(attackers(users))],
            next_attacker: 0,
            since_us: None,
        }
    }

    /// Somebody new begins; none when nobody idle was found.
    pub(super) fn begin(&mut self, dice: &mut Dice, now_us: i64) -> Option<Session> {
        let since_us = *self.since_us.get_or_insert(now_us);
        if dice.percent(ATTACK_PERCENT)
            && let Some(session) = self.begin_attack(dice, now_us, since_us)
        {
            return Some(session);
        }
        let count = u32::try_from(self.free_at_us.len()).unwrap_or(u32::MAX);
        for attempt in 0..2 * TRIES {
            let user = dice.zipf(count) as usize;
            let free_at_us = self.free_at_us.get(user).copied().unwrap_or(BUSY);
            let is_choosy = attempt < TRIES;
            if free_at_us == BUSY || (is_choosy && free_at_us > now_us) {
                continue;
            }
            let number = self.number(user);
            if is_choosy && !is_awake(self.seed, number, now_us) {
                continue;
            }
            let person = Person::of(self.seed, number, since_us);
            return Some(self.begin_visit(person, user, dice, now_us));
        }
        None
    }

    fn begin_visit(
        &mut self,
        person: Person,
        user: usize,
        dice: &mut Dice,
        now_us: i64,
    ) -> Session {
        let is_first = person.is_new && self.free_at_us[user] == 0;
        self.free_at_us[user] = BUSY;
        let visit = Visit::new(dice, is_first);
        let seat = person.seat(now_us);
        let actor = Actor::new(person, seat, dice.bits());
        Session { actor, script: Script::Visit { visit, user } }
    }

    /// Attackers take turns.
    fn begin_attack(&mut self, dice: &mut Dice, now_us: i64, since_us: i64) -> Option<Session> {
        let attacker = self.next_attacker.checked_rem(self.attackers_free_at_us.len())?;
        self.next_attacker += 1;
        let free_at_us = self.attackers_free_at_us[attacker];
        if free_at_us > now_us {
            return None;
        }
        self.attackers_free_at_us[attacker] = BUSY;
        let index = self.number(attacker);
        let person = Person::established(self.seed, self.users + index, since_us);
        let pattern = pattern_of(index);
        let accounts = accounts_of(self.users, index).start;
        let has_past = free_at_us == 0;
        let attack = Attack::new(pattern, dice, (self.seed, accounts), has_past);
        let seat = person.home_seat();
        let actor = Actor::new(person, seat, dice.bits());
        Some(Session { actor, script: Script::Attack { attack, attacker } })
    }

    /// Somebody has finished.
    pub(super) fn rest(&mut self, session: &Session, now_us: i64) {
        match session.script {
            Script::Visit { user, .. } => self.free_at_us[user] = now_us + REST_US,
            Script::Attack { attacker, .. } => {
                self.attackers_free_at_us[attacker] = now_us + REST_US;
            }
        }
    }

    /// The number among all users of one of this share.
    fn number(&self, place: usize) -> u32 {
        u32::try_from(place).unwrap_or(u32::MAX) * self.share.count.max(1) + self.share.index
    }
}

/// The ids of the accounts that are attacked or used to attack, and how.
pub(super) fn labels(seed: u64, users: u32) -> impl Iterator<Item = (String, Pattern)> {
    (0..attackers(users)).flat_map(move |index| {
        let pattern = pattern_of(index);
        let is_spray = pattern == Pattern::Spray;
        let own = users + index..users + index + 1;
        let numbers = if is_spray { accounts_of(users, index) } else { own };
        numbers.map(move |number| (Person::established(seed, number, 0).id, pattern))
    })
}

fn attackers(users: u32) -> u32 {
    (users / USERS_PER_ATTACKER).max(ATTACKERS_MIN)
}

fn pattern_of(attacker: u32) -> Pattern {
    Pattern::ALL[attacker as usize % Pattern::ALL.len()]
}

/// The numbers of the accounts that the attacker would spray: those after all other users.
fn accounts_of(users: u32, attacker: u32) -> std::ops::Range<u32> {
    let first = users + attackers(users) + attacker * SPRAY_ACCOUNTS;
    first..first + SPRAY_ACCOUNTS
}
