-- Rule sets as a whole, windows over what users share, and scoring again in the background.

-- `content` holds what a tenant has chosen: preset, weights, modes, thresholds, lists, own packs.
-- Programs of the release before know `weights` alone: a version without content is theirs.
ALTER TABLE rule_sets ADD COLUMN content jsonb;
ALTER TABLE rule_sets ALTER COLUMN weights SET DEFAULT '{}';
ALTER TABLE rule_sets ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rule_sets USING (tenant_id = current_tenant());
GRANT INSERT ON rule_sets TO innerwall_query;
GRANT UPDATE (rule_set_version, time_zone) ON tenants TO innerwall_query;

-- Lists are kept once by the hash of their content; versions of a rule set point to them.
CREATE TABLE list_documents (
    tenant_id int NOT NULL,
    digest bytea NOT NULL,
    entries jsonb NOT NULL,
    PRIMARY KEY (tenant_id, digest)
);

-- A window that rules count in, from the version of the rule set that brought it. One that is
-- dropped and comes back gets a new number: its old counts are not its own.
CREATE TABLE windows (
    window_no int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id int NOT NULL,
    identity bigint NOT NULL,
    since_version int NOT NULL,
    retired_at timestamptz,
    -- Events from before `since_version` have been counted in.
    is_warm boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX windows_in_use ON windows (tenant_id, identity) WHERE retired_at IS NULL;

-- What was counted: per window, key and tenth of its length. `member` is the hash of a distinct
-- member, or else the shard, which keeps transactions of different shards off each other's rows.
CREATE TABLE window_cells (
    tenant_id int NOT NULL,
    window_no int NOT NULL,
    key bigint NOT NULL,
    bucket int NOT NULL,
    member bigint NOT NULL,
    expires_at timestamptz NOT NULL,
    events int NOT NULL,
    -- Sum, part of a ratio, or the latest of times (negative for the earliest) in microseconds.
    total bigint NOT NULL,
    PRIMARY KEY (tenant_id, window_no, key, bucket, member)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX window_cells_by_expiry ON window_cells (expires_at);

-- Users by the contact details they were seen with. Kinds: 1 e-mail address, 2 phone number.
CREATE TABLE contact_users (
    tenant_id int NOT NULL,
    kind smallint NOT NULL,
    value text COLLATE "C" NOT NULL,
    user_no bigint NOT NULL,
    first_seen timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, kind, value, user_no)
);

-- The network an address belongs to, and the range it is announced in.
ALTER TABLE addresses ADD COLUMN asn bigint;
ALTER TABLE addresses ADD COLUMN announced text;
CREATE TABLE networks (
    tenant_id int NOT NULL,
    asn bigint NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (tenant_id, asn)
);

-- One job per tenant: judge every user by the newest rule set. A newer version moves the target;
-- the job goes on from where it is and ends when nobody is left behind.
CREATE TABLE rescore_jobs (
    tenant_id int PRIMARY KEY,
    target_version int NOT NULL,
    reason text NOT NULL,
    -- Transactions from before the change must have ended before the job looks.
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    after_user_no bigint NOT NULL DEFAULT 0,
    users_total bigint NOT NULL DEFAULT 0,
    users_done bigint NOT NULL DEFAULT 0,
    requested_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    error text
);

-- Trust scores that changed without an event.
CREATE TABLE score_changes (
    tenant_id int NOT NULL,
    user_no bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    rule_set int NOT NULL,
    trust_before smallint NOT NULL,
    trust_after smallint NOT NULL,
    started text[],
    ended text[],
    reason text NOT NULL
);
CREATE INDEX score_changes_by_user ON score_changes (tenant_id, user_no, at);

-- Rules of scope event that fired on an event, with points, reason and values.
ALTER TABLE events ADD COLUMN event_hits jsonb;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['list_documents', 'windows', 'window_cells', 'contact_users',
                                'networks', 'rescore_jobs', 'score_changes'] LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant_id SET STATISTICS 0', name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant())', name);
    END LOOP;
END $$;

GRANT SELECT, INSERT ON list_documents TO innerwall_query;
GRANT SELECT ON list_documents TO innerwall_scorer;
GRANT SELECT ON tenants TO innerwall_ingest;
GRANT SELECT ON list_entries TO innerwall_scorer;
GRANT SELECT, INSERT, UPDATE ON windows TO innerwall_scorer, innerwall_query;
GRANT SELECT, INSERT, UPDATE ON window_cells TO innerwall_scorer;
GRANT SELECT, INSERT ON contact_users, networks, score_changes TO innerwall_scorer;
GRANT SELECT, INSERT, UPDATE ON rescore_jobs TO innerwall_scorer, innerwall_query;
GRANT SELECT ON contact_users, networks, score_changes, window_cells TO innerwall_query;
GRANT INSERT ON audit_log TO innerwall_query, innerwall_scorer;

-- The tenant whose job is due, across tenants: the owner looks, the scorer then works as that tenant.
CREATE FUNCTION due_rescore_job() RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT tenant_id FROM rescore_jobs
    WHERE state IN ('waiting', 'running') AND requested_at < now() - interval '1 second'
        AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY requested_at LIMIT 1
$$;
REVOKE ALL ON FUNCTION due_rescore_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION due_rescore_job TO innerwall_scorer;

CREATE OR REPLACE FUNCTION forget_old_claims(rows_max int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH batches AS (
        DELETE FROM batch_claims WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM batch_claims WHERE claimed_at < now() - interval '7 days' LIMIT rows_max))
        RETURNING 1),
    events AS (
        DELETE FROM event_claims WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM event_claims
            WHERE hour < extract(epoch FROM now())::bigint / 3600 - 7 * 24 LIMIT rows_max))
        RETURNING 1),
    feed AS (
        DELETE FROM live_feed WHERE seq = ANY (ARRAY(
            SELECT seq FROM live_feed WHERE at < now() - interval '5 minutes' ORDER BY seq LIMIT rows_max))
        RETURNING 1),
    cells AS (
        DELETE FROM window_cells WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM window_cells WHERE expires_at < now() ORDER BY expires_at LIMIT rows_max))
        RETURNING 1)
    SELECT (SELECT count(*) FROM batches) + (SELECT count(*) FROM events)
        + (SELECT count(*) FROM feed) + (SELECT count(*) FROM cells)
$$;
