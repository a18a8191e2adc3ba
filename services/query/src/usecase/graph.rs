//! Users linked through what they share, step by step from one user or thing.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use innerwall_auth::Permission;
use innerwall_features::EntityKind;
use innerwall_storage::read::entities::EntityRow;
use innerwall_storage::read::graph;
use innerwall_storage::read::links::Link;
use innerwall_storage::read::users;
use innerwall_storage::{StorageError, TenantTx};
use serde::Deserialize;
use utoipa::IntoParams;

use super::sessions::user_no;
use super::{asked, entities};
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{Edge, EntityRef, Graph, Node, UserName, entity_text};

/// What links people rather than crowds.
pub(super) const KINDS_DEFAULT: [EntityKind; 5] = [
    EntityKind::Device,
    EntityKind::Address,
    EntityKind::Phone,
    EntityKind::Email,
    EntityKind::Payment,
];
pub(super) const USERS: &str = "users";
const DEPTH_DEFAULT: u8 = 2;
const DEPTH_LIMITS: (u8, u8) = (1, 3);
const LINKS_DEFAULT: i64 = 200;
const LINKS_LIMITS: (i64, i64) = (1, 1_000);
/// Users followed from one thing: what more share tells nobody apart.
const USERS_OF_THING_MAX: i32 = 25;
/// Looking begins no further step after this time.
const WITHIN: Duration = Duration::from_millis(60);

/// Where a look begins and how far it goes, as sent.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct GraphQuestion {
    /// `users`, or a kind of thing such as `devices`.
    pub(crate) kind: String,
    /// User id, or key or id of the thing.
    pub(crate) key: String,
    /// Steps from user to thing or back, 1 to 3, default 2.
    pub(crate) depth: Option<u8>,
    /// Kinds of things to follow, with commas between; default devices, addresses, phones, emails
    /// and payments.
    pub(crate) kinds: Option<String>,
    /// Most links, 1 to 1000, default 200.
    pub(crate) limit: Option<i64>,
}

/// The users and things around one.
pub(crate) async fn around(
    app: &App,
    caller: &Caller,
    question: GraphQuestion,
) -> Result<Graph, Problem> {
    caller.may(Permission::Read)?;
    let depth = asked::number("depth", question.depth, DEPTH_LIMITS)?.unwrap_or(DEPTH_DEFAULT);
    let limit = asked::number("limit", question.limit, LINKS_LIMITS)?.unwrap_or(LINKS_DEFAULT);
    let kinds = kinds(question.kinds.as_deref())?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let mut web = Web::new(kinds, limit);
    if question.kind == USERS {
        web.add_user(user_no(&tx, &question.key).await?, 0);
    } else {
        web.add_thing(entities::linked(&tx, caller, &question.kind, &question.key).await?, 0);
    }
    web.grow(&tx, depth).await?;
    Ok(caller.show(web.shown(&tx).await?))
}

pub(super) fn kinds(text: Option<&str>) -> Result<Vec<EntityKind>, Problem> {
    let Some(text) = text else { return Ok(KINDS_DEFAULT.to_vec()) };
    let kinds: BTreeSet<EntityKind> =
        text.split(',').map(|name| asked::kind(name.trim())).collect::<Result<_, _>>()?;
    Ok(kinds.into_iter().collect())
}

pub(super) type Thing = (EntityKind, i64);

/// A graph that grows.
struct Web {
    kinds: Vec<EntityKind>,
    limit: usize,
    began: Instant,
    /// Depth, and place in the order of finding.
    users: BTreeMap<i64, (u8, usize)>,
    things: BTreeMap<Thing, (u8, usize, EntityRow)>,
    links: BTreeMap<(i64, Thing), Link>,
    cut: BTreeSet<Thing>,
    is_cut: bool,
}

impl Web {
    fn new(kinds: Vec<EntityKind>, limit: i64) -> Self {
        Self {
            kinds,
            limit: usize::try_from(limit).unwrap_or_default(),
            began: Instant::now(),
            users: BTreeMap::new(),
            things: BTreeMap::new(),
            links: BTreeMap::new(),
            cut: BTreeSet::new(),
            is_cut: false,
        }
    }

    fn found(&self) -> usize {
        self.users.len() + self.things.len()
    }

    fn add_user(&mut self, user_no: i64, depth: u8) {
        let place = self.found();
        self.users.entry(user_no).or_insert((depth, place));
    }

    fn add_thing(&mut self, row: EntityRow, depth: u8) {
        let place = self.found();
        self.things.entry((row.kind, row.id)).or_insert((depth, place, row));
    }

    /// Gives whether there is room for one more link.
    fn add_link(&mut self, user_no: i64, thing: Thing, link: Link) -> bool {
        if self.links.len() >= self.limit && !self.links.contains_key(&(user_no, thing)) {
            self.is_cut = true;
            return false;
        }
        self.links.insert((user_no, thing), link);
        true
    }

