//! The shortest way between two users or things over what links them, looked for from both ends.

mod side;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use innerwall_auth::Permission;
use innerwall_features::EntityKind;
use innerwall_storage::read::users;
use innerwall_storage::{StorageError, TenantTx};
use serde::Deserialize;
use utoipa::IntoParams;

use super::graph::{self, USERS};
use super::sessions::user_no;
use super::{asked, entities};
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{Edge, GraphPath, Node, UserName};
use side::{Place, Side, Step};

const DEPTH_DEFAULT: u8 = 6;
const DEPTH_LIMITS: (u8, u8) = (1, 6);
/// Users and things looked at from both ends together.
const VISITED_MAX: usize = 5_000;
/// Looking begins no further step after this time.
const WITHIN: Duration = Duration::from_millis(500);

/// Two ends, as sent.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PathQuestion {
    /// `users`, or a kind of thing such as `devices`.
    pub(crate) from_kind: String,
    /// User id, or key or id of the thing.
    pub(crate) from_key: String,
    /// `users`, or a kind of thing.
    pub(crate) to_kind: String,
    /// User id, or key or id of the thing.
    pub(crate) to_key: String,
    /// Most steps from user to thing or back, 1 to 6, default 6.
    pub(crate) depth: Option<u8>,
    /// Kinds of things to follow, with commas between; default devices, addresses, phones, emails
    /// and payments.
    pub(crate) kinds: Option<String>,
}

/// The shortest path between two users or things, if there is one within the limits.
pub(crate) async fn between(
    app: &App,
    caller: &Caller,
    question: PathQuestion,
) -> Result<GraphPath, Problem> {
    caller.may(Permission::Read)?;
    let depth = asked::number("depth", question.depth, DEPTH_LIMITS)?.unwrap_or(DEPTH_DEFAULT);
    let kinds = graph::kinds(question.kinds.as_deref())?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let from = end(&tx, caller, (&question.from_kind, &question.from_key)).await?;
    let to = end(&tx, caller, (&question.to_kind, &question.to_key)).await?;
    let mut search = Search { kinds, sides: [from, to], began: Instant::now(), is_cut: false };
    let met = search.meet(&tx, depth).await?;
    Ok(caller.show(search.shown(&tx, met).await?))
}

async fn end(
    tx: &TenantTx<'_>,
    caller: &Caller,
    (kind, key): (&str, &str),
) -> Result<Side, Problem> {
    if kind == USERS {
        return Ok(Side::of_user(user_no(tx, key).await?));
    }
    Ok(Side::of_thing(entities::linked(tx, caller, kind, key).await?))
}

struct Search {
    kinds: Vec<EntityKind>,
    sides: [Side; 2],
    began: Instant,
    is_cut: bool,
}

impl Search {
    /// Goes on from the end with fewer places to follow, a whole step at a time, until both have a
    /// place in common: no way that is shorter has been passed over then.
    async fn meet(&mut self, tx: &TenantTx<'_>, depth: u8) -> Result<Option<Place>, StorageError> {
        for steps in 0..=depth {
            if let Some(met) = self.common() {
                return Ok(Some(met));
            }
            let [from, to] = &self.sides;
            let at = usize::from(to.edge().len() < from.edge().len());
            if steps == depth || self.sides[at].edge().is_empty() {
                return Ok(None);
            }
            let room = VISITED_MAX.saturating_sub(self.visited());
            if room == 0 || self.began.elapsed() > WITHIN {
                self.is_cut = true;
                return Ok(None);
            }
            self.is_cut |= self.sides[at].follow(tx, &self.kinds, room).await?;
        }
        Ok(None)
    }

    fn visited(&self) -> usize {
        self.sides.iter().map(Side::visited).sum()
    }

    /// The place known from both ends that has the fewest steps to them.
    fn common(&self) -> Option<Place> {
        let [from, to] = &self.sides;
        let both = from
            .places()
            .filter_map(|place| Some((from.depth(place)?.saturating_add(to.depth(place)?), place)));
        both.min().map(|(_, place)| place)
    }

    async fn shown(self, tx: &TenantTx<'_>, met: Option<Place>) -> Result<GraphPath, StorageError> {
        let visited = self.visited();
        let Some(met) = met else {
            return Ok(GraphPath { visited, complete: !self.is_cut, ..GraphPath::default() });
        };
        let [from, to] = &self.sides;
        let mut steps: Vec<Step> = from.way_to(met);
        steps.reverse();
        steps.extend(to.way_to(met));
        let mut places: Vec<Place> = vec![from.start()];
        for step in &steps {
            let last = places.last().copied();
            places.push(if last == Some(step.a) { step.b } else { step.a });
        }
        let names = names(tx, &places).await?;
        let nodes: Vec<Node> = places
            .iter()
            .zip(0_u8..)
            .filter_map(|(place, depth)| self.node(*place, depth, &names))
            .collect();
        let links = steps.iter().filter_map(|step| edge(step, &names)).collect();
        let length = u8::try_from(steps.len()).ok();
        Ok(GraphPath { length, nodes, links, visited, complete: !self.is_cut })
    }

    fn node(&self, place: Place, depth: u8, names: &BTreeMap<i64, UserName>) -> Option<Node> {
        match place {
            Place::User(user_no) => Some(graph::user_node(names.get(&user_no)?.clone(), depth)),
            Place::Thing(thing) => {
                let row = self.sides.iter().find_map(|side| side.thing(thing))?;
                Some(graph::thing_node(row.clone(), depth, false))
            }
        }
    }
}

fn edge(step: &Step, names: &BTreeMap<i64, UserName>) -> Option<Edge> {
    let (user_no, thing) = match (step.a, step.b) {
        (Place::User(user_no), Place::Thing(thing))
        | (Place::Thing(thing), Place::User(user_no)) => (user_no, thing),
        (Place::User(_), Place::User(_)) | (Place::Thing(_), Place::Thing(_)) => return None,
    };
    let user = graph::user_text(&names.get(&user_no)?.user_id);
    Some(Edge { user, entity: graph::thing_text(thing), link: step.link.into() })
}

async fn names(
    tx: &TenantTx<'_>,
    places: &[Place],
) -> Result<BTreeMap<i64, UserName>, StorageError> {
    let numbers: Vec<i64> = places
        .iter()
        .filter_map(|place| match place {
            Place::User(user_no) => Some(*user_no),
            Place::Thing(_) => None,
        })
        .collect();
    let rows = users::by_numbers(tx, &numbers).await?;
    let name = |row: users::UserRow| UserName::new(row.user_id, row.email, Some(row.trust.into()));
    Ok(rows.into_iter().map(|row| (row.user_no, name(row))).collect())
}
