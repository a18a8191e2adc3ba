//! Under which addresses people open the dashboard.

use serde::Deserialize;

/// Why a list of origins cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("public_origins: {0:?} is no origin such as https://innerwall.example")]
pub struct NotAnOrigin(String);

/// Origins whose pages may write with the cookie of whoever has signed in.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct PublicOrigins(Vec<String>);

impl Default for PublicOrigins {
    /// Where `make up` and the containers serve the dashboard.
    fn default() -> Self {
        Self(vec!["http://127.0.0.1:8083".to_owned(), "http://localhost:8083".to_owned()])
    }
}

impl TryFrom<String> for PublicOrigins {
    type Error = NotAnOrigin;

    /// Reads origins with commas between them.
    fn try_from(text: String) -> Result<Self, NotAnOrigin> {
        let items = text.split(',').map(|item| item.trim().trim_end_matches('/').to_lowercase());
        let items: Vec<String> = items.filter(|item| !item.is_empty()).collect();
        match items.iter().find(|item| !is_origin(item)) {
            Some(wrong) => Err(NotAnOrigin(wrong.clone())),
            None => Ok(Self(items)),
        }
    }
}

fn is_origin(text: &str) -> bool {
    let place = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || "-._:[]".contains(sign);
    place.is_some_and(|place| !place.is_empty() && place.chars().all(is_plain))
}

impl PublicOrigins {
    pub(crate) fn has(&self, origin: &str) -> bool {
        self.0.iter().any(|known| known == origin)
    }

    /// The address for links in what is sent to people.
    pub(crate) fn first(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    /// Origins under which browsers keep no secure cookie.
    pub(crate) fn without_cookies(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str).filter(|origin| {
            let host = origin.strip_prefix("http://").unwrap_or_default();
            let local = ["localhost", "127.", "[::1]"];
            !host.is_empty() && !local.iter().any(|start| host.starts_with(start))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_read_whole_and_anything_else_is_refused_by_name() {
        let read = PublicOrigins::try_from("https://Wall.example/, http://[::1]:8083".to_owned());
        let read = read.unwrap();
        assert!(read.has("https://wall.example") && read.has("http://[::1]:8083"));
        assert!(!read.has("https://wall.example:444") && !read.has("null"));
        assert_eq!(read.first(), "https://wall.example");
        for wrong in ["wall.example", "https://", "https://a/b", "https://a b", "*"] {
            assert!(PublicOrigins::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn plain_http_is_good_enough_for_this_machine_only() {
        let text = "http://localhost:1,http://127.0.0.1:2,http://wall.lan:3,https://wall.lan";
        let read = PublicOrigins::try_from(text.to_owned()).unwrap();
        assert_eq!(read.without_cookies().collect::<Vec<_>>(), ["http://wall.lan:3"]);
    }
}
