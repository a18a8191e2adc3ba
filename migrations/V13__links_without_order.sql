-- An index on the time of the last event made every event of a user with a thing write to all
-- indexes of the link: three times the WAL, and room that grew to three times the rows. Without it
-- an update touches no index. The newest users of a thing are found by reading its links, of which
-- most kinds have a thousand at most.
DROP INDEX links_by_last_seen;
