//! Machines manage rules over gRPC as people do over REST.

use anyhow::{Context, Result};
use innerwall_tests::{System, event};
use innerwall_wire::query as proto;
use innerwall_wire::query::change_rule_set_request::Change;
use innerwall_wire::query::rule_service_client::RuleServiceClient;
use serde_json::{Value, json};
use tonic::Code;

use crate::grpc::{channel, signed};
use crate::rule_set::judged;

#[tokio::test]
async fn grpc_changes_compares_and_explains_what_rest_reads() -> Result<()> {
    let system = System::start().await?;
    let sent = system.send_json(&event("erin", "page_view")).await?;
    assert_eq!(sent.status, 202, "{}", sent.text());
    system.visible("erin", 1).await?;
    let mut client = RuleServiceClient::new(channel(&system).await?);

    let asked = |base_version, change| proto::ChangeRuleSetRequest {
        base_version,
        reason: "a test".to_owned(),
        dry_run: false,
        change: Some(change),
    };
    let patch = Change::PatchJson(json!({"modes": {"B06": "shadow"}}).to_string());
    let made = client.change_rule_set(signed(&system, asked(1, patch.clone()))?).await?;
    assert_eq!(made.into_inner().version, 2);
    judged(&system, 2).await?;
    let stale = client.change_rule_set(signed(&system, asked(1, patch))?).await;
    assert_eq!(stale.map_err(|status| status.code()).err(), Some(Code::Aborted));
    let wrong = Change::PatchJson(json!({"modes": {"Z99": "off"}}).to_string());
    let wrong = client.change_rule_set(signed(&system, asked(2, wrong))?).await;
    let refused = wrong.err().context("an unknown rule was accepted")?;
    assert_eq!(refused.code(), Code::InvalidArgument);
    assert!(refused.message().contains("modes.Z99: no pack defines rule Z99"), "{refused}");

    let versions = proto::DiffRuleSetsRequest { from_version: 1, to_version: 2 };
    let diff = client.diff_rule_sets(signed(&system, versions)?).await?.into_inner();
    let rest = system.reader.read("/rule-set/versions/1/diff/2").await?;
    assert_eq!(serde_json::from_str::<Value>(&diff.changes_json)?, rest["changes"]);
    let in_use =
        client.get_rule_set(signed(&system, proto::GetRuleSetRequest { version: 0 })?).await?;
    let content = serde_json::from_str::<Value>(&in_use.into_inner().content_json)?;
    assert_eq!(content, system.reader.read("/rule-set").await?["content"]);

    let question = proto::ExplainUserRequest { user_id: "erin".to_owned() };
    let found = client.explain_user(signed(&system, question)?).await?.into_inner();
    let found = found.explanation.context("no explanation")?;
    let rest = system.reader.read("/users/erin/explain").await?;
    assert_eq!(json!(found.trust_score), rest["trust_score"]);
    assert_eq!(Some(found.rules.len()), rest["rules"].as_array().map(Vec::len));
    assert_eq!(json!(found.verdict), rest["verdict"]);
    let rules = client.list_rules(signed(&system, proto::ListRulesRequest {})?).await?;
    let shadowed = rules.into_inner().rules.into_iter().find(|rule| rule.rule_id == "B06");
    assert_eq!(shadowed.context("no rule")?.mode, "shadow");
    Ok(())
}
