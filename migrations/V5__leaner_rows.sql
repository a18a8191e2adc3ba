-- Fewer bytes per event, and look-ups whose plan cannot go wrong.

-- Users are locked and loaded through their state: a table with one index leaves the planner no
-- choice. Of a table that is still small it knows nothing, and a prepared statement keeps the plan
-- while the table grows.
ALTER TABLE user_state ADD COLUMN user_id text COLLATE "C";
UPDATE user_state SET user_id = users.user_id FROM users
    WHERE users.tenant_id = user_state.tenant_id AND users.user_no = user_state.user_no;
ALTER TABLE user_state ALTER COLUMN user_id SET NOT NULL;
ALTER TABLE user_state ALTER COLUMN account DROP NOT NULL;
ALTER TABLE user_state DROP CONSTRAINT user_state_pkey;
ALTER TABLE user_state ADD PRIMARY KEY (tenant_id, user_id);
CREATE SEQUENCE user_numbers;
SELECT setval('user_numbers', coalesce((SELECT max(user_no) FROM users), 0) + 1, false);
ALTER TABLE user_state ALTER COLUMN user_no SET DEFAULT nextval('user_numbers');
ALTER TABLE users ALTER COLUMN user_no DROP IDENTITY;
-- A user is in the list once its first event is scored.
ALTER TABLE users DROP CONSTRAINT users_pkey;
ALTER TABLE users DROP CONSTRAINT users_tenant_id_user_no_key;
ALTER TABLE users ADD PRIMARY KEY (tenant_id, user_no);
CREATE UNIQUE INDEX users_by_id ON users (user_id, tenant_id);
DROP INDEX users_by_email;
CREATE INDEX users_by_email ON users (email text_pattern_ops, tenant_id);
GRANT USAGE ON SEQUENCE user_numbers TO innerwall_scorer;

-- One index serves the order of time, the cursor of lists and the uniqueness of an id at a time;
-- one event is found by the hash of its id.
ALTER TABLE events DROP CONSTRAINT events_pkey;
DROP INDEX events_by_time;
ALTER TABLE events ADD PRIMARY KEY (tenant_id, event_time, event_id);
CREATE INDEX events_by_id ON events USING hash (event_id);

-- The inputs of scoring that are not in the event (crates/features, `Surroundings`), encoded.
-- Events stored before have the columns country, device_id and utc_offset_s instead.
ALTER TABLE events ADD COLUMN surroundings bytea;
ALTER TABLE events ALTER COLUMN utc_offset_s DROP NOT NULL;
-- A user agent and the language sent with it repeat together. events.language is for events
-- without a user agent; client_id is kept where the event id is not the same text.
ALTER TABLE user_agents ADD COLUMN language text;
ALTER TABLE devices ADD COLUMN browser text;
ALTER TABLE devices ADD COLUMN system text;

-- Half a digest tells a repeated event from a reused id well enough, an hour its age.
ALTER TABLE event_claims ADD COLUMN content bigint;
UPDATE event_claims SET content =
    ('x' || left(replace(digest::text, '-', ''), 16))::bit(64)::bigint;
ALTER TABLE event_claims ALTER COLUMN content SET NOT NULL;
ALTER TABLE event_claims ADD COLUMN hour int;
UPDATE event_claims SET hour = extract(epoch FROM claimed_at)::bigint / 3600;
ALTER TABLE event_claims ALTER COLUMN hour SET NOT NULL;
ALTER TABLE event_claims ALTER COLUMN hour SET DEFAULT extract(epoch FROM now())::bigint / 3600;
ALTER TABLE event_claims DROP COLUMN digest;
ALTER TABLE event_claims DROP COLUMN claimed_at;
CREATE INDEX event_claims_by_hour ON event_claims USING brin (hour);

CREATE OR REPLACE FUNCTION forget_old_claims(rows_max int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH batches AS (
        DELETE FROM batch_claims WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM batch_claims WHERE claimed_at < now() - interval '7 days' LIMIT rows_max))
        RETURNING 1),
    events AS (
        DELETE FROM event_claims WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM event_claims
            WHERE hour < extract(epoch FROM now())::bigint / 3600 - 7 * 24 LIMIT rows_max))
        RETURNING 1),
    feed AS (
        DELETE FROM live_feed WHERE seq = ANY (ARRAY(
            SELECT seq FROM live_feed WHERE at < now() - interval '5 minutes' ORDER BY seq LIMIT rows_max))
        RETURNING 1)
    SELECT (SELECT count(*) FROM batches) + (SELECT count(*) FROM events) + (SELECT count(*) FROM feed)
$$;
