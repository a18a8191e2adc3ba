//! Data files for enrichment.

use innerwall_enrich::DataSet;
use innerwall_event::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Whose licence asks for a link wherever its data is shown.
const DB_IP: &str = "DB-IP";

/// A data file that enrichment reads or could read.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DataSet)]
pub(crate) struct DataSetView {
    pub(crate) name: String,
    pub(crate) file: String,
    /// Whether the file is there.
    pub(crate) is_present: bool,
    /// Put there by the operator, not pinned.
    pub(crate) is_own: bool,
    /// Not fetched unless asked for.
    pub(crate) is_optional: bool,
    pub(crate) licence: String,
    pub(crate) source: String,
    /// The day it was published.
    pub(crate) published: Option<String>,
    /// When the data was built, or an own file written, RFC 3339.
    pub(crate) built_at: Option<String>,
    /// Shown where the data is, because its licence asks for it.
    pub(crate) attribution: Option<Attribution>,
}

/// A link that a licence asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Attribution {
    pub(crate) text: &'static str,
    pub(crate) url: &'static str,
}

/// All data files.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct DataSetsAnswer {
    /// Whether this service knows the directory of the data files.
    pub(crate) is_configured: bool,
    pub(crate) items: Vec<DataSetView>,
}

impl From<DataSet> for DataSetView {
    fn from(set: DataSet) -> Self {
        let file = set.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let built_us = |seconds: u64| i64::try_from(seconds).ok()?.checked_mul(1_000_000);
        let built_at = set.built_at_s.and_then(built_us).map(Timestamp::from_micros);
        Self {
            file,
            is_present: set.is_loaded,
            is_own: set.is_own,
            is_optional: set.is_optional,
            published: set.published,
            built_at: built_at.map(Timestamp::to_rfc3339),
            attribution: attribution(&set.source),
            name: set.name,
            licence: set.licence,
            source: set.source,
        }
    }
}

fn attribution(source: &str) -> Option<Attribution> {
    let link = Attribution { text: "IP Geolocation by DB-IP", url: "https://db-ip.com" };
    source.contains(DB_IP).then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_of_db_ip_carries_the_link_its_licence_asks_for() {
        assert!(attribution("ip-location-db from DB-IP, db-ip.com (CC-BY-4.0)").is_some());
        assert_eq!(attribution("ip-location-db from RouteViews (CC-BY-4.0)"), None);
    }
}
