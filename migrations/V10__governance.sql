-- Governance: how long data is kept, erasing a user everywhere, and the logbook of requests.
--
-- Rows are removed by functions of the owner, so that no service may delete at will: what is old by
-- the tenant's own settings, and what belongs to a user who has been erased. Each works for the
-- tenant of its transaction alone. Tables are named to them, because some come with other
-- migrations; a table that is not there has no rows.

-- === Retention ===

-- A kind without a row is kept for ever.
CREATE TABLE retention (
    tenant_id int NOT NULL REFERENCES tenants,
    kind text NOT NULL CHECK (kind IN ('events', 'sessions', 'entities', 'field_changes',
        'score_history', 'decisions', 'logbook')),
    keep_days int NOT NULL CHECK (keep_days BETWEEN 1 AND 3650),
    PRIMARY KEY (tenant_id, kind)
);

-- The run under way of each kind, or else the last one.
CREATE TABLE retention_runs (
    tenant_id int NOT NULL,
    kind text NOT NULL,
    -- What happened before this time goes.
    cutoff timestamptz NOT NULL,
    state text NOT NULL CHECK (state IN ('running', 'done')),
    rows_removed bigint NOT NULL DEFAULT 0,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    -- How far the run is: which table of the kind, and from which page of it on.
    at_table int NOT NULL DEFAULT 0,
    at_page bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, kind)
);

-- Partitions that were dropped, which is how most events go: for the owner's information.
CREATE TABLE dropped_partitions (
    week_start timestamptz NOT NULL,
    dropped_at timestamptz NOT NULL DEFAULT now(),
    rows_estimate bigint NOT NULL
);
-- Without a policy: the owner alone reads it.
ALTER TABLE dropped_partitions ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION check_own_tenant(tenant int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF tenant IS DISTINCT FROM current_tenant() THEN
        RAISE EXCEPTION 'the tenant of the transaction is another' USING ERRCODE = '42501';
    END IF;
END $$;

-- What makes a row of a table old, with $2 as the time. Of decisions the last one about each
-- subject stays: it says what holds.
CREATE FUNCTION old_rows_of(of_table text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE of_table
        WHEN 'sessions' THEN 'started_at < $2'
        WHEN 'entities' THEN 'last_seen < $2'
        WHEN 'links' THEN 'last_seen < $2'
        WHEN 'entity_days' THEN 'day < $2::date'
        WHEN 'kind_hours' THEN 'hour < $2'
        WHEN 'field_changes' THEN 'event_time < $2'
        WHEN 'score_changes' THEN 'at < $2'
        WHEN 'logbook' THEN 'at < $2'
        WHEN 'decisions' THEN 'at < $2 AND EXISTS (SELECT 1 FROM decisions AS newer
            WHERE newer.tenant_id = decisions.tenant_id AND newer.kind = decisions.kind
                AND newer.value = decisions.value AND newer.id > decisions.id)'
        WHEN 'cases' THEN 'state = ''decided'' AND decided_at < $2'
        WHEN 'notes' THEN 'at < $2 AND NOT EXISTS (SELECT 1 FROM cases
            WHERE cases.tenant_id = notes.tenant_id AND cases.id = notes.case_id)'
        WHEN 'events' THEN 'event_time < $2'
    END
$$;

