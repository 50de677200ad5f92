// The marker of an import in several transactions. There is one, so that a second import sees the first and waits.
CREATE CONSTRAINT import_name IF NOT EXISTS FOR (marker:`_Import`) REQUIRE marker.name IS UNIQUE;
