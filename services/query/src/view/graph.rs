//! Users and things that belong together.

use serde::Serialize;
use utoipa::ToSchema;

use super::{EntityRef, LinkView, UserName};
use crate::mask::Masked;

/// Users and things, and how they are linked.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(crate) struct Graph {
    /// In the order they were found in; the first is where the look began.
    pub(crate) nodes: Vec<Node>,
    pub(crate) links: Vec<Edge>,
    /// False when the limit of links or the time ended the look.
    pub(crate) complete: bool,
}

/// A user or a thing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Node {
    /// Names the node within the graph.
    pub(crate) name: String,
    /// Steps from where the look began.
    pub(crate) depth: u8,
    /// Of a user.
    pub(crate) user: Option<UserName>,
    /// Of a thing.
    pub(crate) entity: Option<EntityRef>,
    /// What is known of a thing, such as `vpn`.
    pub(crate) tags: Vec<String>,
    /// Distinct users of a thing.
    pub(crate) users: Option<i32>,
    /// Whether it has more links than are shown.
    pub(crate) truncated: bool,
}

/// A user seen with a thing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Edge {
    /// Node of the user.
    pub(crate) user: String,
    /// Node of the thing.
    pub(crate) entity: String,
    #[serde(flatten)]
    pub(crate) link: LinkView,
}

/// A way from one user or thing to another.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(crate) struct GraphPath {
    /// Steps from user to thing or back; null when no way was found.
    pub(crate) length: Option<u8>,
    /// From the one to the other; `depth` is the place on the way.
    pub(crate) nodes: Vec<Node>,
    pub(crate) links: Vec<Edge>,
    /// Users and things that were looked at.
    pub(crate) visited: usize,
    /// False when a limit ended the look or things with many users were followed in part: there may
    /// be a way, or a shorter one.
    pub(crate) complete: bool,
}

impl Masked for GraphPath {
    fn mask(&mut self) {
        self.nodes.mask();
    }
}

impl Masked for Node {
    fn mask(&mut self) {
        self.user.mask();
        self.entity.mask();
    }
}

impl Masked for Graph {
    fn mask(&mut self) {
        self.nodes.mask();
    }
}
