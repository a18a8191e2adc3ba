//! Facts of the newest e-mail address and phone number. A shared account has none of its own, so
//! there they are those of the event.

use innerwall_event::{Timestamp, is_email_placeholder};

use super::{Facts, Sources, filled, known};
use crate::account::Contact;
use crate::email::{self, Email};
use crate::lists::Lists;
use crate::schema::Fact;
use crate::{Country, EmailFacts, EmailFlag, PhoneKind, SharedFlag};

impl Facts {
    pub(super) fn set_email(&mut self, sources: &Sources<'_>) {
        let Some(address) =
            newest(sources, sources.event.email.as_ref(), sources.state.email.as_ref())
        else {
            return;
        };
        self.put(Fact::EmailAddress, address);
        self.put(Fact::EmailIsValid, email::is_valid(address));
        let contact = contact(sources);
        self.put(Fact::EmailIsBlocked, contact.flag(SharedFlag::EmailBlocked));
        // A placeholder says that no address is known, so it has no shape and no domain.
        if let Some(parts) = Email::of(address).filter(|_| !is_email_placeholder(address)) {
            self.set_shape(parts, sources.lists, sources.event.time);
            self.set_email_data(contact.email.unwrap_or_default());
        }
    }

    fn set_shape(&mut self, email: Email<'_>, lists: &Lists, now: Timestamp) {
        self.put(Fact::EmailDomain, email.domain);
        self.put(Fact::EmailLocalLength, email.local.len());
        self.put(Fact::EmailDomainLength, email.domain.len());
        let has_word = lists.contains_any(Lists::EMAIL, email.local, now);
        self.put(Fact::EmailHasSuspiciousWord, has_word);
        self.put(Fact::EmailLocalIsNumeric, email.is_numeric());
        self.put(Fact::EmailLocalHasDigit, email.has_digit());
        self.put(Fact::EmailLocalHasAdjacentDigits, email.has_adjacent_digits());
        self.put(Fact::EmailLocalHasAdjacentSymbols, email.has_adjacent_symbols());
        self.put(Fact::EmailLocalHasVowel, email.has_vowel());
        self.put(Fact::EmailLocalHasConsonant, email.has_consonant());
        self.put(Fact::EmailIsApple, email.is_apple());
    }

    fn set_email_data(&mut self, data: EmailFacts) {
        for (fact, flag) in [
            (Fact::EmailIsFree, EmailFlag::Free),
            (Fact::EmailIsDisposable, EmailFlag::Disposable),
            (Fact::EmailIsMaybeDisposable, EmailFlag::MaybeDisposable),
            (Fact::EmailIsAlias, EmailFlag::Alias),
            (Fact::EmailIsEducational, EmailFlag::Educational),
            (Fact::EmailIsGovernment, EmailFlag::Government),
            (Fact::EmailIsMilitary, EmailFlag::Military),
            (Fact::EmailIsSpamListed, EmailFlag::SpamListed),
            (Fact::EmailDomainIsSpamListed, EmailFlag::DomainSpamListed),
        ] {
            self.put(fact, data.flags.get(flag as u8));
        }
        self.put(Fact::EmailDomainRank, known(data.domain_rank));
    }

    pub(super) fn set_phone(&mut self, sources: &Sources<'_>) {
        if newest(sources, sources.event.phone.as_ref(), sources.state.phone.as_ref()).is_none() {
            return;
        }
        let contact = contact(sources);
        let data = contact.phone.unwrap_or_default();
        let country = Country::from_number(data.country).map(|country| country.to_string());
        self.put(Fact::PhoneIsValid, data.is_valid);
        self.put(Fact::PhoneCountry, country.as_deref());
        self.put(Fact::PhoneKind, filled(kind_name(data.kind())));
        self.put(Fact::PhoneIsBlocked, contact.flag(SharedFlag::PhoneBlocked));
        self.put(Fact::PhoneUserCount, known(contact.phone_users));
    }
}

fn newest<'s>(
    sources: &Sources<'_>,
    sent: Option<&'s String>,
    known: Option<&'s String>,
) -> Option<&'s str> {
    let text = if sources.event.user_id.is_anonymous() { sent } else { known };
    text.map(String::as_str)
}

fn contact(sources: &Sources<'_>) -> Contact {
    if sources.event.user_id.is_anonymous() {
        Contact::of(sources.around)
    } else {
        sources.state.contact
    }
}

const fn kind_name(kind: PhoneKind) -> &'static str {
    match kind {
        PhoneKind::Unknown => "",
        PhoneKind::Mobile => "mobile",
        PhoneKind::Fixed => "fixed",
        PhoneKind::Voip => "voip",
        PhoneKind::Premium => "premium",
        PhoneKind::TollFree => "toll_free",
        PhoneKind::Other => "other",
    }
}

#[cfg(test)]
#[path = "contact_tests.rs"]
mod tests;
