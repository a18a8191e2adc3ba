//! Operators change rules, look at what that did, and take it back.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use innerwall_testkit::eventually;
use innerwall_testkit::http::Response;
use innerwall_tests::{Browser, Reader, System, event};
use serde_json::{Value, json};

/// The promise for a few users; most of it is the scorer's looking around.
pub(crate) const JUDGED_WITHIN: Duration = Duration::from_secs(5);
const AUDIT: &str = "
    SELECT count(*) FROM audit_log WHERE actor = 'token first' AND action = $1";
const FORGET: &str = "DELETE FROM events";
const DEMOTE: &str = "UPDATE operators SET role = 'viewer'";

#[tokio::test]
async fn a_changed_weight_changes_scores_and_a_rollback_brings_them_back() -> Result<()> {
    let system = System::start().await?;
    let before = probe(&system, "alice").await?;
    let first = system.reader.read("/rule-set").await?;
    assert_eq!((&first["version"], &first["is_current"]), (&json!(1), &json!(true)));
    assert_eq!(first["content"]["preset"], "recommended");

    let mut wish = wish(1, &json!({"weights": {"B06": 0}}));
    wish["dry_run"] = json!(true);
    let tried = change(&system, &wish).await?;
    assert_eq!((&tried["version"], &tried["preview"]["sampled"]), (&json!(null), &json!(1)));
    assert_eq!(tried["preview"]["flips"][0]["user_id"], "alice");
    assert_eq!(tried["preview"]["flips"][0]["verdict_after"], "allow");
    assert_eq!(system.reader.read("/rule-set").await?, first, "a trial changes nothing");

    let asked = json!({"base_version": 1, "patch": wish["patch"]});
    let effect = system.reader.send("POST", "/rule-set:preview", &asked).await?.json()?;
    assert_eq!((&effect["users"], &effect["complete"]), (&json!(1), &json!(true)), "{effect}");
    assert_eq!(effect["bands"]["low"], json!({"before": 1, "after": 0}), "{effect}");
    assert_eq!(effect["review"], json!({"before": 1, "after": 0}));
    let why = &effect["examples"][0]["because"][0];
    assert_eq!(
        (&why["rule_id"], &why["weight"]),
        (&json!("B06"), &json!({"before": 70, "after": 0}))
    );
    let nothing = json!({"preset": "none"});
    let nothing = system.reader.send("POST", "/rule-set:preview", &nothing).await?.json()?;
    assert_eq!(nothing["bands"]["high"]["after"], json!(1), "{nothing}");
    let both = json!({"preset": "none", "patch": {}});
    assert_eq!(system.reader.send("POST", "/rule-set:preview", &both).await?.status, 400);
    assert_eq!(system.reader.read("/rule-set").await?, first, "a preview changes nothing");

    wish["dry_run"] = json!(false);
    let made = change(&system, &wish).await?;
    assert_eq!(made["version"], json!(2));
    assert_eq!(made["changes"]["weights"], json!({"B06": {"from": 70, "to": 0}}));
    let job = judged(&system, 2).await?;
    assert_eq!((&job["users_total"], &job["users_done"]), (&json!(1), &json!(1)));
    let after = system.visible("alice", 1).await?;
    assert!(after["trust_score"].as_i64() > before["trust_score"].as_i64(), "{after}");
    assert_eq!(after["rule_set_version"], json!(2));

    let stale = system.reader.send("PATCH", "/rule-set", &wish).await?;
    assert_eq!((stale.status, &stale.json()?["code"]), (409, &json!("base_not_current")));
    let diff = system.reader.read("/rule-set/versions/1/diff/2").await?;
    assert_eq!(diff["changes"], made["changes"]);

    let back = json!({"version": 1, "base_version": 2, "reason": "too lenient"});
    let rolled = system.reader.send("POST", "/rule-set/rollback", &back).await?;
    assert_eq!((rolled.status, &rolled.json()?["version"]), (200, &json!(3)), "{}", rolled.text());
    judged(&system, 3).await?;
    assert_eq!(system.visible("alice", 1).await?["trust_score"], before["trust_score"]);
    let third = system.reader.read("/rule-set/versions/3").await?;
    assert_eq!((&third["content"], &third["author"]), (&first["content"], &json!("token first")));
    let page = system.reader.read("/rule-set/versions?limit=2").await?;
    let rest =
        format!("/rule-set/versions?cursor={}", page["next_cursor"].as_str().context("end")?);
    assert_eq!(page["items"][1]["reason"], "a test");
    assert_eq!(system.reader.read(&rest).await?["items"][0]["version"], json!(1));

    for action in ["rule_set.patch", "rule_set.rollback"] {
        let row = system.site.sql().await?.query_one(AUDIT, &[&action]).await?;
        assert_eq!(row.try_get::<_, i64>(0)?, 1, "{action}");
    }
    replayed(&system).await
}

