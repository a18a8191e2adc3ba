//! What turned out to be true: labels for users and events, also weeks later.

use innerwall_auth::Permission;
use innerwall_event::event_id_of_name;
use innerwall_storage::TenantTx;
use innerwall_storage::labels::{self, Labelled, NewLabel};

use super::decide::note;
use super::wish::{Wish, checked_reason};
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{LabelResult, LabelsAnswer};

/// Labels of one request.
pub(crate) const LABELS_MAX: usize = 1_000;
/// Longest source in bytes, such as `chargeback`.
const SOURCE_BYTES_MAX: usize = 32;

/// A label as it is sent: about a user or about an event.
#[derive(Clone, Debug, Default)]
pub(crate) struct LabelAsked {
    pub(crate) user_id: Option<String>,
    /// The event's id, or the producer's own.
    pub(crate) event_id: Option<String>,
    /// `fraud` or `legitimate`.
    pub(crate) label: String,
    /// Where it is known from, such as `chargeback`.
    pub(crate) source: Option<String>,
    pub(crate) reason: String,
}

/// Puts labels; those that cannot be are named and harm no other.
pub(crate) async fn put(
    app: &App,
    caller: &Caller,
    asked: Vec<LabelAsked>,
) -> Result<LabelsAnswer, Problem> {
    caller.may(Permission::Review)?;
    if !(1..=LABELS_MAX).contains(&asked.len()) {
        let reason = format!("{} labels; send 1 to {LABELS_MAX}", asked.len());
        return Err(Problem::parameter("labels", &reason));
    }
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let mut subjects = Vec::with_capacity(asked.len());
    for label in &asked {
        subjects.push(subject(&tx, label).await);
    }
    // Written in key order: two requests about the same users wait for each other, never in a circle.
    let mut order: Vec<usize> = (0..asked.len()).collect();
    order.sort_by_key(|at| {
        let subject = subjects[*at].as_ref().ok().and_then(Option::as_ref);
        subject.map(|subject| (subject.user_no, subject.event_id))
    });
    for at in order {
        if let Ok(Some(subject)) = &subjects[at] {
            write(&tx, caller, subject, &asked[at]).await?;
        }
    }
    let items: Vec<LabelResult> = subjects.into_iter().map(result).collect::<Result<_, _>>()?;
    let labelled = items.iter().filter(|item| item.result == "labelled").count();
    let wish = Wish::new(caller, "labels were sent", None)?;
    note(&tx, "label.put", &format!("{labelled} labels"), &wish).await?;
    tx.commit().await?;
    Ok(LabelsAnswer { labelled, items })
}

async fn write(
    tx: &TenantTx<'_>,
    caller: &Caller,
    subject: &Labelled,
    asked: &LabelAsked,
) -> Result<(), Problem> {
    let source = asked.source.as_deref().unwrap_or("person");
    let reason = asked.reason.trim();
    let label = NewLabel { subject, label: &asked.label, source, actor: &caller.name, reason };
    Ok(labels::put(tx, &label).await?)
}

fn result(subject: Result<Option<Labelled>, Problem>) -> Result<LabelResult, Problem> {
    match subject {
        Ok(Some(subject)) => {
            Ok(LabelResult { result: "labelled", rules: subject.rules, detail: None })
        }
        Ok(None) => Ok(LabelResult { result: "not_found", rules: Vec::new(), detail: None }),
        Err(problem @ Problem::BadParameter { .. }) => {
            let detail = Some(problem.to_string());
            Ok(LabelResult { result: "invalid", rules: Vec::new(), detail })
        }
        Err(problem) => Err(problem),
    }
}

/// What a label is about; `None` when nobody knows it.
async fn subject(tx: &TenantTx<'_>, asked: &LabelAsked) -> Result<Option<Labelled>, Problem> {
    if !["fraud", "legitimate"].contains(&asked.label.as_str()) {
        let reason = format!("{} is not fraud or legitimate", asked.label);
        return Err(Problem::parameter("label", &reason));
    }
    checked_reason(&asked.reason)?;
    let is_word = |source: &str| {
        (1..=SOURCE_BYTES_MAX).contains(&source.len())
            && source.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    if !asked.source.as_deref().is_none_or(is_word) {
        let reason = format!("a word of 1 to {SOURCE_BYTES_MAX} of a-z and _ is expected");
        return Err(Problem::parameter("source", &reason));
    }
    match (&asked.user_id, &asked.event_id) {
        (Some(user_id), None) => Ok(labels::user(tx, &user_id.replace('\0', "")).await?),
        (None, Some(event_id)) => {
            Ok(labels::event(tx, event_id_of_name(tx.tenant(), event_id)).await?)
        }
        _ => Err(Problem::parameter("user_id", "name either a user or an event")),
    }
}
