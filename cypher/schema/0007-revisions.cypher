// Names of revisions, each given once; and the change log by time, so that an instant finds its revision.
CREATE CONSTRAINT tag_name IF NOT EXISTS FOR (tag:`_Tag`) REQUIRE tag.name IS UNIQUE;
CREATE INDEX change_at IF NOT EXISTS FOR (change:`_Change`) ON (change.at);
