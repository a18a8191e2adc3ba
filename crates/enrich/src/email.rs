//! What a domain says about an e-mail address.

use innerwall_features::{EmailFacts, EmailFlag, Flags};

use crate::domains::{DomainBuilder, DomainTable};
use crate::institutions;

pub(crate) const FREE: u32 = 1;
pub(crate) const DISPOSABLE: u32 = 1 << 1;
pub(crate) const SUSPECTED: u32 = 1 << 2;
pub(crate) const ALIAS: u32 = 1 << 3;
pub(crate) const ALLOWED: u32 = 1 << 4;
pub(crate) const SPAM: u32 = 1 << 5;
pub(crate) const EDUCATIONAL: u32 = 1 << 6;
pub(crate) const GOVERNMENT: u32 = 1 << 7;
pub(crate) const MILITARY: u32 = 1 << 8;

const KINDS: [(&str, u32); 9] = [
    ("free", FREE),
    ("disposable", DISPOSABLE),
    ("suspected", SUSPECTED),
    ("alias", ALIAS),
    ("ordinary", ALLOWED),
    ("spam", SPAM),
    ("educational", EDUCATIONAL),
    ("government", GOVERNMENT),
    ("military", MILITARY),
];

/// Kept by hand: providers of aliases, and well-known free providers that some lists of
/// throw-away domains hold by mistake.
const MAIL: &str = include_str!("../data/mail.csv");

/// Domains by kind; what the operator says of a domain replaces what the pinned lists say.
#[derive(Debug, Default)]
pub(crate) struct Mail {
    pub(crate) pinned: DomainTable,
    pub(crate) own: DomainTable,
    pub(crate) ranks: Option<DomainTable>,
    /// Kinds that the loaded lists know.
    pub(crate) covered: u32,
}

/// The bits of a kind; `None` when there is no such kind.
pub(crate) fn kind_named(name: &str) -> Option<u32> {
    KINDS.iter().find(|(known, _)| *known == name).map(|(_, bits)| *bits)
}

/// Names of all kinds, for messages.
pub(crate) fn kind_names() -> String {
    KINDS.map(|(name, _)| name).join(", ")
}

/// Adds the domains kept by hand.
pub(crate) fn add_kept(builder: &mut DomainBuilder) {
    for [domain, kind] in MAIL.lines().skip(1).map(crate::csv::fields) {
        builder.add(domain, kind_named(kind).unwrap_or(0) | ALLOWED);
    }
}

impl Mail {
    /// Facts of an address in lower case; one that is none has a domain nobody lists.
    pub(crate) fn facts(&self, address: &str) -> EmailFacts {
        let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
        let bits = self.bits(domain);
        let has = |bit: u32| bits & bit != 0;
        let is_cleared = has(ALLOWED | ALIAS);
        let is_disposable = has(DISPOSABLE) && !is_cleared;
        let is_suspected = has(SUSPECTED) && !is_cleared && !is_disposable;
        let is_free = has(FREE) && !has(ALIAS) && !is_disposable && !is_suspected;
        let is_alias = has(ALIAS) || local.find('+').is_some_and(|place| place > 0);
        let domain_is_spam = has(SPAM);
        let is_spam = domain_is_spam || self.own.get(address).is_some_and(|bits| bits & SPAM != 0);
        let answers = [
            (EmailFlag::Free, is_free, FREE),
            (EmailFlag::Disposable, is_disposable, DISPOSABLE),
            (EmailFlag::MaybeDisposable, is_suspected, SUSPECTED),
            (EmailFlag::Alias, is_alias, ALIAS),
            (EmailFlag::Educational, has(EDUCATIONAL), EDUCATIONAL),
            (EmailFlag::Government, has(GOVERNMENT), GOVERNMENT),
            (EmailFlag::Military, has(MILITARY), MILITARY),
            (EmailFlag::SpamListed, is_spam, SPAM),
            (EmailFlag::DomainSpamListed, domain_is_spam, SPAM),
        ];
        // What no list need tell: names do, and what is kept by hand.
        let covered = self.covered | ALIAS | EDUCATIONAL | GOVERNMENT | MILITARY;
        let known = answers.into_iter().filter(|(_, is_so, kind)| *is_so || covered & kind != 0);
        let flags =
            known.fold(Flags::default(), |flags, (flag, is_so, _)| flags.with(flag as u8, is_so));
        let domain_rank = self.ranks.as_ref().and_then(|ranks| ranks.get(domain)).unwrap_or(0);
        EmailFacts { flags, domain_rank }
    }

