//! One search across everything, by the beginning.

use std::net::IpAddr;

use innerwall_auth::Permission;
use innerwall_event::event_id_of_name;
use innerwall_features::EntityKind;
use innerwall_rules::RuleSet;
use innerwall_storage::read::entities::EntityRow;
use innerwall_storage::read::users::{self, UserRow};
use innerwall_storage::read::{event, search, sessions};
use innerwall_storage::{StorageError, TenantTx};
use ipnet::IpNet;
use uuid::Uuid;

use super::asked;
use super::entities::folded;
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{EntityView, EventView, RuleName, SearchAnswer, SessionView, UserName};

/// Of each kind.
const FOUND_MAX: i64 = 8;
/// Users read before the best are chosen.
const USERS_READ: i64 = 40;

/// What a text was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Meaning {
    Address,
    Range(IpNet),
    Network,
    Event(Uuid),
    /// User id and number.
    Session(String, i32),
    Text,
}

impl Meaning {
    fn of(text: &str) -> Self {
        if text.parse::<IpAddr>().is_ok() {
            return Self::Address;
        }
        if let Ok(range) = text.parse() {
            return Self::Range(range);
        }
        if let Ok(id) = Uuid::try_parse(text) {
            return Self::Event(id);
        }
        let upper = text.to_ascii_uppercase();
        let digits = upper.strip_prefix("AS").unwrap_or_default();
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Self::Network;
        }
        match text.rsplit_once('/').map(|(user_id, number)| (user_id, number.parse())) {
            Some((user_id, Ok(number))) if !user_id.is_empty() => {
                Self::Session(user_id.to_owned(), number)
            }
            Some(_) | None => Self::Text,
        }
    }

    const fn name(&self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Range(_) => "range",
            Self::Network => "network",
            Self::Event(_) => "event",
            Self::Session(..) => "session",
            Self::Text => "text",
        }
    }

    /// Kinds of things that the text may name.
    fn kinds(&self, sees_personal: bool) -> Vec<EntityKind> {
        let kinds: &[EntityKind] = match self {
            Self::Address => &[EntityKind::Address],
            Self::Network => &[EntityKind::Network],
            Self::Range(_) | Self::Event(_) => &[],
            Self::Session(..) | Self::Text => &EntityKind::ALL,
        };
        kinds.iter().copied().filter(|kind| sees_personal || !kind.is_personal()).collect()
    }
}

/// Searches for a text. Who sees contact details only masked finds nothing by them.
pub(crate) async fn search(
    app: &App,
    caller: &Caller,
    text: Option<String>,
) -> Result<SearchAnswer, Problem> {
    caller.may(Permission::Read)?;
    let text = asked::text("q", text)?.map(|text| text.trim().to_owned());
    let text = text.filter(|text| !text.is_empty());
    let text = text.ok_or_else(|| Problem::parameter("q", "say what to search for"))?;
    let meaning = Meaning::of(&text);
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let book = app.books.for_names(&tx).await?;
    let events = events(&tx, caller, &meaning, &text).await?;
    let answer = SearchAnswer {
        users: users(&tx, caller, &text).await?,
        entities: things(&tx, caller, &meaning, &text).await?,
        rules: rules(&book.rules, &text),
        events: events.into_iter().map(|row| EventView::new(row, &book.rules)).collect(),
        sessions: session(&tx, &meaning).await?,
        taken_for: meaning.name(),
    };
    Ok(caller.show(answer))
}

async fn users(
    tx: &TenantTx<'_>,
    caller: &Caller,
    text: &str,
) -> Result<Vec<UserName>, StorageError> {
    let mut rows = users::beginning_with(tx, text, caller.sees_personal(), USERS_READ).await?;
    let is_exact = |row: &UserRow| row.user_id == text || row.email.as_deref() == Some(text);
    rows.sort_by_key(|row| (!is_exact(row), std::cmp::Reverse(row.last_seen)));
    rows.truncate(usize::try_from(FOUND_MAX).unwrap_or_default());
    let name = |row: UserRow| UserName::new(row.user_id, row.email, Some(row.trust.into()));
    Ok(rows.into_iter().map(name).collect())
}

