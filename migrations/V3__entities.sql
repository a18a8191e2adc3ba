-- What is known of users and of everything they touch.

-- One row per user for lists. `seen_bucket` changes at most every five minutes, so most updates
-- touch no index.
CREATE TABLE users (
    user_no bigint GENERATED ALWAYS AS IDENTITY,
    first_seen timestamptz,
    last_seen timestamptz,
    seen_bucket timestamptz,
    created_at timestamptz,
    event_count bigint NOT NULL DEFAULT 0,
    tenant_id int NOT NULL,
    rule_set int,
    trust smallint,
    user_id text COLLATE "C" NOT NULL,
    email text,
    phone text,
    first_name text,
    last_name text,
    full_name text,
    country text,
    last_ip inet,
    rules text[] NOT NULL DEFAULT '{}',
    top_reason text,
    PRIMARY KEY (tenant_id, user_id),
    UNIQUE (tenant_id, user_no)
) WITH (fillfactor = 75);

CREATE INDEX users_by_last_seen ON users (tenant_id, seen_bucket, user_no);
CREATE INDEX users_by_trust ON users (tenant_id, trust, user_no);
-- Search by the beginning of an e-mail address.
CREATE INDEX users_by_email ON users (tenant_id, email text_pattern_ops);

-- The state rules are computed from and the rules that fire, encoded. Rewritten with every event
-- and read by key only: no index but the key, and room in each page for the next version.
CREATE TABLE user_state (
    tenant_id int NOT NULL,
    user_no bigint NOT NULL,
    account bytea NOT NULL,
    PRIMARY KEY (tenant_id, user_no)
) WITH (fillfactor = 50);

CREATE TABLE addresses (
    tenant_id int NOT NULL,
    ip inet NOT NULL,
    events bigint NOT NULL,
    users bigint NOT NULL,
    country text,
    first_seen timestamptz NOT NULL,
    last_seen timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, ip)
) WITH (fillfactor = 80);

CREATE TABLE address_users (
    tenant_id int NOT NULL,
    ip inet NOT NULL,
    user_no bigint NOT NULL,
    PRIMARY KEY (tenant_id, ip, user_no)
);

-- Texts that repeat, kept once; the id is a hash of the text.
CREATE TABLE user_agents (
    tenant_id int NOT NULL,
    id bigint NOT NULL,
    value text NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE devices (
    tenant_id int NOT NULL,
    device_id bigint NOT NULL,
    kind text NOT NULL,
    label text NOT NULL,
    PRIMARY KEY (tenant_id, device_id)
);

-- Events per minute. The shard keeps transactions of different shards off each other's rows.
CREATE TABLE event_counts (
    tenant_id int NOT NULL,
    minute timestamptz NOT NULL,
    kind smallint NOT NULL,
    shard smallint NOT NULL,
    events bigint NOT NULL,
    PRIMARY KEY (tenant_id, minute, kind, shard)
) WITH (fillfactor = 80);

CREATE TABLE list_entries (
    tenant_id int NOT NULL,
    list text NOT NULL CHECK (list IN ('block', 'allow', 'watch')),
    kind text NOT NULL CHECK (kind IN ('user', 'address', 'email', 'phone')),
    value text NOT NULL,
    reason text NOT NULL,
    author text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    PRIMARY KEY (tenant_id, value, list, kind)
);

-- No statistics on tenants: of a new tenant they say that it has no rows, and the planner would
-- read the whole tenant for every look-up by key until the next analysis.
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['users', 'user_state', 'addresses', 'address_users', 'user_agents',
                                'devices', 'event_counts', 'list_entries'] LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant_id SET STATISTICS 0', name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant())', name);
    END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE ON users, user_state, addresses, event_counts TO innerwall_scorer;
GRANT SELECT, INSERT ON address_users, user_agents, devices TO innerwall_scorer;
GRANT SELECT ON users, user_state, addresses, address_users, user_agents, devices, event_counts,
    list_entries TO innerwall_query;
GRANT SELECT ON list_entries TO innerwall_ingest;
