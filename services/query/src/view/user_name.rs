//! A user by its names.

use innerwall_scoring::Band;
use serde::Serialize;
use utoipa::ToSchema;

use crate::mask::{self, Masked};

/// A user by its names, with the trust score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct UserName {
    pub(crate) user_id: String,
    pub(crate) email: Option<String>,
    /// 0 worst to 99 best.
    pub(crate) trust_score: Option<i16>,
    /// `low` (0-32), `medium` (33-66) or `high` (67-99).
    pub(crate) band: Option<&'static str>,
}

impl UserName {
    pub(crate) fn new(user_id: String, email: Option<String>, trust: Option<i16>) -> Self {
        let band = trust.and_then(|trust| u8::try_from(trust).ok()).map(|t| Band::of(t).name());
        Self { user_id, email, trust_score: trust, band }
    }
}

impl Masked for UserName {
    fn mask(&mut self) {
        mask::each(&mut self.email, mask::email);
    }
}
