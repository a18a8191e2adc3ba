//! Signing in resists guessing and stealing: limits, second factors, sessions, tickets.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use innerwall_auth::TotpSecret;
use innerwall_testkit::eventually;
use innerwall_tests::{Browser, System};
use serde_json::{Value, json};

/// Sessions are looked up again within five seconds.
const ENDED_WITHIN: Duration = Duration::from_secs(8);
const NEW_PASSWORD: &str = "a whole new sentence";
const WEAKEN: &str = "UPDATE operators SET password_hash = $1";
const HASH: &str = "SELECT password_hash FROM operators";
const IDLE: &str = "UPDATE browser_sessions SET last_seen_at = now() - interval '31 minutes'";
const OLD: &str = "UPDATE browser_sessions SET expires_at = now() - interval '1 second'";
const NOW: &str = "SELECT floor(extract(epoch FROM now()))::bigint";
/// Of 1 MiB and one pass.
const WEAK_HASH: &str = "$argon2id$v=19$m=1024,t=1,p=1$";

#[tokio::test]
async fn guesses_are_limited_per_account_and_the_limit_outlives_the_service() -> Result<()> {
    let mut system = System::start().await?;
    let tenant = system.site.tenant.clone();
    let mut guesser = Browser::new(&system.query.url);
    let mut last = 0;
    for _ in 0..14 {
        last = guesser.sign_in(&tenant.email, "a guess").await?.status;
    }
    assert_eq!(last, 429);
    let right = guesser.sign_in(&tenant.email, &tenant.password).await?;
    assert_eq!(right.status, 429, "also with the right password");
    let wait: u64 = right.header("retry-after").unwrap_or_default().parse()?;
    assert!(wait >= 1);
    system.query.start_again()?;
    system.query.wait_ready().await?;
    let again = guesser.sign_in(&tenant.email, &tenant.password).await?;
    assert_eq!(again.status, 429, "{}", again.text());
    Ok(())
}

#[tokio::test]
async fn a_weak_hash_is_made_anew_at_login() -> Result<()> {
    let system = System::start().await?;
    let tenant = &system.site.tenant;
    let owner = system.site.sql().await?;
    let password = tenant.password.clone();
    let weak = tokio::task::spawn_blocking(move || weak_hash(&password)).await??;
    owner.execute(WEAKEN, &[&weak]).await?;
    Browser::signed_in(&system.query.url, &tenant.email, &tenant.password).await?;
    let stored: String = owner.query_one(HASH, &[]).await?.try_get(0)?;
    assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
    Browser::signed_in(&system.query.url, &tenant.email, &tenant.password).await?;
    Ok(())
}

