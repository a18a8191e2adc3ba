//! A user's visit or an attacker's attack while it lasts.

use super::attack::Attack;
use super::dice::Dice;
use super::pattern::Pattern;
use super::step::{Actor, Step};
use super::visit::Visit;

pub(super) struct Session {
    pub(super) actor: Actor,
    pub(super) script: Script,
}

pub(super) enum Script {
    /// `user` is the place of the user among those of the share.
    Visit { visit: Visit, user: usize },
    /// `attacker` is the place of the attacker among those of the share.
    Attack { attack: Attack, attacker: usize },
}

impl Session {
    /// The next step; none when it is over.
    pub(super) fn step(&mut self, dice: &mut Dice, now_us: i64) -> Option<Step> {
        match &mut self.script {
            Script::Visit { visit, .. } => visit.step(&self.actor, dice),
            Script::Attack { attack, .. } => attack.step(&mut self.actor, dice, now_us),
        }
    }

    pub(super) fn pattern(&self) -> Option<Pattern> {
        match &self.script {
            Script::Visit { .. } => None,
            Script::Attack { attack, .. } => Some(attack.pattern),
        }
    }
}
