import {
  DirectiveLocation,
  GraphQLDeprecatedDirective,
  GraphQLDirective,
  type GraphQLSchema,
  specifiedDirectives,
} from 'graphql';
import type { Ontology } from '../ontology/ontology.ts';
import { addFilters } from './arguments/filters.ts';
import { addOrders } from './arguments/orders.ts';
import { withAsOf } from './as-of/as-of-directive.ts';
import { createSchemaBase, type SchemaBase } from './builder.ts';
import { addChanges } from './changes/changes.ts';
import { addDiff } from './changes/diff.ts';
import { addHistory } from './changes/history.ts';
import { addRevisions } from './changes/revisions.ts';
import { citeDirective } from './citations/cite.ts';
import { describedOnce } from './described-once.ts';
import { addEntities } from './entities/entities.ts';
import { addOntology } from './entities/ontology.ts';
import { addRelations } from './entities/relations.ts';
import { addRoot } from './entities/root.ts';
import { addSummaries } from './entities/summaries.ts';
import { addEnumerations } from './enumerations.ts';
import { addAsk } from './explore/ask.ts';
import { addCompare } from './explore/compare.ts';
import { addNeighborhood } from './explore/neighborhood.ts';
import { addPaths } from './explore/paths.ts';
import { addPathsBetween } from './explore/paths-between.ts';
import { addSearch } from './explore/search.ts';
import { addSimilar } from './explore/similar.ts';
import { addStructure } from './explore/structure.ts';
import { addSuggest } from './explore/suggest.ts';
import { addGaps } from './gaps/gaps.ts';
import { addGroups } from './groups/groups.ts';
import { addLive } from './live/live.ts';
import { addMatch } from './match/match.ts';
import { measureAnswers } from './measure-answers.ts';
import { addMutations } from './mutations/mutations.ts';
import { addRevert } from './mutations/revert.ts';
import { addScalars } from './scalars.ts';
import { addChangesSubscription } from './watching/changes-subscription.ts';
import { addWatches } from './watching/watches.ts';

export { type Context, type ContextOptions, createContext } from './context.ts';
export { type Contexts, createContexts } from './contexts.ts';

const parts = [
  ...[addScalars, addEnumerations, addEntities, addFilters, addOrders, addRelations, addSummaries, addRoot],
  ...[addSearch, addAsk, addSuggest, addPaths, addPathsBetween, addNeighborhood, addSimilar, addCompare, addStructure],
  ...[addMatch, addGroups, addGaps],
  ...[
    addOntology,
    addChanges,
    addChangesSubscription,
    addLive,
    addRevisions,
    addHistory,
    addDiff,
    addMutations,
    addRevert,
    addWatches,
  ],
];

/** Without the place that the specification of 2025 does not have: clients such as graphql-core refuse a schema with it. */
const deprecatedDirective = new GraphQLDirective({
  ...GraphQLDeprecatedDirective.toConfig(),
  locations: GraphQLDeprecatedDirective.locations.filter((place) => place !== DirectiveLocation.DIRECTIVE_DEFINITION),
});

const standardDirectives = specifiedDirectives.map((each) =>
  each === GraphQLDeprecatedDirective ? deprecatedDirective : each,
);

/** The whole schema of an ontology, with fields written by hand. */
export function createSchema(ontology: Ontology, addFields: (base: SchemaBase) => void = () => {}): GraphQLSchema {
  const base = createSchemaBase(ontology);
  for (const add of parts) add(base);
  addFields(base);
  const schema = base.builder.toSchema({
    directives: [...standardDirectives, ...(ontology.provenance ? [citeDirective] : [])],
  });
  return measureAnswers(describedOnce(withAsOf(schema), ontology));
}
