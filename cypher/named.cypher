// The kinds and names of some sources, who published them when, and how far they can be trusted.
// Parameters: $slugs: List<String>, $reliability: String?, $chinese: String?, $publisher: String?, $date: String?
// Columns: slug: String, labels: List<String>, name: String, reliability: String?, chinese: String?, publisher: String?, date: String?
UNWIND $slugs AS slug
MATCH (entity:Entity {id: slug})
RETURN entity.id AS slug, labels(entity) AS labels, entity.name AS name, entity[$reliability] AS reliability, entity[$chinese] AS chinese,
  entity[$publisher] AS publisher, entity[$date] AS date
