//! The review queue, decisions and labels over gRPC: the same use cases.

use std::sync::Arc;

use innerwall_wire::query as proto;
use innerwall_wire::query::review_service_server::{ReviewService, ReviewServiceServer};
use tonic::{Request, Response, Status};

use super::{caller, said, said_number, said_time};
use crate::app::App;
use crate::usecase::decide::{self, UserAsked};
use crate::usecase::decision_log::{self, DecisionsQuestion};
use crate::usecase::labels::{self, LabelAsked};
use crate::usecase::review::{self, CasesQuestion};
use crate::usecase::review_end::{self, BulkAsked, EndAsked};

/// The service over the shared use cases.
pub(crate) struct ReviewGrpc(Arc<App>);

pub(crate) fn service(app: Arc<App>) -> ReviewServiceServer<ReviewGrpc> {
    ReviewServiceServer::new(ReviewGrpc(app))
}

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl ReviewService for ReviewGrpc {
    async fn list_cases(
        &self,
        request: Request<proto::ListCasesRequest>,
    ) -> Answer<proto::ListCasesResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let question = CasesQuestion {
            state: said(sent.state),
            assignee: said(sent.assignee),
            rule: said(sent.rule),
            trust_from: sent.trust_from.map(i64::from),
            trust_to: sent.trust_to.map(i64::from),
            opened_from: said_time(sent.opened_from),
            opened_before: said_time(sent.opened_before),
            sort: said(sent.sort),
            limit: said_number(sent.limit),
            cursor: said(sent.cursor),
        };
        let page = caller.show(review::queue(&self.0, &caller, question).await?);
        Ok(Response::new(page.into()))
    }

    async fn count_cases(
        &self,
        request: Request<proto::CountCasesRequest>,
    ) -> Answer<proto::CountCasesResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        Ok(Response::new(review::counts(&self.0, &caller).await?.into()))
    }

    async fn get_case(
        &self,
        request: Request<proto::GetCaseRequest>,
    ) -> Answer<proto::GetCaseResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let found = review::one(&self.0, &caller, request.into_inner().case_id).await?;
        let detail = Some(caller.show(found).into());
        Ok(Response::new(proto::GetCaseResponse { detail }))
    }

    async fn assign_case(
        &self,
        request: Request<proto::AssignCaseRequest>,
    ) -> Answer<proto::AssignCaseResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let (case, assignee) = ((sent.case_id, sent.version), said(sent.assignee));
        let found = review::assign(&self.0, &caller, case, assignee.as_deref()).await?;
        let detail = Some(caller.show(found).into());
        Ok(Response::new(proto::AssignCaseResponse { detail }))
    }

    async fn add_note(
        &self,
        request: Request<proto::AddNoteRequest>,
    ) -> Answer<proto::AddNoteResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let found = review::add_note(&self.0, &caller, sent.case_id, &sent.text).await?;
        let detail = Some(caller.show(found).into());
        Ok(Response::new(proto::AddNoteResponse { detail }))
    }

    async fn decide_case(
        &self,
        request: Request<proto::DecideCaseRequest>,
    ) -> Answer<proto::DecideCaseResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let case = (sent.case_id, sent.version);
        let (outcome, expires_at) = (sent.outcome, said_time(sent.expires_at));
        let asked = EndAsked { outcome, reason: sent.reason, expires_at };
        let decided = caller.show(review_end::one(&self.0, &caller, case, asked).await?);
        Ok(Response::new(proto::DecideCaseResponse { decided: Some(decided.into()) }))
    }

    async fn decide_cases(
        &self,
        request: Request<proto::DecideCasesRequest>,
    ) -> Answer<proto::DecideCasesResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let (outcome, expires_at) = (sent.outcome, said_time(sent.expires_at));
        let end = EndAsked { outcome, reason: sent.reason, expires_at };
        let cases = sent.cases.iter().map(|seen| (seen.case_id, seen.version)).collect();
        let asked = BulkAsked { cases, end, key: said(sent.idempotency_key) };
        Ok(Response::new(review_end::many(&self.0, &caller, asked).await?.into()))
    }

    async fn decide_user(
        &self,
        request: Request<proto::DecideUserRequest>,
    ) -> Answer<proto::DecideUserResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let expires_at = said_time(sent.expires_at);
        let (action, reason, is_trial) = (sent.action, sent.reason, sent.dry_run);
        let asked = UserAsked { action, reason, expires_at, is_trial };
        let decided = decide::user(&self.0, &caller, &sent.user_id, asked).await?;
        let decided = Some(caller.show(decided).into());
        Ok(Response::new(proto::DecideUserResponse { decided }))
    }

    async fn get_standing(
        &self,
        request: Request<proto::GetStandingRequest>,
    ) -> Answer<proto::GetStandingResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let found = decide::standing(&self.0, &caller, &request.into_inner().user_id).await?;
        Ok(Response::new(proto::GetStandingResponse { standing: Some(found.into()) }))
    }

    async fn list_decisions(
        &self,
        request: Request<proto::ListDecisionsRequest>,
    ) -> Answer<proto::ListDecisionsResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let question = DecisionsQuestion {
            kind: said(sent.kind),
            value: said(sent.value),
            actor: said(sent.actor),
            action: said(sent.action),
            source: said(sent.source),
            limit: said_number(sent.limit),
            cursor: said(sent.cursor),
        };
        let page = caller.show(decision_log::page(&self.0, &caller, question).await?);
        Ok(Response::new(page.into()))
    }

    async fn undo_decision(
        &self,
        request: Request<proto::UndoDecisionRequest>,
    ) -> Answer<proto::UndoDecisionResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let sent = request.into_inner();
        let made = decide::undo(&self.0, &caller, sent.decision_id, &sent.reason).await?;
        let decision = Some(caller.show(made).into());
        Ok(Response::new(proto::UndoDecisionResponse { decision }))
    }

    async fn put_labels(
        &self,
        request: Request<proto::PutLabelsRequest>,
    ) -> Answer<proto::PutLabelsResponse> {
        let caller = caller(&self.0, request.metadata()).await?;
        let asked = |sent: proto::Label| LabelAsked {
            user_id: said(sent.user_id),
            event_id: said(sent.event_id),
            label: sent.label,
            source: said(sent.source),
            reason: sent.reason,
        };
        let labels = request.into_inner().labels.into_iter().map(asked).collect();
        Ok(Response::new(labels::put(&self.0, &caller, labels).await?.into()))
    }
}
