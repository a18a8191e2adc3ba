-- For how many users each rule fires is counted from here: a tenth of the pages that the rows fill. Rules
-- change when trust does, which is indexed already, so this index keeps no update in place from being one.
CREATE INDEX users_by_rules ON users (tenant_id, seen_bucket) INCLUDE (rules) WHERE rules <> '{}';
