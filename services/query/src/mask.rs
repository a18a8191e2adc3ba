//! What hides contact details from those who may not see them. Every answer that holds any is
//! [`Masked`] and leaves through `Caller::show`.

mod text;

use std::net::IpAddr;

pub(crate) use text::{text, url, values};

/// An answer that can hide the contact details it holds.
pub(crate) trait Masked {
    fn mask(&mut self);
}

impl<T: Masked> Masked for Vec<T> {
    fn mask(&mut self) {
        self.iter_mut().for_each(Masked::mask);
    }
}

impl<T: Masked> Masked for Option<T> {
    fn mask(&mut self) {
        if let Some(held) = self {
            held.mask();
        }
    }
}

/// `anna@shop.example` becomes `a***@s***.example`.
pub(crate) fn email(text: &mut String) {
    let first = |part: &str| part.chars().next().map(String::from).unwrap_or_default();
    *text = match text.rsplit_once('@') {
        Some((local, domain)) => {
            let ending = domain.rsplit_once('.').map_or("", |(_, ending)| ending);
            format!("{}***@{}***.{ending}", first(local), first(domain))
        }
        None => format!("{}***", first(text)),
    };
}

/// `+4915112345678` becomes `+49***78`.
pub(crate) fn phone(text: &mut String) {
    let characters: Vec<char> = text.chars().collect();
    let shown = |part: &[char]| part.iter().collect::<String>();
    *text = match characters.as_slice() {
        [start @ .., _, _] if start.len() >= 6 => {
            let end = &characters[characters.len() - 2..];
            format!("{}***{}", shown(&start[..3]), shown(end))
        }
        _ => "***".to_owned(),
    };
}

/// `81.2.69.142` becomes `81.2.*.*`; of an IPv6 address the first three groups stay.
pub(crate) fn address(text: &mut String) {
    *text = match text.parse() {
        Ok(IpAddr::V4(ip)) => {
            let [first, second, ..] = ip.octets();
            format!("{first}.{second}.*.*")
        }
        Ok(IpAddr::V6(ip)) => {
            let [first, second, third, ..] = ip.segments();
            format!("{first:x}:{second:x}:{third:x}:*")
        }
        Err(_) => "***".to_owned(),
    };
}

/// Masks a text that may be absent.
pub(crate) fn each(text: &mut Option<String>, mask: fn(&mut String)) {
    if let Some(text) = text {
        mask(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Mask = fn(&mut String);

    fn masked(text: &str, mask: Mask) -> String {
        let mut text = text.to_owned();
        mask(&mut text);
        text
    }

    #[test]
    fn masks_leave_enough_to_tell_apart_and_too_little_to_reach_anybody() {
        let table: [(&str, Mask, &str); 9] = [
            ("anna@shop.example", email, "a***@s***.example"),
            ("é@ü", email, "é***@ü***."),
            ("no address", email, "n***"),
            ("+4915112345678", phone, "+49***78"),
            ("12345", phone, "***"),
            ("81.2.69.142", address, "81.2.*.*"),
            ("2001:db8:7::1", address, "2001:db8:7:*"),
            ("localhost", address, "***"),
            ("", email, "***"),
        ];
        for (text, mask, expected) in table {
            assert_eq!(masked(text, mask), expected, "{text}");
        }
    }
}
