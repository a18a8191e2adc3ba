//! What the system said, compared with the truth. Pure: no clock, no network.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use super::findings::{Findings, KindRow, Life, PatternRow, Reached, RuleCount, rate};
use crate::load::corpus::{Corpus, Planned};
use crate::load::pattern::{Kind, Pattern, Plot, Role};

/// When something is to be looked at by a human.
#[derive(Clone, Copy, Debug)]
pub(super) struct Thresholds {
    pub(super) trust_max: i32,
    pub(super) risk_min: i32,
}

/// An event as the system judged it.
#[derive(Clone, Debug)]
pub(super) struct ScoredEvent {
    /// Of its user, after it.
    pub(super) trust: i32,
    pub(super) risk: Option<i32>,
    pub(super) rules: Vec<String>,
}

/// A user as the system judged them in the end.
#[derive(Clone, Debug)]
pub(super) struct ScoredUser {
    pub(super) trust: Option<i32>,
    pub(super) rules: Vec<String>,
}

/// Everything the comparison looks at.
struct Case<'a> {
    corpus: &'a Corpus,
    events: &'a HashMap<Uuid, ScoredEvent>,
    users: &'a HashMap<String, ScoredUser>,
    thresholds: Thresholds,
    /// The events of each scene in order of time.
    by_scene: Vec<Vec<&'a Planned>>,
}

/// The first event of an attack that reached review.
struct Detection {
    /// None when only an account reached it, after the attack.
    first: Option<(f64, u32)>,
}

/// Compares what the system said with the truth.
pub(super) fn judge(
    corpus: &Corpus,
    events: &HashMap<Uuid, ScoredEvent>,
    users: &HashMap<String, ScoredUser>,
    thresholds: Thresholds,
) -> Findings {
    let mut by_scene = vec![Vec::new(); corpus.scenes.len()];
    for event in corpus.past.iter().chain(&corpus.present) {
        by_scene[event.scene].push(event);
    }
    let case = Case { corpus, events, users, thresholds, by_scene };
    let patterns: Vec<PatternRow> =
        Pattern::ALL.into_iter().filter_map(|pattern| case.pattern(pattern)).collect();
    let kinds = case.kinds();
    let (attacks, detected) = patterns
        .iter()
        .fold((0, 0), |(attacks, detected), row| (attacks + row.attacks, detected + row.detected));
    let normal = kinds.iter().filter(|row| row.kind != Life::Bystander).map(|row| row.reached);
    let all = corpus.past.iter().chain(&corpus.present);
    Findings {
        preset: String::new(),
        attacks,
        detected,
        detected_rate: rate(detected, attacks),
        attackers: patterns.iter().map(|row| row.attackers).collect(),
        normal: normal.collect(),
        missing_events: all.filter(|event| !events.contains_key(&event.id)).count(),
        patterns,
        kinds,
    }
}

