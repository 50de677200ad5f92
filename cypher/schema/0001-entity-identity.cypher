// An entity is found, and cannot be twice, by its id: the slug of its record, unique over all kinds.
CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (entity:Entity) REQUIRE entity.id IS UNIQUE;
