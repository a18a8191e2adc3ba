-- Deciding: lists with one row per cause, decisions, the review queue, notes and labels.

-- Lists hold more kinds, and say where an entry came from. Programs of the release before put rows
-- here under a key that knows one cause per value; rows of this release are in a table of their own
-- that inherits from it, so that both releases read and remove all rows.
ALTER TABLE list_entries DROP CONSTRAINT list_entries_kind_check;
ALTER TABLE list_entries ADD CONSTRAINT list_entries_kind_check CHECK (kind IN
    ('user', 'address', 'prefix', 'network', 'device', 'email', 'domain', 'phone'));
CREATE SEQUENCE list_entry_numbers;
ALTER TABLE list_entries ADD COLUMN id bigint NOT NULL DEFAULT nextval('list_entry_numbers');
ALTER TABLE list_entries ADD COLUMN source text NOT NULL DEFAULT 'ctl' CHECK (source IN
    ('person', 'threshold', 'cascade', 'policy', 'token', 'ctl'));
-- The user whose block brought a cascaded entry; empty for others.
ALTER TABLE list_entries ADD COLUMN cause_user text NOT NULL DEFAULT '';
ALTER TABLE list_entries ADD COLUMN cause_event uuid;
ALTER TABLE list_entries ADD COLUMN cause_rule text;

-- One row per list, value and cause: two causes do not undo each other.
CREATE TABLE list_causes (
    PRIMARY KEY (tenant_id, kind, value, list, source, cause_user)
) INHERITS (list_entries);
CREATE INDEX list_entries_by_id ON list_entries (tenant_id, id);
CREATE INDEX list_causes_by_id ON list_causes (tenant_id, id);
CREATE INDEX list_causes_by_cause ON list_causes (tenant_id, cause_user) WHERE cause_user <> '';
CREATE INDEX list_causes_by_expiry ON list_causes (expires_at) WHERE expires_at IS NOT NULL;

-- What was decided about whom, by whom and why. Rows are only ever added.
CREATE TABLE decisions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id int NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    -- A kind of list, and a value of it.
    kind text NOT NULL,
    value text NOT NULL,
    action text NOT NULL CHECK (action IN ('block', 'allow', 'watch', 'unblock', 'unallow',
        'unwatch', 'review', 'clear', 'close', 'undo', 'expire')),
    source text NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    -- Until when what was decided holds.
    expires_at timestamptz,
    event_id uuid,
    rule text,
    case_id bigint,
    -- Decisions made by one request.
    batch uuid,
    undoes bigint,
    -- Whether a person has decided about the user, as of this row, and until when: automation then
    -- leaves the user alone.
    is_decided boolean NOT NULL,
    decided_until timestamptz,
    -- What there was before, for undoing: entries of lists, the case, the label.
    before jsonb
);
CREATE INDEX decisions_by_subject ON decisions (tenant_id, kind, value, id);
CREATE INDEX decisions_by_id ON decisions (tenant_id, id);

-- The review queue. A case is opened once by itself; people may open another later.
CREATE TABLE cases (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id int NOT NULL,
    user_no bigint NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT now(),
    source text NOT NULL,
    opened_by text NOT NULL,
    reason text NOT NULL,
    -- The event and the rule that brought the user here, and the trust score at the time.
    event_id uuid,
    rule text,
    trust smallint,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'decided')),
    outcome text CHECK (outcome IN ('legitimate', 'fraud', 'closed', 'blocked', 'allowed')),
    assignee text,
    decided_at timestamptz,
    decided_by text,
    -- Raised by every change: who decides names the version seen.
    version int NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX cases_open ON cases (tenant_id, user_no) WHERE state = 'open';
CREATE INDEX cases_by_user ON cases (tenant_id, user_no, id);
CREATE INDEX cases_by_opening ON cases (tenant_id, state, opened_at, id);

CREATE TABLE notes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id int NOT NULL,
    case_id bigint NOT NULL,
    user_no bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    author text NOT NULL,
    text text NOT NULL
);
CREATE INDEX notes_by_user ON notes (tenant_id, user_no, id);

-- What turned out to be true of a user (the event is then the nil id) or of one event, and the rules
-- that fired: how precise each of them is. The newest label of each wins.
CREATE TABLE labels (
    tenant_id int NOT NULL,
    user_no bigint NOT NULL,
    event_id uuid NOT NULL,
    label text NOT NULL CHECK (label IN ('fraud', 'legitimate')),
    source text NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    labelled_at timestamptz NOT NULL DEFAULT now(),
    rules text[] NOT NULL,
    PRIMARY KEY (tenant_id, user_no, event_id)
);

-- When a rule last fired. Scorers write what they saw now and then, not with every event.
CREATE TABLE rule_activity (
    tenant_id int NOT NULL,
    rule text NOT NULL,
    last_fired timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, rule)
) WITH (fillfactor = 50);

