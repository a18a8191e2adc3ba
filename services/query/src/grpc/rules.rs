//! Rules and explanations over gRPC: the same use cases.

use std::sync::Arc;

use innerwall_auth::Permission;
use innerwall_wire::query as proto;
use innerwall_wire::query::change_rule_set_request::Change as Sent;
use innerwall_wire::query::rule_service_server::{RuleService, RuleServiceServer};
use serde::de::DeserializeOwned;
use tonic::{Request, Response, Status};

use super::{caller, said, said_number};
use crate::app::App;
use crate::problem::Problem;
use crate::usecase::publish::{self, Asked, Change};
use crate::usecase::{explain, rule_set, rules};

/// The service over the shared use cases.
pub(crate) struct RuleGrpc(Arc<App>);

pub(crate) fn service(app: Arc<App>) -> RuleServiceServer<RuleGrpc> {
    RuleServiceServer::new(RuleGrpc(app))
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl RuleService for RuleGrpc {
    async fn list_rules(
        &self,
        request: Request<proto::ListRulesRequest>,
    ) -> Answer<proto::ListRulesResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        Ok(Response::new(rules::list(&self.0, &caller).await?.into()))
    }

    async fn get_rule(
        &self,
        request: Request<proto::GetRuleRequest>,
    ) -> Answer<proto::GetRuleResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let rule = rules::one(&self.0, &caller, &request.into_inner().rule_id).await?;
        Ok(Response::new(rule.into()))
    }

    async fn check_pack(
        &self,
        request: Request<proto::CheckPackRequest>,
    ) -> Answer<proto::CheckPackResponse> {
        caller(&self.0, request.metadata()).await?;
        Ok(Response::new(rules::check(request.into_inner().text).await?.into()))
    }

    async fn list_presets(
        &self,
        request: Request<proto::ListPresetsRequest>,
    ) -> Answer<proto::ListPresetsResponse> {
        caller(&self.0, request.metadata()).await?;
        Ok(Response::new(rules::presets().into()))
    }

    async fn list_data_sets(
        &self,
        request: Request<proto::ListDataSetsRequest>,
    ) -> Answer<proto::ListDataSetsResponse> {
        caller(&self.0, request.metadata()).await?;
        Ok(Response::new(rules::data_sets(&self.0).await?.into()))
    }

    async fn get_rule_set(
        &self,
        request: Request<proto::GetRuleSetRequest>,
    ) -> Answer<proto::GetRuleSetResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let version = Some(request.into_inner().version).filter(|version| *version != 0);
        Ok(Response::new(rule_set::version(&self.0, &caller, version).await?.into()))
    }

    async fn list_rule_set_versions(
        &self,
        request: Request<proto::ListRuleSetVersionsRequest>,
    ) -> Answer<proto::ListRuleSetVersionsResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let (limit, cursor) = (said_number(sent.limit), said(sent.cursor));
        let page = rule_set::versions(&self.0, &caller, limit, cursor.as_deref()).await?;
        Ok(Response::new(page.into()))
    }

    async fn diff_rule_sets(
        &self,
        request: Request<proto::DiffRuleSetsRequest>,
    ) -> Answer<proto::DiffRuleSetsResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let versions = (sent.from_version, sent.to_version);
        Ok(Response::new(rule_set::diff(&self.0, &caller, versions).await?.into()))
    }

    async fn change_rule_set(
        &self,
        request: Request<proto::ChangeRuleSetRequest>,
    ) -> Answer<proto::ChangeRuleSetResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        caller.may(Permission::Rules)?;
        let asked = asked(request.into_inner())?;
        Ok(Response::new(publish::change(&self.0, &caller, asked).await?.into()))
    }

    async fn get_rescore(
        &self,
        request: Request<proto::GetRescoreRequest>,
    ) -> Answer<proto::GetRescoreResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        Ok(Response::new(rule_set::rescore(&self.0, &caller).await?.into()))
    }

    async fn explain_user(
        &self,
        request: Request<proto::ExplainUserRequest>,
    ) -> Answer<proto::ExplainUserResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let found = explain::user(&self.0, &caller, &request.into_inner().user_id).await?;
        Ok(Response::new(proto::ExplainUserResponse { explanation: Some(found.into()) }))
    }

    async fn explain_event(
        &self,
        request: Request<proto::ExplainEventRequest>,
    ) -> Answer<proto::ExplainEventResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let found = explain::event(&self.0, &caller, &request.into_inner().event_id).await?;
        Ok(Response::new(proto::ExplainEventResponse { explanation: Some(found.into()) }))
    }
}

fn asked(sent: proto::ChangeRuleSetRequest) -> Result<Asked, Problem> {
    let change = match sent.change {
        Some(Sent::ContentJson(text)) => Change::Whole(json("content_json", &text)?),
        Some(Sent::PatchJson(text)) => Change::Part(json("patch_json", &text)?),
        Some(Sent::RollbackTo(version)) => Change::Rollback(version),
        None => return Err(Problem::parameter("change", "is missing")),
    };
    let (base_version, reason, is_trial) = (sent.base_version, sent.reason, sent.dry_run);
    Ok(Asked { base_version, reason, change, is_trial })
}

fn json<T: DeserializeOwned>(field: &'static str, text: &str) -> Result<T, Problem> {
    serde_json::from_str(text).map_err(|error| Problem::parameter(field, &error))
}
