//! Counts per bucket of time.

use serde::Serialize;
use utoipa::ToSchema;

/// Counts per bucket, one entry each, without gaps.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Series<B> {
    /// When the first bucket begins.
    pub(crate) from: String,
    /// When the last bucket ends.
    pub(crate) to: String,
    /// `minute`, `hour` or `day`.
    #[schema(value_type = String)]
    pub(crate) bucket: &'static str,
    /// The zone whose days these are.
    pub(crate) zone: String,
    /// False when there was more to count than fits into one answer.
    pub(crate) complete: bool,
    pub(crate) buckets: Vec<B>,
}

/// Users first seen in one bucket, by the band of their score now.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(crate) struct UsersBucket {
    /// Start of the bucket.
    pub(crate) time: String,
    pub(crate) low: i64,
    pub(crate) medium: i64,
    pub(crate) high: i64,
}
/// Things of a kind in one bucket. Numbers above about 180 are estimates, some 2 % off.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(crate) struct KindBucket {
    /// Start of the bucket.
    pub(crate) time: String,
    /// Distinct things seen.
    pub(crate) active: u64,
    /// Those of them that are remarkable: known as hosting, VPN, bot, disposable...
    pub(crate) remarkable: u64,
    /// Things seen for the first time.
    pub(crate) fresh: i64,
}
