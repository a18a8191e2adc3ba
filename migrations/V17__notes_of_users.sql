-- Notes may be about a user whom nobody reviews.
ALTER TABLE notes ALTER COLUMN case_id DROP NOT NULL;
