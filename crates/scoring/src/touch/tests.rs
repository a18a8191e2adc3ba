use innerwall_event::{
    Draft, FieldChange, Receipt, Strictness, TenantId, Timestamp, accept, event_id_of_name,
};
use innerwall_features::{AddressFacts, AddressFlag, Country, Flags};

use super::*;

const AT: Timestamp = Timestamp::from_micros(1_795_003_200_000_000);

fn event(change: impl FnOnce(&mut Draft<'static>)) -> Event {
    let mut draft = Draft {
        user_id: Some("alice".into()),
        ip: Some("81.2.69.142".into()),
        url: Some("/orders/17".into()),
        user_agent: Some("curl/8".into()),
        event_time: Some(AT.to_rfc3339().into()),
        ..Draft::default()
    };
    change(&mut draft);
    let fresh_id = event_id_of_name(TenantId(1), "one");
    accept(draft, Receipt { tenant: TenantId(1), at: AT, fresh_id }, Strictness::Refuse).unwrap()
}

fn touched_by(event: &Event, known: &State) -> Changes {
    let flags = Flags::default().with(AddressFlag::Vpn as u8, true);
    let country = Country::parse("GB").unwrap().number();
    let around = Surroundings {
        address: AddressFacts { country, asn: 64_500, flags, place: None },
        ..Surroundings::default()
    };
    let lists = Lists::builtin();
    let touch = Touch {
        event,
        around: &around,
        user_no: 7,
        session: 1,
        sequence: 1,
        known,
        lists: &lists,
        network: Some("Example Net"),
        device: "curl",
    };
    let mut changes = Changes::default();
    touch.add_to(&mut changes);
    changes
}

/// Keys by kind, with a star where the user is linked.
fn keys(changes: &Changes) -> Vec<String> {
    let key = |(id, sum): (&EntityId, &innerwall_features::changes::EntitySum)| {
        let star = if sum.links.contains_key(&7) { "*" } else { "" };
        format!("{:?} {}{star}", id.kind, sum.key)
    };
    changes.entities.iter().map(key).collect()
}

#[test]
fn an_event_touches_each_thing_it_names_once() {
    let event = event(|draft| {
        draft.email = Some("Alice@Mail.example".into());
        draft.phone = Some("+4420".into());
        draft.custom = Some(r#"{"iban": "GB00", "wallet": true, "device_id": "d-1"}"#.into());
        let change = |new: &str| FieldChange {
            field_id: "name".to_owned(),
            field_name: Some("Name".to_owned()),
            old_value: None,
            new_value: new.to_owned(),
            parent_id: None,
            parent_name: None,
        };
        draft.field_history = vec![change("a"), change("b")];
    });
    let changes = touched_by(&event, &State::fresh());
    assert_eq!(
        keys(&changes),
        [
            "Address 81.2.69.142*",
            "Network 64500*",
            "Country GB*",
            "Device d-1*",
            "UserAgent curl/8",
            "Resource /orders/{id}*",
            "EmailDomain mail.example*",
            "Email alice@mail.example*",
            "Phone +4420*",
            "Field name*",
            "Payment iban:GB00*",
        ]
    );
    let address = changes.entities.values().next().unwrap();
    assert_eq!(address.nature.tags.names(), ["vpn"]);
    assert_eq!(address.nature.parent, Some(EntityId::of(EntityKind::Network, "64500").id));
    assert_eq!(changes.fields.len(), 2);
    assert_eq!((changes.fresh_users.len(), changes.sessions.len()), (1, 1));
    assert_eq!(changes, Changes::from_bytes(&changes.to_bytes()).unwrap());
}

#[test]
fn what_a_refused_attempt_names_is_counted_and_not_linked() {
    let failed = |email: Option<&'static str>| {
        event(|draft| {
            draft.event_type = Some("account_login_fail".into());
            draft.http_code = Some("401".into());
            draft.email = email.map(Into::into);
        })
    };
    let known = State { email: Some("alice@mail.example".to_owned()), ..State::fresh() };
    let of_mail = |changes: &Changes| {
        let mut keys = keys(changes);
        keys.retain(|key| key.starts_with("Email "));
        keys
    };
    let other = touched_by(&failed(Some("bob@mail.example")), &known);
    assert_eq!(of_mail(&other), ["Email bob@mail.example"]);
    let own = touched_by(&failed(None), &known);
    assert_eq!(of_mail(&own), ["Email alice@mail.example*"]);
    let session = own.sessions.values().next().unwrap();
    assert_eq!((session.alerts, session.login_failures), (1, 1));
}

#[test]
fn a_device_without_a_name_is_its_neighbourhood_and_user_agent() {
    let key = |ip: &'static str, agent: &'static str| {
        let event = event(|draft| {
            draft.ip = Some(ip.into());
            draft.user_agent = Some(agent.into());
        });
        let changes = touched_by(&event, &State::fresh());
        let mut devices = changes.entities.iter().filter(|(id, _)| id.kind == EntityKind::Device);
        devices.next().map(|(_, sum)| sum.key.clone()).unwrap()
    };
    assert!(key("81.2.69.142", "a").starts_with("81.2.69.0/24 "));
    assert!(key("2001:db8:1:2::3", "a").starts_with("2001:db8:1::/48 "));
    assert_eq!(key("81.2.69.142", "a"), key("81.2.69.1", "a"));
    assert_ne!(key("81.2.69.142", "a"), key("81.2.69.142", "b"));
}
