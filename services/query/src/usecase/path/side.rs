//! What is known from one end of a path.

use std::collections::BTreeMap;

use innerwall_features::EntityKind;
use innerwall_storage::read::entities::EntityRow;
use innerwall_storage::read::graph;
use innerwall_storage::read::links::Link;
use innerwall_storage::{StorageError, TenantTx};

use crate::usecase::graph::Thing;

/// Users followed from one thing: what more share tells nobody apart.
const USERS_OF_THING_MAX: i64 = 200;

/// A user or a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    User(i64),
    Thing(Thing),
}

/// A link that was followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) a: Place,
    pub(super) b: Place,
    pub(super) link: Link,
}

/// Everything that was reached from one end.
pub(super) struct Side {
    start: Place,
    /// Steps from the end, and the last of them.
    reached: BTreeMap<Place, (u8, Option<Step>)>,
    things: BTreeMap<Thing, EntityRow>,
    edge: Vec<Place>,
}

impl Side {
    pub(super) fn of_user(user_no: i64) -> Self {
        Self::begun(Place::User(user_no))
    }

    pub(super) fn of_thing(row: EntityRow) -> Self {
        let thing = (row.kind, row.id);
        let mut side = Self::begun(Place::Thing(thing));
        side.things.insert(thing, row);
        side
    }

    fn begun(start: Place) -> Self {
        let reached = BTreeMap::from([(start, (0, None))]);
        Self { start, reached, things: BTreeMap::new(), edge: vec![start] }
    }

    pub(super) fn start(&self) -> Place {
        self.start
    }

    pub(super) fn visited(&self) -> usize {
        self.reached.len()
    }

    pub(super) fn places(&self) -> impl Iterator<Item = Place> {
        self.reached.keys().copied()
    }

    pub(super) fn depth(&self, place: Place) -> Option<u8> {
        self.reached.get(&place).map(|(depth, _)| *depth)
    }

    pub(super) fn thing(&self, thing: Thing) -> Option<&EntityRow> {
        self.things.get(&thing)
    }

    /// The places that were reached last and not followed yet: all users or all things.
    pub(super) fn edge(&self) -> &[Place] {
        &self.edge
    }

    /// The steps from a place back to the end.
    pub(super) fn way_to(&self, place: Place) -> Vec<Step> {
        let (mut steps, mut at) = (Vec::new(), place);
        while let Some((_, Some(step))) = self.reached.get(&at) {
            steps.push(*step);
            at = if step.a == at { step.b } else { step.a };
        }
        steps
    }

    /// Follows every link of the edge to at most so many places; gives whether some were left out.
    pub(super) async fn follow(
        &mut self,
        tx: &TenantTx<'_>,
        kinds: &[EntityKind],
        room: usize,
    ) -> Result<bool, StorageError> {
        let edge = std::mem::take(&mut self.edge);
        let mut users = Vec::new();
        let mut things = Vec::new();
        for place in edge {
            match place {
                Place::User(user_no) => users.push(user_no),
                Place::Thing(thing) => things.push(thing),
            }
        }
        let is_cut_of_users = self.follow_users(tx, &users, kinds, room).await?;
        Ok(self.follow_things(tx, &things, room).await? || is_cut_of_users)
    }

    async fn follow_users(
        &mut self,
        tx: &TenantTx<'_>,
        users: &[i64],
        kinds: &[EntityKind],
        room: usize,
    ) -> Result<bool, StorageError> {
        if users.is_empty() {
            return Ok(false);
        }
        let most = self.most(room);
        let found = graph::things_of_users(tx, users, kinds, most).await?;
        let is_cut = is_full(found.len(), most);
        for found in found {
            let thing = (found.thing.kind, found.thing.id);
            self.reach(Place::User(found.user_no), Place::Thing(thing), found.link);
            self.things.entry(thing).or_insert(found.thing);
        }
        Ok(is_cut)
    }

    async fn follow_things(
        &mut self,
        tx: &TenantTx<'_>,
        things: &[Thing],
        room: usize,
    ) -> Result<bool, StorageError> {
        if things.is_empty() {
            return Ok(false);
        }
        let is_crowded = |thing: &Thing| {
            self.things.get(thing).is_some_and(|row| i64::from(row.users) > USERS_OF_THING_MAX)
        };
        let has_crowds = things.iter().any(is_crowded);
        let most = self.most(room);
        let found = graph::users_of_things(tx, things, USERS_OF_THING_MAX, most).await?;
        let is_cut = is_full(found.len(), most) || has_crowds;
        for found in found {
            self.reach(Place::Thing(found.thing), Place::User(found.user_no), found.link);
        }
        Ok(is_cut)
    }

    /// Links back to where one came from are among those that are read.
    fn most(&self, room: usize) -> i64 {
        i64::try_from(room + self.reached.len()).unwrap_or(i64::MAX)
    }

    fn reach(&mut self, from: Place, to: Place, link: Link) {
        let depth = self.depth(from).unwrap_or_default().saturating_add(1);
        if self.reached.contains_key(&to) {
            return;
        }
        self.reached.insert(to, (depth, Some(Step { a: from, b: to, link })));
        self.edge.push(to);
    }
}

fn is_full(found: usize, most: i64) -> bool {
    i64::try_from(found).is_ok_and(|found| found >= most)
}

#[cfg(test)]
mod tests {
    use innerwall_event::Timestamp;

    use super::*;

    #[test]
    fn the_way_back_ends_where_it_began() {
        let link =
            Link { first_seen: Timestamp::default(), last_seen: Timestamp::default(), events: 1 };
        let mut side = Side::of_user(1);
        let (device, other) = (Place::Thing((EntityKind::Device, 7)), Place::User(2));
        side.edge.clear();
        side.reach(Place::User(1), device, link);
        side.reach(device, other, link);
        side.reach(other, device, link);
        assert_eq!((side.depth(device), side.depth(other)), (Some(1), Some(2)));
        let way = side.way_to(other);
        let ends: Vec<(Place, Place)> = way.iter().map(|step| (step.a, step.b)).collect();
        assert_eq!(ends, [(device, other), (Place::User(1), device)]);
        assert_eq!(side.edge(), [device, other]);
    }
}
