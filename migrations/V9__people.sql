-- People: who signs in and with what, one-time tickets, sessions of browsers, what machines may do,
-- and the chain of the audit log.
--
-- What is looked up before a tenant is known (an e-mail address, a cookie, a token, a ticket) is
-- found by functions of the owner; everything else sees one tenant. Gateways still find keys of any
-- tenant, and scorers read the settings of any: both only read.

ALTER TABLE tenants ADD COLUMN require_totp boolean NOT NULL DEFAULT false;

ALTER TABLE operators
    ADD COLUMN disabled_at timestamptz,
    ADD COLUMN password_changed_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN totp_secret bytea,
    -- Chosen, but not yet proved by a code.
    ADD COLUMN totp_waiting bytea,
    -- The time step of the last code: a code opens once.
    ADD COLUMN totp_step bigint NOT NULL DEFAULT 0,
    -- SHA-256 of the recovery codes that are left.
    ADD COLUMN recovery_codes bytea[] NOT NULL DEFAULT '{}';
CREATE INDEX operators_by_tenant ON operators (tenant_id, id);

-- Scopes are names of permissions; NULL is a token from before scopes, which may do what an admin
-- may. A token never does more than its creator may do at that moment.
ALTER TABLE tokens
    ADD COLUMN token_id int GENERATED ALWAYS AS IDENTITY UNIQUE,
    ADD COLUMN scopes text[],
    ADD COLUMN created_by int REFERENCES operators;
ALTER TABLE api_keys ADD COLUMN key_id int GENERATED ALWAYS AS IDENTITY UNIQUE;