#[tokio::test]
async fn a_session_ends_by_rest_by_age_and_by_its_owner() -> Result<()> {
    let system = System::start().await?;
    let tenant = &system.site.tenant;
    let owner = system.site.sql().await?;
    for end in [IDLE, OLD] {
        let mut browser = sign_in(&system).await?;
        owner.execute(end, &[]).await?;
        ended(&mut browser, end).await?;
    }
    let (mut here, mut there) = (sign_in(&system).await?, sign_in(&system).await?);
    let sessions = here.get("/me/sessions").await?.json()?;
    let other = sessions["items"].as_array().context("none")?.iter();
    let other = other.clone().find(|session| session["current"] == false).context("no other")?;
    assert_eq!((&other["user_agent"], &other["address"]), (&json!("test"), &json!("127.0.0.1")));
    let path = format!("/me/sessions/{}", other["id"]);
    assert_eq!(here.send("DELETE", &path, &json!({})).await?.status, 204);
    assert_eq!(there.get("/me").await?.status, 401, "ended from afar, at once");

    let mut there = sign_in(&system).await?;
    let stolen = here.clone();
    let change = json!({"current_password": tenant.password, "new_password": NEW_PASSWORD});
    let changed = here.send("POST", "/me/password", &change).await?;
    assert_eq!(changed.status, 200, "{}", changed.text());
    assert_ne!(here.cookie, stolen.cookie, "a new session");
    assert_eq!(here.get("/me").await?.status, 200);
    for mut old in [stolen, there.clone()] {
        assert_eq!(old.get("/me").await?.status, 401, "the old password's sessions are over");
    }
    let bad = json!({"current_password": NEW_PASSWORD, "new_password": "password1"});
    let bad = here.send("POST", "/me/password", &bad).await?;
    assert_eq!((bad.status, &bad.json()?["field"]), (400, &json!("password")), "{}", bad.text());
    assert_eq!(there.sign_in(&tenant.email, &tenant.password).await?.status, 401);
    assert_eq!(there.sign_in(&tenant.email, NEW_PASSWORD).await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn a_second_factor_opens_once_per_code_and_cannot_be_walked_around() -> Result<()> {
    let system = System::start().await?;
    let tenant = &system.site.tenant;
    let mut browser = sign_in(&system).await?;
    let proof = json!({"password": tenant.password});
    let wrong = browser.send("POST", "/me/totp", &json!({"password": "not it"})).await?;
    assert_eq!((wrong.status, &wrong.json()?["code"]), (422, &json!("password_wrong")));
    let chosen = browser.send("POST", "/me/totp", &proof).await?.json()?;
    let secret = TotpSecret::from_bytes(from_base32(chosen["secret"].as_str().context("none")?));
    let used = secret.code_at(now_s(&system).await?);
    let on = browser.send("POST", "/me/totp/confirm", &json!({"code": used})).await?;
    assert_eq!(on.status, 200, "{}", on.text());
    let codes = on.json()?["recovery_codes"].clone();
    assert_eq!(codes.as_array().map(Vec::len), Some(10));

    let mut next = Browser::new(&system.query.url);
    let step = next.sign_in(&tenant.email, &tenant.password).await?;
    assert_eq!((step.status, &step.json()?["stage"]), (200, &json!("totp")));
    let pending = next.clone();
    let early = next.get("/users").await?;
    assert_eq!((early.status, &early.json()?["code"]), (403, &json!("second_factor_missing")));
    for code in [used.as_str(), "000000"] {
        let refused = next.send("POST", "/login/code", &json!({"code": code})).await?;
        assert_eq!(
            (refused.status, &refused.json()?["code"]),
            (422, &json!("code_wrong")),
            "{code}"
        );
    }
    let opened = next.send("POST", "/login/code", &json!({"code": codes[0]})).await?;
    assert_eq!(opened.status, 200, "a recovery code: {}", opened.text());
    assert_ne!(next.cookie, pending.cookie, "a new session, so none can be planted");
    assert_eq!(next.get("/users").await?.status, 200);
    assert_eq!(pending.clone().get("/me").await?.status, 401, "the step is over");

    let mut last = Browser::new(&system.query.url);
    last.sign_in(&tenant.email, &tenant.password).await?;
    let twice = last.send("POST", "/login/code", &json!({"code": codes[0]})).await?;
    assert_eq!(twice.status, 422, "a recovery code opens once");
    let many = last.send("POST", "/login/code", &json!({"code": codes[1]})).await?;
    assert_eq!(
        many.status,
        429,
        "five codes at once are the limit, the first confirmed one with them: {}",
        many.text()
    );
    Ok(())
}

#[tokio::test]
async fn tickets_let_the_first_owner_the_invited_and_the_locked_out_in_once() -> Result<()> {
    let system = System::start().await?;
    let setup = system.site.ctl(&["setup-token", "--tenant", "newcomers"]).await?.success()?;
    let mut owner = Browser::new(&system.query.url);
    let look = owner.send("POST", "/tickets/look", &json!({"ticket": setup})).await?.json()?;
    assert_eq!((&look["kind"], &look["tenant"]), (&json!("setup"), &json!("newcomers")));
    let sign_up = json!({"ticket": setup, "email": "Ann@New.example", "password": NEW_PASSWORD});
    let answer = owner.send("POST", "/tickets/redeem", &sign_up).await?;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let again = Browser::new(&system.query.url).send("POST", "/tickets/redeem", &sign_up).await?;
    assert_eq!((again.status, &again.json()?["code"]), (404, &json!("ticket_invalid")));
    let second = system.site.ctl(&["setup-token", "--tenant", "newcomers"]).await?;
    assert_ne!(second.code, 0, "it has its owner");

    let me = owner.get("/me").await?.json()?;
    let own = format!("/members/{}", me["operator"]["id"]);
    for change in [json!({"role": "admin"}), json!({"disabled": true})] {
        let refused = owner.send("PATCH", &own, &change).await?;
        assert_eq!((refused.status, &refused.json()?["code"]), (409, &json!("last_owner")));
    }
    let mut bob = join(&system, &mut owner, "bob@new.example", "analyst").await?;
    assert_eq!(bob.get("/members").await?.status, 403);
    let members = owner.get("/members").await?.json()?;
    let bob_path = format!("/members/{}", members["items"][1]["id"]);
    let raised = owner.send("PATCH", &bob_path, &json!({"role": "owner"})).await?;
    assert_eq!(raised.status, 200, "{}", raised.text());
    assert_eq!(bob.get("/me").await?.status, 401, "another role takes another session");
    let off = owner.send("PATCH", &bob_path, &json!({"disabled": true})).await?;
    assert_eq!(off.status, 200, "{}", off.text());
    assert_eq!(bob.sign_in("bob@new.example", NEW_PASSWORD).await?.status, 401);

    let reset = ["operator", "reset-password", "--email", "ann@new.example"];
    let ticket = system.site.ctl(&reset).await?.success()?;
    let set = json!({"ticket": ticket, "password": "yet another sentence"});
    assert_eq!(
        Browser::new(&system.query.url).send("POST", "/tickets/redeem", &set).await?.status,
        200
    );
    assert_eq!(owner.get("/me").await?.status, 401, "a reset ends all sessions");
    assert_eq!(owner.sign_in("ann@new.example", "yet another sentence").await?.status, 200);
    Ok(())
}

#[tokio::test]
async fn a_tenant_may_require_a_second_factor_of_everybody() -> Result<()> {
    let system = System::start().await?;
    let tenant = &system.site.tenant;
    let mut owner = sign_in(&system).await?;
    let policy = owner.send("PUT", "/sign-in-policy", &json!({"require_totp": true})).await?;
    assert_eq!(policy.status, 200, "{}", policy.text());
    let mut next = Browser::new(&system.query.url);
    let step = next.sign_in(&tenant.email, &tenant.password).await?.json()?;
    assert_eq!(step["stage"], "enrol");
    assert_eq!(next.get("/users").await?.status, 403);
    let proof = json!({"password": tenant.password});
    let chosen = next.send("POST", "/me/totp", &proof).await?.json()?;
    let secret = TotpSecret::from_bytes(from_base32(chosen["secret"].as_str().context("none")?));
    let code = json!({"code": secret.code_at(now_s(&system).await?)});
    let on = next.send("POST", "/me/totp/confirm", &code).await?;
    assert_eq!(on.json()?["stage"], "open");
    assert_eq!(next.get("/users").await?.status, 200);
    let off = next.send("POST", "/me/totp/remove", &proof).await?;
    assert_eq!((off.status, &off.json()?["code"]), (409, &json!("second_factor_required")));
    Ok(())
}

async fn sign_in(system: &System) -> Result<Browser> {
    let tenant = &system.site.tenant;
    Browser::signed_in(&system.query.url, &tenant.email, &tenant.password).await
}

/// Someone invited, with a session.
async fn join(system: &System, by: &mut Browser, email: &str, role: &str) -> Result<Browser> {
    let invited = by.send("POST", "/invitations", &json!({"email": email, "role": role})).await?;
    let invited: Value = invited.json()?;
    let link = invited["link"].as_str().unwrap_or_default();
    ensure!(link.contains("/welcome#iwo_"), "{invited}");
    let mut browser = Browser::new(&system.query.url);
    let set = json!({"ticket": invited["ticket"], "password": NEW_PASSWORD});
    let answer = browser.send("POST", "/tickets/redeem", &set).await?;
    ensure!(answer.status == 200, "{}", answer.text());
    Ok(browser)
}

async fn ended(browser: &mut Browser, what: &str) -> Result<()> {
    let asker = browser.clone();
    eventually(ENDED_WITHIN, what, async || {
        Ok((asker.clone().get("/me").await?.status == 401).then_some(()))
    })
    .await
}

/// The server's clock.
async fn now_s(system: &System) -> Result<u64> {
    let now: i64 = system.site.sql().await?.query_one(NOW, &[]).await?.try_get(0)?;
    Ok(u64::try_from(now)?)
}

fn weak_hash(password: &str) -> Result<String> {
    use argon2::password_hash::PasswordHasher;
    let params = argon2::Params::new(1024, 1, 1, None).map_err(anyhow::Error::msg)?;
    let weak = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    let hash = weak.hash_password(password.as_bytes()).map_err(anyhow::Error::msg)?.to_string();
    ensure!(hash.starts_with(WEAK_HASH), "{hash}");
    Ok(hash)
}

/// What an authenticator app does with the key that it is given.
fn from_base32(text: &str) -> Vec<u8> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let values = text.chars().filter_map(|character| ALPHABET.find(character));
    let bits: Vec<bool> =
        values.flat_map(|value| (0..5).rev().map(move |at| value >> at & 1 == 1)).collect();
    let byte = |bits: &[bool]| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit));
    bits.chunks_exact(8).map(byte).collect()
}
