// An API key is found by the part of it that is no secret. Of the rest only a hash is kept.
CREATE CONSTRAINT key_id IF NOT EXISTS FOR (key:`_Key`) REQUIRE key.id IS UNIQUE;
