import { constantCase } from '../../ontology/letter-case.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import { isListed, type Kind, type Property } from '../../ontology/vocabulary.ts';
import { badUserInput } from '../errors.ts';
import { limits } from '../limits.ts';
import { relationsTo } from '../names.ts';
import { edgePropertyOf } from './edge-conditions.ts';

/** A facet by which the entities of a list can be counted. */
export type FacetOption =
  | { readonly property: string; readonly by: 'value' | 'year' | 'month' | 'magnitude'; readonly description: string }
  | { readonly relation: RelationField; readonly description: string }
  /** A property of the relation that leads to the entities, whichever it is. */
  | { readonly ofEdge: string; readonly description: string };

const bucketDescriptions = {
  value: () => '',
  year: (name: string) => `By the year of \`${name}\`.`,
  magnitude: (name: string) => `By the order of magnitude of \`${name}\`, in ranges named by their lower bound.`,
} as const;

/** How the values of a property are grouped into buckets; `null` for names and prose, whose values are all different. */
function bucketingOf(name: string, { type, list, indexed }: Property): keyof typeof bucketDescriptions | null {
  if (list || isListed({ type }) || type === 'url' || name === 'name') return null;
  if (type === 'date') return 'year';
  if (type === 'float') return 'magnitude';
  return type === 'text' && !indexed ? null : 'value';
}

/** The properties of the relations to entities of a kind by which these can be counted. */
const edgeFacets = (ontology: Ontology, target: Kind | 'Entity'): readonly [string, FacetOption][] =>
  relationsTo(ontology, target).flatMap(({ toOne, properties }) =>
    Object.entries(properties).flatMap(([name, property]): [string, FacetOption][] =>
      !toOne && bucketingOf(name, property)
        ? [
            [
              constantCase(`edge_${name}`),
              {
                ofEdge: name,
                description: `By \`${name}\` of the relation whose field returns the list; no key of groups.`,
              },
            ],
          ]
        : [],
    ),
  );

type PropertyFacet = Extract<FacetOption, { readonly property: string }>;

/** The facets of properties; groups have keys of the same names, and name the part of a date. */
function propertyFacets(ontology: Ontology, target: Kind | 'Entity'): readonly [string, PropertyFacet][] {
  const all = Object.entries(ontology.propertiesOf(target)).flatMap(([name, property]): [string, PropertyFacet][] => {
    const by = bucketingOf(name, property);
    if (!by) return [];
    const facet = constantCase(name);
    const option: [string, PropertyFacet] = [facet, { property: name, by, description: bucketDescriptions[by](name) }];
    if (by !== 'year') return [option];
    return [
      option,
      [`${facet}_YEAR`, { property: name, by: 'year', description: '' }],
      [`${facet}_MONTH`, { property: name, by: 'month', description: '' }],
    ];
  });
  // A part of a date gives way to a property that is named like it.
  return [...all, ...all.filter(([facet, { property }]) => facet === constantCase(property))];
}

/** The facets of a kind, or of entities of any kind, by their names in GraphQL. */
export const facetOptions = (ontology: Ontology, target: Kind | 'Entity'): ReadonlyMap<string, FacetOption> =>
  new Map<string, FacetOption>([
    ...edgeFacets(ontology, target),
    ...propertyFacets(ontology, target),
    ...[...ontology.relationFieldsOf(target).values()].map((relation): [string, FacetOption] => [
      constantCase(relation.name),
      { relation, description: '' },
    ]),
  ]);

/**
 * What a facet counts of a list.
 *
 * @param via the relation that leads to its entities, if any
 * @throws GraphQLError BAD_USER_INPUT on a property that the relation lacks, or that has too many values
 */
export function facetSource(
  ontology: Ontology,
  target: Kind | 'Entity',
  name: string,
  via: RelationField | null,
): Exclude<FacetOption, { readonly ofEdge: string }> & { readonly ofEdge?: true } {
  const option = facetOptions(ontology, target).get(name);
  if (!option) throw new Error(`${target} has no facet ${name}.`);
  if (!('ofEdge' in option)) return option;
  if (!via) throw badUserInput(`No relation leads to these entities, so they have no facet ${name}. Remove it.`);
  const property = edgePropertyOf(ontology, via.relation, option.ofEdge);
  const by = bucketingOf(option.ofEdge, property);
  if (!by)
    throw badUserInput(`\`${option.ofEdge}\` of ${via.relation} is free text, so there is no facet ${name} here.`);
  return { property: option.ofEdge, by, ofEdge: true, description: option.description };
}

/** The arguments of `facets`. */
export interface FacetArguments {
  readonly by: readonly string[];
  readonly first: number;
}

/** The arguments from GraphQL, where a size of null stands for the default. */
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

/** Key that distinguishes the `facets` of a list by their arguments. */
export const facetKey = ({ by, first }: FacetArguments): string => JSON.stringify([by, first]);

/** Describes what is wrong with the arguments. */
function faultOf({ by, first }: FacetArguments): string | null {
  if (by.length === 0 || by.length > limits.facets) {
    return `\`facets\` takes 1 to ${limits.facets} names in \`by\`; got ${by.length}.`;
  }
  if (new Set(by).size !== by.length) return '`by` of `facets` contains a duplicate. List each facet once.';
  if (first < 0 || first > limits.buckets) {
    return `\`first\` of \`facets\` must be from 0 to ${limits.buckets}; got ${first}.`;
  }
  return null;
}

export const areFacets = (args: FacetArguments): boolean => faultOf(args) === null;

/** @throws GraphQLError BAD_USER_INPUT on no facet, too many, one twice, or a size out of bounds */
export function checkFacets(args: FacetArguments): void {
  const fault = faultOf(args);
  if (fault !== null) throw badUserInput(fault);
}
