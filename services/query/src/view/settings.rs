//! Settings of the tenant.

use serde::Serialize;
use utoipa::ToSchema;

/// Settings of the tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Settings)]
pub(crate) struct SettingsView {
    /// IANA name.
    pub(crate) time_zone: String,
}
