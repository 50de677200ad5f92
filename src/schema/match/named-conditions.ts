import type { Filter } from '../../graph/reads/filter.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { parseEdgeFilter, parseFilter } from '../arguments/filter-input.ts';
import { badUserInput } from '../errors.ts';
import { edgeFilterName } from './match-pattern.ts';
import type { NamedFilter } from './pattern-input.ts';

/** Filters of relations, each with the type that it is named after. @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED */
export const edgeConditionsOf = (
  ontology: Ontology,
  filters: readonly NamedFilter[],
): readonly { readonly relation: RelationType; readonly filter: Filter }[] =>
  filters.flatMap((named) =>
    Object.entries(named).map(([name, filter]) => {
      const relation = ontology.relationTypes.find((type) => edgeFilterName(type) === name);
      if (relation === undefined) throw badUserInput(`There is no relation ${JSON.stringify(name)}.`);
      return { relation, filter: parseEdgeFilter(ontology, relation, filter) };
    }),
  );

/** Filters of entities, each with the kind that it is named after. @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED */
export const entityConditionsOf = (
  ontology: Ontology,
  filters: readonly NamedFilter[],
): readonly { readonly kind: Kind | 'Entity'; readonly filter: Filter }[] =>
  filters.flatMap((named) =>
    Object.entries(named).map(([name, filter]) => {
      const kind = ontology.kindNames.find((each) => ontology.kind(each).singular === name) ?? 'Entity';
      return { kind, filter: parseFilter(ontology, kind, filter) };
    }),
  );
