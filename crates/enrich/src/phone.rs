//! What the numbering plans of the world say about a phone number.

use innerwall_features::{Country, PhoneFacts, PhoneKind};
use phonenumber::metadata::DATABASE;
use phonenumber::{PhoneNumber, Type, country, parse};

/// Longest text that can be a phone number: 15 digits and what people write between them.
const TEXT_CHARS_MAX: usize = 40;
const DIGITS_MIN: usize = 5;
const DIGITS_MAX: usize = 15;

/// Facts of a number; one without a country code is read as the address's country would.
pub(crate) fn facts(text: &str, address_country: Option<Country>) -> PhoneFacts {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let has_letters = text.chars().any(char::is_alphabetic);
    if text.chars().count() > TEXT_CHARS_MAX
        || !(DIGITS_MIN..=DIGITS_MAX).contains(&digits)
        || has_letters
    {
        return invalid();
    }
    if text.starts_with('+') || text.starts_with("00") {
        let international = format!("+{}", text.trim_start_matches(['+', '0']));
        return read(None, &international).map_or_else(invalid, |number| describe(&number));
    }
    let national = address_country.and_then(id).and_then(|country| read(Some(country), text));
    // Many products drop the sign before the country code.
    let number = national.or_else(|| read(None, &format!("+{text}")));
    match number {
        Some(number) => describe(&number),
        None if address_country.is_some() => invalid(),
        // Without a country nobody can say what plan a national number belongs to.
        None => PhoneFacts::default(),
    }
}

fn invalid() -> PhoneFacts {
    PhoneFacts { is_valid: Some(false), ..PhoneFacts::default() }
}

fn read(country: Option<country::Id>, text: &str) -> Option<PhoneNumber> {
    parse(country, text).ok().filter(PhoneNumber::is_valid)
}

fn id(country: Country) -> Option<country::Id> {
    country.to_string().parse().ok()
}

fn describe(number: &PhoneNumber) -> PhoneFacts {
    let country = number.country().id().and_then(|id| Country::parse(id.as_ref()));
    PhoneFacts {
        is_valid: Some(true),
        country: country.map_or(0, Country::number),
        kind: kind(number.number_type(&DATABASE)).into(),
    }
}

const fn kind(kind: Type) -> PhoneKind {
    match kind {
        Type::Mobile | Type::Pager => PhoneKind::Mobile,
        Type::FixedLine => PhoneKind::Fixed,
        Type::Voip => PhoneKind::Voip,
        Type::PremiumRate | Type::SharedCost => PhoneKind::Premium,
        Type::TollFree => PhoneKind::TollFree,
        // In North America the number does not tell a mobile from a fixed line.
        Type::FixedLineOrMobile | Type::Unknown => PhoneKind::Unknown,
        Type::PersonalNumber
        | Type::Uan
        | Type::Emergency
        | Type::Voicemail
        | Type::ShortCode
        | Type::StandardRate
        | Type::Carrier
        | Type::NoInternational => PhoneKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_with_and_without_their_country() {
        let de = Country::parse("DE");
        let cases = [
            ("+49 1512 3456789", None, Some(true), "DE", PhoneKind::Mobile),
            ("0049 30 123456", None, Some(true), "DE", PhoneKind::Fixed),
            ("030 123456", de, Some(true), "DE", PhoneKind::Fixed),
            ("030 123456", None, None, "", PhoneKind::Unknown),
            ("4915123456789", None, Some(true), "DE", PhoneKind::Mobile),
            ("+12015550123", de, Some(true), "US", PhoneKind::Unknown),
            ("+18005550199", None, Some(true), "US", PhoneKind::TollFree),
            ("+49 1", None, Some(false), "", PhoneKind::Unknown),
            ("+999123456789", None, Some(false), "", PhoneKind::Unknown),
            ("0000000000", de, Some(false), "", PhoneKind::Unknown),
            ("call me", de, Some(false), "", PhoneKind::Unknown),
            ("", de, Some(false), "", PhoneKind::Unknown),
        ];
        for (text, country, is_valid, expected, kind) in cases {
            let found = facts(text, country);
            let number = Country::parse(expected).map_or(0, Country::number);
            assert_eq!(
                (found.is_valid, found.country, found.kind()),
                (is_valid, number, kind),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in "[+0-9 ().;=x/-]{0,45}|\\PC{0,45}") {
            let found = facts(&text, Country::parse("US"));
            prop_assert!(found.is_valid.is_some());
        }
    }
}
