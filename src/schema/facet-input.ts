import { propertiesOf, type RelationField, relationFieldsOf } from '../ontology/fields.ts';
import type { Kind } from '../ontology/kinds.ts';
import { constantCase } from '../ontology/letter-case.ts';
import type { Property } from '../ontology/vocabulary.ts';
import { badUserInput } from './errors.ts';
import { limits } from './limits.ts';

/** What the entities of a list can be counted by. */
export type FacetOption =
  | { readonly property: string; readonly by: 'value' | 'year' | 'magnitude'; readonly description: string }
  | { readonly relation: RelationField; readonly description: string };

const words = {
  value: 'By its value',
  year: 'By its year',
  magnitude: 'By its size, in ranges of powers of ten, each named by its lower end',
} as const;

/** A name tells one entity from the others, and a text in prose occurs once: neither makes a facet. */
function wayOf(name: string, { type, list, indexed }: Property): keyof typeof words | null {
  if (list || type === 'milestones' || type === 'url' || name === 'name') return null;
  if (type === 'date') return 'year';
  if (type === 'float') return 'magnitude';
  return type === 'text' && !indexed ? null : 'value';
}

/** The facets of a kind, or of entities of any kind, by their names in GraphQL. */
export const facetOptions = (target: Kind | 'Entity'): ReadonlyMap<string, FacetOption> =>
  new Map([
    ...Object.entries(propertiesOf(target)).flatMap(([name, property]): [string, FacetOption][] => {
      const by = wayOf(name, property);
      return by
        ? [[constantCase(name), { property: name, by, description: `${words[by]}. ${property.description}` }]]
        : [];
    }),
    ...[...relationFieldsOf(target).values()].map((relation): [string, FacetOption] => [
      constantCase(relation.name),
      { relation, description: `By related entity. ${relation.description}` },
    ]),
  ]);

/** The arguments of `facets`. */
export interface FacetArguments {
  readonly by: readonly string[];
  readonly first: number;
}

/** The arguments as GraphQL hands them over, where a size may be null: it then is the default. */
export const facetArguments = ({
  by,
  first,
}: {
  by: readonly string[];
  first?: number | null | undefined;
}): FacetArguments => ({
  by,
  first: first ?? limits.defaultBuckets,
});

/** What tells one `facets` of a list from another. */
export const facetKey = ({ by, first }: FacetArguments): string => JSON.stringify([by, first]);

/** What is wrong with the arguments, in words. */
function faultOf({ by, first }: FacetArguments): string | null {
  if (by.length === 0 || by.length > limits.facets) {
    return `\`facets\` takes 1 to ${limits.facets} names in \`by\`; got ${by.length}.`;
  }
  if (new Set(by).size !== by.length) return '`facets` names one twice; name each once.';
  if (first < 0 || first > limits.buckets) {
    return `\`first\` of \`facets\` is from 0 to ${limits.buckets}; got ${first}.`;
  }
  return null;
}

export const areFacets = (args: FacetArguments): boolean => faultOf(args) === null;

/** @throws GraphQLError BAD_USER_INPUT on no facet, too many, one twice, or a size out of bounds */
export function checkFacets(args: FacetArguments): void {
  const fault = faultOf(args);
  if (fault !== null) throw badUserInput(fault);
}
