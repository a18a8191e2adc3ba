-- Counts per quarter of an hour, of which days and months are added up: a month of minutes is a
-- million rows. Every zone begins its days at one. Whoever writes minutes or sessions, of whatever
-- release, writes these too.

CREATE TABLE event_quarters (
    tenant_id int NOT NULL,
    quarter timestamptz NOT NULL,
    kind smallint NOT NULL,
    events bigint NOT NULL,
    PRIMARY KEY (tenant_id, quarter, kind)
) WITH (fillfactor = 80);

-- Sessions by their start.
CREATE TABLE session_quarters (
    tenant_id int NOT NULL,
    quarter timestamptz NOT NULL,
    sessions bigint NOT NULL,
    login_failures bigint NOT NULL,
    PRIMARY KEY (tenant_id, quarter)
) WITH (fillfactor = 80);

CREATE FUNCTION quarter_of(at timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
$$ SELECT date_bin('15 minutes', at, 'epoch'::timestamptz) $$;

CREATE FUNCTION count_event_quarters() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        INSERT INTO event_quarters AS counted (tenant_id, quarter, kind, events)
        SELECT tenant_id, quarter_of(minute), kind, -sum(events) FROM old_rows
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (tenant_id, quarter, kind) DO UPDATE
            SET events = counted.events + EXCLUDED.events;
    END IF;
    IF TG_OP IN ('UPDATE', 'INSERT') THEN
        INSERT INTO event_quarters AS counted (tenant_id, quarter, kind, events)
        SELECT tenant_id, quarter_of(minute), kind, sum(events) FROM new_rows
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (tenant_id, quarter, kind) DO UPDATE
            SET events = counted.events + EXCLUDED.events;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION count_session_quarters() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        INSERT INTO session_quarters AS counted (tenant_id, quarter, sessions, login_failures)
        SELECT tenant_id, quarter_of(started_at), -count(*), -sum(login_failures) FROM old_rows
        GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (tenant_id, quarter) DO UPDATE
            SET sessions = counted.sessions + EXCLUDED.sessions,
                login_failures = counted.login_failures + EXCLUDED.login_failures;
    END IF;
    IF TG_OP IN ('UPDATE', 'INSERT') THEN
        INSERT INTO session_quarters AS counted (tenant_id, quarter, sessions, login_failures)
        SELECT tenant_id, quarter_of(started_at), count(*), sum(login_failures) FROM new_rows
        GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (tenant_id, quarter) DO UPDATE
            SET sessions = counted.sessions + EXCLUDED.sessions,
                login_failures = counted.login_failures + EXCLUDED.login_failures;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION count_event_quarters, count_session_quarters FROM PUBLIC;

CREATE TRIGGER quarters_added AFTER INSERT ON event_counts
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_event_quarters();
CREATE TRIGGER quarters_changed AFTER UPDATE ON event_counts
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_event_quarters();
CREATE TRIGGER quarters_removed AFTER DELETE ON event_counts
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_event_quarters();
CREATE TRIGGER quarters_added AFTER INSERT ON sessions
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_session_quarters();
CREATE TRIGGER quarters_changed AFTER UPDATE ON sessions
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_session_quarters();
CREATE TRIGGER quarters_removed AFTER DELETE ON sessions
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_session_quarters();

-- What is there already. The owner sees all tenants for a moment.
ALTER TABLE event_counts NO FORCE ROW LEVEL SECURITY;
INSERT INTO event_quarters (tenant_id, quarter, kind, events)
    SELECT tenant_id, quarter_of(minute), kind, sum(events) FROM event_counts GROUP BY 1, 2, 3;
ALTER TABLE event_counts FORCE ROW LEVEL SECURITY;
INSERT INTO session_quarters (tenant_id, quarter, sessions, login_failures)
    SELECT tenant_id, quarter_of(started_at), count(*), sum(login_failures) FROM sessions
    GROUP BY 1, 2;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['event_quarters', 'session_quarters'] LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant_id SET STATISTICS 0', name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant())', name);
    END LOOP;
END $$;
GRANT SELECT ON event_quarters, session_quarters TO innerwall_query;
