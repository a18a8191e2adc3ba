//! What an operator looks at often.

use innerwall_storage::saved_views::SavedView;
use serde::Serialize;
use utoipa::ToSchema;

/// A page and what is asked for there, by a name.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SavedView)]
pub(crate) struct SavedViewView {
    pub(crate) view_id: i64,
    pub(crate) page: String,
    pub(crate) name: String,
    /// The query of the page's address.
    pub(crate) search: String,
    pub(crate) saved_at: String,
}

/// The views of an operator, by page and name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SavedViewsAnswer {
    pub(crate) items: Vec<SavedViewView>,
}

impl From<SavedView> for SavedViewView {
    fn from(view: SavedView) -> Self {
        let SavedView { id, page, name, search, saved_at } = view;
        Self { view_id: id, page, name, search, saved_at: saved_at.to_rfc3339() }
    }
}