    async fn grow(&mut self, tx: &TenantTx<'_>, depth: u8) -> Result<(), StorageError> {
        for step in 1..=depth {
            if self.is_cut || self.began.elapsed() > WITHIN {
                self.is_cut = true;
                break;
            }
            self.follow_users(tx, step).await?;
            self.follow_things(tx, step).await?;
        }
        Ok(())
    }

    async fn follow_users(&mut self, tx: &TenantTx<'_>, step: u8) -> Result<(), StorageError> {
        let edge = self.users.iter().filter(|(_, (depth, _))| *depth + 1 == step);
        let edge: Vec<i64> = edge.map(|(user_no, _)| *user_no).collect();
        if edge.is_empty() {
            return Ok(());
        }
        let most = self.most();
        for found in graph::things_of_users(tx, &edge, &self.kinds, most).await? {
            let thing = (found.thing.kind, found.thing.id);
            if !self.add_link(found.user_no, thing, found.link) {
                break;
            }
            self.add_thing(found.thing, step);
        }
        Ok(())
    }

    async fn follow_things(&mut self, tx: &TenantTx<'_>, step: u8) -> Result<(), StorageError> {
        let mut edge: Vec<(i32, Thing)> = Vec::new();
        for (thing, (depth, _, row)) in &self.things {
            if *depth + 1 == step {
                edge.push((row.users, *thing));
            }
        }
        edge.sort_unstable();
        let crowded = edge.iter().filter(|(users, _)| *users > USERS_OF_THING_MAX);
        self.cut.extend(crowded.map(|(_, thing)| *thing));
        let things: Vec<Thing> = edge.into_iter().map(|(_, thing)| thing).collect();
        if things.is_empty() {
            return Ok(());
        }
        let (each, most) = (i64::from(USERS_OF_THING_MAX), self.most());
        for found in graph::users_of_things(tx, &things, each, most).await? {
            if !self.add_link(found.user_no, found.thing, found.link) {
                break;
            }
            self.add_user(found.user_no, step);
        }
        Ok(())
    }

    /// Known links come again, and one more tells whether there are more.
    fn most(&self) -> i64 {
        i64::try_from(self.limit + self.links.len() + 1).unwrap_or(i64::MAX)
    }

    async fn shown(self, tx: &TenantTx<'_>) -> Result<Graph, StorageError> {
        let numbers: Vec<i64> = self.users.keys().copied().collect();
        let mut names = BTreeMap::new();
        for row in users::by_numbers(tx, &numbers).await? {
            let name = UserName::new(row.user_id, row.email, Some(row.trust.into()));
            names.insert(row.user_no, name);
        }
        let mut nodes: Vec<(usize, Node)> = Vec::new();
        for (user_no, (depth, place)) in &self.users {
            if let Some(name) = names.get(user_no) {
                nodes.push((*place, user_node(name.clone(), *depth)));
            }
        }
        for (thing, (depth, place, row)) in self.things {
            nodes.push((place, thing_node(row, depth, self.cut.contains(&thing))));
        }
        nodes.sort_by_key(|(place, _)| *place);
        let links = self.links.into_iter().filter_map(|((user_no, thing), link)| {
            let user = user_text(&names.get(&user_no)?.user_id);
            Some(Edge { user, entity: thing_text(thing), link: link.into() })
        });
        let links = links.collect();
        let nodes = nodes.into_iter().map(|(_, node)| node).collect();
        Ok(Graph { nodes, links, complete: !self.is_cut })
    }
}

pub(super) fn user_text(user_id: &str) -> String {
    format!("{USERS}/{user_id}")
}

pub(super) fn thing_text((kind, id): Thing) -> String {
    format!("{}/{}", kind.plural(), entity_text(id))
}

pub(super) fn user_node(name: UserName, depth: u8) -> Node {
    Node {
        name: user_text(&name.user_id),
        depth,
        user: Some(name),
        entity: None,
        tags: Vec::new(),
        users: None,
        truncated: false,
    }
}

pub(super) fn thing_node(row: EntityRow, depth: u8, truncated: bool) -> Node {
    Node {
        name: thing_text((row.kind, row.id)),
        depth,
        user: None,
        tags: row.tags,
        users: Some(row.users),
        entity: Some(EntityRef::of(row.kind, row.id, row.key, row.label)),
        truncated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_named_with_commas() {
        assert_eq!(kinds(None), Ok(KINDS_DEFAULT.to_vec()));
        let both = vec![EntityKind::Address, EntityKind::Phone];
        assert_eq!(kinds(Some("phones, addresses,phones")), Ok(both));
        assert!(kinds(Some("phones,users")).is_err());
    }
}
