//! Every table, and what becomes of a person in it. A test fails for a table that is not here: who
//! adds one says how it is erased.

/// What erasing a user does to a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// Rows are found by `user_no` and removed.
    ByNumber,
    /// Rows that name the user by id, or a contact detail nobody else has, are removed.
    ByName,
    /// Encoded rows are looked into, and those that name the user are removed.
    Encoded,
    /// Rows go by themselves within some days, and hold nothing but ids and hashes.
    Expires(i32),
    /// Rows of a thing go when no other user was seen with it; else a count is lowered.
    Shared,
    /// Holds nothing of users.
    Impersonal,
    /// Kept on purpose: proof of what people of the tenant did, and what they wrote themselves.
    Kept,
}

/// Tables by name.
pub const PERSONAL: &[(&str, Treatment)] = &[
    ("address_users", Treatment::ByNumber),
    ("addresses", Treatment::Shared),
    ("answered_requests", Treatment::Expires(7)),
    ("api_keys", Treatment::Impersonal),
    ("audit_heads", Treatment::Impersonal),
    ("audit_log", Treatment::Kept),
    ("awaited_verdicts", Treatment::Expires(8)),
    ("batch_claims", Treatment::Expires(7)),
    ("browser_sessions", Treatment::Impersonal),
    ("cases", Treatment::ByNumber),
    ("changed_days", Treatment::Impersonal),
    ("contact_users", Treatment::ByNumber),
    ("day_tops", Treatment::ByNumber),
    ("decisions", Treatment::ByName),
    ("devices", Treatment::Impersonal),
    ("dropped_partitions", Treatment::Impersonal),
    ("entities", Treatment::Shared),
    ("entity_days", Treatment::Shared),
    ("erased_users", Treatment::Impersonal),
    ("erasures", Treatment::ByName),
    ("event_claims", Treatment::Expires(7)),
    ("event_counts", Treatment::Impersonal),
    ("event_days", Treatment::Impersonal),
    ("event_quarters", Treatment::Impersonal),
    ("events", Treatment::ByNumber),
    ("failed_folds", Treatment::Encoded),
    ("field_changes", Treatment::ByNumber),
    ("kind_hours", Treatment::Impersonal),
    ("labels", Treatment::ByNumber),
    ("ledger_gateways", Treatment::Impersonal),
    ("ledger_outcomes", Treatment::Impersonal),
    ("links", Treatment::ByNumber),
    ("list_causes", Treatment::ByName),
    // What an operator wrote into a rule set is the operator's to remove.
    ("list_documents", Treatment::Kept),
    ("list_entries", Treatment::ByName),
    ("live_feed", Treatment::Expires(1)),
    ("logbook", Treatment::ByName),
    ("login_limits", Treatment::Impersonal),
    ("networks", Treatment::Impersonal),
    ("notes", Treatment::ByNumber),
    ("operators", Treatment::Impersonal),
    ("parked", Treatment::Encoded),
    ("pending_folds", Treatment::Encoded),
    ("pending_judgements", Treatment::ByNumber),
    ("refinery_schema_history", Treatment::Impersonal),
    ("rescore_jobs", Treatment::Impersonal),
    ("retention", Treatment::Impersonal),
    ("retention_runs", Treatment::Impersonal),
    ("rule_activity", Treatment::Impersonal),
    ("rule_sets", Treatment::Kept),
    // An operator's own, like a bookmark.
    ("saved_views", Treatment::Kept),
    ("score_changes", Treatment::ByNumber),
    ("session_quarters", Treatment::Impersonal),
    ("sessions", Treatment::ByNumber),
    ("tenants", Treatment::Impersonal),
    ("tickets", Treatment::Impersonal),
    ("tokens", Treatment::Impersonal),
    ("user_agents", Treatment::Impersonal),
    ("user_state", Treatment::ByNumber),
    ("users", Treatment::ByNumber),
    ("verdicts", Treatment::ByNumber),
    // Hashes of keys and members, for as long as the window is.
    ("window_cells", Treatment::Expires(31)),
    ("windows", Treatment::Impersonal),
];