async fn things(
    tx: &TenantTx<'_>,
    caller: &Caller,
    meaning: &Meaning,
    text: &str,
) -> Result<Vec<EntityView>, StorageError> {
    let rows: Vec<EntityRow> = match meaning {
        Meaning::Range(range) if caller.sees_personal() => {
            search::in_range(tx, range.network(), range.broadcast(), FOUND_MAX).await?
        }
        Meaning::Range(_)
        | Meaning::Address
        | Meaning::Network
        | Meaning::Event(_)
        | Meaning::Session(..)
        | Meaning::Text => {
            let kinds = meaning.kinds(caller.sees_personal()).into_iter();
            let prefixes: Vec<_> = kinds
                .map(|kind| (kind, folded(kind, text)))
                .filter(|(_, prefix)| !prefix.is_empty())
                .collect();
            search::by_prefixes(tx, &prefixes, FOUND_MAX).await?
        }
    };
    Ok(rows.into_iter().map(EntityView::new).collect())
}

async fn events(
    tx: &TenantTx<'_>,
    caller: &Caller,
    meaning: &Meaning,
    text: &str,
) -> Result<Vec<innerwall_storage::read::events::EventRow>, StorageError> {
    let id = match meaning {
        Meaning::Event(id) => *id,
        Meaning::Address
        | Meaning::Range(_)
        | Meaning::Network
        | Meaning::Session(..)
        | Meaning::Text => event_id_of_name(caller.tenant, text),
    };
    Ok(event::one(tx, id).await?.map(|detail| detail.listed).into_iter().collect())
}

async fn session(tx: &TenantTx<'_>, meaning: &Meaning) -> Result<Vec<SessionView>, StorageError> {
    let Meaning::Session(user_id, number) = meaning else { return Ok(Vec::new()) };
    let Some(user_no) = users::number(tx, user_id).await? else { return Ok(Vec::new()) };
    let row = sessions::one(tx, user_no, *number).await?;
    Ok(row.into_iter().map(SessionView::new).collect())
}

/// Rules whose id begins with the text, or whose name holds it.
fn rules(rules: &RuleSet, text: &str) -> Vec<RuleName> {
    let lower = text.to_lowercase();
    let place = |id: &str, name: &str| {
        let (id, name) = (id.to_lowercase(), name.to_lowercase());
        match () {
            () if id == lower => Some(0),
            () if id.starts_with(&lower) => Some(1),
            () if name.contains(&lower) => Some(2),
            () => None,
        }
    };
    let mut found: Vec<(u8, RuleName)> = Vec::new();
    for weighted in rules.rules() {
        let (rule_id, name) = (weighted.rule.id.to_string(), weighted.rule.name.clone());
        if let Some(place) = place(&rule_id, &name) {
            found.push((place, RuleName { rule_id, name }));
        }
    }
    found.sort_by(|one, other| (one.0, &one.1.rule_id).cmp(&(other.0, &other.1.rule_id)));
    found.truncate(usize::try_from(FOUND_MAX).unwrap_or_default());
    found.into_iter().map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_taken_for_what_they_look_like() {
        for (text, name) in [
            ("203.0.113.7", "address"),
            ("2001:db8::1", "address"),
            ("203.0.113.0/24", "range"),
            ("AS64496", "network"),
            ("as64496", "network"),
            ("assets", "text"),
            ("00000000-0000-0000-0000-000000000001", "event"),
            ("ann/3", "session"),
            ("/3", "text"),
            ("ann", "text"),
        ] {
            assert_eq!(Meaning::of(text).name(), name, "{text}");
        }
    }

    #[test]
    fn masked_searches_leave_personal_kinds_out() {
        let seen = Meaning::Text.kinds(false);
        assert!(seen.iter().all(|kind| !kind.is_personal()) && !seen.is_empty());
        assert_eq!(Meaning::Address.kinds(false), []);
    }
}
