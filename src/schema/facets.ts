import type { Facet, FacetBucket } from '../graph/rows.ts';
import { type Kind, kindNames } from '../ontology/kinds.ts';
import { builder } from './builder.ts';
import { facetOptions } from './facet-input.ts';
import { nameOfMany } from './names.ts';
import { EntityInterface } from './references.ts';

const FacetBucketRef = builder.objectRef<FacetBucket>('FacetBucket').implement({
  description: 'One value that occurs among the entities of a list.',
  fields: (t) => ({
    value: t.exposeString('value', {
      nullable: false,
      description: 'The value as text; of a related entity, its slug; of a date, its year; of a range, its lower end.',
    }),
    entity: t.field({
      type: EntityInterface,
      nullable: true,
      description: 'The related entity, where the facet goes by a relation.',
      resolve: ({ entity }) => entity,
    }),
    count: t.exposeInt('count', { nullable: false, description: 'How many entities of the list have it.' }),
  }),
});

/** The most frequent values among the entities of a list. */
export const FacetRef = builder.objectRef<Facet>('Facet').implement({
  description: 'The most frequent values among all entities of a list, not of its page alone.',
  fields: (t) => ({
    by: t.exposeString('by', {
      nullable: false,
      description: 'What the entities are counted by, as it was asked for.',
    }),
    buckets: t.field({
      type: [FacetBucketRef],
      nullable: { list: false, items: false },
      description: 'The values, the most frequent first, then by value or name.',
      resolve: ({ buckets }) => buckets,
    }),
    others: t.exposeInt('others', {
      nullable: false,
      description: 'The counts of all values that are not among the buckets, added up.',
    }),
    without: t.exposeInt('without', { nullable: false, description: 'How many entities of the list have no value.' }),
  }),
});

const facetEnum = (target: Kind | 'Entity') =>
  builder.enumType(`${target}Facet`, {
    description: `What ${nameOfMany(target)} can be counted by.`,
    values: Object.fromEntries([...facetOptions(target)].map(([name, { description }]) => [name, { description }])),
  });

const facetEnums = new Map((['Entity', ...kindNames] as const).map((target) => [target, facetEnum(target)]));

/** The enumeration of the facets of a kind. */
export const facetRef = (target: Kind | 'Entity') => {
  const ref = facetEnums.get(target);
  if (!ref) throw new Error(`No facets of ${target}.`);
  return ref;
};
