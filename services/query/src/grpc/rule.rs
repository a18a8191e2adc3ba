//! Rules, presets, packs and data files as protobuf.

use innerwall_wire::query as proto;

use super::convert::time;
use crate::view::{
    DataSetView, DataSetsAnswer, FaultView, PackCheckView, PackRuleView, PackWindowView,
    PrecisionView, PresetView, PresetsAnswer, RuleDetailView, RuleView, RulesAnswer,
};

impl From<RulesAnswer> for proto::ListRulesResponse {
    fn from(answer: RulesAnswer) -> Self {
        let rules = answer.items.into_iter().map(proto::Rule::from).collect();
        Self { version: answer.version, rules }
    }
}

impl From<RuleView> for proto::Rule {
    fn from(rule: RuleView) -> Self {
        Self {
            rule_id: rule.rule_id,
            name: rule.name,
            explanation: rule.explanation,
            family: rule.family,
            scope: rule.scope.to_owned(),
            mode: rule.mode.to_owned(),
            weight: rule.weight,
            tags: rule.tags,
            needs: rule.needs,
            is_builtin: rule.is_builtin,
            users: rule.users,
            match_rate: rule.match_rate,
            last_fired: rule.last_fired.as_deref().and_then(time),
            precision: rule.precision.map(proto::Precision::from),
        }
    }
}

impl From<PrecisionView> for proto::Precision {
    fn from(PrecisionView { fraud, legitimate, share, low, high }: PrecisionView) -> Self {
        Self { fraud, legitimate, share, low, high }
    }
}

impl From<RuleDetailView> for proto::GetRuleResponse {
    fn from(detail: RuleDetailView) -> Self {
        Self {
            parts: Some(parts(detail.reads, detail.event_types, detail.cost)),
            presets: detail.presets.into_iter().collect(),
            rule: Some(detail.rule.into()),
        }
    }
}

fn parts(reads: Vec<String>, event_types: Option<Vec<String>>, cost: u32) -> proto::RuleParts {
    let any_event_type = event_types.is_none();
    proto::RuleParts { reads, any_event_type, event_types: event_types.unwrap_or_default(), cost }
}

impl From<PackCheckView> for proto::CheckPackResponse {
    fn from(check: PackCheckView) -> Self {
        Self {
            is_accepted: check.is_accepted,
            faults: check.faults.into_iter().map(proto::Fault::from).collect(),
            warnings: check.warnings.into_iter().map(proto::Fault::from).collect(),
            failed_tests: check.failed_tests,
            rules: check.rules.into_iter().map(proto::PackRule::from).collect(),
            windows: check.windows.into_iter().map(proto::PackWindow::from).collect(),
            cost: check.cost,
        }
    }
}

impl From<FaultView> for proto::Fault {
    fn from(fault: FaultView) -> Self {
        let FaultView { path, line, column, end_column, message, suggestion } = fault;
        let (line, column) = (line.unwrap_or_default(), column.unwrap_or_default());
        let end_column = end_column.unwrap_or_default();
        Self { path, line, column, message, end_column, suggestion }
    }
}

impl From<PackRuleView> for proto::PackRule {
    fn from(rule: PackRuleView) -> Self {
        Self {
            rule_id: rule.rule_id,
            name: rule.name,
            scope: rule.scope.to_owned(),
            needs: rule.needs,
            parts: Some(parts(rule.reads, rule.event_types, rule.cost)),
        }
    }
}

impl From<PackWindowView> for proto::PackWindow {
    fn from(window: PackWindowView) -> Self {
        Self {
            name: window.name,
            kind: window.kind.to_owned(),
            by: window.by,
            over_seconds: window.over_seconds,
            is_private: window.is_private,
            reads: window.reads,
            cost: window.cost,
        }
    }
}

impl From<PresetsAnswer> for proto::ListPresetsResponse {
    fn from(answer: PresetsAnswer) -> Self {
        let preset = |preset: PresetView| proto::Preset {
            name: preset.name,
            description: preset.description,
            weights: preset.weights.into_iter().collect(),
        };
        Self { presets: answer.items.into_iter().map(preset).collect() }
    }
}

impl From<DataSetsAnswer> for proto::ListDataSetsResponse {
    fn from(answer: DataSetsAnswer) -> Self {
        let data_sets = answer.items.into_iter().map(proto::DataSet::from).collect();
        Self { is_configured: answer.is_configured, data_sets }
    }
}

impl From<DataSetView> for proto::DataSet {
    fn from(set: DataSetView) -> Self {
        let link = set.attribution.map(|link| (link.text.to_owned(), link.url.to_owned()));
        let (attribution_text, attribution_url) = link.unzip();
        Self {
            name: set.name,
            file: set.file,
            is_present: set.is_present,
            is_own: set.is_own,
            is_optional: set.is_optional,
            licence: set.licence,
            source: set.source,
            published: set.published,
            built_at: set.built_at.as_deref().and_then(time),
            attribution_text,
            attribution_url,
        }
    }
}
