// Requests belong to the identity of their author: names may coincide. Those of API keys move to it here; those of tokens do
// when they are sent again, because no record says which issuer a token was of.
CREATE CONSTRAINT request_owner IF NOT EXISTS FOR (request:`_Request`) REQUIRE (request.owner, request.key) IS UNIQUE;
MATCH (key:`_Key`)
MATCH (request:`_Request` {author: key.name + ' (' + key.id + ')'})
SET request.owner = 'key:' + key.id
REMOVE request.author;

// Answers are deleted oldest first.
CREATE INDEX request_at IF NOT EXISTS FOR (request:`_Request`) ON (request.at);

// What the servers of one graph know and nobody else does.
CREATE CONSTRAINT secret_name IF NOT EXISTS FOR (secret:`_Secret`) REQUIRE secret.name IS UNIQUE;
