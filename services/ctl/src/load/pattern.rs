//! The kinds of attack in the traffic.

use serde::Serialize;

/// What an attacker does. Each has its own users, so that answers can be compared with the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Pattern {
    /// Many failed logins to one account.
    PasswordGuessing,
    /// A login from a new device abroad; then the password and the address change.
    AccountTakeover,
    /// A search for forgotten files and known holes.
    Scanner,
    /// Device and address change in the middle of a session.
    SessionHijack,
    /// An account that was silent for months is in use again.
    DormantReturn,
    /// Many customers looked up at night.
    InsiderExport,
    /// A tool that asks with HEAD.
    BotHead,
    /// One address fails once at each of many accounts.
    Spray,
}

impl Pattern {
    pub(crate) const ALL: [Self; 8] = [
        Self::PasswordGuessing,
        Self::AccountTakeover,
        Self::Scanner,
        Self::SessionHijack,
        Self::DormantReturn,
        Self::InsiderExport,
        Self::BotHead,
        Self::Spray,
    ];
}
