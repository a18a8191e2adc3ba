//! The shapes of answers.

mod case;
mod change;
mod content;
mod data_set;
mod effect;
mod entity;
mod erasure;
mod event;
mod event_detail;
mod explanation;
mod fault;
mod graph;
mod keys;
mod kpis;
mod language;
mod list;
mod logbook;
mod overview;
mod pack_check;
mod page;
mod people;
mod retention;
mod rule;
mod rule_set;
mod saved_view;
mod search;
mod series;
mod session;
mod settings;
mod standing;
mod undone;
mod user;
mod user_name;

pub(crate) use case::{
    BulkAnswer, BulkItem, CaseCountsView, CaseDetailView, CasePage, CaseView, NoteView,
    QueuedCaseView,
};
pub(crate) use change::{FieldChangeView, ScoreChangeView};
pub(crate) use content::{ContentSchema, DiffSchema, PatchSchema};
pub(crate) use data_set::{DataSetView, DataSetsAnswer};
pub(crate) use effect::{BeforeAfter, ChangedBand, Effect, NotEstimated, WeighedRule};
pub(crate) use entity::{
    EntityRef, EntityUser, EntityView, LinkView, RelatedEntity, UserEntity, entity_text,
};
pub(crate) use erasure::{ErasurePage, ErasureView, PersonView, hex};
pub(crate) use event::{DeviceView, EventHitView, EventView, HitName};
pub(crate) use event_detail::{EventDetailView, NetworkView};
pub(crate) use explanation::{ExplanationView, FlipView, RuleAnswerView, Subject};
pub(crate) use fault::FaultView;
pub(crate) use graph::{Edge, Graph, GraphPath, Node};
pub(crate) use keys::{
    AuditPage, AuditView, KeyAnswer, KeyView, KeysAnswer, TokenAnswer, TokenView, TokensAnswer,
};
pub(crate) use kpis::{Active, Compared, Kpis, StandingKpi, TopUserView, Tops};
pub(crate) use language::RuleLanguage;
pub(crate) use list::{
    ImportAnswer, LabelResult, LabelsAnswer, LineError, ListChange, ListEntryView, ListPage,
};
pub(crate) use logbook::{LineBucket, LinePage, LineSeries, LineView};
pub(crate) use overview::{Bands, LedgerView, Overview, RuleUsers, SeriesBucket, TypeEvents};
pub(crate) use pack_check::{PackCheckView, PackRuleView, PackWindowView};
pub(crate) use page::Page;
pub(crate) use people::{
    BrowserSessionView, BrowserSessionsAnswer, InvitationAnswer, InvitationView, InvitationsAnswer,
    Me, MemberView, MembersAnswer, PolicyView, RecoveryCodesAnswer, TicketView, TotpSecretAnswer,
};
pub(crate) use retention::{KindPreview, KindView, RetentionPreviewView, RetentionView};
pub(crate) use rule::{
    PrecisionView, PresetView, PresetsAnswer, RuleDetailView, RuleFigures, RuleName, RuleView,
    RulesAnswer,
};
pub(crate) use rule_set::{
    ChangeAnswer, DiffAnswer, PreviewView, RescoreView, RuleSetView, TriedUser, VersionPage,
    VersionView,
};
pub(crate) use saved_view::{SavedViewView, SavedViewsAnswer};
pub(crate) use search::SearchAnswer;
pub(crate) use series::{KindBucket, Series, UsersBucket};
pub(crate) use session::SessionView;
pub(crate) use settings::SettingsView;
pub(crate) use standing::{
    DecidedView, DecisionPage, DecisionView, JudgedAgain, SkippedView, StandingTotalsView,
    StandingView, ValueView,
};
pub(crate) use undone::{UndoneBatch, UndoneItem};
pub(crate) use user::{HitView, NotEvaluatedView, UserSummary, UserView};
pub(crate) use user_name::UserName;

use innerwall_rules::{Rule, RuleSet};

/// The tenant's rule of an id, for its name and explanation.
pub(crate) fn rule_named<'r>(rules: &'r RuleSet, id: &str) -> Option<&'r Rule> {
    rules.rule(id).map(|weighted| &weighted.rule)
}

/// Name of a rule; its id when the tenant has no such rule any more.
pub(crate) fn rule_name(rules: &RuleSet, id: &str) -> String {
    rule_named(rules, id).map_or_else(|| id.to_owned(), |rule| rule.name.clone())
}
