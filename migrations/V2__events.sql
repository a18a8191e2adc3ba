-- Events, partitioned by the week of their time: retention drops whole partitions.
-- Columns are ordered by alignment; contact columns hold a value only where the event changed
-- what was known of the user, which is all that scoring again needs.

CREATE TABLE events (
    event_id uuid NOT NULL,
    event_time timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    user_no bigint NOT NULL,
    device_id bigint NOT NULL,
    user_agent_id bigint,
    amount_micros bigint,
    user_created timestamptz,
    tenant_id int NOT NULL,
    user_seq int NOT NULL,
    session_no int NOT NULL,
    rule_set int NOT NULL,
    utc_offset_s int NOT NULL,
    kind smallint NOT NULL,
    http_code smallint,
    http_method smallint,
    trust smallint NOT NULL,
    risk smallint,
    ip inet NOT NULL,
    country text,
    custom_kind text,
    client_id text,
    language text,
    url text,
    page_title text,
    referer text,
    email text,
    phone text,
    first_name text,
    last_name text,
    full_name text,
    session_id text,
    trace_id text,
    payload text,
    field_history jsonb,
    currency text,
    custom text,
    corrections text[],
    hits text[],
    hits_ended text[],
    -- A repeated id is found here once the claims of its horizon are gone.
    PRIMARY KEY (tenant_id, event_id, event_time)
) PARTITION BY RANGE (event_time);

-- A user's events, newest first; scoring again reads the same index upwards.
CREATE INDEX events_by_user ON events (tenant_id, user_no, user_seq);
-- The list of events over a time range.
CREATE INDEX events_by_time ON events (tenant_id, event_time, event_id);

ALTER TABLE events ENABLE ROW LEVEL SECURITY;
ALTER TABLE events FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON events USING (tenant_id = current_tenant());

-- Makes the partition for the week of a time. Bounded, so that a wrong clock cannot fill the
-- database with tables. A table is made apart and attached: that does not block readers.
CREATE FUNCTION ensure_event_partition(at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    week_start timestamptz := date_trunc('week', at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
    partition text := 'events_' || to_char(week_start AT TIME ZONE 'UTC', 'YYYYMMDD');
BEGIN
    IF at > now() + interval '30 days' OR at < now() - interval '1130 days' THEN
        RAISE EXCEPTION 'no partition for %, it is out of range', at USING ERRCODE = '22008';
    END IF;
    IF to_regclass(partition) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('innerwall event partitions'));
    IF to_regclass(partition) IS NOT NULL THEN
        RETURN;
    END IF;
    BEGIN
        EXECUTE format('CREATE TABLE %I (LIKE events INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
    EXCEPTION WHEN duplicate_table OR unique_violation THEN
        RETURN; -- another scorer made it, and this session had not heard of it yet
    END;
    EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant_id SET STATISTICS 0', partition);
    EXECUTE format('ALTER TABLE events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                   partition, week_start, week_start + interval '7 days');
END $$;
REVOKE ALL ON FUNCTION ensure_event_partition FROM PUBLIC;

GRANT EXECUTE ON FUNCTION ensure_event_partition TO innerwall_scorer;
GRANT SELECT, INSERT ON events TO innerwall_scorer;
GRANT SELECT ON events TO innerwall_query;
