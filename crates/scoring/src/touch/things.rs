//! The things of an event, one kind after the other.

use std::borrow::Cow;
use std::collections::BTreeMap;

use innerwall_event::{Event, is_email, is_email_placeholder, stable_hash64};
use innerwall_features::changes::{Changes, EntitySum, HourCounts, LinkSum, Nature, hour_of};
use innerwall_features::{
    Country, EntityId, EntityKind, Lists, PhoneFacts, Tag, Tags, entity_key, is_suspicious_url,
    resource_key,
};
use innerwall_rules::CustomFields;

use super::Touch;
use crate::custom::CustomTexts;
use crate::subject::{DEVICE_FIELD, network_part};

/// Fields of the producer's own that name a means of payment.
const PAYMENT_FIELDS: [&str; 4] = ["card_fingerprint", "payment_method", "iban", "wallet"];

/// Adds the things that the event touches.
pub(super) fn add(touch: &Touch<'_>, changes: &mut Changes) {
    let custom = CustomTexts::of(touch.event);
    let mut sink = Sink { touch, changes };
    sink.places();
    sink.device(&custom);
    sink.page();
    sink.email();
    sink.phone();
    sink.fields();
    sink.payments(&custom);
}

struct Sink<'t, 'c> {
    touch: &'t Touch<'t>,
    changes: &'c mut Changes,
}

impl Sink<'_, '_> {
    fn places(&mut self) {
        let facts = &self.touch.around.address;
        let event = self.touch.event;
        let mut parent = None;
        if facts.asn != 0 {
            let tags = tags_if(self.is_listed(Lists::ASN, &facts.asn.to_string()));
            let label = self.touch.network.map(|name| entity_key(name).into_owned());
            let nature = Nature { label, tags, ..Nature::default() };
            parent = Some(self.thing(EntityKind::Network, facts.asn.to_string(), nature).id);
        }
        let nature = Nature {
            parent,
            country: facts.country,
            tags: Tags::of_address(facts),
            ..Nature::default()
        };
        self.thing(EntityKind::Address, event.ip.to_canonical().to_string(), nature);
        if let Some(country) = Country::from_number(facts.country) {
            self.thing(EntityKind::Country, country.to_string(), Nature::default());
        }
    }

    fn device(&mut self, custom: &CustomTexts) {
        let event = self.touch.event;
        let tags = Tags::of_device(&self.touch.around.device);
        let label = Some(entity_key(self.touch.device).into_owned());
        let nature = Nature { label, tags, ..Nature::default() };
        if let Some(key) = device_key(event, custom) {
            self.thing(EntityKind::Device, key, nature.clone());
        }
        if let Some(text) = filled(event.user_agent.as_deref()) {
            let is_listed = self.is_listed(Lists::USER_AGENT, text);
            let tags = if is_listed { tags.with(Tag::Suspicious) } else { tags };
            self.thing(
                EntityKind::UserAgent,
                entity_key(text).into_owned(),
                Nature { tags, ..nature },
            );
        }
    }

    fn page(&mut self) {
        if let Some(url) = self.touch.event.url.as_deref() {
            let is_suspicious = is_suspicious_url(url, self.touch.lists, self.touch.event.time);
            let nature = Nature { tags: tags_if(is_suspicious), ..Nature::default() };
            self.thing(EntityKind::Resource, resource_key(url), nature);
        }
    }

    /// The e-mail address sent with the event, else the user's.
    fn email(&mut self) {
        let (event, known) = (self.touch.event, self.touch.known);
        let Some(email) = event.email.as_deref().or(known.email.as_deref()) else { return };
        let email = email.to_lowercase();
        if !is_email(&email) || is_email_placeholder(&email) {
            return;
        }
        let facts = self.touch.around.email.or(known.contact.email).unwrap_or_default();
        let Some((_, domain)) = email.rsplit_once('@') else { return };
        let nature = Nature { tags: Tags::of_email_domain(&facts), ..Nature::default() };
        let is_own = self.is_own(event.email.is_some());
        let parent =
            self.linked(EntityKind::EmailDomain, entity_key(domain).into_owned(), nature, is_own);
        let tags = Tags::of_email(&facts);
        let nature = Nature { parent: Some(parent.id), tags, ..Nature::default() };
        self.linked(EntityKind::Email, entity_key(&email).into_owned(), nature, is_own);
    }

