-- Verdicts that producers asked for. A repeat of the event gets the same answer; whoever gave up
-- waiting finds it here. Kept for eight days: a day longer than an event's id is claimed.
CREATE TABLE verdicts (
    event_id uuid NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT now(),
    event_time timestamptz NOT NULL,
    user_no bigint NOT NULL,
    -- Half of the digest of what was sent, to tell a repeated event from a reused id.
    content bigint NOT NULL,
    tenant_id int NOT NULL,
    rule_set int NOT NULL,
    -- 1 allow, 2 review, 3 challenge, 4 deny
    verdict smallint NOT NULL,
    trust smallint NOT NULL,
    risk smallint,
    policy text NOT NULL,
    reason text NOT NULL,
    hits jsonb,
    PRIMARY KEY (tenant_id, event_id)
);
CREATE INDEX verdicts_by_user ON verdicts (tenant_id, user_no, decided_at);
CREATE INDEX verdicts_by_age ON verdicts USING brin (decided_at);

-- Events that a gateway answered for before their verdict was there.
CREATE TABLE awaited_verdicts (
    event_id uuid NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now(),
    tenant_id int NOT NULL,
    PRIMARY KEY (tenant_id, event_id)
);
CREATE INDEX awaited_verdicts_by_age ON awaited_verdicts USING brin (asked_at);

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['verdicts', 'awaited_verdicts'] LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant_id SET STATISTICS 0', name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant())', name);
    END LOOP;
END $$;

GRANT SELECT, INSERT ON verdicts TO innerwall_scorer;
GRANT SELECT ON verdicts TO innerwall_ingest, innerwall_query;
GRANT SELECT, INSERT ON awaited_verdicts TO innerwall_ingest;

-- Whether an event is parked: the gateway tells who waits for its verdict, and nothing more.
CREATE FUNCTION is_parked(tenant int, event uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM parked
        WHERE tenant_id = tenant AND tenant_id = current_tenant() AND event_id = event
            AND state <> 'scored')
$$;
REVOKE ALL ON FUNCTION is_parked FROM PUBLIC;
GRANT EXECUTE ON FUNCTION is_parked TO innerwall_ingest, innerwall_scorer;
CREATE INDEX parked_by_event ON parked (event_id, tenant_id) WHERE state <> 'scored';

-- Housekeeping across tenants, bounded per call. Gives the number of rows it removed.
CREATE FUNCTION forget_old_verdicts(rows_max int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH decided AS (
        DELETE FROM verdicts WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM verdicts WHERE decided_at < now() - interval '8 days' LIMIT rows_max))
        RETURNING 1),
    awaited AS (
        DELETE FROM awaited_verdicts WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM awaited_verdicts WHERE asked_at < now() - interval '8 days' LIMIT rows_max))
        RETURNING 1)
    SELECT (SELECT count(*) FROM decided) + (SELECT count(*) FROM awaited)
$$;
REVOKE ALL ON FUNCTION forget_old_verdicts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_old_verdicts TO innerwall_scorer;
