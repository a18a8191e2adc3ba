//! Things that users touch, and pages of them, as protobuf.

use innerwall_wire::query as proto;

use super::convert::time;
use crate::view::{
    EntityRef, EntityUser, EntityView, EventView, FieldChangeView, LinkView, Page, ScoreChangeView,
    SessionView, UserEntity, UserName,
};

fn info<T>(page: &Page<T>) -> proto::PageInfo {
    proto::PageInfo {
        next_cursor: page.next_cursor.clone().unwrap_or_default(),
        total: page.total,
        total_capped: page.total_capped,
        complete: page.complete,
    }
}

impl From<EntityRef> for proto::EntityName {
    fn from(name: EntityRef) -> Self {
        Self { id: name.id, kind: name.kind.to_owned(), key: name.key, label: name.label }
    }
}

impl From<UserName> for proto::UserName {
    fn from(user: UserName) -> Self {
        let trust_score = user.trust_score.map(i32::from);
        Self { user_id: user.user_id, email: user.email, trust_score }
    }
}

impl From<EntityView> for proto::Entity {
    fn from(entity: EntityView) -> Self {
        Self {
            first_seen: time(&entity.first_seen),
            last_seen: time(&entity.last_seen),
            name: Some(entity.name.into()),
            parent: entity.parent.map(Into::into),
            country: entity.country,
            tags: entity.tags,
            events: entity.events,
            edits: entity.edits,
            alerts: entity.alerts,
            users: entity.users,
            users_capped: entity.users_capped,
        }
    }
}

impl From<LinkView> for proto::Link {
    fn from(link: LinkView) -> Self {
        Self {
            strength: link.strength,
            first_seen: time(&link.first_seen),
            last_seen: time(&link.last_seen),
        }
    }
}

impl From<EntityUser> for proto::LinkedUser {
    fn from(found: EntityUser) -> Self {
        Self { user: Some(found.user.into()), link: Some(found.link.into()) }
    }
}

impl From<UserEntity> for proto::LinkedEntity {
    fn from(found: UserEntity) -> Self {
        Self { entity: Some(found.entity.into()), link: Some(found.link.into()) }
    }
}

impl From<SessionView> for proto::Session {
    fn from(session: SessionView) -> Self {
        Self {
            started_at: time(&session.started_at),
            ended_at: time(&session.ended_at),
            user: Some(session.user.into()),
            number: session.number,
            events: session.events,
            alerts: session.alerts,
            login_failures: session.login_failures,
            addresses: session.addresses.into(),
            devices: session.devices.into(),
            ip: session.ip,
            country: session.country,
            device: session.device.map(Into::into),
        }
    }
}

impl From<FieldChangeView> for proto::FieldChange {
    fn from(change: FieldChangeView) -> Self {
        Self {
            event_time: time(&change.event_time),
            field: Some(change.field.into()),
            user: Some(change.user.into()),
            event_id: change.event_id,
            old_value: change.old_value,
            new_value: change.new_value,
            parent_id: change.parent_id,
            parent_name: change.parent_name,
        }
    }
}

impl From<ScoreChangeView> for proto::ScoreChange {
    fn from(change: ScoreChangeView) -> Self {
        let ids = |names: Vec<crate::view::HitName>| names.into_iter().map(|name| name.rule_id);
        Self {
            at: time(&change.at),
            trust_score: change.trust_score.into(),
            before: change.before.map(i32::from),
            event_id: change.event_id,
            reason: change.reason,
            started: ids(change.started).collect(),
            ended: ids(change.ended).collect(),
            rule_set_version: change.rule_set_version,
        }
    }
}

/// A page as the answer that holds its items under one name.
macro_rules! pages {
    ($($view:ty => $answer:ident.$items:ident),* $(,)?) => {$(
        impl From<Page<$view>> for proto::$answer {
            fn from(page: Page<$view>) -> Self {
                let info = Some(info(&page));
                Self { $items: page.items.into_iter().map(Into::into).collect(), page: info }
            }
        }
    )*};
}

pages! {
    EntityView => ListEntitiesResponse.entities,
    EntityUser => ListEntityUsersResponse.users,
    UserEntity => ListUserEntitiesResponse.entities,
    SessionView => ListSessionsResponse.sessions,
    FieldChangeView => ListFieldChangesResponse.changes,
    ScoreChangeView => ListScoreChangesResponse.changes,
}

impl From<Page<EventView>> for proto::ListEntityEventsResponse {
    fn from(page: Page<EventView>) -> Self {
        let info = Some(info(&page));
        Self { events: page.items.iter().map(proto::Event::from).collect(), page: info }
    }
}
