//! Versions of the tenant's rule set.

use innerwall_auth::Permission;
use innerwall_rules::{RuleSetContent, RuleSetDiff};
use innerwall_storage::{TenantTx, rescore, rule_sets, tenants};

use super::{cut_page, page_limit};
use crate::app::App;
use crate::caller::Caller;
use crate::cursor;
use crate::problem::Problem;
use crate::view::{DiffAnswer, RescoreView, RuleSetView, VersionPage, VersionView};

/// A version with its content; the one in use when none is named.
pub(crate) async fn version(
    app: &App,
    caller: &Caller,
    version: Option<i32>,
) -> Result<RuleSetView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let current = tenants::rule_set_version(&tx).await?;
    let version = version.unwrap_or(current);
    let content = content(&tx, version).await?;
    let made = rule_sets::made(&tx, version).await?.ok_or_else(|| unknown(version))?;
    Ok(caller.show(RuleSetView { made: VersionView::new(made, current), content }))
}

/// A page of versions, newest first.
pub(crate) async fn versions(
    app: &App,
    caller: &Caller,
    limit: Option<i64>,
    cursor: Option<&str>,
) -> Result<VersionPage, Problem> {
    caller.may(Permission::Read)?;
    let limit = page_limit(limit)?;
    let before = cursor.map(cursor::sequence).transpose()?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let current = tenants::rule_set_version(&tx).await?;
    let rows = rule_sets::history(&tx, before, limit + 1).await?;
    let (rows, goes_on) = cut_page(rows, limit);
    let last = rows.last().filter(|_| goes_on);
    Ok(VersionPage {
        next_cursor: last.map(|row| cursor::of_sequence(row.version)),
        items: rows.into_iter().map(|row| VersionView::new(row, current)).collect(),
    })
}

/// What changed from one version to another.
pub(crate) async fn diff(
    app: &App,
    caller: &Caller,
    (from, to): (i32, i32),
) -> Result<DiffAnswer, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    let changes = RuleSetDiff::between(&content(&tx, from).await?, &content(&tx, to).await?);
    Ok(caller.show(DiffAnswer { from_version: from, to_version: to, changes }))
}

/// How far judging everybody again is.
pub(crate) async fn rescore(app: &App, caller: &Caller) -> Result<RescoreView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    Ok(rescore::status(&tx).await?.into())
}

/// The content of a version that must be there.
pub(super) async fn content(tx: &TenantTx<'_>, version: i32) -> Result<RuleSetContent, Problem> {
    rule_sets::load(tx, version).await?.ok_or_else(|| unknown(version))
}

fn unknown(version: i32) -> Problem {
    Problem::NotFound { what: format!("version {version} of the rule set") }
}
