-- What a range of months is added up from, per day (UTC).

-- In the order in which they are written.
LOCK TABLE sessions, event_counts IN SHARE ROW EXCLUSIVE MODE;

CREATE FUNCTION day_of(at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE AS
$$ SELECT (at AT TIME ZONE 'UTC')::date $$;

-- Events per day and type, as `event_quarters` counts them. Whoever writes minutes writes these too.
CREATE TABLE event_days (
    tenant_id int NOT NULL,
    day date NOT NULL,
    kind smallint NOT NULL,
    events bigint NOT NULL,
    PRIMARY KEY (tenant_id, day, kind)
) WITH (fillfactor = 80);

CREATE FUNCTION count_event_days() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        INSERT INTO event_days AS counted (tenant_id, day, kind, events)
        SELECT tenant_id, day_of(minute), kind, -sum(events) FROM old_rows
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (tenant_id, day, kind) DO UPDATE SET events = counted.events + EXCLUDED.events;
    END IF;
    IF TG_OP IN ('UPDATE', 'INSERT') THEN
        INSERT INTO event_days AS counted (tenant_id, day, kind, events)
        SELECT tenant_id, day_of(minute), kind, sum(events) FROM new_rows
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (tenant_id, day, kind) DO UPDATE SET events = counted.events + EXCLUDED.events;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION count_event_days FROM PUBLIC;

CREATE TRIGGER days_added AFTER INSERT ON event_counts
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_event_days();
CREATE TRIGGER days_changed AFTER UPDATE ON event_counts
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_event_days();
CREATE TRIGGER days_removed AFTER DELETE ON event_counts
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_event_days();

-- Who stood out on a day (UTC), by the sessions that began on it: the first 200 of each list. A month of
-- sessions is half a million rows where a month of these is twenty thousand; whoever was high on some
-- days is then counted from the sessions themselves. Lists: 0 events, 1 failed logins, 2 addresses.
CREATE TABLE day_tops (
    tenant_id int NOT NULL,
    day date NOT NULL,
    list smallint NOT NULL,
    user_no bigint NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (tenant_id, day, list, user_no)
);

-- Days whose sessions changed since it was found out.
CREATE TABLE changed_days (
    tenant_id int NOT NULL,
    day date NOT NULL,
    changes bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, day)
) WITH (fillfactor = 50);

-- Whoever writes sessions, of whatever release, marks their days.
CREATE FUNCTION mark_changed_days() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO changed_days AS marked (tenant_id, day)
    SELECT DISTINCT tenant_id, day_of(started_at) FROM touched ORDER BY 1, 2
    ON CONFLICT (tenant_id, day) DO UPDATE SET changes = marked.changes + 1;
    IF TG_OP = 'UPDATE' THEN
        -- A late event may move the start of a session to the day before.
        INSERT INTO changed_days (tenant_id, day)
        SELECT DISTINCT tenant_id, day_of(started_at) FROM old_rows ORDER BY 1, 2
        ON CONFLICT (tenant_id, day) DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION mark_changed_days FROM PUBLIC;

CREATE TRIGGER days_added AFTER INSERT ON sessions
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION mark_changed_days();
CREATE TRIGGER days_changed AFTER UPDATE ON sessions
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION mark_changed_days();
CREATE TRIGGER days_removed AFTER DELETE ON sessions
    REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION mark_changed_days();

-- Finds out anew who stood out on one changed day that is over; false when there is none. Works under
-- the lock of folding, so that nobody changes the day meanwhile; tenants that fold are passed over.
CREATE FUNCTION find_day_tops() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    due changed_days;
    is_due boolean := false;
BEGIN
    FOR due IN SELECT * FROM changed_days WHERE day < day_of(now()) ORDER BY random() LIMIT 20 LOOP
        IF pg_try_advisory_xact_lock(7401, due.tenant_id) THEN
            DELETE FROM changed_days WHERE tenant_id = due.tenant_id AND day = due.day;
            is_due := FOUND;
            EXIT WHEN is_due;
        END IF;
    END LOOP;
    IF NOT is_due THEN
        RETURN false;
    END IF;
    DELETE FROM day_tops WHERE tenant_id = due.tenant_id AND day = due.day;
    WITH of_user AS MATERIALIZED (
        SELECT user_no, sum(events) AS events, sum(login_failures) AS failures,
            sum(addresses) AS addresses
        FROM sessions WHERE tenant_id = due.tenant_id
            AND started_at >= due.day::timestamp AT TIME ZONE 'UTC'
            AND started_at < (due.day + 1)::timestamp AT TIME ZONE 'UTC'
        GROUP BY user_no)
    INSERT INTO day_tops (tenant_id, day, list, user_no, count)
    SELECT due.tenant_id, due.day, top.list, top.user_no, top.count FROM (
        (SELECT 0 AS list, user_no, events AS count FROM of_user
         ORDER BY events DESC, user_no LIMIT 200)
        UNION ALL
        (SELECT 1, user_no, failures FROM of_user WHERE failures > 0
         ORDER BY failures DESC, user_no LIMIT 200)
        UNION ALL
        (SELECT 2, user_no, addresses FROM of_user
         ORDER BY addresses DESC, user_no LIMIT 200)) AS top;
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION find_day_tops FROM PUBLIC;

-- What is there already.
INSERT INTO event_days (tenant_id, day, kind, events)
    SELECT tenant_id, day_of(quarter), kind, sum(events) FROM event_quarters GROUP BY 1, 2, 3;
INSERT INTO changed_days (tenant_id, day)
    SELECT DISTINCT tenant_id, day_of(quarter) FROM session_quarters;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['event_days', 'day_tops', 'changed_days'] LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant_id SET STATISTICS 0', name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant())', name);
    END LOOP;
END $$;
GRANT SELECT ON event_days, day_tops TO innerwall_query;
GRANT EXECUTE ON FUNCTION find_day_tops TO innerwall_scorer;
