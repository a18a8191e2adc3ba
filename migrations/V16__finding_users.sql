-- Users by when they were first seen; late events hardly ever change that time.
CREATE INDEX users_by_first_seen ON users (tenant_id, first_seen, user_no);

-- What was decided, and who came up for review, in a range of time.
CREATE INDEX decisions_by_time ON decisions (tenant_id, at);
CREATE INDEX cases_by_time ON cases (tenant_id, opened_at);
-- Decisions made by one request.
CREATE INDEX decisions_by_batch ON decisions (tenant_id, batch) WHERE batch IS NOT NULL;
