// Suggestions while a name is typed, over all kinds.
CREATE INDEX entity_name_folded IF NOT EXISTS FOR (entity:Entity) ON (entity._nameFolded);