    fn bits(&self, domain: &str) -> u32 {
        let own = self.own.get(domain).or_else(|| self.own.of_parent(domain)).unwrap_or(0);
        let institution = institutions::kind_of(domain);
        if own & (ALLOWED | FREE | ALIAS) != 0 {
            return own | institution;
        }
        // Guesses are about one domain; what is known for certain holds below it as well.
        let above = || self.pinned.of_parent(domain).unwrap_or(0) & (DISPOSABLE | ALIAS | ALLOWED);
        own | institution | self.pinned.get(domain).unwrap_or_else(above)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: u32 = FREE | DISPOSABLE | SUSPECTED | SPAM;

    fn mail(covered: u32) -> Mail {
        let (mut pinned, mut own) = (DomainBuilder::default(), DomainBuilder::default());
        add_kept(&mut pinned);
        pinned.add_list("trash.example\nfree-trash.example\n", DISPOSABLE);
        pinned.add_list("guess.example\nyahoo.com\nduck.com\n", SUSPECTED);
        pinned.add_list("free.example\nfree-trash.example\nduck.com\n", FREE);
        own.add("free.example", ALLOWED);
        own.add("spam.example", SPAM);
        own.add("a@b.example", SPAM);
        let mut ranks = DomainBuilder::default();
        ranks.add("yahoo.com", 12);
        Mail { pinned: pinned.build(), own: own.build(), ranks: Some(ranks.build()), covered }
    }

    fn yes(mail: &Mail, address: &str) -> Vec<EmailFlag> {
        use EmailFlag::{Alias, Disposable, DomainSpamListed, Educational, Free, Government};
        use EmailFlag::{MaybeDisposable, Military, SpamListed};
        let all = [
            Free,
            Disposable,
            MaybeDisposable,
            Alias,
            Educational,
            Government,
            Military,
            SpamListed,
            DomainSpamListed,
        ];
        let flags = mail.facts(address).flags;
        all.into_iter().filter(|flag| flags.get(*flag as u8) == Some(true)).collect()
    }

    #[test]
    fn kinds_of_domains_exclude_each_other_where_they_must() {
        use EmailFlag::{
            Alias, Disposable, DomainSpamListed, Educational, Free, MaybeDisposable, SpamListed,
        };
        let cases: [(&str, &[EmailFlag]); 13] = [
            ("a@trash.example", &[Disposable]),
            ("a@sub.trash.example", &[Disposable]),
            ("a@free-trash.example", &[Disposable]),
            ("a@guess.example", &[MaybeDisposable]),
            ("a@sub.guess.example", &[]),
            ("a@yahoo.com", &[Free]),
            ("a+shop@yahoo.com", &[Free, Alias]),
            ("+a@yahoo.com", &[Free]),
            ("a@duck.com", &[Alias]),
            ("a@free.example", &[]),
            ("a@spam.example", &[SpamListed, DomainSpamListed]),
            ("a@b.example", &[SpamListed]),
            ("a@cs.uni.ac.uk", &[Educational]),
        ];
        for (address, expected) in cases {
            assert_eq!(yes(&mail(ALL), address), expected, "{address}");
        }
    }

    #[test]
    fn an_answer_no_list_can_give_is_unknown() {
        let facts = mail(0).facts("a@other.example");
        assert_eq!(facts.flags.get(EmailFlag::Free as u8), None);
        assert_eq!(facts.flags.get(EmailFlag::Disposable as u8), None);
        assert_eq!(facts.flags.get(EmailFlag::SpamListed as u8), None);
        assert_eq!(facts.flags.get(EmailFlag::Alias as u8), Some(false));
        assert_eq!(facts.domain_rank, 0);
        assert_eq!(mail(ALL).facts("a@yahoo.com").domain_rank, 12);
    }

    #[test]
    fn every_row_kept_by_hand_has_a_kind() {
        for [domain, kind] in MAIL.lines().skip(1).map(crate::csv::fields) {
            assert!(kind_named(kind).is_some(), "{domain}");
        }
    }
}
