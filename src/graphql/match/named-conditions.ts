import type { Filter } from '../../engine/reads/filter.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { parseFilter } from '../arguments/filter-input.ts';
import type { NamedFilter } from './pattern-input.ts';

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