-- Users to be judged again because lists have changed about them, and those whose identities are to
-- be blocked because a threshold blocked them.
CREATE TABLE pending_judgements (
    tenant_id int NOT NULL,
    user_no bigint NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    reason text NOT NULL,
    cascades boolean NOT NULL DEFAULT false,
    requested_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, user_no)
);

-- A request with a key is answered once; the same key again gets the same answer.
CREATE TABLE answered_requests (
    tenant_id int NOT NULL,
    actor text NOT NULL,
    key text NOT NULL,
    digest bigint NOT NULL,
    answer jsonb NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, actor, key)
);
CREATE INDEX answered_requests_by_age ON answered_requests (at);

-- Changes of a score by lists, after which event and with which answers of lists (crates/scoring,
-- `Relisted`, encoded): scoring again takes them in the same order.
ALTER TABLE score_changes ADD COLUMN after_seq int;
ALTER TABLE score_changes ADD COLUMN relisted bytea;

-- What automation did while everybody was judged by new rules.
ALTER TABLE rescore_jobs ADD COLUMN cases_opened int NOT NULL DEFAULT 0;
ALTER TABLE rescore_jobs ADD COLUMN users_blocked int NOT NULL DEFAULT 0;
ALTER TABLE rescore_jobs ADD COLUMN blocks_withheld int NOT NULL DEFAULT 0;

DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['list_causes', 'decisions', 'cases', 'notes', 'labels',
                                'rule_activity', 'pending_judgements', 'answered_requests'] LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant_id SET STATISTICS 0', name);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('CREATE POLICY tenant ON %I USING (tenant_id = current_tenant())', name);
    END LOOP;
END $$;

GRANT USAGE ON SEQUENCE list_entry_numbers TO innerwall_scorer, innerwall_query;
GRANT SELECT, DELETE ON list_entries TO innerwall_scorer, innerwall_query;
GRANT SELECT, INSERT, UPDATE, DELETE ON list_causes TO innerwall_scorer, innerwall_query;
GRANT SELECT, INSERT ON decisions, notes, labels TO innerwall_scorer, innerwall_query;
GRANT UPDATE, DELETE ON labels TO innerwall_query;
GRANT SELECT, INSERT, UPDATE ON cases TO innerwall_scorer, innerwall_query;
GRANT SELECT, INSERT, UPDATE ON rule_activity TO innerwall_scorer;
GRANT SELECT ON rule_activity TO innerwall_query;
GRANT SELECT, INSERT, UPDATE, DELETE ON pending_judgements TO innerwall_scorer, innerwall_query;
GRANT SELECT, INSERT ON answered_requests TO innerwall_query;
-- Who decides about users locks them like the scorer does.
GRANT UPDATE (user_no) ON user_state TO innerwall_query;

-- Tenants with users to be judged again, across tenants: the owner looks, the scorer then works as
-- each.
CREATE FUNCTION tenants_to_judge() RETURNS SETOF int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT tenant_id FROM pending_judgements
$$;
REVOKE ALL ON FUNCTION tenants_to_judge FROM PUBLIC;

-- Removes entries that have expired, and notes the end of each. Judging by time is what ends them;
-- this only keeps the lists short.
CREATE FUNCTION end_expired_entries(rows_max int) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH ended AS (
        DELETE FROM list_causes WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM list_causes WHERE expires_at < now() ORDER BY expires_at LIMIT rows_max))
        RETURNING tenant_id, kind, value, list, source, expires_at),
    noted AS (
        INSERT INTO decisions (tenant_id, kind, value, action, source, actor, reason, is_decided,
            decided_until)
        SELECT tenant_id, kind, value, 'expire', source, 'time',
            'the entry of the ' || list || ' list ended at ' || expires_at,
            coalesce(before.is_decided AND before.decided_until > now(), false)
                OR coalesce(before.is_decided AND before.decided_until IS NULL, false),
            before.decided_until
        FROM ended LEFT JOIN LATERAL (
            SELECT decisions.is_decided, decisions.decided_until FROM decisions
            WHERE decisions.tenant_id = ended.tenant_id AND decisions.kind = ended.kind
                AND decisions.value = ended.value
            ORDER BY decisions.id DESC LIMIT 1) AS before ON true
        RETURNING 1),
    requests AS (
        DELETE FROM answered_requests WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM answered_requests WHERE at < now() - interval '7 days'
            ORDER BY at LIMIT rows_max))
        RETURNING 1)
    SELECT greatest((SELECT count(*) FROM ended), (SELECT count(*) FROM requests))
        + 0 * (SELECT count(*) FROM noted)
$$;
REVOKE ALL ON FUNCTION end_expired_entries FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tenants_to_judge, end_expired_entries TO innerwall_scorer;

-- An address is looked up through its network as well.
GRANT SELECT (tenant_id, ip, asn) ON addresses TO innerwall_ingest;
