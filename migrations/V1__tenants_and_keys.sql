-- Tenants, and who may send and read. These tables are read before a tenant is known, so they
-- have no row-level security: keys and tokens are found by a 256-bit digest.

DO $$
DECLARE service text;
BEGIN
    FOREACH service IN ARRAY ARRAY['innerwall_ingest', 'innerwall_scorer', 'innerwall_query'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I LOGIN', service);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- roles belong to the server: another database of it made them
        END;
    END LOOP;
END $$;

-- The tenant of the running transaction; NULL outside of one.
CREATE FUNCTION current_tenant() RETURNS int LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT NULLIF(current_setting('innerwall.tenant_id', true), '')::int $$;

CREATE TABLE tenants (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL UNIQUE,
    time_zone text NOT NULL DEFAULT 'UTC',
    rule_set_version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE rule_sets (
    tenant_id int NOT NULL REFERENCES tenants,
    version int NOT NULL,
    weights jsonb NOT NULL,
    author text NOT NULL,
    reason text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, version)
);

CREATE TABLE api_keys (
    digest bytea PRIMARY KEY,
    tenant_id int NOT NULL REFERENCES tenants,
    label text NOT NULL,
    events_per_second int NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    UNIQUE (tenant_id, label)
);

CREATE TABLE operators (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id int NOT NULL REFERENCES tenants,
    email text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    role text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE tokens (
    digest bytea PRIMARY KEY,
    tenant_id int NOT NULL REFERENCES tenants,
    operator_id int REFERENCES operators,
    label text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz
);

GRANT SELECT ON api_keys TO innerwall_ingest;
GRANT SELECT ON tenants, rule_sets TO innerwall_scorer, innerwall_query;
GRANT SELECT ON operators TO innerwall_query;
GRANT SELECT, INSERT, UPDATE (revoked_at) ON tokens TO innerwall_query;