-- A secret that lets somebody set a password once: the first owner of a tenant, someone invited, or
-- an operator who has lost theirs.
CREATE TABLE tickets (
    digest bytea PRIMARY KEY,
    ticket_id int GENERATED ALWAYS AS IDENTITY UNIQUE,
    tenant_id int NOT NULL REFERENCES tenants,
    kind text NOT NULL CHECK (kind IN ('setup', 'invitation', 'reset')),
    -- NULL when the first owner is free to say.
    email text,
    role text NOT NULL,
    operator_id int REFERENCES operators,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX tickets_by_tenant ON tickets (tenant_id, ticket_id);

CREATE TABLE browser_sessions (
    digest bytea PRIMARY KEY,
    session_no bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    tenant_id int NOT NULL REFERENCES tenants,
    operator_id int NOT NULL REFERENCES operators,
    -- open; totp: the password was right, a code is missing; enrol: the tenant wants a second factor.
    stage text NOT NULL CHECK (stage IN ('open', 'totp', 'enrol')),
    created_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    address text NOT NULL,
    user_agent text NOT NULL
);
CREATE INDEX browser_sessions_by_operator ON browser_sessions (tenant_id, operator_id);

-- Attempts to sign in, as the time at which a limit is whole again. Keys are hashes.
CREATE TABLE login_limits (
    key bytea PRIMARY KEY,
    full_at timestamptz NOT NULL
);

-- === Looking up before the tenant is known ===

CREATE FUNCTION find_operator(wanted text)
RETURNS TABLE (id int, tenant_id int, tenant_name text, password_hash text, role text,
    has_totp boolean, require_totp boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT operators.id, tenants.id, tenants.name, operators.password_hash, operators.role,
        operators.totp_secret IS NOT NULL, tenants.require_totp
    FROM operators JOIN tenants ON tenants.id = operators.tenant_id
    WHERE operators.email = wanted AND operators.disabled_at IS NULL
$$;

-- Notes at most once a minute that the session is in use.
CREATE FUNCTION find_session(wanted bytea)
RETURNS TABLE (tenant_id int, tenant_name text, time_zone text, operator_id int, email text,
    role text, session_no bigint, stage text, has_totp boolean)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    UPDATE browser_sessions SET last_seen_at = now()
    WHERE digest = wanted AND ended_at IS NULL AND expires_at > now()
        AND last_seen_at BETWEEN now() - interval '30 minutes' AND now() - interval '1 minute';
    SELECT tenants.id, tenants.name, tenants.time_zone, operators.id, operators.email,
        operators.role, session.session_no, session.stage, operators.totp_secret IS NOT NULL
    FROM browser_sessions AS session
    JOIN operators ON operators.id = session.operator_id
    JOIN tenants ON tenants.id = session.tenant_id
    WHERE session.digest = wanted AND session.ended_at IS NULL AND session.expires_at > now()
        AND session.last_seen_at > now() - interval '30 minutes'
        AND operators.disabled_at IS NULL
$$;

CREATE FUNCTION find_token(wanted bytea)
RETURNS TABLE (tenant_id int, tenant_name text, time_zone text, label text, scopes text[],
    creator int, creator_role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT tenants.id, tenants.name, tenants.time_zone, tokens.label, tokens.scopes,
        creator.id, creator.role
    FROM tokens
    JOIN tenants ON tenants.id = tokens.tenant_id
    LEFT JOIN operators AS creator ON creator.id = tokens.created_by
    WHERE tokens.digest = wanted AND tokens.revoked_at IS NULL AND tokens.operator_id IS NULL
        AND (tokens.expires_at IS NULL OR tokens.expires_at > now())
        AND creator.disabled_at IS NULL
$$;

CREATE FUNCTION find_ticket(wanted bytea)
RETURNS TABLE (ticket_id int, tenant_id int, tenant_name text, kind text, email text, role text,
    operator_id int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT tickets.ticket_id, tenants.id, tenants.name, tickets.kind, tickets.email, tickets.role,
        tickets.operator_id
    FROM tickets JOIN tenants ON tenants.id = tickets.tenant_id
    WHERE tickets.digest = wanted AND tickets.ended_at IS NULL AND tickets.expires_at > now()
$$;

REVOKE ALL ON FUNCTION find_operator, find_session, find_token, find_ticket FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_operator, find_session, find_token, find_ticket TO innerwall_query;

-- === The chain of the audit log ===

ALTER TABLE audit_log
    -- From where; a transaction says it in `innerwall.client`.
    ADD COLUMN address text DEFAULT NULLIF(current_setting('innerwall.client', true), ''),
    ADD COLUMN seq bigint,
    ADD COLUMN hash bytea;

-- The end of each tenant's chain; 0 is the chain of what belongs to no tenant.
CREATE TABLE audit_heads (
    chain int PRIMARY KEY,
    seq bigint NOT NULL,
    hash bytea NOT NULL
);

-- Lengths in front, so that no two rows have the same text. crates/auth has the same (`audit`).
CREATE FUNCTION audit_part(part text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT octet_length(coalesce(part, '')) || ':' || coalesce(part, '') $$;

CREATE FUNCTION chain_audit_row(wanted bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    noted audit_log;
    head audit_heads;
BEGIN
    SELECT * INTO noted FROM audit_log WHERE id = wanted;
    INSERT INTO audit_heads VALUES (coalesce(noted.tenant_id, 0), 0, '') ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM audit_heads WHERE chain = coalesce(noted.tenant_id, 0) FOR UPDATE;
    head.seq := head.seq + 1;
    head.hash := sha256(head.hash || convert_to(head.chain || ':' || head.seq || ':'
        || (extract(epoch FROM noted.at) * 1000000)::bigint || ':' || audit_part(noted.address)
        || audit_part(noted.actor) || audit_part(noted.action) || audit_part(noted.detail), 'UTF8'));
    UPDATE audit_log SET seq = head.seq, hash = head.hash WHERE id = wanted;
    UPDATE audit_heads SET seq = head.seq, hash = head.hash WHERE chain = head.chain;
END $$;

-- At commit, so that the head of a chain is held for a moment only.
CREATE FUNCTION chain_audit_log() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM chain_audit_row(NEW.id);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION chain_audit_row, chain_audit_log FROM PUBLIC;

SELECT chain_audit_row(id) FROM (SELECT id FROM audit_log ORDER BY id) AS noted;
CREATE CONSTRAINT TRIGGER audit_chain AFTER INSERT ON audit_log
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION chain_audit_log();
CREATE UNIQUE INDEX audit_log_by_seq ON audit_log (tenant_id, seq);

-- === Rows of one tenant ===

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['operators', 'tokens', 'api_keys', 'tickets', 'browser_sessions'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant())', name);
    END LOOP;
END $$;
CREATE POLICY gateway ON api_keys FOR SELECT TO innerwall_ingest USING (true);

ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tenants USING (id = current_tenant());
CREATE POLICY settings ON tenants FOR SELECT TO innerwall_ingest, innerwall_scorer USING (true);

ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON audit_log
    USING (tenant_id = current_tenant())
    WITH CHECK (tenant_id IS NULL OR tenant_id = current_tenant());
ALTER TABLE audit_heads ENABLE ROW LEVEL SECURITY;

-- What nobody could read is the scorer's and the owner's alone.
DROP POLICY tenant ON parked;
CREATE POLICY tenant ON parked USING (tenant_id = current_tenant());
CREATE POLICY unreadable ON parked TO innerwall_scorer USING (tenant_id IS NULL);

GRANT INSERT, UPDATE ON operators TO innerwall_query;
GRANT UPDATE (require_totp) ON tenants TO innerwall_query;
GRANT SELECT, INSERT, UPDATE (revoked_at) ON api_keys TO innerwall_query;
GRANT SELECT, INSERT, UPDATE ON tickets TO innerwall_query;
GRANT SELECT, INSERT, UPDATE, DELETE ON browser_sessions TO innerwall_query;
GRANT SELECT, INSERT, UPDATE, DELETE ON login_limits TO innerwall_query;
-- Nobody but the owner's trigger writes places in the chain.
REVOKE INSERT ON audit_log FROM innerwall_query, innerwall_scorer;
GRANT INSERT (tenant_id, actor, action, detail) ON audit_log TO innerwall_query, innerwall_scorer;
GRANT SELECT ON audit_log TO innerwall_query;