impl Case<'_> {
    fn pattern(&self, pattern: Pattern) -> Option<PatternRow> {
        let scenes: Vec<usize> = self.scenes(Plot::Attack(pattern)).collect();
        let detections: Vec<Detection> =
            scenes.iter().filter_map(|scene| self.detection(*scene)).collect();
        let firsts = || detections.iter().filter_map(|detection| detection.first);
        let mut rules = BTreeMap::new();
        for scene in &scenes {
            self.count_rules(*scene, |role| role != Role::Bystander, &mut rules);
        }
        let reached = |role| scenes.iter().map(|scene| self.reached(*scene, role)).collect();
        (!scenes.is_empty()).then(|| PatternRow {
            pattern,
            attacks: scenes.len(),
            detected: detections.len(),
            rate: rate(detections.len(), scenes.len()),
            seconds_median: median(firsts().map(|first| first.0).collect()),
            events_median: median(firsts().map(|first| f64::from(first.1)).collect()),
            attackers: reached(Role::Attacker),
            victims: reached(Role::Victim),
            rules: RuleCount::most_frequent(rules),
        })
    }

    fn kinds(&self) -> Vec<KindRow> {
        let lives = Kind::ALL.into_iter().map(|kind| {
            (Life::Ordinary(kind), Role::Normal, self.scenes(Plot::Ordinary(kind)).collect())
        });
        let everywhere: Vec<usize> = (0..self.by_scene.len()).collect();
        let rows = lives.chain([(Life::Bystander, Role::Bystander, everywhere)]);
        let row = |(kind, role, scenes): (Life, Role, Vec<usize>)| {
            let mut rules = BTreeMap::new();
            for scene in &scenes {
                self.count_rules(*scene, |other| other == role, &mut rules);
            }
            let reached = scenes.iter().map(|scene| self.reached(*scene, role)).collect();
            KindRow { kind, reached, rules: RuleCount::most_frequent(rules) }
        };
        rows.map(row).filter(|row| row.reached.accounts > 0).collect()
    }

    fn scenes(&self, plot: Plot) -> impl Iterator<Item = usize> {
        let casts = self.corpus.scenes.iter().enumerate();
        casts.filter(move |(_, cast)| cast.plot == plot).map(|(scene, _)| scene)
    }

    /// Trust that was lost before the attack began does not count as its detection.
    fn detection(&self, scene: usize) -> Option<Detection> {
        let events = &self.by_scene[scene];
        let mut spoiled: HashSet<usize> = HashSet::new();
        let mut began_us = None;
        for event in events {
            let Some(scored) = self.events.get(&event.id) else {
                continue;
            };
            if event.attempt == 0 {
                if began_us.is_none() && self.is_distrusted(scored.trust) {
                    spoiled.insert(event.who);
                }
                continue;
            }
            let at_us = event.time_us(0);
            let first_us = *began_us.get_or_insert(at_us);
            let is_lost = self.is_distrusted(scored.trust) && !spoiled.contains(&event.who);
            if is_lost || self.is_risky(scored) {
                return Some(Detection { first: Some((seconds(at_us - first_us), event.attempt)) });
            }
        }
        let involved = self.corpus.scenes[scene].accounts().enumerate();
        let is_late = |(who, (user_id, role)): (usize, (&str, Role))| {
            role != Role::Bystander && !spoiled.contains(&who) && self.is_in_review(user_id)
        };
        involved.into_iter().any(is_late).then_some(Detection { first: None })
    }

    fn reached(&self, scene: usize, role: Role) -> Reached {
        let risky = self.risky(scene);
        let accounts = self.corpus.scenes[scene].accounts().enumerate();
        let of_role: Vec<bool> = accounts
            .filter(|(_, (_, other))| *other == role)
            .map(|(who, (user_id, _))| risky.contains(&who) || self.is_in_review(user_id))
            .collect();
        Reached::new(of_role.len(), of_role.iter().filter(|is_reached| **is_reached).count())
    }

    /// Who had an event that reached review, by risk or by the trust after it.
    fn risky(&self, scene: usize) -> HashSet<usize> {
        let is_flagged = |event: &&&Planned| {
            let scored = self.events.get(&event.id);
            scored.is_some_and(|scored| self.is_risky(scored) || self.is_distrusted(scored.trust))
        };
        self.by_scene[scene].iter().filter(is_flagged).map(|event| event.who).collect()
    }

    fn count_rules(
        &self,
        scene: usize,
        is_wanted: impl Fn(Role) -> bool,
        rules: &mut BTreeMap<String, usize>,
    ) {
        let accounts: Vec<(&str, Role)> = self.corpus.scenes[scene].accounts().collect();
        let mut count = |names: &[String]| {
            for name in names {
                *rules.entry(name.clone()).or_default() += 1;
            }
        };
        for event in &self.by_scene[scene] {
            let scored = self.events.get(&event.id).filter(|scored| self.is_risky(scored));
            if let Some(scored) = scored.filter(|_| is_wanted(accounts[event.who].1)) {
                count(&scored.rules);
            }
        }
        for (user_id, _) in accounts.iter().filter(|(_, role)| is_wanted(*role)) {
            let user = self.users.get(*user_id).filter(|_| self.is_in_review(user_id));
            count(user.map(|user| user.rules.as_slice()).unwrap_or_default());
        }
    }

    fn is_risky(&self, event: &ScoredEvent) -> bool {
        event.risk.is_some_and(|risk| risk >= self.thresholds.risk_min)
    }

    fn is_distrusted(&self, trust: i32) -> bool {
        trust <= self.thresholds.trust_max
    }

    fn is_in_review(&self, user_id: &str) -> bool {
        let trust = self.users.get(user_id).and_then(|user| user.trust);
        trust.is_some_and(|trust| self.is_distrusted(trust))
    }
}

/// The value in the middle; between the two in the middle of an even number.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    let lower = values[(values.len() - 1) / 2];
    Some(f64::midpoint(lower, upper))
}

#[expect(clippy::cast_precision_loss, reason = "attacks are shorter than 2^52 us")]
fn seconds(micros: i64) -> f64 {
    micros as f64 / 1e6
}

#[cfg(test)]
#[path = "verdict_tests.rs"]
mod tests;
