//! Words that lists of things can be narrowed by, from what enrichment says.

use crate::surroundings::{AddressFlag, DeviceFlag, EmailFlag, PhoneKind};
use crate::{AddressFacts, DeviceFacts, EmailFacts, Flags, PhoneFacts};

/// A set of tags, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tags(u32);

/// A word about a thing. Numbers wait in the database: never reuse one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    Hosting = 0,
    Vpn = 1,
    Tor = 2,
    Relay = 3,
    Satellite = 4,
    Private = 5,
    SpamListed = 6,
    HostsDomains = 7,
    Bot = 8,
    AiBot = 9,
    Library = 10,
    Manipulated = 11,
    Outdated = 12,
    RareBrowser = 13,
    RareSystem = 14,
    Free = 15,
    Disposable = 16,
    MaybeDisposable = 17,
    Alias = 18,
    Educational = 19,
    Government = 20,
    Military = 21,
    Suspicious = 22,
    Invalid = 23,
    Voip = 24,
    Premium = 25,
    TollFree = 26,
    Mobile = 27,
    Fixed = 28,
}

const ALL: [(Tag, &str); 29] = [
    (Tag::Hosting, "hosting"),
    (Tag::Vpn, "vpn"),
    (Tag::Tor, "tor"),
    (Tag::Relay, "relay"),
    (Tag::Satellite, "satellite"),
    (Tag::Private, "private"),
    (Tag::SpamListed, "spam_listed"),
    (Tag::HostsDomains, "hosts_domains"),
    (Tag::Bot, "bot"),
    (Tag::AiBot, "ai_bot"),
    (Tag::Library, "library"),
    (Tag::Manipulated, "manipulated"),
    (Tag::Outdated, "outdated"),
    (Tag::RareBrowser, "rare_browser"),
    (Tag::RareSystem, "rare_system"),
    (Tag::Free, "free"),
    (Tag::Disposable, "disposable"),
    (Tag::MaybeDisposable, "maybe_disposable"),
    (Tag::Alias, "alias"),
    (Tag::Educational, "educational"),
    (Tag::Government, "government"),
    (Tag::Military, "military"),
    (Tag::Suspicious, "suspicious"),
    (Tag::Invalid, "invalid"),
    (Tag::Voip, "voip"),
    (Tag::Premium, "premium"),
    (Tag::TollFree, "toll_free"),
    (Tag::Mobile, "mobile"),
    (Tag::Fixed, "fixed"),
];

/// Of what carries one of these, charts make a part of its own.
const REMARKABLE: [Tag; 12] = [
    Tag::Hosting,
    Tag::Vpn,
    Tag::Tor,
    Tag::Relay,
    Tag::SpamListed,
    Tag::Bot,
    Tag::AiBot,
    Tag::Library,
    Tag::Manipulated,
    Tag::Disposable,
    Tag::Suspicious,
    Tag::Invalid,
];

impl Tag {
    pub fn name(self) -> &'static str {
        ALL.iter().find(|(tag, _)| *tag == self).map_or("", |(_, name)| name)
    }
}

