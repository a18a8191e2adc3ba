//! Whom and what an event is about: the values that windows count by.

use std::borrow::Cow;
use std::net::IpAddr;

use innerwall_event::{Event, UserId, stable_hash64};
use innerwall_features::{EntityId, EntityKind, Surroundings, search_text};
use innerwall_rules::{CustomFields, WindowKey};

use crate::custom::CustomTexts;
use crate::touch::things::device_key;

/// Field in which producers name a device across users.
pub(crate) const DEVICE_FIELD: &str = "device_id";

/// An event with what its keys are taken from.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    pub event: &'a Event,
    pub around: &'a Surroundings,
    pub custom: &'a CustomTexts,
    /// E-mail address and phone number of the user as known before the event.
    pub known_email: Option<&'a str>,
    pub known_phone: Option<&'a str>,
    /// Number of the user's session as we cut it; 0 before the event is folded.
    pub session: u32,
}

/// The hashes of an event's keys, each computed once: many windows count by the same keys.
pub(crate) struct Keys<'s, 'k> {
    subject: &'s Subject<'s>,
    known: Vec<(&'k [WindowKey], Option<u64>)>,
}

impl<'s, 'k> Keys<'s, 'k> {
    pub(crate) fn of(subject: &'s Subject<'s>) -> Self {
        Self { subject, known: Vec::new() }
    }

    pub(crate) fn event(&self) -> &'s Event {
        self.subject.event
    }

    pub(crate) fn hash(&mut self, keys: &'k [WindowKey]) -> Option<u64> {
        if let Some((_, hash)) = self.known.iter().find(|(known, _)| *known == keys) {
            return *hash;
        }
        let hash = self.subject.hash(keys);
        self.known.push((keys, hash));
        hash
    }
}

impl<'a> Subject<'a> {
    /// One number for the values of some keys; `None` when one of them is unknown.
    pub fn hash(&self, keys: &[WindowKey]) -> Option<u64> {
        if let [key] = keys {
            return Some(stable_hash64(&[&self.value(key)?]));
        }
        let values: Vec<Cow<'_, [u8]>> =
            keys.iter().map(|key| self.value(key)).collect::<Option<_>>()?;
        let parts: Vec<&[u8]> = values.iter().map(AsRef::as_ref).collect();
        Some(stable_hash64(&parts))
    }

    /// Number of the device across users, under which lists name it.
    pub fn device_hash(&self) -> Option<u64> {
        let key = device_key(self.event, self.custom)?;
        Some(EntityId::of(EntityKind::Device, &key).id.cast_unsigned())
    }

    fn value(&self, key: &WindowKey) -> Option<Cow<'a, [u8]>> {
        let event = self.event;
        match key {
            WindowKey::User => self.user(),
            WindowKey::Session => Some(self.session()),
            WindowKey::Address => Some(network_part(event.ip, 32, 64)),
            WindowKey::Prefix => Some(network_part(event.ip, 24, 48)),
            WindowKey::Network => number(self.around.address.asn),
            WindowKey::Country => number(self.around.address.country),
            WindowKey::Device => self.device(),
            WindowKey::Email => self.email().map(|email| owned(email.into_bytes())),
            WindowKey::EmailDomain => {
                let email = self.email()?;
                let domain = email.rsplit_once('@').map(|(_, domain)| domain.to_owned());
                domain.filter(|domain| !domain.is_empty()).map(|domain| owned(domain.into_bytes()))
            }
            WindowKey::EmailPattern => self.email().map(|email| owned(digits_folded(&email))),
            WindowKey::Phone => text(event.phone.as_deref().or(self.known_phone)),
            WindowKey::Resource => {
                let url = event.url.as_deref()?;
                text(url.split(['?', '#']).next())
            }
            WindowKey::Everyone => Some(Cow::Borrowed(&[])),
            WindowKey::UserAgent => text(event.user_agent.as_deref()),
            WindowKey::Search => search_text(event).map(|text| owned(text.into_bytes())),
            WindowKey::Custom(field) => text(self.custom.get(field)),
        }
    }

    /// The shared account of visitors is nobody: there the e-mail address says who it is about.
    fn user(&self) -> Option<Cow<'a, [u8]>> {
        if self.event.user_id.0 == UserId::ANONYMOUS {
            return text(self.event.email.as_deref());
        }
        text(Some(&self.event.user_id.0))
    }

    fn session(&self) -> Cow<'a, [u8]> {
        match &self.event.session_id {
            Some(session) => Cow::Borrowed(session.as_bytes()),
            None => owned(self.session.to_le_bytes().to_vec()),
        }
    }

    fn device(&self) -> Option<Cow<'a, [u8]>> {
        if let Some(named) = text(self.custom.get(DEVICE_FIELD)) {
            return Some(named);
        }
        let mut neighbourhood = network_part(self.event.ip, 24, 48).into_owned();
        neighbourhood.extend_from_slice(self.event.user_agent.as_deref()?.as_bytes());
        Some(owned(neighbourhood))
    }

    fn email(&self) -> Option<String> {
        let is_anonymous = self.event.user_id.0 == UserId::ANONYMOUS;
        let known = self.known_email.filter(|_| !is_anonymous);
        self.event.email.as_deref().or(known).map(str::to_lowercase)
    }
}

fn text(value: Option<&str>) -> Option<Cow<'_, [u8]>> {
    value.filter(|value| !value.is_empty()).map(|value| Cow::Borrowed(value.as_bytes()))
}

fn number(number: u32) -> Option<Cow<'static, [u8]>> {
    (number != 0).then(|| owned(number.to_le_bytes().to_vec()))
}

fn owned(bytes: Vec<u8>) -> Cow<'static, [u8]> {
    Cow::Owned(bytes)
}

/// The first bits of an address, so many by its family.
pub(crate) fn network_part(ip: IpAddr, v4_bits: usize, v6_bits: usize) -> Cow<'static, [u8]> {
    match ip.to_canonical() {
        IpAddr::V4(v4) => owned(v4.octets()[..v4_bits / 8].to_vec()),
        IpAddr::V6(v6) => owned(v6.octets()[..v6_bits / 8].to_vec()),
    }
}

/// `anna1201@example.org` and `anna77@example.org` are of one pattern.
fn digits_folded(email: &str) -> Vec<u8> {
    let mut pattern = String::with_capacity(email.len());
    for character in email.chars() {
        let folded = if character.is_ascii_digit() { '#' } else { character };
        if folded != '#' || !pattern.ends_with('#') {
            pattern.push(folded);
        }
    }
    pattern.into_bytes()
}
