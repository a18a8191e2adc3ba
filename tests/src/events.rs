//! Events as a producer would send them.

use serde_json::{Value, json};

use crate::seed::Dice;

const KINDS: [&str; 8] = [
    "page_view",
    "page_view",
    "page_search",
    "account_login",
    "account_login_fail",
    "account_password_change",
    "page_error",
    "purchase",
];
const AGENTS: [&str; 3] = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "curl/8.5.0",
];
const LANGUAGES: [&str; 3] = ["de-CH,de;q=0.8", "en-US", "fr"];

/// A plain event of a user.
pub fn event(user_id: &str, event_type: &str) -> Value {
    at_address(user_id, event_type, "203.0.113.7")
}

/// An event of a user at an address.
pub fn at_address(user_id: &str, event_type: &str, ip: &str) -> Value {
    json!({
        "user_id": user_id,
        "event_type": event_type,
        "ip": ip,
        "url": "/account",
        "user_agent": AGENTS[0],
        "language": LANGUAGES[0],
    })
}

/// An event that differs from others in all that rules look at, under an id of its own.
pub fn random_event(dice: &mut Dice, user_id: &str, event_id: &str) -> Value {
    let mut event = json!({
        "event_id": event_id,
        "user_id": user_id,
        "event_type": dice.pick(&KINDS),
        "ip": format!("198.51.100.{}", dice.below(8)),
        "url": format!("/page/{}", dice.below(20)),
        "user_agent": dice.pick(&AGENTS),
        "language": dice.pick(&LANGUAGES),
        "http_method": dice.pick(&["GET", "POST"]),
        "http_code": dice.pick(&[200, 200, 200, 302, 404, 500]),
    });
    if dice.below(3) == 0 {
        event["email"] = json!(format!("{user_id}.{}@mail.example", dice.below(2)));
        event["full_name"] = json!(format!("User {user_id}"));
    }
    event
}
