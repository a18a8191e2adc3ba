//! Users.

use innerwall_features::Device;
use innerwall_rules::{Missing, RuleSet};
use innerwall_scoring::{Account, Band, Hit, NotEvaluated};
use innerwall_storage::read::users::UserRow;
use innerwall_storage::standings::UserStanding;
use serde::Serialize;
use utoipa::ToSchema;

use super::event::device_text;
use super::{HitName, rule_name, rule_named};
use crate::export::{CsvLine, CsvRow};
use crate::mask::{self, Masked};

/// A user in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct UserSummary {
    pub(crate) user_id: String,
    pub(crate) email: Option<String>,
    pub(crate) full_name: Option<String>,
    /// 0 worst to 99 best; null before the first event is scored.
    pub(crate) trust_score: Option<i32>,
    /// `low` (0-32), `medium` (33-66) or `high` (67-99).
    pub(crate) band: Option<&'static str>,
    /// `blocked`, `allowed`, `in_review` or `normal`.
    pub(crate) status: &'static str,
    pub(crate) is_watched: bool,
    pub(crate) first_seen: String,
    pub(crate) last_seen: String,
    pub(crate) event_count: i64,
    pub(crate) country: Option<String>,
    pub(crate) hit_count: usize,
    /// Reason of the weightiest rule that fires against the user.
    pub(crate) top_reason: Option<String>,
    /// The rules that fire.
    pub(crate) rules: Vec<HitName>,
}

/// A user with everything behind the score.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub(crate) struct UserView {
    #[serde(flatten)]
    pub(crate) summary: UserSummary,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) phone: Option<String>,
    /// When the product says the account was made.
    pub(crate) created_at: Option<String>,
    pub(crate) last_address: Option<String>,
    /// The version of the rule set that made the score.
    pub(crate) rule_set_version: i32,
    pub(crate) counters: Counters,
    /// Rules that fire, the weightiest first.
    pub(crate) hits: Vec<HitView>,
    pub(crate) not_evaluated: Vec<NotEvaluatedView>,
    /// The one seen last first.
    pub(crate) devices: Vec<UserDevice>,
}

/// How much is known of a user.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct Counters {
    pub(crate) events: i64,
    pub(crate) sessions: i64,
    pub(crate) devices: i64,
    pub(crate) addresses: i64,
    /// Whether `addresses` is a lower bound.
    pub(crate) addresses_capped: bool,
    pub(crate) countries: i64,
}

/// A rule that fires.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct HitView {
    pub(crate) rule_id: String,
    pub(crate) name: String,
    pub(crate) explanation: String,
    /// The values the rule saw when it began to fire.
    pub(crate) reason: String,
    /// Points: -20, 0, 10, 20 or 70; more is worse.
    pub(crate) weight: i32,
    /// On trial: recorded without any effect.
    pub(crate) is_shadow: bool,
    /// Version of the rules under which the rule began to fire.
    pub(crate) rule_set_version: i32,
    /// The event with which the rule began to fire.
    pub(crate) event_id: String,
    pub(crate) event_time: String,
}

/// A rule that could not be judged.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct NotEvaluatedView {
    pub(crate) rule_id: String,
    pub(crate) name: String,
    /// What is not known, in words.
    pub(crate) needs: String,
}

/// A device of a user.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct UserDevice {
    pub(crate) device_id: String,
    pub(crate) label: String,
    pub(crate) kind: String,
    pub(crate) first_seen: String,
    pub(crate) last_seen: String,
    pub(crate) language: Option<String>,
}

impl Masked for UserSummary {
    fn mask(&mut self) {
        mask::each(&mut self.email, mask::email);
        mask::each(&mut self.full_name, mask::text);
        mask::each(&mut self.top_reason, mask::text);
    }
}

impl CsvRow for UserSummary {
    const COLUMNS: &'static [&'static str] = &[
        "user_id",
        "email",
        "full_name",
        "trust_score",
        "band",
        "status",
        "is_watched",
        "first_seen",
        "last_seen",
        "event_count",
        "country",
        "hit_count",
        "top_reason",
        "rules",
    ];

    fn cells(&self, line: &mut CsvLine<'_>) {
        line.text(&self.user_id);
        line.maybe(self.email.as_deref());
        line.maybe(self.full_name.as_deref());
        line.maybe_number(self.trust_score);
        line.maybe(self.band);
        line.text(self.status);
        line.text(if self.is_watched { "true" } else { "false" });
        line.text(&self.first_seen);
        line.text(&self.last_seen);
        line.number(self.event_count);
        line.maybe(self.country.as_deref());
        line.number(self.hit_count);
        line.maybe(self.top_reason.as_deref());
        line.list(self.rules.iter().map(|rule| rule.rule_id.as_str()));
    }
}

impl Masked for UserView {
    fn mask(&mut self) {
        self.summary.mask();
        mask::each(&mut self.phone, mask::phone);
        mask::each(&mut self.last_address, mask::address);
        mask::each(&mut self.first_name, mask::text);
        mask::each(&mut self.last_name, mask::text);
        for hit in &mut self.hits {
            mask::text(&mut hit.reason);
        }
    }
}