-- Removes old rows from some pages of a table. Gives how many, and the page to go on from: NULL
-- at the end of the table. Pages bound the work whether or not an index knows the time.
CREATE FUNCTION purge_pages(tenant int, of_table text, before timestamptz, from_page bigint,
    pages int, OUT removed bigint, OUT next_page bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM check_own_tenant(tenant);
    removed := 0;
    IF of_table = 'events' OR old_rows_of(of_table) IS NULL OR to_regclass(of_table) IS NULL THEN
        RETURN;
    END IF;
    EXECUTE format('DELETE FROM %I WHERE tenant_id = $1 AND %s AND ctid >= %L AND ctid < %L',
        of_table, old_rows_of(of_table),
        format('(%s,0)', from_page), format('(%s,0)', from_page + pages))
        USING tenant, before;
    GET DIAGNOSTICS removed = ROW_COUNT;
    IF pg_relation_size(of_table::regclass) / current_setting('block_size')::int
        > from_page + pages THEN
        next_page := from_page + pages;
    END IF;
END $$;

-- Removes some old events; partitions that nobody needs are dropped as a whole before that.
CREATE FUNCTION purge_events(tenant int, before timestamptz, rows_max int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE removed bigint;
BEGIN
    PERFORM check_own_tenant(tenant);
    DELETE FROM events WHERE tenant_id = tenant AND (event_time, event_id) IN (
        SELECT old.event_time, old.event_id FROM events AS old
        WHERE old.tenant_id = tenant AND old.event_time < before
        ORDER BY old.event_time LIMIT rows_max)
        AND event_time < before;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END $$;

-- What would go: rows up to a limit, the oldest of all, and about how many bytes.
CREATE FUNCTION preview_purge(tenant int, of_table text, at_column text, before timestamptz,
    rows_max bigint, OUT rows bigint, OUT oldest timestamptz, OUT bytes bigint)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE row_bytes float8;
BEGIN
    PERFORM check_own_tenant(tenant);
    rows := 0;
    bytes := 0;
    IF old_rows_of(of_table) IS NULL OR to_regclass(of_table) IS NULL THEN
        RETURN;
    END IF;
    EXECUTE format('SELECT min(%I)::timestamptz FROM %I WHERE tenant_id = $1', at_column, of_table)
        INTO oldest USING tenant;
    EXECUTE format('SELECT count(*) FROM (SELECT 1 FROM %I WHERE tenant_id = $1 AND %s LIMIT $3) AS old',
        of_table, old_rows_of(of_table))
        INTO rows USING tenant, before, rows_max;
    SELECT sum(pg_total_relation_size(oid)) / nullif(sum(greatest(reltuples, 0)), 0) INTO row_bytes
        FROM pg_class WHERE oid = of_table::regclass
            OR oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = of_table::regclass);
    bytes := coalesce(rows * row_bytes, 0);
END $$;

CREATE FUNCTION tenants_with_retention() RETURNS SETOF int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT tenant_id FROM retention ORDER BY tenant_id
$$;

-- Drops partitions of events that are past the retention of every tenant with events in them. The
-- lock stops scoring for as long as it waits, so it gives up soon; the next round tries again.
CREATE FUNCTION drop_old_event_partitions() RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    partition record;
    dropped int := 0;
    is_locked boolean := false;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM retention WHERE kind = 'events') THEN
        RETURN 0;
    END IF;
    PERFORM set_config('lock_timeout', '200ms', true);
    FOR partition IN
        SELECT child.relname AS name, greatest(child.reltuples, 0)::bigint AS row_count,
            to_date(right(child.relname, 8), 'YYYYMMDD')::timestamp AT TIME ZONE 'UTC' AS week_start
        FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
        WHERE inhparent = 'events'::regclass AND child.relname ~ '^events_[0-9]{8}$'
        ORDER BY child.relname
    LOOP
        CONTINUE WHEN event_partition_is_needed(partition.name, partition.week_start);
        BEGIN
            IF NOT is_locked THEN
                LOCK TABLE ONLY events IN ACCESS EXCLUSIVE MODE;
                is_locked := true;
            END IF;
            -- Looked at again now that nobody can write.
            CONTINUE WHEN event_partition_is_needed(partition.name, partition.week_start);
            EXECUTE format('DROP TABLE %I', partition.name);
        EXCEPTION WHEN lock_not_available THEN
            RETURN dropped;
        END;
        INSERT INTO dropped_partitions (week_start, rows_estimate)
            VALUES (partition.week_start, partition.row_count);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END $$;

CREATE FUNCTION event_partition_is_needed(partition text, week_start timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    keeper int;
    has_rows boolean;
BEGIN
    -- What may still fill stays, whoever keeps it how long.
    IF week_start + interval '14 days' > now() THEN
        RETURN true;
    END IF;
    FOR keeper IN
        SELECT tenants.id FROM tenants LEFT JOIN retention
            ON retention.tenant_id = tenants.id AND retention.kind = 'events'
        WHERE keep_days IS NULL
            OR week_start + interval '7 days' > now() - make_interval(days => keep_days)
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE tenant_id = $1)', partition)
            INTO has_rows USING keeper;
        IF has_rows THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;

-- === Erasing a user ===

