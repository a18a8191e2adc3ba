//! Things that users touch.

use innerwall_features::EntityKind;
use innerwall_storage::read::entities::EntityRow;
use innerwall_storage::read::links::{Link, SharedRow};
use serde::Serialize;
use utoipa::ToSchema;

use super::UserSummary;
use crate::export::{CsvLine, CsvRow};
use crate::mask::{self, Masked};

/// Users of one thing are told apart up to this.
const USERS_TOLD_APART: i32 = 1_000;

/// A thing by its names.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct EntityRef {
    /// `~` and 16 hexadecimal digits; takes the place of the key in paths.
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    /// The address, number, domain... itself.
    pub(crate) key: String,
    /// In words, where the key is none.
    pub(crate) label: Option<String>,
}

/// A thing that users touch.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Entity)]
pub(crate) struct EntityView {
    #[serde(flatten)]
    pub(crate) name: EntityRef,
    /// The network of an address, the domain of an e-mail address.
    pub(crate) parent: Option<EntityRef>,
    /// ISO 3166, two letters.
    pub(crate) country: Option<String>,
    /// What is known of it, such as `vpn`, `hosting`, `disposable` or `bot`.
    pub(crate) tags: Vec<String>,
    pub(crate) events: i64,
    /// Events that edited something.
    pub(crate) edits: i64,
    /// Events that call for attention.
    pub(crate) alerts: i64,
    /// Distinct users.
    pub(crate) users: i32,
    /// Whether `users` is a lower bound.
    pub(crate) users_capped: bool,
    pub(crate) first_seen: String,
    pub(crate) last_seen: String,
}

impl CsvRow for EntityView {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "kind",
        "key",
        "label",
        "parent",
        "country",
        "tags",
        "events",
        "edits",
        "alerts",
        "users",
        "users_capped",
        "first_seen",
        "last_seen",
    ];

    fn cells(&self, line: &mut CsvLine<'_>) {
        line.text(&self.name.id);
        line.text(self.name.kind);
        line.text(&self.name.key);
        line.maybe(self.name.label.as_deref());
        line.maybe(self.parent.as_ref().map(|parent| parent.key.as_str()));
        line.maybe(self.country.as_deref());
        line.list(self.tags.iter().map(String::as_str));
        line.number(self.events);
        line.number(self.edits);
        line.number(self.alerts);
        line.number(self.users);
        line.number(self.users_capped);
        line.text(&self.first_seen);
        line.text(&self.last_seen);
    }
}

/// A user seen with a thing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct EntityUser {
    #[serde(flatten)]
    pub(crate) user: UserSummary,
    pub(crate) link: LinkView,
}

/// A thing that a user was seen with.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct UserEntity {
    #[serde(flatten)]
    pub(crate) entity: EntityView,
    pub(crate) link: LinkView,
}

/// How a user and a thing belong together.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Link)]
pub(crate) struct LinkView {
    /// Events of the user with the thing.
    pub(crate) strength: i32,
    pub(crate) first_seen: String,
    pub(crate) last_seen: String,
}

/// A thing that belongs to another or shares users with it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RelatedEntity {
    #[serde(flatten)]
    pub(crate) entity: EntityView,
    /// Users seen with both, among those seen last; null for what belongs to the other anyway.
    pub(crate) users_shared: Option<i32>,
}

/// The id of a thing as text.
pub(crate) fn entity_text(id: i64) -> String {
    format!("~{:016x}", id.cast_unsigned())
}

impl EntityRef {
    pub(crate) fn of(kind: EntityKind, id: i64, key: String, label: Option<String>) -> Self {
        Self { id: entity_text(id), kind: kind.plural(), key, label }
    }
}

impl EntityView {
    pub(crate) fn new(row: EntityRow) -> Self {
        let parent = row.kind.parent().zip(row.parent);
        Self {
            name: EntityRef::of(row.kind, row.id, row.key, row.label),
            parent: parent.map(|(kind, (id, key, label))| EntityRef::of(kind, id, key, label)),
            country: row.country,
            tags: row.tags,
            events: row.events,
            edits: row.edits,
            alerts: row.alerts,
            users: row.users,
            users_capped: row.users >= USERS_TOLD_APART,
            first_seen: row.first_seen.to_rfc3339(),
            last_seen: row.last_seen.to_rfc3339(),
        }
    }
}

impl From<Link> for LinkView {
    fn from(link: Link) -> Self {
        Self {
            strength: link.events,
            first_seen: link.first_seen.to_rfc3339(),
            last_seen: link.last_seen.to_rfc3339(),
        }
    }
}

impl RelatedEntity {
    pub(crate) fn shared(row: SharedRow) -> Self {
        let users_shared = Some(row.users_shared);
        Self { entity: EntityView::new(row.entity), users_shared }
    }

    pub(crate) fn family(row: EntityRow) -> Self {
        Self { entity: EntityView::new(row), users_shared: None }
    }
}

impl Masked for EntityRef {
    fn mask(&mut self) {
        let mask: fn(&mut String) = match EntityKind::parse_plural(self.kind) {
            Some(EntityKind::Address) => mask::address,
            Some(EntityKind::Email) => mask::email,
            Some(EntityKind::Phone) => mask::phone,
            Some(EntityKind::Payment) => payment,
            Some(EntityKind::Resource) => mask::url,
            Some(
                EntityKind::Network
                | EntityKind::Country
                | EntityKind::Device
                | EntityKind::UserAgent
                | EntityKind::EmailDomain
                | EntityKind::Field,
            )
            | None => mask::text,
        };
        mask(&mut self.key);
        mask::each(&mut self.label, mask::text);
    }
}

/// `iban:DE02...` becomes `iban:***`.
fn payment(text: &mut String) {
    let name = text.split_once(':').map_or("", |(name, _)| name);
    *text = format!("{name}:***");
}

impl Masked for EntityView {
    fn mask(&mut self) {
        self.name.mask();
        self.parent.mask();
    }
}

impl Masked for EntityUser {
    fn mask(&mut self) {
        self.user.mask();
    }
}

impl Masked for UserEntity {
    fn mask(&mut self) {
        self.entity.mask();
    }
}

impl Masked for RelatedEntity {
    fn mask(&mut self) {
        self.entity.mask();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masked_things_keep_an_id_to_be_opened_by() {
        for (kind, key, shown) in [
            (EntityKind::Address, "81.2.69.142", "81.2.*.*"),
            (EntityKind::Email, "anna@shop.example", "a***@s***.example"),
            (EntityKind::Phone, "+4915112345678", "+49***78"),
            (EntityKind::Payment, "iban:DE021234", "iban:***"),
            (EntityKind::Country, "DE", "DE"),
            (EntityKind::Network, "64496", "64496"),
        ] {
            let mut name = EntityRef::of(kind, -1, key.to_owned(), None);
            name.mask();
            assert_eq!((name.key.as_str(), name.id.as_str()), (shown, "~ffffffffffffffff"));
        }
    }
}