impl UserSummary {
    pub(crate) fn new(row: &UserRow, rules: &RuleSet, standing: Option<&UserStanding>) -> Self {
        let unlisted = UserStanding::default();
        let standing = standing.unwrap_or(&unlisted);
        Self {
            status: standing.status(),
            is_watched: standing.is_watched,
            user_id: row.user_id.clone(),
            email: row.email.clone(),
            full_name: full_name(row),
            trust_score: Some(row.trust.into()),
            band: Some(Band::of(row.trust).name()),
            first_seen: row.first_seen.to_rfc3339(),
            last_seen: row.last_seen.to_rfc3339(),
            event_count: row.event_count,
            country: row.country.clone(),
            hit_count: row.rules.len(),
            top_reason: row.top_reason.clone(),
            rules: row.rules.iter().map(|id| HitName::of(rules, id)).collect(),
        }
    }
}

fn full_name(row: &UserRow) -> Option<String> {
    let parts = [row.first_name.as_deref(), row.last_name.as_deref()];
    let joined = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    row.full_name.clone().or_else(|| (!joined.is_empty()).then_some(joined))
}

impl UserView {
    pub(crate) fn new(
        row: &UserRow,
        summary: UserSummary,
        (account, not_evaluated): (&Account, &[NotEvaluated]),
        labels: &[(i64, String, String)],
        rules: &RuleSet,
    ) -> Self {
        let state = &account.state;
        let mut hits: Vec<&Hit> = account.hits.iter().collect();
        hits.sort_by_key(|hit| (std::cmp::Reverse(hit.points), hit.rule));
        let mut devices: Vec<&Device> = state.devices.iter().collect();
        devices.sort_by_key(|device| std::cmp::Reverse(device.last_us));
        Self {
            summary,
            first_name: row.first_name.clone(),
            last_name: row.last_name.clone(),
            phone: row.phone.clone(),
            created_at: row.created_at.map(innerwall_event::Timestamp::to_rfc3339),
            last_address: row.last_ip.map(|ip| ip.to_string()),
            rule_set_version: row.rule_set,
            counters: Counters {
                events: row.event_count,
                sessions: state.sessions.into(),
                devices: state.devices_total.into(),
                addresses: state.addresses_total.into(),
                addresses_capped: state.addresses_capped(),
                countries: i64::try_from(state.countries.len()).unwrap_or(i64::MAX),
            },
            hits: hits.into_iter().map(|hit| HitView::new(hit, rules)).collect(),
            not_evaluated: not_evaluated
                .iter()
                .map(|gap| NotEvaluatedView::new(gap, rules))
                .collect(),
            devices: devices.into_iter().map(|device| UserDevice::new(device, labels)).collect(),
        }
    }
}

impl HitView {
    fn new(hit: &Hit, rules: &RuleSet) -> Self {
        let rule = rule_named(rules, hit.rule.as_str());
        Self {
            rule_id: hit.rule.to_string(),
            name: rule_name(rules, hit.rule.as_str()),
            explanation: rule.map(|rule| rule.explanation.clone()).unwrap_or_default(),
            reason: hit.reason.clone(),
            weight: hit.points.into(),
            is_shadow: hit.is_shadow,
            rule_set_version: hit.rule_set,
            event_id: hit.event_id.to_string(),
            event_time: hit.event_time.to_rfc3339(),
        }
    }
}

impl NotEvaluatedView {
    fn new(gap: &NotEvaluated, rules: &RuleSet) -> Self {
        let needs = match &gap.missing {
            Missing::Fact(fact) => format!("{}: {}", fact.def().name, fact.def().meaning),
            Missing::Window(name) => format!("{name}: a window without a value"),
            Missing::Custom(name) => format!("custom.{name}: a custom field of the event"),
            Missing::Arithmetic => "a computation without a result".to_owned(),
            Missing::Number => "a text that is a number".to_owned(),
            Missing::Steps => "steps: the rules before it used up those of the event".to_owned(),
        };
        let rule_id = gap.rule.to_string();
        Self { name: rule_name(rules, &rule_id), rule_id, needs }
    }
}

impl UserDevice {
    fn new(device: &Device, labels: &[(i64, String, String)]) -> Self {
        let id = device.id.cast_signed();
        let known = labels.iter().find(|label| label.0 == id);
        let (kind, label) =
            known.map_or(("unknown", "Unknown device"), |(_, kind, label)| (kind, label));
        let time = |micros| innerwall_event::Timestamp::from_micros(micros).to_rfc3339();
        Self {
            device_id: device_text(id),
            label: label.to_owned(),
            kind: kind.to_owned(),
            first_seen: time(device.first_us),
            last_seen: time(device.last_us),
            language: (!device.language.is_empty()).then(|| device.language.clone()),
        }
    }
}
