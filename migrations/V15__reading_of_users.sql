-- What series of one user count, and by what lists of users' events are cut: of a user with a
-- hundred thousand events each would be another page of the table.
DROP INDEX events_by_user;
CREATE INDEX events_by_user ON events (tenant_id, user_no, user_seq, event_time) INCLUDE (kind);

-- Users of a country, however few of them there are.
CREATE INDEX users_by_country ON users (country, tenant_id) WHERE country IS NOT NULL;