    /// The phone number sent with the event, else the user's.
    fn phone(&mut self) {
        let (event, known) = (self.touch.event, self.touch.known);
        let sent = filled(event.phone.as_deref());
        let Some(phone) = sent.or(filled(known.phone.as_deref())) else { return };
        let facts: PhoneFacts = self.touch.around.phone.or(known.contact.phone).unwrap_or_default();
        let nature =
            Nature { country: facts.country, tags: Tags::of_phone(&facts), ..Nature::default() };
        let is_own = self.is_own(sent.is_some());
        self.linked(EntityKind::Phone, entity_key(phone).into_owned(), nature, is_own);
    }

    fn fields(&mut self) {
        if self.touch.event.has_failed() {
            return;
        }
        let mut labels: BTreeMap<Cow<'_, str>, Option<&str>> = BTreeMap::new();
        for change in &self.touch.event.field_history {
            labels.insert(entity_key(&change.field_id), change.field_name.as_deref());
        }
        for (key, label) in labels.into_iter().filter(|(key, _)| !key.is_empty()) {
            let label = filled(label).map(|label| entity_key(label).into_owned());
            let nature = Nature { label, ..Nature::default() };
            self.thing(EntityKind::Field, key.into_owned(), nature);
        }
    }

    fn payments(&mut self, custom: &CustomTexts) {
        for name in PAYMENT_FIELDS {
            // Whether somebody has a wallet names none.
            let value = filled(custom.get(name)).filter(|value| !["true", "false"].contains(value));
            if let Some(value) = value {
                let key = entity_key(&format!("{name}:{value}")).into_owned();
                self.thing(EntityKind::Payment, key, Nature::default());
            }
        }
    }

    /// Contact details that a refused attempt names are not its user's.
    fn is_own(&self, is_sent: bool) -> bool {
        !is_sent || !self.touch.event.has_failed()
    }

    fn is_listed(&self, list: &str, text: &str) -> bool {
        let now = self.touch.event.time;
        match list {
            Lists::ASN => self.touch.lists.has(list, text, now),
            _ => self.touch.lists.contains_any(list, text, now),
        }
    }

    fn thing(&mut self, kind: EntityKind, key: String, nature: Nature) -> EntityId {
        self.linked(kind, key, nature, true)
    }

    fn linked(
        &mut self,
        kind: EntityKind,
        key: String,
        nature: Nature,
        is_linked: bool,
    ) -> EntityId {
        let (event, id) = (self.touch.event, EntityId::of(kind, &key));
        let time = event.time;
        let hour = (hour_of(time), nature.tags.are_remarkable());
        let mut sum = EntitySum {
            key,
            nature,
            first_seen: time,
            last_seen: time,
            hours: BTreeMap::from([(hour, HourCounts::one(event.kind.severity()))]),
            links: BTreeMap::new(),
        };
        if is_linked && kind.has_links() {
            sum.link(self.touch.user_no, LinkSum { events: 1, first_seen: time, last_seen: time });
        }
        match self.changes.entities.get_mut(&id) {
            Some(known) => known.merge(sum),
            None => {
                self.changes.entities.insert(id, sum);
            }
        }
        id
    }
}

/// What the producer names the device, else the neighbourhood of the address and the user agent.
pub(crate) fn device_key(event: &Event, custom: &CustomTexts) -> Option<String> {
    if let Some(named) = filled(custom.get(DEVICE_FIELD)) {
        return Some(entity_key(named).into_owned());
    }
    let agent = filled(event.user_agent.as_deref())?;
    let agent = stable_hash64(&[agent.as_bytes()]);
    let part = network_part(event.ip, 24, 48);
    let prefix = if let [a, b, c] = *part {
        format!("{a}.{b}.{c}.0/24")
    } else {
        let groups = part
            .chunks(2)
            .map(|pair| pair.iter().fold(0_u16, |group, byte| (group << 8) | u16::from(*byte)));
        let groups: Vec<String> = groups.map(|group| format!("{group:x}")).collect();
        format!("{}::/48", groups.join(":"))
    };
    Some(format!("{prefix} {agent:016x}"))
}

fn tags_if(is_suspicious: bool) -> Tags {
    if is_suspicious { Tags::default().with(Tag::Suspicious) } else { Tags::default() }
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.trim().is_empty())
}
