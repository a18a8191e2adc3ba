//! Settings of the tenant.

use innerwall_auth::Permission;
use innerwall_runtime::clock;
use innerwall_storage::audit::{self, Note};
use innerwall_storage::tenants;

use crate::app::{App, now};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::view::SettingsView;

/// Longest name of a time zone.
const ZONE_BYTES_MAX: usize = 64;

/// The settings.
pub(crate) async fn read(app: &App, caller: &Caller) -> Result<SettingsView, Problem> {
    caller.may(Permission::Read)?;
    let mut connection = app.connection().await?;
    let tx = connection.begin(caller.tenant).await?;
    Ok(SettingsView { time_zone: tenants::time_zone(&tx).await? })
}

/// Changes the settings that are named.
///
/// The offset from UTC is stored with every event when it is scored, and facts about the hour are
/// made from that: a new zone counts for events from now on, nobody has to be judged again.
pub(crate) async fn change(
    app: &App,
    caller: &Caller,
    time_zone: Option<&str>,
) -> Result<SettingsView, Problem> {
    caller.may(Permission::Settings)?;
    let before = read(app, caller).await?;
    let Some(zone) = time_zone.filter(|zone| *zone != before.time_zone) else { return Ok(before) };
    check_zone(zone)?;
    let mut connection = app.connection().await?;
    let tx = caller.begin(&mut connection).await?;
    tenants::set_time_zone(&tx, zone).await?;
    let detail = format!("time zone {zone} instead of {}", before.time_zone);
    let note = Note { actor: &caller.name, action: "settings.change", detail: &detail };
    audit::note(&tx, &note).await?;
    tx.commit().await?;
    Ok(SettingsView { time_zone: zone.to_owned() })
}

fn check_zone(zone: &str) -> Result<(), Problem> {
    let is_known =
        zone.len() <= ZONE_BYTES_MAX && clock::utc_offset_s(zone, now().as_micros()).is_some();
    let wrong = "not the name of a time zone, such as Europe/Zurich or UTC";
    if is_known { Ok(()) } else { Err(Problem::parameter("time_zone", wrong)) }
}
