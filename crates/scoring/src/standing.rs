//! What the block, allow and watch lists say about a user and about what it uses.
//!
//! Entries are looked up elsewhere; which of them wins is decided here and nowhere else: by people
//! before by machines, allow before block, and of an address or e-mail address the more specific
//! entry before the wider one. What was blocked because a user was blocked never counts against
//! that user: its own addresses say nothing new about it.

mod kind;
mod touched;
mod value;

use innerwall_features::{Flags, SharedFlag};

pub use kind::{List, ListKind, Source};
pub use touched::{PrefixLengths, Touched};
pub use value::{ValueError, canonical};

/// An entry of a list, as far as it decides. Entries that have expired are not handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: i64,
    pub list: List,
    pub kind: ListKind,
    pub value: String,
    pub source: Source,
    /// The user whose block brought the entry.
    pub cause_user: Option<String>,
}

/// What entries say together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing<'e> {
    /// The entry that wins; `None` when nothing blocks or allows.
    pub winner: Option<&'e Entry>,
    pub is_watched: bool,
}

/// Things that are told apart: within one, the more specific entry wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    User,
    Place,
    Device,
    Mail,
    Phone,
}

const FAMILIES: [Family; 5] =
    [Family::User, Family::Place, Family::Device, Family::Mail, Family::Phone];

impl Standing<'_> {
    pub fn is_blocked(&self) -> bool {
        self.winner.is_some_and(|entry| entry.list == List::Block)
    }

    pub fn is_allowed(&self) -> bool {
        self.winner.is_some_and(|entry| entry.list == List::Allow)
    }
}

/// What entries say about the user they were looked up for (nobody's when `None`).
pub fn standing<'e>(entries: &'e [Entry], user_id: Option<&str>) -> Standing<'e> {
    let of_families = FAMILIES.map(|family| of_family(entries, family, user_id));
    let winners = of_families.iter().filter_map(|standing| standing.winner);
    Standing {
        winner: winners.max_by_key(|entry| (entry.source.is_manual(), entry.list == List::Allow)),
        is_watched: of_families.iter().any(|standing| standing.is_watched),
    }
}

/// The answers of lists as they are stored with an event.
pub fn list_flags(entries: &[Entry], touched: &Touched<'_>) -> Flags {
    let of = |family| of_family(entries, family, touched.user_id);
    let (user, place) = (of(Family::User), of(Family::Place));
    let all = standing(entries, touched.user_id);
    let mut answers = vec![
        (SharedFlag::AddressBlocked, place.is_blocked()),
        (SharedFlag::AddressAllowed, place.is_allowed()),
        (SharedFlag::UserBlocked, user.is_blocked()),
        (SharedFlag::UserAllowed, user.is_allowed()),
        (SharedFlag::UserWatched, user.is_watched),
        (SharedFlag::Blocked, all.is_blocked()),
        (SharedFlag::Allowed, all.is_allowed()),
        (SharedFlag::Watched, all.is_watched),
    ];
    if touched.device.is_some() {
        answers.push((SharedFlag::DeviceBlocked, of(Family::Device).is_blocked()));
    }
    if touched.email.is_some() {
        answers.push((SharedFlag::EmailBlocked, of(Family::Mail).is_blocked()));
    }
    if touched.phone.is_some() {
        answers.push((SharedFlag::PhoneBlocked, of(Family::Phone).is_blocked()));
    }
    answers.into_iter().fold(Flags::default(), |flags, (flag, is)| flags.with(flag as u8, is))
}

fn of_family<'e>(entries: &'e [Entry], family: Family, user_id: Option<&str>) -> Standing<'e> {
    let is_own =
        |entry: &Entry| entry.cause_user.is_some() && entry.cause_user.as_deref() == user_id;
    let concerned = entries
        .iter()
        .filter(|entry| family_of(entry.kind) == family)
        .filter(|entry| entry.source != Source::Cascade || !is_own(entry));
    let (watching, deciding): (Vec<_>, Vec<_>) =
        concerned.partition(|entry| entry.list == List::Watch);
    let weight =
        |entry: &&Entry| (entry.source.is_manual(), specificity(entry), entry.list == List::Allow);
    Standing { winner: deciding.into_iter().max_by_key(weight), is_watched: !watching.is_empty() }
}

const fn family_of(kind: ListKind) -> Family {
    match kind {
        ListKind::User => Family::User,
        ListKind::Address | ListKind::Prefix | ListKind::Network => Family::Place,
        ListKind::Device => Family::Device,
        ListKind::Email | ListKind::Domain => Family::Mail,
        ListKind::Phone => Family::Phone,
    }
}

/// Within its family, an entry of a higher number is about less.
fn specificity(entry: &Entry) -> usize {
    const WHOLE: usize = 1_000;
    match entry.kind {
        ListKind::User
        | ListKind::Address
        | ListKind::Device
        | ListKind::Email
        | ListKind::Phone => WHOLE,
        ListKind::Prefix => 1 + touched::prefix_bits(&entry.value).map_or(0, usize::from),
        ListKind::Network => 0,
        ListKind::Domain => entry.value.len(),
    }
}

#[cfg(test)]
mod tests;
