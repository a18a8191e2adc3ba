-- Exactly-once effect and the account of every event.

-- A batch takes effect once. Kept for seven days: longer than a message can wait in a queue.
CREATE TABLE batch_claims (
    batch_id uuid PRIMARY KEY,
    tenant_id int NOT NULL,
    claimed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX batch_claims_by_age ON batch_claims USING brin (claimed_at);

-- Ids that producers supplied, and what was sent under each: the same content again is a
-- duplicate, other content a conflict. The horizon is seven days.
CREATE TABLE event_claims (
    event_id uuid NOT NULL,
    digest uuid NOT NULL,
    claimed_at timestamptz NOT NULL DEFAULT now(),
    tenant_id int NOT NULL,
    PRIMARY KEY (tenant_id, event_id)
);
CREATE INDEX event_claims_by_age ON event_claims USING brin (claimed_at);

-- Events a gateway answered for, as a running total per start of the gateway.
CREATE TABLE ledger_gateways (
    tenant_id int NOT NULL,
    gateway_id uuid NOT NULL,
    confirmed bigint NOT NULL,
    -- Published without an answer from the broker: refused to the producer, may exist all the same.
    unconfirmed bigint NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, gateway_id)
);

-- What became of the events that arrived, in the transaction that decided it.
CREATE TABLE ledger_outcomes (
    tenant_id int NOT NULL,
    gateway_id uuid NOT NULL,
    shard smallint NOT NULL,
    arrived bigint NOT NULL,
    scored bigint NOT NULL,
    duplicate bigint NOT NULL,
    conflict bigint NOT NULL,
    parked bigint NOT NULL,
    PRIMARY KEY (tenant_id, gateway_id, shard)
) WITH (fillfactor = 50);

-- Events that could not be scored, kept until an operator decides.
CREATE TABLE parked (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- NULL when the message could not be read so far.
    tenant_id int,
    event_id uuid,
    -- Two deliveries of one message park it once.
    park_key uuid NOT NULL UNIQUE,
    reason text NOT NULL,
    detail text NOT NULL,
    state text NOT NULL DEFAULT 'parked' CHECK (state IN ('parked', 'redriving', 'scored')),
    attempts int NOT NULL DEFAULT 1,
    first_parked_at timestamptz NOT NULL DEFAULT now(),
    last_parked_at timestamptz NOT NULL DEFAULT now(),
    message bytea NOT NULL
);
CREATE INDEX parked_waiting ON parked (id) WHERE state <> 'scored';

-- One row per scoring transaction for the live feed; rows are dropped after minutes. The
-- transaction id lets a reader take exactly what has been committed since it last looked.
CREATE TABLE live_feed (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT now(),
    oldest timestamptz NOT NULL,
    newest timestamptz NOT NULL,
    tenant_id int NOT NULL,
    scored int NOT NULL,
    event_ids uuid[] NOT NULL
);
CREATE INDEX live_feed_by_xid ON live_feed (tenant_id, xid);

CREATE TABLE audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id int,
    at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL,
    action text NOT NULL,
    detail text NOT NULL
);

-- Without FORCE: the owner does the housekeeping across tenants below.
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['event_claims', 'ledger_gateways', 'ledger_outcomes', 'live_feed'] LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant_id SET STATISTICS 0', name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant())', name);
    END LOOP;
END $$;

-- What nobody could read has no tenant; the scorer may park it, only the owner may list it.
ALTER TABLE parked ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON parked USING (tenant_id IS NULL OR tenant_id = current_tenant());

-- Housekeeping across tenants, bounded per call. Gives the number of rows it removed.
CREATE FUNCTION forget_old_claims(rows_max int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH batches AS (
        DELETE FROM batch_claims WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM batch_claims WHERE claimed_at < now() - interval '7 days' LIMIT rows_max))
        RETURNING 1),
    events AS (
        DELETE FROM event_claims WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM event_claims WHERE claimed_at < now() - interval '7 days' LIMIT rows_max))
        RETURNING 1),
    feed AS (
        DELETE FROM live_feed WHERE seq = ANY (ARRAY(
            SELECT seq FROM live_feed WHERE at < now() - interval '5 minutes' ORDER BY seq LIMIT rows_max))
        RETURNING 1)
    SELECT (SELECT count(*) FROM batches) + (SELECT count(*) FROM events) + (SELECT count(*) FROM feed)
$$;
REVOKE ALL ON FUNCTION forget_old_claims FROM PUBLIC;

GRANT EXECUTE ON FUNCTION forget_old_claims TO innerwall_scorer;
GRANT SELECT, INSERT ON batch_claims TO innerwall_scorer;
GRANT SELECT, INSERT, DELETE ON event_claims TO innerwall_scorer;
GRANT SELECT, INSERT, UPDATE ON ledger_outcomes, ledger_gateways, parked TO innerwall_scorer;
GRANT INSERT ON live_feed TO innerwall_scorer;
GRANT SELECT, INSERT, UPDATE ON ledger_gateways TO innerwall_ingest;
GRANT SELECT ON ledger_gateways, ledger_outcomes, live_feed, parked TO innerwall_query;
