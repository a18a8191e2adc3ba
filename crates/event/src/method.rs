//! HTTP methods that are stored by number.

/// One of the eleven methods known to the trackers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HttpMethod(u8);

const NAMES: [&str; 11] = [
    "GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "OPTIONS", "LINK",
    "UNLINK",
];

impl HttpMethod {
    pub const GET: Self = Self(1);
    pub const POST: Self = Self(2);
    pub const HEAD: Self = Self(3);

    /// Reads a method name, ignoring case.
    pub fn parse(text: &str) -> Option<Self> {
        let index = NAMES.iter().position(|name| name.eq_ignore_ascii_case(text))?;
        u8::try_from(index + 1).ok().map(Self)
    }

    /// Rebuilds a stored method from its number, 1 to 11.
    pub fn from_number(number: i16) -> Option<Self> {
        let number = u8::try_from(number).ok()?;
        (1..=11).contains(&number).then_some(Self(number))
    }

    pub fn number(self) -> i16 {
        i16::from(self.0)
    }

    pub fn name(self) -> &'static str {
        NAMES[usize::from(self.0 - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_survive_name_and_number() {
        for name in NAMES {
            let method = HttpMethod::parse(&name.to_lowercase()).unwrap();
            assert_eq!(method.name(), name);
            assert_eq!(HttpMethod::from_number(method.number()), Some(method));
        }
        assert_eq!(HttpMethod::parse("g%"), None);
        assert_eq!(HttpMethod::from_number(0), None);
        assert_eq!(HttpMethod::from_number(12), None);
    }
}
