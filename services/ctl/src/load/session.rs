//! A user's visit or a scene while it lasts.

use std::collections::VecDeque;

use super::dice::Dice;
use super::label::{Label, Place};
use super::pattern::{Kind, Plot};
use super::scene::{Account, Moment, Played};
use super::step::{Actor, Stamp};
use super::visit::Visit;

/// Between two events that are dated to the past.
const PAST_PAUSE_US: i64 = 500_000;

pub(super) enum Session {
    /// `user` is the place of the user among those of the share.
    Visit { actor: Box<Actor>, visit: Visit, user: usize },
    /// `place` is the place of the scene among those of the share.
    Scene { scene: Running, place: usize },
}

/// A scene of which some is told.
pub(super) struct Running {
    plot: Plot,
    number: u32,
    accounts: Vec<Account>,
    moments: VecDeque<Moment>,
}

/// What a step was, beside its JSON.
pub(super) struct Told {
    pub(super) pause_us: i64,
    pub(super) plot: Plot,
    /// The account, where it has part in a scene.
    pub(super) label: Option<(String, Label)>,
}

impl Session {
    /// Writes the next event at the end of `out`; none when it is over.
    pub(super) fn tell(&mut self, dice: &mut Dice, stamp: Stamp, out: &mut String) -> Option<Told> {
        match self {
            Self::Visit { actor, visit, .. } => {
                let step = visit.step(actor, dice)?;
                let pause_us = step.pause_ms * 1_000;
                actor.write(step, stamp, out);
                Some(Told { pause_us, plot: Plot::Ordinary(Kind::Plain), label: None })
            }
            Self::Scene { scene, .. } => scene.tell(stamp, out),
        }
    }
}

impl Running {
    /// `number` tells the scene from all others of the run.
    pub(super) fn new(played: Played, number: u32) -> Self {
        let Played { plot, accounts, moments } = played;
        Self { plot, number, accounts, moments: moments.into() }
    }

    fn tell(&mut self, stamp: Stamp, out: &mut String) -> Option<Told> {
        let moment = self.moments.pop_front()?;
        let is_past = moment.at_us < 0;
        // Events of the present are told when they happen.
        let time_us = stamp.time_us + moment.at_us.min(0);
        Stamp { time_us, ..stamp }.write(out);
        out.push_str(&moment.body);
        let next_us = self.moments.front().map_or(0, |next| next.at_us - moment.at_us);
        let pause_us = if is_past { PAST_PAUSE_US } else { next_us };
        let Account { user_id, role } = self.accounts[moment.who].clone();
        let place = Place { plot: self.plot, scene: self.number, role };
        let mut label = Label::new(place);
        label.count(time_us, moment.is_attack);
        Some(Told { pause_us, plot: self.plot, label: Some((user_id, label)) })
    }
}
