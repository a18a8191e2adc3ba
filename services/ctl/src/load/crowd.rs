//! The users of the product and who begins something next.

use super::dice::Dice;
use super::pattern::{Kind, Plot};
use super::person::{Person, is_awake};
use super::scene::{self, NUMBERS, Setting};
use super::session::{Running, Session};
use super::step::Actor;
use super::visit::Visit;

/// How long people rest between visits. Ordinary users are called back earlier when nobody is
/// left; scenes are not played again earlier, so that each attack stands alone.
const REST_US: i64 = 40 * 60 * 1_000_000;
/// Of a thousand visits, how many are scenes: they are longer than visits, so that 2 to 5 % of
/// the events belong to attacks.
const SCENES_PER_MILLE: u32 = 5;
/// One scene for so many ordinary users, and one of each plot at least.
const USERS_PER_SCENE: u32 = 50;
const SCENES_MIN: u32 = 38;
/// Days of habits that people of a scene have, the first time it is played.
const HISTORY_DAYS: u32 = 2;
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
    scenes_free_at_us: Vec<i64>,
    next_scene: usize,
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
            scenes_free_at_us: vec![0; size(scenes(users))],
            next_scene: 0,
            since_us: None,
        }
    }

    /// Somebody new begins; none when nobody idle was found.
    pub(super) fn begin(&mut self, dice: &mut Dice, now_us: i64) -> Option<Session> {
        let since_us = *self.since_us.get_or_insert(now_us);
        if dice.below(1_000) < SCENES_PER_MILLE
            && let Some(session) = self.begin_scene(now_us)
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
        let actor = Box::new(Actor::new(person, seat, dice.bits()));
        Session::Visit { actor, visit, user }
    }

    /// Scenes take turns.
    fn begin_scene(&mut self, now_us: i64) -> Option<Session> {
        let place = self.next_scene.checked_rem(self.scenes_free_at_us.len())?;
        self.next_scene += 1;
        let free_at_us = self.scenes_free_at_us[place];
        if free_at_us > now_us {
            return None;
        }
        self.scenes_free_at_us[place] = BUSY;
        let number = self.number(place);
        let setting = Setting {
            seed: self.seed,
            first_number: self.users + number * NUMBERS,
            began_us: now_us,
            ago_us: 0,
            history_days: if free_at_us == 0 { HISTORY_DAYS } else { 0 },
        };
        let played = scene::play(plot_of(number), setting);
        Some(Session::Scene { scene: Running::new(played, number), place })
    }

    /// Somebody has finished.
    pub(super) fn rest(&mut self, session: &Session, now_us: i64) {
        match session {
            Session::Visit { user, .. } => self.free_at_us[*user] = now_us + REST_US,
            Session::Scene { place, .. } => self.scenes_free_at_us[*place] = now_us + REST_US,
        }
    }

    /// The number among all users of one of this share.
    fn number(&self, place: usize) -> u32 {
        u32::try_from(place).unwrap_or(u32::MAX) * self.share.count.max(1) + self.share.index
    }
}

/// How many scenes take turns beside so many ordinary users.
fn scenes(users: u32) -> u32 {
    (users / USERS_PER_SCENE).max(SCENES_MIN)
}

fn plot_of(scene: u32) -> Plot {
    let kinds = Plot::special().count();
    let turn = scene as usize % kinds;
    Plot::special().nth(turn).unwrap_or(Plot::Ordinary(Kind::Plain))
}
