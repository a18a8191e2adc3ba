//! The token that a browser sends with every write: it shows that the page, which may read it, has
//! sent the request, and not another site that rides on the cookie.

use sha2::{Digest, Sha256};

/// Tells this use of the secret from its digest in the database.
const CONTEXT: &str = "innerwall csrf ";

/// The token of a session, from its secret: nothing has to be stored.
pub fn csrf_of(session_secret: &str) -> String {
    let digest = Sha256::digest(format!("{CONTEXT}{session_secret}"));
    let digits = digest[..16].iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')).collect()
}

/// Whether a token is that of a session. Hashes are compared, so that time tells nothing.
pub fn is_csrf_of(token: &str, session_secret: &str) -> bool {
    Sha256::digest(token) == Sha256::digest(csrf_of(session_secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_its_own_session_only() {
        let token = csrf_of("iws_one");
        assert_eq!(token.len(), 32);
        assert!(is_csrf_of(&token, "iws_one"));
        for wrong in ["", &token[1..], &csrf_of("iws_two")] {
            assert!(!is_csrf_of(wrong, "iws_one"), "{wrong}");
        }
    }
}