-- One row per request. The id of the user is there until the work is done, its SHA-256 for ever.
CREATE TABLE erasures (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id int NOT NULL,
    subject bytea NOT NULL,
    user_id text COLLATE "C",
    user_no bigint,
    -- The changes that waited to be folded when the user went are numbered up to here.
    last_fold bigint,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done')),
    rows_erased bigint NOT NULL DEFAULT 0,
    requested_by text NOT NULL,
    requested_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz
);
CREATE UNIQUE INDEX erasures_open ON erasures (tenant_id, user_id) WHERE user_id IS NOT NULL;
CREATE INDEX erasures_by_tenant ON erasures (tenant_id, id);

-- Numbers that are never used again. Whoever folds changes drops those of erased users.
CREATE TABLE erased_users (
    tenant_id int NOT NULL,
    user_no bigint NOT NULL,
    erased_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, user_no)
);

-- A user's rows are found by these.
CREATE INDEX address_users_by_user ON address_users (tenant_id, user_no);
CREATE INDEX contact_users_by_user ON contact_users (tenant_id, user_no);

CREATE FUNCTION tenants_to_erase_in() RETURNS SETOF int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT tenant_id FROM erasures WHERE user_id IS NOT NULL ORDER BY tenant_id
$$;

-- Ends a user: the number is erased, the state and the row in lists are gone. Waits for the
-- transaction that scores the user; the next event makes a new one. Gives the number, or NULL of a
-- user that is not there.
CREATE FUNCTION entomb_user(tenant int, erasure bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    wanted text COLLATE "C";
    found bigint;
BEGIN
    PERFORM check_own_tenant(tenant);
    SELECT user_id INTO wanted FROM erasures
        WHERE tenant_id = tenant AND id = erasure AND user_no IS NULL;
    SELECT user_no INTO found FROM user_state
        WHERE tenant_id = tenant AND user_id = wanted FOR UPDATE;
    IF found IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO erased_users (tenant_id, user_no) VALUES (tenant, found) ON CONFLICT DO NOTHING;
    DELETE FROM users WHERE tenant_id = tenant AND user_no = found;
    DELETE FROM user_state WHERE tenant_id = tenant AND user_id = wanted;
    RETURN found;
END $$;

CREATE FUNCTION check_erased(tenant int, erased bigint) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM check_own_tenant(tenant);
    IF NOT EXISTS (SELECT 1 FROM erased_users WHERE tenant_id = tenant AND user_no = erased) THEN
        RAISE EXCEPTION 'user number % is not erased', erased USING ERRCODE = '42501';
    END IF;
END $$;

-- Removes some rows of an erased user from a table that knows users by number.
CREATE FUNCTION erase_rows(tenant int, of_table text, erased bigint, rows_max int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE removed bigint;
BEGIN
    PERFORM check_erased(tenant, erased);
    IF of_table = 'erased_users' OR of_table = 'erasures' OR to_regclass(of_table) IS NULL THEN
        RETURN 0;
    END IF;
    IF of_table = 'events' THEN
        DELETE FROM events WHERE tenant_id = tenant AND (event_time, event_id) IN (
            SELECT event_time, event_id FROM events AS own
            WHERE own.tenant_id = tenant AND own.user_no = erased LIMIT rows_max);
    ELSE
        EXECUTE format('DELETE FROM %I WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM %I WHERE tenant_id = $1 AND user_no = $2 LIMIT $3))
            AND tenant_id = $1 AND user_no = $2', of_table, of_table)
            USING tenant, erased, rows_max;
    END IF;
    GET DIAGNOSTICS removed = ROW_COUNT;
    RETURN removed;
END $$;

-- Takes an erased user off some addresses; one that nobody else was seen at goes.
CREATE FUNCTION erase_addresses(tenant int, erased bigint, rows_max int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own inet[];
    address inet;
BEGIN
    PERFORM check_erased(tenant, erased);
    own := ARRAY(SELECT ip FROM address_users WHERE tenant_id = tenant AND user_no = erased
        ORDER BY ip LIMIT rows_max);
    -- In the order of keys, like everybody who writes addresses.
    FOREACH address IN ARRAY own LOOP
        DELETE FROM address_users WHERE tenant_id = tenant AND ip = address AND user_no = erased;
        UPDATE addresses SET users = users - 1 WHERE tenant_id = tenant AND ip = address;
        DELETE FROM addresses WHERE tenant_id = tenant AND ip = address AND users <= 0
            AND NOT EXISTS (SELECT 1 FROM address_users AS other
                WHERE other.tenant_id = tenant AND other.ip = address);
    END LOOP;
    RETURN cardinality(own);
END $$;

-- Unlinks an erased user from some things. What is a person's own (address, device, e-mail
-- address, phone number, payment means) and was seen with nobody else goes, and with it what lists
-- and decisions say of an e-mail address or phone number. The caller holds the lock of folding.
CREATE FUNCTION erase_links(tenant int, erased bigint, rows_max int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    own record;
    removed bigint := 0;
    list_kind text;
BEGIN
    PERFORM check_erased(tenant, erased);
    FOR own IN SELECT kind, entity_id FROM links
        WHERE tenant_id = tenant AND user_no = erased ORDER BY kind, entity_id LIMIT rows_max
    LOOP
        DELETE FROM links
            WHERE tenant_id = tenant AND kind = own.kind AND entity_id = own.entity_id
                AND user_no = erased;
        removed := removed + 1;
        IF own.kind NOT IN (1, 4, 8, 9, 11) OR EXISTS (SELECT 1 FROM links
            WHERE tenant_id = tenant AND kind = own.kind AND entity_id = own.entity_id) THEN
            -- A thousand is a lower bound.
            UPDATE entities SET users = greatest(users - 1, 0)
                WHERE tenant_id = tenant AND kind = own.kind AND entity_id = own.entity_id
                    AND users < 1000;
            CONTINUE;
        END IF;
        list_kind := CASE own.kind WHEN 8 THEN 'email' WHEN 9 THEN 'phone' END;
        IF list_kind IS NOT NULL THEN
            PERFORM erase_named(tenant, list_kind, entities.key) FROM entities
                WHERE tenant_id = tenant AND kind = own.kind AND entity_id = own.entity_id;
        END IF;
        DELETE FROM entity_days
            WHERE tenant_id = tenant AND kind = own.kind AND entity_id = own.entity_id;
        DELETE FROM entities
            WHERE tenant_id = tenant AND kind = own.kind AND entity_id = own.entity_id;
    END LOOP;
    RETURN removed;
END $$;

-- Removes what lists and decisions say of a value. Only for the functions here.
CREATE FUNCTION erase_named(tenant int, of_kind text, named text) RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    removed bigint;
    more bigint := 0;
BEGIN
    DELETE FROM list_entries WHERE tenant_id = tenant AND kind = of_kind AND value = named;
    GET DIAGNOSTICS removed = ROW_COUNT;
    IF to_regclass('decisions') IS NOT NULL THEN
        EXECUTE 'DELETE FROM decisions WHERE tenant_id = $1 AND kind = $2 AND value = $3'
            USING tenant, of_kind, named;
        GET DIAGNOSTICS more = ROW_COUNT;
    END IF;
    RETURN removed + more;
END $$;

-- Removes what names the user of an erasure by id: entries of lists, decisions, and lines of the
-- logbook whose text holds the id.
CREATE FUNCTION erase_id(tenant int, erasure bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    named text;
    removed bigint;
    more bigint;
BEGIN
    PERFORM check_own_tenant(tenant);
    SELECT user_id INTO named FROM erasures
        WHERE tenant_id = tenant AND id = erasure AND state = 'running';
    removed := erase_named(tenant, 'user', named);
    IF to_regclass('list_causes') IS NOT NULL THEN
        EXECUTE 'DELETE FROM list_causes WHERE tenant_id = $1 AND cause_user = $2'
            USING tenant, named;
        GET DIAGNOSTICS more = ROW_COUNT;
        removed := removed + more;
    END IF;
    DELETE FROM logbook WHERE tenant_id = tenant AND strpos(body, named) > 0;
    GET DIAGNOSTICS more = ROW_COUNT;
    RETURN removed + coalesce(more, 0);
END $$;

-- Removes what a scorer found to name an erased user in its encoded form.
CREATE FUNCTION erase_encoded(tenant int, parked_ids bigint[], fold_ids bigint[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    removed bigint;
    more bigint;
BEGIN
    PERFORM check_own_tenant(tenant);
    DELETE FROM parked WHERE tenant_id = tenant AND id = ANY (parked_ids);
    GET DIAGNOSTICS removed = ROW_COUNT;
    DELETE FROM failed_folds WHERE tenant_id = tenant AND id = ANY (fold_ids);
    GET DIAGNOSTICS more = ROW_COUNT;
    RETURN removed + more;
END $$;

-- Tables that know users by number, for erasing and for giving a person everything.
CREATE FUNCTION tables_of_users() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT pg_class.relname::text FROM pg_class
    JOIN pg_attribute AS tenant ON tenant.attrelid = pg_class.oid AND tenant.attname = 'tenant_id'
    JOIN pg_attribute AS number ON number.attrelid = pg_class.oid AND number.attname = 'user_no'
    WHERE pg_class.relnamespace = 'public'::regnamespace AND pg_class.relkind IN ('r', 'p')
        AND NOT pg_class.relispartition
        AND pg_class.relname NOT IN ('erased_users', 'erasures')
    ORDER BY pg_class.relname
$$;

-- Rows of one user in a table, as the role that asks may see them, without what is encoded for
-- programs.
CREATE FUNCTION rows_of_user(tenant int, of_table text, wanted bigint, rows_max int)
RETURNS SETOF jsonb
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM check_own_tenant(tenant);
    IF NOT has_table_privilege(of_table, 'SELECT') THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format('SELECT to_jsonb(own)
            - ARRAY[''tenant_id'', ''account'', ''surroundings'', ''relisted''] FROM %I AS own
        WHERE tenant_id = $1 AND user_no = $2 LIMIT $3', of_table)
        USING tenant, wanted, rows_max;
END $$;

-- === Logbook ===

-- One line per request to a gateway: all that were refused and a sample of the others, both up to
-- a rate. The newest lines are kept.
CREATE TABLE logbook (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    tenant_id int NOT NULL,
    accepted int NOT NULL,
    refused int NOT NULL,
    corrections int NOT NULL,
    status smallint NOT NULL,
    source inet,
    producer text NOT NULL,
    endpoint text NOT NULL,
    -- Name of the problem, and the field at fault.
    code text,
    field text,
    detail text,
    -- How a refused body began.
    body text,
    PRIMARY KEY (tenant_id, id)
);

-- Removes all but the newest lines of each tenant, bounded per tenant and call.
CREATE FUNCTION trim_logbook(lines_kept int, rows_max int) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    keeper int;
    last bigint;
    more bigint;
    removed bigint := 0;
BEGIN
    FOR keeper IN SELECT tenants.id FROM tenants ORDER BY tenants.id LOOP
        SELECT logbook.id INTO last FROM logbook WHERE tenant_id = keeper
            ORDER BY logbook.id DESC OFFSET lines_kept LIMIT 1;
        CONTINUE WHEN last IS NULL;
        DELETE FROM logbook WHERE tenant_id = keeper AND logbook.id IN (
            SELECT old.id FROM logbook AS old WHERE old.tenant_id = keeper AND old.id <= last
            ORDER BY old.id LIMIT rows_max);
        GET DIAGNOSTICS more = ROW_COUNT;
        removed := removed + more;
    END LOOP;
    RETURN removed;
END $$;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['retention', 'retention_runs', 'erasures', 'erased_users',
                                'logbook'] LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant_id SET STATISTICS 0', name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant())', name);
    END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON retention TO innerwall_query;
GRANT SELECT ON retention TO innerwall_scorer;
GRANT SELECT ON retention_runs, erasures, erased_users, logbook TO innerwall_query;
GRANT SELECT, INSERT, UPDATE ON retention_runs TO innerwall_scorer;
GRANT INSERT ON erasures TO innerwall_query;
GRANT SELECT, UPDATE ON erasures TO innerwall_scorer;
GRANT SELECT ON erased_users, failed_folds TO innerwall_scorer;
GRANT INSERT ON logbook TO innerwall_ingest;

REVOKE ALL ON FUNCTION purge_pages, purge_events, tenants_with_retention,
    drop_old_event_partitions, event_partition_is_needed, tenants_to_erase_in, entomb_user,
    check_erased, erase_rows, erase_addresses, erase_links, erase_named, erase_id, erase_encoded,
    tables_of_users, trim_logbook FROM PUBLIC;
GRANT EXECUTE ON FUNCTION purge_pages, purge_events, tenants_with_retention,
    drop_old_event_partitions, tenants_to_erase_in, entomb_user, erase_rows, erase_addresses,
    erase_links, erase_id, erase_encoded, tables_of_users, trim_logbook TO innerwall_scorer;
GRANT EXECUTE ON FUNCTION tables_of_users TO innerwall_query;
