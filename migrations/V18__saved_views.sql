-- What operators look at often: a page and what is asked for there, by a name of theirs.
CREATE TABLE saved_views (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id int NOT NULL,
    operator_id int NOT NULL REFERENCES operators,
    page text NOT NULL,
    name text NOT NULL,
    search text NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tenant_id, operator_id, page, name)
);
ALTER TABLE saved_views ALTER COLUMN tenant_id SET STATISTICS 0;
ALTER TABLE saved_views ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON saved_views USING (tenant_id = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_views TO innerwall_query;