impl Tags {
    /// Tags by their names; unknown names are left out.
    pub fn of_names<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let tag = |name| ALL.iter().find(|(_, known)| *known == name).map(|(tag, _)| *tag);
        names.into_iter().filter_map(tag).fold(Self::default(), Self::with)
    }

    pub fn of_address(facts: &AddressFacts) -> Self {
        Self::default().with_flags(
            facts.flags,
            &[
                (AddressFlag::Hosting as u8, Tag::Hosting),
                (AddressFlag::Vpn as u8, Tag::Vpn),
                (AddressFlag::Tor as u8, Tag::Tor),
                (AddressFlag::Relay as u8, Tag::Relay),
                (AddressFlag::Satellite as u8, Tag::Satellite),
                (AddressFlag::Private as u8, Tag::Private),
                (AddressFlag::SpamListed as u8, Tag::SpamListed),
                (AddressFlag::HostsDomains as u8, Tag::HostsDomains),
            ],
        )
    }

    pub fn of_device(facts: &DeviceFacts) -> Self {
        Self::default().with_flags(
            facts.flags,
            &[
                (DeviceFlag::Bot as u8, Tag::Bot),
                (DeviceFlag::AiBot as u8, Tag::AiBot),
                (DeviceFlag::Library as u8, Tag::Library),
                (DeviceFlag::Manipulated as u8, Tag::Manipulated),
                (DeviceFlag::Outdated as u8, Tag::Outdated),
                (DeviceFlag::RareBrowser as u8, Tag::RareBrowser),
                (DeviceFlag::RareSystem as u8, Tag::RareSystem),
            ],
        )
    }

    /// Of the domain of an e-mail address.
    pub fn of_email_domain(facts: &EmailFacts) -> Self {
        Self::default().with_flags(
            facts.flags,
            &[
                (EmailFlag::Free as u8, Tag::Free),
                (EmailFlag::Disposable as u8, Tag::Disposable),
                (EmailFlag::MaybeDisposable as u8, Tag::MaybeDisposable),
                (EmailFlag::Educational as u8, Tag::Educational),
                (EmailFlag::Government as u8, Tag::Government),
                (EmailFlag::Military as u8, Tag::Military),
                (EmailFlag::DomainSpamListed as u8, Tag::SpamListed),
            ],
        )
    }

    /// Of an e-mail address: those of its domain and its own.
    pub fn of_email(facts: &EmailFacts) -> Self {
        Self::of_email_domain(facts).with_flags(
            facts.flags,
            &[(EmailFlag::Alias as u8, Tag::Alias), (EmailFlag::SpamListed as u8, Tag::SpamListed)],
        )
    }

    pub fn of_phone(facts: &PhoneFacts) -> Self {
        let valid = Self::default();
        let valid = if facts.is_valid == Some(false) { valid.with(Tag::Invalid) } else { valid };
        match facts.kind() {
            PhoneKind::Mobile => valid.with(Tag::Mobile),
            PhoneKind::Fixed => valid.with(Tag::Fixed),
            PhoneKind::Voip => valid.with(Tag::Voip),
            PhoneKind::Premium => valid.with(Tag::Premium),
            PhoneKind::TollFree => valid.with(Tag::TollFree),
            PhoneKind::Unknown | PhoneKind::Other => valid,
        }
    }

    #[must_use]
    pub fn with(self, tag: Tag) -> Self {
        Self(self.0 | (1 << tag as u8))
    }

    pub fn has(self, tag: Tag) -> bool {
        self.0 & (1 << tag as u8) != 0
    }

    /// Whether charts count what carries these apart from the rest.
    pub fn are_remarkable(self) -> bool {
        REMARKABLE.into_iter().any(|tag| self.has(tag))
    }

    /// Names in the order of their numbers.
    pub fn names(self) -> Vec<&'static str> {
        ALL.iter().filter(|(tag, _)| self.has(*tag)).map(|(_, name)| *name).collect()
    }

    pub(crate) fn bits(self) -> u32 {
        self.0
    }

    pub(crate) fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    fn with_flags(self, flags: Flags, tags: &[(u8, Tag)]) -> Self {
        let set = tags.iter().filter(|(bit, _)| flags.get(*bit) == Some(true));
        set.fold(self, |tags, (_, tag)| tags.with(*tag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_has_its_bit_and_its_name() {
        for (at, (tag, name)) in ALL.into_iter().enumerate() {
            assert_eq!((tag as usize, tag.name()), (at, name));
            assert_eq!(Tags::of_names([name, "unheard of"]), Tags::default().with(tag));
            assert_eq!(Tags::default().with(tag).names(), [name]);
        }
    }

    #[test]
    fn only_answers_that_are_yes_make_tags() {
        let flags =
            Flags::default().with(AddressFlag::Vpn as u8, true).with(AddressFlag::Tor as u8, false);
        let tags = Tags::of_address(&AddressFacts { flags, ..AddressFacts::default() });
        assert_eq!(tags.names(), ["vpn"]);
        assert!(tags.are_remarkable() && !Tags::default().with(Tag::Free).are_remarkable());
    }
}
