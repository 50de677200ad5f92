// The log of changes: one node for its end, and one for each change, found by sequence, transaction and what it is about.
CREATE CONSTRAINT change_log_name IF NOT EXISTS FOR (log:`_ChangeLog`) REQUIRE log.name IS UNIQUE;
CREATE CONSTRAINT change_sequence IF NOT EXISTS FOR (change:`_Change`) REQUIRE change.sequence IS UNIQUE;
CREATE INDEX change_transaction IF NOT EXISTS FOR (change:`_Change`) ON (change.transaction);
CREATE INDEX change_entity IF NOT EXISTS FOR (change:`_Change`) ON (change.entity, change.sequence);
CREATE INDEX change_from IF NOT EXISTS FOR (change:`_Change`) ON (change.from, change.sequence);
CREATE INDEX change_to IF NOT EXISTS FOR (change:`_Change`) ON (change.to, change.sequence);
CREATE INDEX change_subject IF NOT EXISTS FOR (change:`_Change`) ON (change.subject, change.sequence);

// A request with a key, so that a second one with it is answered as the first was, also by another server.
CREATE CONSTRAINT request_key IF NOT EXISTS FOR (request:`_Request`) REQUIRE (request.author, request.key) IS UNIQUE;

// What writers wait for that is no entity.
CREATE CONSTRAINT lock_name IF NOT EXISTS FOR (lock:`_Lock`) REQUIRE lock.name IS UNIQUE;
