//! Labelled traffic: a finite set of scenes with a past, and the truth about each event.

use uuid::{Builder, Uuid};

use super::dice::Dice;
use super::label::{Label, Labels, Place};
use super::pattern::{Kind, Pattern, Plot, Role};
use super::scene::{self, Account, NUMBERS, Played, Setting};
use super::step::Stamp;

/// Plain lives are numbered below these.
const FIRST_NUMBER: u32 = 1_000_000;
/// Lives of crowds are played once where others are played so often.
const CROWD_SHARE: u32 = 5;
/// Scenes end so long before now at most: not all at the same moment, yet within every window
/// that a rule could have.
const END_AGO_S_MAX: i64 = 90;

/// How much labelled traffic to make.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CorpusSize {
    pub(crate) seed: u64,
    /// People of whom nothing special is to be told.
    pub(crate) plain: u32,
    /// Scenes of each pattern and of each other kind.
    pub(crate) each: u32,
    pub(crate) history_days: u32,
    /// The one pattern of attack to make; all of them while absent.
    pub(crate) only: Option<Pattern>,
}

/// An event and the truth about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    pub(crate) id: Uuid,
    pub(crate) scene: usize,
    pub(crate) who: usize,
    /// Which event of the attack it is, from 1; 0 when it is not part of one.
    pub(crate) attempt: u32,
    /// Before the time at which its part of the corpus begins to be sent.
    ago_us: i64,
    body: String,
}

/// A scene without its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cast {
    pub(crate) plot: Plot,
    accounts: Vec<Account>,
}

/// All events of a labelled run in order of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Corpus {
    pub(crate) scenes: Vec<Cast>,
    /// What happened before the attacks began.
    pub(crate) past: Vec<Planned>,
    pub(crate) present: Vec<Planned>,
}

impl Cast {
    pub(crate) fn accounts(&self) -> impl Iterator<Item = (&str, Role)> {
        self.accounts.iter().map(|account| (account.user_id.as_str(), account.role))
    }
}

impl Planned {
    /// When it happens, if its part of the corpus begins to be sent at a time.
    pub(crate) fn time_us(&self, sent_us: i64) -> i64 {
        sent_us - self.ago_us
    }

    /// Writes the event as a JSON object at the end of `out`.
    pub(super) fn write(&self, sent_us: i64, out: &mut String) {
        Stamp { id: self.id, time_us: self.time_us(sent_us) }.write(out);
        out.push_str(&self.body);
    }
}

impl Corpus {
    /// The same size and time always give the same corpus.
    pub(crate) fn new(size: CorpusSize, now_us: i64) -> Self {
        let mut corpus = Self { scenes: Vec::new(), past: Vec::new(), present: Vec::new() };
        let mut dice = Dice::new(size.seed, now_us.unsigned_abs());
        for (plot, scene) in plots(size).zip(0..) {
            let setting = Setting {
                seed: size.seed,
                first_number: FIRST_NUMBER + scene * NUMBERS,
                began_us: now_us,
                ago_us: 0,
                history_days: size.history_days,
            };
            // Only a scene that was played tells how long it takes.
            let length_us = scene::play(plot, setting).length_us();
            let ago_us = length_us + dice.between(0, END_AGO_S_MAX) * 1_000_000;
            let played = scene::play(plot, Setting { ago_us, ..setting });
            corpus.add(played, ago_us, || id(&mut dice, now_us));
        }
        // Ties keep the order of the scenes, so that the order is always the same.
        corpus.past.sort_by_key(|event| -event.ago_us);
        corpus.present.sort_by_key(|event| -event.ago_us);
        corpus
    }

    fn add(&mut self, played: Played, began_ago_us: i64, mut id: impl FnMut() -> Uuid) {
        let Played { plot, accounts, moments } = played;
        let scene = self.scenes.len();
        let mut attempts = 0;
        for moment in moments {
            attempts += u32::from(moment.is_attack);
            let planned = Planned {
                id: id(),
                scene,
                who: moment.who,
                attempt: if moment.is_attack { attempts } else { 0 },
                ago_us: began_ago_us - moment.at_us,
                body: moment.body,
            };
            let part = if moment.at_us < 0 { &mut self.past } else { &mut self.present };
            part.push(planned);
        }
        self.scenes.push(Cast { plot, accounts });
    }

