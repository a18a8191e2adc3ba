//! Analysts ask how two users belong together.

use anyhow::{Result, ensure};
use innerwall_tests::{System, event};
use serde_json::{Value, json};

#[tokio::test]
async fn the_shortest_way_between_two_users_is_found_or_it_is_said_that_there_is_none() -> Result<()>
{
    let system = System::start().await?;
    // ann - address - ben - phone - cid - e-mail address - dan; eve alone.
    for (user, number, what, value) in [
        ("ann", 1, "phone", "+41440000001"),
        ("ben", 1, "phone", "+41440000002"),
        ("cid", 2, "phone", "+41440000002"),
        ("cid", 2, "email", "shared@mail.example"),
        ("dan", 3, "email", "shared@mail.example"),
        ("eve", 4, "phone", "+41440000004"),
    ] {
        let mut sent = event(user, "account_login");
        sent["ip"] = json!(format!("198.51.100.{number}"));
        sent["user_agent"] = json!(format!("agent of {user}"));
        sent["custom"] = json!({"device_id": format!("device of {user}")});
        sent[what] = json!(value);
        ensure!(system.send_json(&sent).await?.status == 202, "{user} is refused");
    }
    for (user, events) in [("ann", 1), ("ben", 1), ("cid", 2), ("dan", 1), ("eve", 1)] {
        system.visible(user, events).await?;
    }
    system.folded().await?;
    let path = path(&system, "ann", "dan", "&kinds=addresses,phones,emails").await?;
    assert_eq!((&path["length"], &path["complete"]), (&json!(6), &json!(true)), "{path}");
    let users: Vec<&str> = path["nodes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|node| node["user"]["user_id"].as_str())
        .collect();
    assert_eq!(users, ["ann", "ben", "cid", "dan"]);
    assert_eq!(path["links"].as_array().map(Vec::len), Some(6));
    assert_eq!(path["links"][0]["user"], "users/ann");
    assert_eq!(path["links"][0]["strength"], json!(1));
    let short = self::path(&system, "ann", "dan", "&depth=5").await?;
    assert_eq!(short["length"], json!(null), "not within five steps: {short}");
    let alone = self::path(&system, "ann", "eve", "").await?;
    assert_eq!((&alone["length"], &alone["complete"]), (&json!(null), &json!(true)), "{alone}");
    let same = self::path(&system, "ann", "ann", "").await?;
    assert_eq!((&same["length"], same["nodes"].as_array().map(Vec::len)), (&json!(0), Some(1)));
    let unknown = "/graph/path?from_kind=users&from_key=ann&to_kind=users&to_key=nobody";
    assert_eq!(system.reader.get(unknown).await?.status, 404);
    Ok(())
}

async fn path(system: &System, from: &str, to: &str, more: &str) -> Result<Value> {
    let ends = format!("from_kind=users&from_key={from}&to_kind=users&to_key={to}");
    system.reader.read(&format!("/graph/path?{ends}{more}")).await
}
