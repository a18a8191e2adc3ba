//! What happened in a range of time, beside the range before it.

use innerwall_storage::read::tops::TopUser;
use serde::Serialize;
use utoipa::ToSchema;

use super::{EntityView, UserName};
use crate::mask::Masked;

/// A number and the same of the range before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Compared {
    pub(crate) now: i64,
    pub(crate) before: i64,
}

/// Numbers and top tens of a range of time.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Kpis {
    pub(crate) from: String,
    pub(crate) to: String,
    /// The range before is as long and ends at `from`.
    pub(crate) before_from: String,
    /// When this was computed: answers are kept for a moment.
    pub(crate) as_of: String,
    pub(crate) events: Compared,
    /// Events that call for attention.
    pub(crate) alerts: Compared,
    pub(crate) sessions: Compared,
    pub(crate) login_failures: Compared,
    pub(crate) in_review: StandingKpi,
    pub(crate) blocked: StandingKpi,
    pub(crate) users: Active,
    pub(crate) addresses: Active,
    pub(crate) networks: Active,
    pub(crate) countries: Active,
    pub(crate) devices: Active,
    pub(crate) resources: Active,
    pub(crate) tops: Tops,
}

/// Distinct things of a kind, by the hours of the range. Numbers above about 180 are estimates,
/// some 2 % off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Active {
    /// Seen in the range.
    pub(crate) active: Compared,
    /// Seen for the first time.
    pub(crate) fresh: Compared,
}

/// Users who stand in a way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct StandingKpi {
    /// Right now, whatever the range.
    pub(crate) total: i64,
    /// Who came to it in the range, whatever became of them since.
    pub(crate) fresh: Compared,
}

impl StandingKpi {
    pub(crate) fn new(total: i64, now: i64, before: i64) -> Self {
        Self { total, fresh: Compared { now, before } }
    }
}

/// What stood out, at most ten of each.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(crate) struct Tops {
    pub(crate) users_by_events: Vec<TopUserView>,
    pub(crate) users_by_login_failures: Vec<TopUserView>,
    /// More than one address in the range.
    pub(crate) users_by_addresses: Vec<TopUserView>,
    /// Seen in the range, by all their users.
    pub(crate) countries_by_users: Vec<EntityView>,
    pub(crate) resources_by_users: Vec<EntityView>,
    /// More than one user.
    pub(crate) shared_addresses: Vec<EntityView>,
}

/// A user at the top of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TopUser)]
pub(crate) struct TopUserView {
    #[serde(flatten)]
    pub(crate) user: UserName,
    pub(crate) count: i64,
}

impl From<TopUser> for TopUserView {
    fn from(top: TopUser) -> Self {
        Self { user: UserName::new(top.user_id, top.email, top.trust), count: top.count }
    }
}

impl Masked for TopUserView {
    fn mask(&mut self) {
        self.user.mask();
    }
}

impl Masked for Kpis {
    fn mask(&mut self) {
        let tops = &mut self.tops;
        tops.users_by_events.mask();
        tops.users_by_login_failures.mask();
        tops.users_by_addresses.mask();
        tops.shared_addresses.mask();
        tops.resources_by_users.mask();
    }
}