    /// The labels of all accounts, when the parts were begun to be sent at these times.
    pub(crate) fn labels(&self, past_us: i64, present_us: i64) -> Labels {
        let mut labels = Labels::default();
        for (events, sent_us) in [(&self.past, past_us), (&self.present, present_us)] {
            for event in events {
                let Some((account, place)) = self.place(event) else {
                    continue;
                };
                let mut label = Label::new(place);
                label.count(event.time_us(sent_us), event.attempt > 0);
                labels.add(account.user_id.clone(), label);
            }
        }
        labels
    }

    fn place(&self, event: &Planned) -> Option<(&Account, Place)> {
        let cast = self.scenes.get(event.scene)?;
        let account = cast.accounts.get(event.who)?;
        let scene = u32::try_from(event.scene).unwrap_or(u32::MAX);
        Some((account, Place { plot: cast.plot, scene, role: account.role }))
    }
}

/// The plots of all scenes: the kinds, each several times, then the plain lives.
fn plots(size: CorpusSize) -> impl Iterator<Item = Plot> {
    let special = Plot::special().flat_map(move |plot| {
        let count = match plot {
            Plot::Ordinary(kind) if kind.is_crowd() => size.each.div_ceil(CROWD_SHARE),
            Plot::Attack(pattern) if size.only.is_some_and(|only| only != pattern) => 0,
            Plot::Attack(_) | Plot::Ordinary(_) => size.each,
        };
        (0..count).map(move |_| plot)
    });
    special.chain((0..size.plain).map(|_| Plot::Ordinary(Kind::Plain)))
}

fn id(dice: &mut Dice, now_us: i64) -> Uuid {
    let mut bytes = [0; 10];
    bytes[..8].copy_from_slice(&dice.bits().to_le_bytes());
    bytes[8..].copy_from_slice(&dice.bits().to_le_bytes()[..2]);
    let millis = u64::try_from(now_us / 1_000).unwrap_or_default();
    Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON_US: i64 = 1_795_348_800_000_000;
    const SIZE: CorpusSize =
        CorpusSize { seed: 1, plain: 20, each: 2, history_days: 3, only: None };

    #[test]
    fn the_same_size_gives_the_same_corpus_in_order_of_time() {
        let corpus = Corpus::new(SIZE, NOON_US);
        assert_eq!(corpus, Corpus::new(SIZE, NOON_US));
        let other = CorpusSize { seed: 2, ..SIZE };
        assert_ne!(corpus.present, Corpus::new(other, NOON_US).present);
        for part in [&corpus.past, &corpus.present] {
            assert!(part.is_sorted_by_key(|event| event.time_us(NOON_US)));
        }
        assert!(corpus.past.iter().all(|event| event.attempt == 0));
        assert!(corpus.present.iter().all(|event| event.time_us(NOON_US) <= NOON_US));
    }

    #[test]
    fn every_account_belongs_to_one_scene_and_is_labelled() {
        let corpus = Corpus::new(SIZE, NOON_US);
        let labels = corpus.labels(NOON_US, NOON_US);
        assert_eq!(labels.events(), (corpus.past.len() + corpus.present.len()) as u64);
        let accounts: Vec<&str> =
            corpus.scenes.iter().flat_map(|cast| cast.accounts().map(|(id, _)| id)).collect();
        let different: std::collections::BTreeSet<&str> = accounts.iter().copied().collect();
        assert_eq!(accounts.len(), different.len());
    }

    #[test]
    fn attempts_are_counted_within_their_scene() {
        let corpus = Corpus::new(SIZE, NOON_US);
        for scene in 0..corpus.scenes.len() {
            let of_scene = corpus.present.iter().filter(|event| event.scene == scene);
            let attempts: Vec<u32> =
                of_scene.map(|event| event.attempt).filter(|attempt| *attempt > 0).collect();
            let expected: Vec<u32> = (1..).take(attempts.len()).collect();
            assert_eq!(attempts, expected);
        }
    }
}
