// What is posted to whom when the graph changes, and the deliveries that were given up.
CREATE CONSTRAINT watch_id IF NOT EXISTS FOR (watch:`_Watch`) REQUIRE watch.id IS UNIQUE;
CREATE INDEX dead_letter_watch IF NOT EXISTS FOR (letter:`_DeadLetter`) ON (letter.watch);
