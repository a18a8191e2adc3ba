-- What reading finds by more than keys. Under row-level security an index serves only comparisons
-- that cannot leak what they compare, which neither LIKE nor searching arrays are.

-- People look for users by name, whatever its case.
ALTER TABLE users ADD COLUMN name_key text COLLATE "C" GENERATED ALWAYS AS (
    nullif(lower(coalesce(full_name, coalesce(first_name || ' ', '') || coalesce(last_name, ''))), '')
) STORED;
CREATE INDEX users_by_name ON users (name_key, tenant_id) WHERE name_key IS NOT NULL;

-- Things with a tag: the owner looks, for the tenant of the transaction alone. `rows_max` bounds
-- the look; a tag on more things than that is found by reading them in order. Planned anew each
-- time, since the best plan hangs on how common the tag is.
CREATE FUNCTION entities_tagged(kind_wanted smallint, tag text, rows_max int) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY SELECT entity_id FROM entities
    WHERE tenant_id = current_tenant() AND kind = kind_wanted AND tags <> '{}'
        AND tags @> ARRAY[tag]
    LIMIT rows_max;
END $$;
REVOKE ALL ON FUNCTION entities_tagged FROM PUBLIC;
GRANT EXECUTE ON FUNCTION entities_tagged TO innerwall_query;
