//! What a search found.

use serde::Serialize;
use utoipa::ToSchema;

use super::{EntityView, EventView, RuleName, SessionView, UserName};
use crate::mask::Masked;

/// What a search found, at most 8 of each; what fits exactly comes first.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(crate) struct SearchAnswer {
    pub(crate) users: Vec<UserName>,
    /// Things that users touch, kind after kind.
    pub(crate) entities: Vec<EntityView>,
    pub(crate) rules: Vec<RuleName>,
    pub(crate) events: Vec<EventView>,
    pub(crate) sessions: Vec<SessionView>,
    /// What the text was taken for: `address`, `range`, `network`, `event`, `session` or `text`.
    #[schema(value_type = String)]
    pub(crate) taken_for: &'static str,
}

impl Masked for SearchAnswer {
    fn mask(&mut self) {
        self.users.mask();
        self.entities.mask();
        self.events.mask();
        self.sessions.mask();
    }
}
