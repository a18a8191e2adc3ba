-- What users touch, kept for reading: lists, details, series, the graph. Scoring transactions add
-- one row of summed changes; a task that works for one tenant at a time folds many of them at once
-- and is the only writer of the tables below, so it may read before it writes.

-- Changes that wait to be folded, encoded (crates/storage, `folding`). Folding them in any order
-- gives the same, so nobody waits for transactions that still run.
CREATE TABLE pending_folds (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    added_at timestamptz NOT NULL DEFAULT now(),
    tenant_id int NOT NULL,
    events int NOT NULL,
    changes bytea NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
CREATE INDEX pending_folds_by_tenant ON pending_folds (tenant_id, id);
-- They live for a second: compressing them would cost more than it saves.
ALTER TABLE pending_folds ALTER COLUMN changes SET STORAGE EXTERNAL;

-- A row that could not be folded is set aside, so that one bad row never stops the rest.
CREATE TABLE failed_folds (
    id bigint PRIMARY KEY,
    failed_at timestamptz NOT NULL DEFAULT now(),
    tenant_id int NOT NULL,
    events int NOT NULL,
    error text NOT NULL,
    changes bytea NOT NULL
);

-- One row per thing. Kinds: 1 address, 2 network, 3 country, 4 device, 5 user agent, 6 resource,
-- 7 e-mail domain, 8 e-mail address, 9 phone number, 10 field, 11 payment means.
-- The id is a hash of kind and key (crates/features, `entity`); a key too long for an index is cut
-- and closed by its hash. `label` holds what people read. Label, parent, country and tags are as
-- of the newest event.
CREATE TABLE entities (
    tenant_id int NOT NULL,
    kind smallint NOT NULL,
    entity_id bigint NOT NULL,
    -- The network of an address, the domain of an e-mail address.
    parent_id bigint,
    events bigint NOT NULL,
    edits bigint NOT NULL,
    alerts bigint NOT NULL,
    first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL,
    -- Exact up to 1,000, then a lower bound.
    users int NOT NULL,
    key text COLLATE "C" NOT NULL,
    label text,
    country text,
    tags text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (tenant_id, kind, entity_id)
) WITH (fillfactor = 75);
CREATE INDEX entities_by_key ON entities (tenant_id, kind, key);
CREATE INDEX entities_by_last_seen ON entities (tenant_id, kind, last_seen, entity_id);
CREATE INDEX entities_by_events ON entities (tenant_id, kind, events, entity_id);
CREATE INDEX entities_by_users ON entities (tenant_id, kind, users, entity_id);
CREATE INDEX entities_by_parent ON entities (tenant_id, kind, parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX entities_by_country ON entities (tenant_id, kind, country) WHERE country IS NOT NULL;
CREATE INDEX entities_by_tag ON entities USING gin (tags) WHERE tags <> '{}';

-- Which users were seen with which thing.
CREATE TABLE links (
    tenant_id int NOT NULL,
    kind smallint NOT NULL,
    entity_id bigint NOT NULL,
    user_no bigint NOT NULL,
    first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL,
    events int NOT NULL,
    PRIMARY KEY (tenant_id, kind, entity_id, user_no)
) WITH (fillfactor = 80);
CREATE INDEX links_by_user ON links (tenant_id, user_no, kind);
CREATE INDEX links_by_last_seen ON links (tenant_id, kind, entity_id, last_seen);

-- Events of one thing per day (UTC): of addresses, networks, countries, devices, resources, e-mail
-- domains and fields; of what is rarer they are counted when asked for.
CREATE TABLE entity_days (
    tenant_id int NOT NULL,
    kind smallint NOT NULL,
    entity_id bigint NOT NULL,
    day date NOT NULL,
    normal int NOT NULL,
    editing int NOT NULL,
    alert int NOT NULL,
    PRIMARY KEY (tenant_id, kind, entity_id, day)
) WITH (fillfactor = 80);

-- Which things of a kind were active per hour, as a mergeable sketch (crates/features, `sketch`):
-- exact while few, about 2 % off when many. Kind 0 is users. Flavour 1 are those with a remarkable
-- tag at the time, such as anonymous addresses, flavour 0 the rest. `fresh` counts those first seen
-- in the hour; it stands with flavour 0, for both.
CREATE TABLE kind_hours (
    tenant_id int NOT NULL,
    kind smallint NOT NULL,
    flavour smallint NOT NULL,
    fresh int NOT NULL,
    hour timestamptz NOT NULL,
    active bytea NOT NULL,
    PRIMARY KEY (tenant_id, kind, hour, flavour)
) WITH (fillfactor = 50);

CREATE TABLE sessions (
    tenant_id int NOT NULL,
    session_no int NOT NULL,
    user_no bigint NOT NULL,
    device_id bigint NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL,
    events int NOT NULL,
    alerts int NOT NULL,
    login_failures int NOT NULL,
    -- Distinct addresses and devices, 16 stands for more: more than one is a change in the middle.
    addresses smallint NOT NULL,
    devices smallint NOT NULL,
    -- Where it began; `device_id` too.
    ip inet NOT NULL,
    country text,
    -- By what addresses and devices are told apart.
    address_hashes bytea NOT NULL,
    device_hashes bytea NOT NULL,
    PRIMARY KEY (tenant_id, user_no, session_no)
) WITH (fillfactor = 80);
CREATE INDEX sessions_by_start ON sessions (tenant_id, started_at, user_no, session_no);

-- Every change of a field, newest looked at first.
CREATE TABLE field_changes (
    tenant_id int NOT NULL,
    place smallint NOT NULL,
    entity_id bigint NOT NULL,
    user_no bigint NOT NULL,
    event_time timestamptz NOT NULL,
    event_id uuid NOT NULL,
    old_value text,
    new_value text NOT NULL,
    parent_id text,
    parent_name text,
    PRIMARY KEY (tenant_id, event_time, event_id, place)
);
CREATE INDEX field_changes_by_field ON field_changes (tenant_id, entity_id, event_time);
CREATE INDEX field_changes_by_user ON field_changes (tenant_id, user_no, event_time);

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['pending_folds', 'entities', 'links', 'entity_days', 'kind_hours',
                                'sessions', 'field_changes', 'failed_folds'] LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant_id SET STATISTICS 0', name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant())', name);
    END LOOP;
END $$;

GRANT SELECT, INSERT, DELETE ON pending_folds TO innerwall_scorer;
GRANT SELECT, INSERT, UPDATE ON entities, links, entity_days, kind_hours, sessions
    TO innerwall_scorer;
GRANT SELECT, INSERT ON field_changes, failed_folds TO innerwall_scorer;
GRANT SELECT ON pending_folds, entities, links, entity_days, kind_hours, sessions,
    field_changes TO innerwall_query;

-- Tenants with changes that wait and for how long, across tenants: the owner looks, the scorer then
-- works as each.
CREATE FUNCTION tenants_to_fold() RETURNS TABLE (tenant_id int, waiting_s float8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT tenants.id, greatest(extract(epoch FROM now() - oldest.added_at)::float8, 0)
    FROM tenants CROSS JOIN LATERAL (
        SELECT added_at FROM pending_folds WHERE pending_folds.tenant_id = tenants.id
        ORDER BY id LIMIT 1) AS oldest
$$;
REVOKE ALL ON FUNCTION tenants_to_fold FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_to_fold TO innerwall_scorer;
