//! Cases, decisions, labels and lists as protobuf.

use innerwall_wire::query as proto;

use super::convert::time;
use crate::view::{
    BulkAnswer, BulkItem, CaseCountsView, CaseDetailView, CasePage, CaseView, DecidedView,
    DecisionPage, DecisionView, ImportAnswer, JudgedAgain, LabelResult, LabelsAnswer, LineError,
    ListEntryView, ListPage, NoteView, QueuedCaseView, SkippedView, StandingView, ValueView,
};

/// Counts are far below the limit of either type.
fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl From<CaseView> for proto::Case {
    fn from(case: CaseView) -> Self {
        Self {
            case_id: case.case_id,
            user_id: case.user_id,
            state: case.state,
            outcome: case.outcome.unwrap_or_default(),
            opened_at: time(&case.opened_at),
            source: case.source,
            opened_by: case.opened_by,
            reason: case.reason,
            event_id: case.event_id.unwrap_or_default(),
            rule: case.rule.map(|rule| rule.rule_id).unwrap_or_default(),
            trust_at_opening: case.trust_at_opening,
            assignee: case.assignee.unwrap_or_default(),
            decided_at: case.decided_at.as_deref().and_then(time),
            decided_by: case.decided_by.unwrap_or_default(),
            version: case.version,
            trust_score: None,
            email: None,
            rules: Vec::new(),
        }
    }
}

impl From<QueuedCaseView> for proto::Case {
    fn from(queued: QueuedCaseView) -> Self {
        Self {
            trust_score: Some(queued.trust_score),
            email: queued.email,
            rules: queued.rules.into_iter().map(|rule| rule.rule_id).collect(),
            ..queued.case.into()
        }
    }
}

impl From<CasePage> for proto::ListCasesResponse {
    fn from(page: CasePage) -> Self {
        Self {
            cases: page.items.into_iter().map(proto::Case::from).collect(),
            next_cursor: page.next_cursor.unwrap_or_default(),
            total: page.total,
            total_capped: page.total_capped,
        }
    }
}

impl From<CaseCountsView> for proto::CountCasesResponse {
    fn from(counts: CaseCountsView) -> Self {
        let CaseCountsView { open, unassigned, mine, old, blocked_users, watched_users } = counts;
        Self { open, unassigned, mine, old, blocked_users, watched_users }
    }
}

impl From<CaseDetailView> for proto::CaseDetail {
    fn from(detail: CaseDetailView) -> Self {
        Self {
            case: Some(detail.case.into()),
            standing: Some(detail.standing.into()),
            notes: detail.notes.into_iter().map(proto::Note::from).collect(),
            decisions: detail.decisions.into_iter().map(proto::Decision::from).collect(),
        }
    }
}

impl From<NoteView> for proto::Note {
    fn from(note: NoteView) -> Self {
        let at = time(&note.at);
        let NoteView { note_id, case_id, author, text, .. } = note;
        Self { note_id, case_id: case_id.unwrap_or_default(), at, author, text }
    }
}

impl From<StandingView> for proto::Standing {
    fn from(standing: StandingView) -> Self {
        Self {
            status: standing.status.to_owned(),
            is_watched: standing.is_watched,
            case_id: standing.case_id.unwrap_or_default(),
            source: standing.source.unwrap_or_default().to_owned(),
            entry_id: standing.entry_id.unwrap_or_default(),
        }
    }
}

impl From<DecisionView> for proto::Decision {
    fn from(made: DecisionView) -> Self {
        Self {
            decision_id: made.decision_id,
            at: time(&made.at),
            kind: made.kind,
            value: made.value,
            action: made.action,
            source: made.source,
            actor: made.actor,
            reason: made.reason,
            expires_at: made.expires_at.as_deref().and_then(time),
            event_id: made.event_id.unwrap_or_default(),
            rule: made.rule_id.unwrap_or_default(),
            case_id: made.case_id.unwrap_or_default(),
            batch: made.batch.unwrap_or_default(),
            undoes: made.undoes.unwrap_or_default(),
        }
    }
}

