//! What one request decided about many is undone at once.

use anyhow::{Context, Result, ensure};
use innerwall_tests::{System, event};
use serde_json::{Value, json};

#[tokio::test]
async fn a_whole_import_is_undone_except_what_was_decided_since() -> Result<()> {
    let system = System::start().await?;
    for user in ["ann", "ben", "cid"] {
        system.send_json(&event(user, "account_login")).await?;
        system.visible(user, 1).await?;
    }
    post(&system, "/users/ann/decisions", &json!({"action": "allow", "reason": "known"})).await?;
    let entries = ["ann", "ben", "cid"].map(|user| json!({"kind": "user", "value": user}));
    let import = json!({"reason": "a ring", "entries": entries});
    let batch = post(&system, "/lists:import", &import).await?["batch"].clone();
    let batch = batch.as_str().context("no batch")?;
    assert_eq!(status(&system, "ben").await?, "blocked");
    post(&system, "/users/cid/decisions", &json!({"action": "clear", "reason": "asked"})).await?;

    let path = format!("/decisions/batches/{batch}/undo");
    let why = json!({"reason": "the wrong file"});
    let undone = post(&system, &path, &why).await?;
    assert_eq!((&undone["undone"], &undone["kept"]), (&json!(2), &json!(1)), "{undone}");
    let kept = &undone["items"][0];
    assert_eq!((&kept["value"], &kept["result"]), (&json!("cid"), &json!("superseded")));
    assert!(kept["detail"].as_str().is_some_and(|detail| detail.contains("token first")));
    for (user, expected) in [("ann", "allowed"), ("ben", "normal"), ("cid", "normal")] {
        assert_eq!(status(&system, user).await?, expected, "{user}");
    }
    let again = post(&system, &path, &why).await?;
    assert_eq!((&again["undone"], &again["complete"]), (&json!(0), &json!(true)), "{again}");

    let back = undone["undo_batch"].as_str().context("no batch of the undoing")?;
    let back = post(&system, &format!("/decisions/batches/{back}/undo"), &why).await?;
    assert_eq!(back["undone"], json!(2), "undoing can be undone: {back}");
    assert_eq!(status(&system, "ben").await?, "blocked");
    let unknown = "/decisions/batches/00000000-0000-0000-0000-000000000000/undo";
    assert_eq!(system.reader.send("POST", unknown, &why).await?.status, 404);
    Ok(())
}

#[tokio::test]
async fn reviews_that_ended_together_are_open_again_together() -> Result<()> {
    let system = System::start().await?;
    for user in ["eve", "mallory"] {
        system.send_json(&event(user, "account_login")).await?;
        system.visible(user, 1).await?;
        let review = json!({"action": "review", "reason": "a test"});
        post(&system, &format!("/users/{user}/decisions"), &review).await?;
    }
    let queue = system.reader.read("/review").await?;
    let cases = queue["items"].as_array().context("no items")?;
    let seen: Vec<Value> = cases
        .iter()
        .map(|case| json!({"case_id": case["case_id"], "version": case["version"]}))
        .collect();
    let body = json!({"cases": seen, "outcome": "fraud", "reason": "one ring"});
    let ended = post(&system, "/review:decide", &body).await?;
    assert_eq!(status(&system, "eve").await?, "blocked");
    let path = format!("/decisions/batches/{}/undo", ended["batch"].as_str().context("batch")?);
    let undone = post(&system, &path, &json!({"reason": "it was not them"})).await?;
    assert_eq!((&undone["undone"], &undone["kept"]), (&json!(2), &json!(0)), "{undone}");
    assert_eq!(status(&system, "eve").await?, "in_review");
    assert_eq!(system.reader.read("/review").await?["total"], json!(2));
    Ok(())
}

async fn post(system: &System, path: &str, body: &Value) -> Result<Value> {
    let answer = system.reader.send("POST", path, body).await?;
    ensure!(answer.status == 200, "{path}: {} {}", answer.status, answer.text());
    answer.json()
}

async fn status(system: &System, user: &str) -> Result<String> {
    let standing = system.reader.read(&format!("/users/{user}/standing")).await?;
    Ok(standing["status"].as_str().unwrap_or_default().to_owned())
}
