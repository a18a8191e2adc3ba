//! Which users a list holds, in which order, and where a page of it ended.

use innerwall_event::Timestamp;

use crate::read::standing_users::StandingFilter;

/// How a list of users is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserOrder {
    #[default]
    NewestFirst,
    OldestFirst,
    WorstFirst,
    BestFirst,
    /// By the time they were first seen.
    LongestKnownFirst,
    LatestKnownFirst,
}

/// Which users a list holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserFilter {
    /// Lowest and highest trust score.
    pub trust: Option<(u8, u8)>,
    pub rule: Option<String>,
    /// Beginning of the user id, the e-mail address or the name.
    pub prefix: Option<String>,
    /// Whether the prefix is looked for in e-mail addresses as well.
    pub in_emails: bool,
    pub country: Option<String>,
    /// Seen last at or after.
    pub seen_from: Option<Timestamp>,
    /// Seen last before.
    pub seen_to: Option<Timestamp>,
    /// Signed up, or else first seen, at or after.
    pub since_from: Option<Timestamp>,
    /// Signed up, or else first seen, before.
    pub since_to: Option<Timestamp>,
    pub standing: Option<StandingFilter>,
}

impl UserFilter {
    /// Whether it says no more than whose names begin so, and who stands so.
    pub(super) fn narrows_nothing(&self) -> bool {
        let names = Self {
            prefix: self.prefix.clone(),
            in_emails: self.in_emails,
            standing: self.standing,
            ..Self::default()
        };
        *self == names
    }
}

/// Where a page of a list ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserPosition {
    pub seen_bucket: Timestamp,
    pub last_seen: Timestamp,
    pub first_seen: Timestamp,
    pub trust: u8,
    pub user_no: i64,
}