impl From<DecisionPage> for proto::ListDecisionsResponse {
    fn from(page: DecisionPage) -> Self {
        Self {
            decisions: page.items.into_iter().map(proto::Decision::from).collect(),
            next_cursor: page.next_cursor.unwrap_or_default(),
        }
    }
}

impl From<DecidedView> for proto::Decided {
    fn from(decided: DecidedView) -> Self {
        Self {
            user_id: decided.user_id,
            decision_id: decided.decision_id.unwrap_or_default(),
            standing: Some(decided.standing.into()),
            blocked: decided.blocked.into_iter().map(proto::ListedValue::from).collect(),
            skipped: decided.skipped.into_iter().map(proto::SkippedValue::from).collect(),
            judged_again: Some(decided.judged_again.into()),
        }
    }
}

impl From<ValueView> for proto::ListedValue {
    fn from(ValueView { kind, value }: ValueView) -> Self {
        Self { kind: kind.to_owned(), value }
    }
}

impl From<SkippedView> for proto::SkippedValue {
    fn from(SkippedView { kind, value, reason }: SkippedView) -> Self {
        Self { kind: kind.to_owned(), value, reason }
    }
}

impl From<JudgedAgain> for proto::JudgedAgain {
    fn from(JudgedAgain { users, is_capped }: JudgedAgain) -> Self {
        Self { users, is_capped }
    }
}

impl From<BulkAnswer> for proto::DecideCasesResponse {
    fn from(answer: BulkAnswer) -> Self {
        let items = answer.items.into_iter().map(proto::CaseResult::from).collect();
        Self { batch: answer.batch, items }
    }
}

impl From<BulkItem> for proto::CaseResult {
    fn from(item: BulkItem) -> Self {
        Self {
            case_id: item.case_id,
            result: item.result,
            user_id: item.user_id.unwrap_or_default(),
            decision_id: item.decision_id.unwrap_or_default(),
            detail: item.detail.unwrap_or_default(),
        }
    }
}

impl From<LabelsAnswer> for proto::PutLabelsResponse {
    fn from(answer: LabelsAnswer) -> Self {
        Self { items: answer.items.into_iter().map(proto::LabelResult::from).collect() }
    }
}

impl From<LabelResult> for proto::LabelResult {
    fn from(LabelResult { result, rules, detail }: LabelResult) -> Self {
        Self { result: result.to_owned(), rules, detail: detail.unwrap_or_default() }
    }
}

impl From<ListPage> for proto::ListEntriesResponse {
    fn from(page: ListPage) -> Self {
        Self {
            entries: page.items.into_iter().map(proto::ListEntry::from).collect(),
            next_cursor: page.next_cursor.unwrap_or_default(),
        }
    }
}

impl From<ListEntryView> for proto::ListEntry {
    fn from(entry: ListEntryView) -> Self {
        Self {
            entry_id: entry.entry_id,
            list: entry.list.to_owned(),
            kind: entry.kind.to_owned(),
            value: entry.value,
            source: entry.source.to_owned(),
            author: entry.author,
            reason: entry.reason,
            created_at: time(&entry.created_at),
            expires_at: entry.expires_at.as_deref().and_then(time),
            cause_user: entry.cause_user.unwrap_or_default(),
            cause_event: entry.cause_event.unwrap_or_default(),
            cause_rule: entry.cause_rule.unwrap_or_default(),
        }
    }
}

impl From<ImportAnswer> for proto::ImportEntriesResponse {
    fn from(answer: ImportAnswer) -> Self {
        Self {
            imported: count(answer.imported),
            repeated: count(answer.repeated),
            refused: count(answer.refused),
            errors: answer.errors.into_iter().map(proto::LineError::from).collect(),
            batch: answer.batch.unwrap_or_default(),
            judged_again: Some(answer.judged_again.into()),
        }
    }
}

impl From<LineError> for proto::LineError {
    fn from(LineError { line, message }: LineError) -> Self {
        Self { line: count(line), message }
    }
}
