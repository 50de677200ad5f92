import type { Facet, FacetBucket } from '../../engine/reads/rows.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { lazyType, lazyTypeFor } from '../builder.ts';
import { EntityInterface } from '../references.ts';
import { facetOptions } from './facet-input.ts';

const FacetBucketRef = lazyType((base) =>
  base.builder.objectRef<FacetBucket>('FacetBucket').implement({
    description: 'A value among the entities of a list, with its frequency.',
    fields: (t) => ({
      value: t.exposeString('value', {
        nullable: false,
        description: 'The value as text: the slug of a related entity, the year of a date, the lower bound of a range.',
      }),
      entity: t.field({
        type: EntityInterface(base),
        nullable: true,
        description: 'The related entity; null unless the facet is a relation.',
        resolve: ({ entity }) => entity,
      }),
      count: t.exposeInt('count', {
        nullable: false,
        description: 'Number of entities in the list that have the value.',
      }),
    }),
  }),
);

/** The most frequent values among the entities of a list. */
export const FacetRef = lazyType((base) =>
  base.builder.objectRef<Facet>('Facet').implement({
    description: 'Most frequent values among all entities of a list, not only those on one page.',
    fields: (t) => ({
      by: t.exposeString('by', {
        nullable: false,
        description: 'Facet, as in the argument `by`.',
      }),
      buckets: t.field({
        type: [FacetBucketRef(base)],
        nullable: { list: false, items: false },
        description: 'Values, most frequent first, then by value or name.',
        resolve: ({ buckets }) => buckets,
      }),
      others: t.exposeInt('others', {
        nullable: false,
        description: 'Sum of the counts of all values outside `buckets`.',
      }),
      without: t.exposeInt('without', {
        nullable: false,
        description: 'Number of entities in the list without a value.',
      }),
    }),
  }),
);

/** The enumeration of the facets of a kind. */
export const facetRef = lazyTypeFor(({ builder, ontology }, target: Kind | 'Entity') =>
  builder.enumType(`${target}Facet`, {
    description:
      'Facets of a list, and keys of groups: properties, dates by year or month, and relations by the entities that they lead to.',
    values: Object.fromEntries(
      [...facetOptions(ontology, target)].map(([name, { description }]) => [
        name,
        description === '' ? {} : { description },
      ]),
    ),
  }),
);