#[tokio::test]
async fn explanations_name_what_fired_what_is_not_known_and_what_would_flip() -> Result<()> {
    let system = System::start().await?;
    let user = probe(&system, "bob").await?;
    let found = system.reader.read("/users/bob/explain").await?;
    assert_eq!(found["trust_score"], user["trust_score"]);
    assert_eq!((&found["verdict"], &found["rule_set_version"]), (&json!("review"), &json!(1)));
    let answer = |found: &Value, id: &str| {
        let mut rules = found["rules"].as_array().into_iter().flatten();
        rules.find(|rule| rule["rule_id"] == id).cloned().with_context(|| format!("no rule {id}"))
    };
    let fired = answer(&found, "B06")?;
    assert_eq!((&fired["status"], &fired["weight"]), (&json!("fired"), &json!(70)));
    assert_eq!(fired["began"]["event_id"], user["hits"][0]["event_id"]);
    let open = count(&found["rules"], "not_evaluated");
    assert!(open > 0, "without data files some rules cannot be judged");
    let flips = found["flips"].as_array().context("no flips")?;
    let by_address = flips.iter().find(|flip| flip["name"] == "recent.has_suspicious_url");
    assert_eq!(by_address.context("no flip")?["verdict"], "allow", "{flips:?}");

    let id = user["hits"][0]["event_id"].as_str().context("no event")?;
    let event = system.reader.read(&format!("/events/{id}/explain")).await?;
    assert_eq!((&event["history"], &event["user_id"]), (&json!("complete"), &json!("bob")));
    assert_eq!(answer(&event, "B06")?["status"], "fired");
    assert_eq!(event["trust_score"], user["trust_score"]);
    assert_eq!(system.reader.get("/events/nothing/explain").await?.status, 404);
    assert_eq!(system.reader.get("/users/nobody/explain").await?.status, 404);

    for command in [["user", "bob"], ["event", id]] {
        let arguments = ["explain", command[0], "--tenant", "acme", command[1]];
        let text = system.site.ctl(&arguments).await?.success()?;
        assert!(text.contains("review (policy default") && text.contains("B06"), "{text}");
        assert!(text.contains("would flip the verdict"), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn a_history_that_is_too_long_or_cut_is_said() -> Result<()> {
    let system = System::start().await?;
    probe(&system, "hal").await?;
    assert_eq!(system.send_json(&event("hal", "page_view")).await?.status, 202);
    system.visible("hal", 2).await?;
    let newest = system.reader.events_of("hal").await?.remove(0);
    let path = format!("/events/{}/explain", newest["event_id"].as_str().context("no id")?);
    assert_eq!(system.reader.read(&path).await?["history"], "complete");
    let sql = system.site.sql().await?;
    sql.execute("UPDATE events SET user_seq = 10001 WHERE user_seq = 2", &[]).await?;
    let refused = system.reader.get(&path).await?;
    assert_eq!((refused.status, &refused.json()?["code"]), (422, &json!("history_too_long")));
    sql.execute("DELETE FROM events WHERE user_seq = 1", &[]).await?;
    assert_eq!(system.reader.read(&path).await?["history"], "cut");
    Ok(())
}

#[tokio::test]
async fn an_entry_of_a_list_makes_a_rule_fire_until_it_is_removed() -> Result<()> {
    let system = System::start().await?;
    let add = ["lists", "add", "--tenant", "acme", "--reason", "probing", "--list", "url"];
    system.site.ctl(&[&add[..], &["--comment", "trap", "/honeypot"]].concat()).await?.success()?;
    judged(&system, 2).await?;
    let listed = system.site.ctl(&["lists", "show", "--tenant", "acme"]).await?.json_lines()?;
    let expected = json!({"list": "url", "value": "/honeypot", "comment": "trap", "author": "ctl",
        "expires_at": null});
    assert_eq!(listed, [expected]);
    let mut trap = event("carol", "page_view");
    trap["url"] = json!("/a/honeypot?x=1");
    assert_eq!(system.send_json(&trap).await?.status, 202);
    let caught = system.visible("carol", 1).await?;
    assert_eq!(caught["hits"][0]["rule_id"], "B06", "{caught}");
    let hit = &caught["hits"][0];
    assert_eq!((&hit["rule_set_version"], &hit["is_shadow"]), (&json!(2), &json!(false)));
    let set = ["rules", "set", "--tenant", "acme", "--reason", "quiet", "--mode", "B06=off"];
    system.site.ctl(&set).await?.success()?;
    judged(&system, 3).await?;
    let quiet = system.visible("carol", 1).await?;
    let mut hits = quiet["hits"].as_array().into_iter().flatten();
    assert!(hits.all(|hit| hit["rule_id"] != "B06"), "it is off: {quiet}");
    let rules = system.reader.read("/rules").await?;
    let mut rules = rules["items"].as_array().into_iter().flatten();
    let rule = rules.find(|rule| rule["rule_id"] == "B06").context("no rule")?;
    assert_eq!((&rule["mode"], &rule["users"]), (&json!("off"), &json!(0)));
    replayed(&system).await
}

#[tokio::test]
async fn users_whose_events_are_gone_keep_their_scores_and_do_not_stop_the_job() -> Result<()> {
    let system = System::start().await?;
    let gone = probe(&system, "fay").await?;
    system.site.sql().await?.execute(FORGET, &[]).await?;
    probe(&system, "gus").await?;
    change(&system, &wish(1, &json!({"weights": {"B06": 0}}))).await?;
    judged(&system, 2).await?;
    assert_eq!(system.visible("fay", 1).await?["trust_score"], gone["trust_score"]);
    assert_ne!(system.visible("gus", 1).await?["trust_score"], gone["trust_score"]);
    assert_eq!(system.reader.get("/users/fay/explain").await?.status, 404);
    Ok(())
}

#[tokio::test]
async fn a_whole_rule_set_goes_out_as_a_file_and_comes_back() -> Result<()> {
    let system = System::start().await?;
    let ctl = async |arguments: &[&str]| {
        let arguments = [&["rules"], arguments, &["--tenant", "acme"]].concat();
        system.site.ctl(&arguments).await
    };
    let mut content: Value = serde_json::from_str(&ctl(&["show"]).await?.success()?)?;
    content["thresholds"] = json!({"review": 20, "block": 5});
    let body = json!({"base_version": 1, "reason": "stricter", "content": content});
    let put = system.reader.send("PUT", "/rule-set", &body).await?;
    assert_eq!((put.status, &put.json()?["version"]), (200, &json!(2)), "{}", put.text());

    let file = std::env::temp_dir().join(format!("{}.json", uuid::Uuid::new_v4()));
    content["weights"]["A01"] = json!(15);
    std::fs::write(&file, content.to_string())?;
    let path = file.to_str().context("no path")?;
    let refused = ctl(&["publish", "--reason", "r", path]).await?;
    assert_eq!(refused.code, 1);
    assert!(refused.complaint.contains("weights.A01: A01 weighs 15"), "{}", refused.complaint);
    content["weights"]["A01"] = json!(-20);
    std::fs::write(&file, content.to_string())?;
    let stale = ctl(&["publish", "--reason", "r", "--base-version", "1", path]).await?;
    assert!(stale.complaint.contains("not in use any more"), "{}", stale.complaint);
    ctl(&["publish", "--reason", "a good sign", path]).await?.success()?;
    std::fs::remove_file(&file)?;

    let diff: Value = serde_json::from_str(&ctl(&["diff", "1", "3"]).await?.success()?)?;
    assert_eq!(diff["weights"]["A01"]["to"], json!(-20));
    assert_eq!(diff["thresholds"]["block"], json!({"from": null, "to": 5}));
    ctl(&["rollback", "--reason", "no", "2"]).await?.success()?;
    let history = ctl(&["history"]).await?.json_lines()?;
    let reasons: Vec<&Value> = history.iter().map(|made| &made["reason"]).collect();
    assert_eq!(&reasons[..3], ["no", "a good sign", "stricter"]);
    judged(&system, 4).await?;
    Ok(())
}

#[tokio::test]
async fn viewers_read_rules_and_change_none() -> Result<()> {
    let system = System::start().await?;
    system.site.sql().await?.execute(DEMOTE, &[]).await?;
    let tenant = &system.site.tenant;
    let mut viewer = Browser::signed_in(&system.query.url, &tenant.email, &tenant.password).await?;
    for path in ["/rules", "/rules/A01", "/presets", "/rescore", "/rule-set", "/data-sets"] {
        assert_eq!(viewer.get(path).await?.status, 200, "{path}");
    }
    let wish = wish(1, &json!({"weights": {"B06": 0}}));
    let refused = viewer.send("PATCH", "/rule-set", &wish).await?;
    assert_eq!((refused.status, &refused.json()?["code"]), (403, &json!("not_allowed")));
    for path in ["/rules", "/rule-set", "/rescore", "/users/x/explain", "/data-sets"] {
        let stranger = Reader::new(&system.query.url, "iwt_guessed");
        assert_eq!(stranger.get(path).await?.status, 401, "{path}");
    }
    Ok(())
}

/// A user who asked for an address that only probing requests use.
async fn probe(system: &System, user_id: &str) -> Result<Value> {
    let mut probe = event(user_id, "page_view");
    probe["url"] = json!("/.env");
    let sent = system.send_json(&probe).await?;
    ensure!(sent.status == 202, "{}", sent.text());
    system.visible(user_id, 1).await
}

pub(crate) fn wish(base_version: i32, patch: &Value) -> Value {
    json!({"base_version": base_version, "reason": "a test", "patch": patch})
}

/// Changes the rule set, which must be accepted.
pub(crate) async fn change(system: &System, wish: &Value) -> Result<Value> {
    let answer: Response = system.reader.send("PATCH", "/rule-set", wish).await?;
    ensure!(answer.status == 200, "{} {}", answer.status, answer.text());
    answer.json()
}

/// Waits until everybody is judged by a version.
pub(crate) async fn judged(system: &System, version: i32) -> Result<Value> {
    let what = format!("everybody is judged by version {version}");
    eventually(JUDGED_WITHIN, &what, async || {
        let job = system.reader.read("/rescore").await?;
        ensure!(job["target_version"] == version && job["state"] == "done", "{job}");
        Ok(Some(job))
    })
    .await
}

/// Scoring everything again gives what is stored.
pub(crate) async fn replayed(system: &System) -> Result<()> {
    let answer = system.site.ctl(&["replay", "--tenant", "acme"]).await?;
    ensure!(answer.code == 0, "{} {}", answer.output, answer.complaint);
    Ok(())
}

fn count(rules: &Value, status: &str) -> usize {
    rules.as_array().map_or(0, |rules| rules.iter().filter(|rule| rule["status"] == status).count())
}
