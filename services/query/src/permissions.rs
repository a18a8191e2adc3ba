//! What each operation of the API takes, as data: checked before a handler does anything, shown as
//! `x-permission` in the API document, and tried for each role by a test over the whole document.

use actix_web::http::Method;
use innerwall_auth::Permission;

/// What an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Nothing: whoever asks is not known yet.
    Nothing,
    /// A person who has signed in; it concerns the own account only.
    Own,
    Permission(Permission),
}

impl Need {
    /// What the API document calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "none",
            Self::Own => "own account",
            Self::Permission(permission) => permission.name(),
        }
    }
}

use Need::{Nothing, Own};

/// Every operation that takes something else than reading. The first entry that fits counts; a path
/// that ends in `*` stands for all below it.
const NEEDS: &[(&str, &str, Need)] = &[
    ("GET", "/api/openapi.json", Nothing),
    ("POST", "/api/v1/login", Nothing),
    ("POST", "/api/v1/tickets/*", Nothing),
    ("*", "/api/v1/login/code", Own),
    ("*", "/api/v1/logout", Own),
    ("*", "/api/v1/me", Own),
    ("*", "/api/v1/me/*", Own),
    ("*", "/api/v1/members*", Need::Permission(Permission::People)),
    ("*", "/api/v1/invitations*", Need::Permission(Permission::People)),
    ("PUT", "/api/v1/sign-in-policy", Need::Permission(Permission::People)),
    ("*", "/api/v1/keys*", Need::Permission(Permission::Keys)),
    ("*", "/api/v1/tokens*", Need::Permission(Permission::Keys)),
    ("*", "/api/v1/audit*", Need::Permission(Permission::Audit)),
    // These judge what is sent and store nothing.
    ("POST", "/api/v1/rule-set:preview", Need::Permission(Permission::Read)),
    ("POST", "/api/v1/rules:check", Need::Permission(Permission::Read)),
    ("PUT", "/api/v1/rule-set", Need::Permission(Permission::Rules)),
    ("PATCH", "/api/v1/rule-set", Need::Permission(Permission::Rules)),
    ("POST", "/api/v1/rule-set/rollback", Need::Permission(Permission::Rules)),
    ("POST", "/api/v1/decisions/*", Need::Permission(Permission::Review)),
    ("POST", "/api/v1/labels", Need::Permission(Permission::Review)),
    ("POST", "/api/v1/review*", Need::Permission(Permission::Review)),
    ("POST", "/api/v1/users/{user_id}/notes", Need::Permission(Permission::Review)),
    ("POST", "/api/v1/users/{user_id}/rescore", Need::Permission(Permission::Review)),
    ("POST", "/api/v1/users/{user_id}/decisions", Need::Permission(Permission::Review)),
    ("POST", "/api/v1/lists*", Need::Permission(Permission::Lists)),
    ("DELETE", "/api/v1/lists/*", Need::Permission(Permission::Lists)),
    ("PUT", "/api/v1/retention", Need::Permission(Permission::Settings)),
    ("POST", "/api/v1/retention:preview", Need::Permission(Permission::Settings)),
    ("PATCH", "/api/v1/settings", Need::Permission(Permission::Settings)),
    ("POST", "/api/v1/users/{user_id}/erase", Need::Permission(Permission::Erase)),
    ("GET", "/api/v1/users/{user_id}/export", Need::Permission(Permission::Export)),
    ("*", "/api/v1/erasures*", Need::Permission(Permission::Erase)),
    ("GET", "/api/*", Need::Permission(Permission::Read)),
];

/// What an operation takes; `None` for one that nobody has thought about, which a test refuses.
pub(crate) fn need(method: &Method, path: &str) -> Option<Need> {
    let fits = |(verb, pattern, _): &&(&str, &str, Need)| {
        let is_path = match pattern.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == *pattern,
        };
        is_path && (*verb == "*" || *verb == method.as_str())
    };
    NEEDS.iter().find(fits).map(|(_, _, need)| *need)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_entry_that_fits_counts() {
        let table = [
            (Method::GET, "/api/v1/users/{user_id}", Some("read")),
            (Method::PATCH, "/api/v1/rule-set", Some("rules")),
            (Method::GET, "/api/v1/rule-set", Some("read")),
            (Method::DELETE, "/api/v1/members/{operator_id}", Some("people")),
            (Method::GET, "/api/v1/me", Some("own account")),
            (Method::GET, "/api/v1/sign-in-policy", Some("read")),
            (Method::POST, "/api/v1/something-new", None),
        ];
        for (method, path, expected) in table {
            assert_eq!(need(&method, path).map(Need::name), expected, "{method} {path}");
        }
    }
}
