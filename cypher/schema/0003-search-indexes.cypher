// Search over all kinds: names, other names and texts, each in the folded form in which queries are compared with them.
// The analyser makes a word of each Chinese character, so that a phrase finds any run of them, and one alone too.
CREATE FULLTEXT INDEX entity_search IF NOT EXISTS
FOR (entity:Entity)
ON EACH [
  entity._kind, entity.id, entity._nameFolded, entity._nameZhFolded,
  entity._alsoKnownAsFolded, entity._officialNameFolded, entity._branchNamesFolded,
  entity._codeFolded, entity._codeAlpha3Folded,
  entity._descriptionFolded, entity._definitionFolded, entity._factsFolded, entity._outcomesFolded,
  entity._labelFolded, entity._scopeFolded, entity._regionServedFolded, entity._partnerRegionFolded,
  entity._subregionFolded, entity._intermediateRegionFolded, entity._capitalFolded, entity._cityFolded,
  entity._citiesFolded, entity._sitesFolded, entity._localityFolded, entity._provinceFolded,
  entity._publisherFolded, entity._attendanceFolded
]
OPTIONS { indexConfig: { `fulltext.analyzer`: 'standard-no-stop-words' } };

// Suggestions while a name is typed, over all kinds.
CREATE INDEX entity_name_folded IF NOT EXISTS FOR (entity:Entity) ON (entity._nameFolded);
