import type { Ontology } from '../../../ontology/ontology.ts';
import type { Tool } from '../tool.ts';
import { createAsk } from './ask.ts';
import { createListChanges, createListGaps } from './audit.ts';
import { createChangeGraph } from './change-graph.ts';
import { createCiteSources } from './cite-sources.ts';
import { createCompareEntities, createFindSimilar } from './compare-entities.ts';
import { createCountEntities } from './count-entities.ts';
import { createFindEntities } from './find-entities.ts';
import { createGetEntities } from './get-entities.ts';
import { createGraphql } from './graphql.ts';
import { createMatchPattern } from './match-pattern.ts';
import { createOntology } from './ontology.ts';
import { createSchemaDefinitions, createSearchSchema } from './schema.ts';
import { createSearch } from './search.ts';
import { createFindPaths, createNeighborhood } from './walks.ts';

/** The tools of a graph, those to begin with first. */
export function createTools(ontology: Ontology): readonly Tool[] {
  const cite = createCiteSources(ontology);
  return [
    createSearch(ontology),
    createAsk(),
    createGetEntities(ontology),
    createFindEntities(ontology),
    createCountEntities(ontology),
    createFindPaths(ontology),
    createNeighborhood(ontology),
    createFindSimilar(ontology),
    createCompareEntities(ontology),
    createMatchPattern(ontology),
    createListGaps(ontology),
    createListChanges(ontology),
    ...(cite ? [cite] : []),
    createOntology(ontology),
    createSearchSchema(),
    createSchemaDefinitions(),
    createGraphql(),
    createChangeGraph(),
  ];
}
