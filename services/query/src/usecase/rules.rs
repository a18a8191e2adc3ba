//! Rules, presets, packs and data files.

use std::sync::Arc;
use std::time::Duration;

use innerwall_auth::Permission;
use innerwall_enrich::catalogue;
use innerwall_rules::{PACK_BYTES_MAX, builtin_presets, read_pack};
use innerwall_storage::read::rules::{self, FiredUsers};
use innerwall_storage::{StorageError, TenantTx, labels, tenants};

use super::{computed, rule_set};
use crate::app::App;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::{
    DataSetView, DataSetsAnswer, FaultView, PackCheckView, PresetsAnswer, RuleDetailView,
    RuleFigures, RuleLanguage, RulesAnswer,
};

/// Counts are given again for this time.
const FIRED_FOR: Duration = Duration::from_secs(5);

/// The rules, what each weighs, and for how many users it fires.
pub(crate) async fn list(app: &App, caller: &Caller) -> Result<RulesAnswer, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let book = app.books.current(&tx).await?;
    Ok(RulesAnswer::new(&book.rules, &figures(app, &tx).await?))
}

/// One rule.
pub(crate) async fn one(app: &App, caller: &Caller, id: &str) -> Result<RuleDetailView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let book = app.books.current(&tx).await?;
    let unknown = || Problem::NotFound { what: format!("rule {id}") };
    let rule = book.rules.rule(id).ok_or_else(unknown)?;
    Ok(RuleDetailView::new(rule, &figures(app, &tx).await?, builtin_presets()))
}

async fn figures(app: &App, tx: &TenantTx<'_>) -> Result<RuleFigures, StorageError> {
    Ok(RuleFigures {
        users: fired(app, tx).await?,
        labels: labels::by_rule(tx).await?,
        last_fired: labels::last_fired(tx).await?,
    })
}

/// For how many users rules fire, counted anew every few seconds: it takes a look at every user.
async fn fired(app: &App, tx: &TenantTx<'_>) -> Result<Arc<FiredUsers>, StorageError> {
    let key = (tx.tenant(), 0, 0, "");
    match app.fired.get(&key, FIRED_FOR) {
        Some(fired) => Ok(fired),
        None => Ok(app.fired.keep(key, rules::users_by_rule(tx).await?)),
    }
}

/// The words of the rule language, with the lists of the rule set in use.
pub(crate) async fn language(app: &App, caller: &Caller) -> Result<RuleLanguage, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let version = tenants::rule_set_version(&tx).await?;
    let content = rule_set::content(&tx, version).await?;
    Ok(RuleLanguage::new(content.lists.keys()))
}

/// The built-in presets.
pub(crate) fn presets() -> PresetsAnswer {
    PresetsAnswer::new(builtin_presets())
}

/// Everything there is to say about a pack. Changes nothing.
pub(crate) async fn check(text: String) -> Result<PackCheckView, Problem> {
    if text.len() > PACK_BYTES_MAX {
        let reason = format!("{} bytes, the limit is {PACK_BYTES_MAX}", text.len());
        return Err(Problem::parameter("text", &reason));
    }
    computed(move || match read_pack(&text) {
        Ok(pack) => PackCheckView::accepted(&pack, &text),
        Err(errors) => {
            let faults = errors.iter().map(|error| FaultView::of_pack(error, &text));
            PackCheckView::refused(faults.collect())
        }
    })
    .await
}

/// The data files that enrichment reads, with source and date.
pub(crate) async fn data_sets(app: &App) -> Result<DataSetsAnswer, Problem> {
    let Some(directory) = app.data_dir.clone() else {
        return Ok(DataSetsAnswer { is_configured: false, items: Vec::new() });
    };
    let listed = computed(move || catalogue(&directory)).await?.map_err(|error| {
        tracing::error!(%error, "data files cannot be listed");
        Problem::Internal
    })?;
    let items = listed.into_iter().map(DataSetView::from).collect();
    Ok(DataSetsAnswer { is_configured: true, items })
}
