import { pascalCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { wordingOf } from '../../ontology/wording.ts';
import { nameFields, propertyField } from './fragments.ts';
import { listSettings, queryNameOfList, throughOf } from './list-settings.ts';
import { count, page } from './lists.ts';
import type { ExplorerOption } from './option.ts';
import { argumentsOf, type Part, queryText } from './query-text.ts';
import { fieldOf } from './traits.ts';

/** Values of a facet that are counted. */
const MOST_VALUES = 15;

/** The alias of a number of entities by a value of what they are related to. */
export const aliasOfThrough = (facet: string, value: string): string => `${facet.replace('.', '_')}_${value}`;

/** The query for the list of a kind: a page of it, with its facets and the counts that are wanted. */
function listQuery(ontology: Ontology, option: ExplorerOption, kind: Kind): string {
  const { plural, many } = ontology.kind(kind);
  const { facets, columns, counts } = listSettings(ontology, option, kind, wordingOf(ontology, 'en'), (text) => text);
  const by = facets.filter((facet) => facet.by !== '').map((facet) => facet.by);
  const isNarrow = (where: object) => Object.keys(where).length > 0;
  const variables = [
    `$filter: ${kind}Filter = {}`,
    `$orderBy: [${kind}Order!]`,
    '$first: Int = 50',
    '$after: String',
    ...(counts.length > 0 ? ['$names: Int = 2'] : []),
    ...(facets.length > 0 ? ['$withFacets: Boolean = true'] : []),
    ...counts.flatMap(({ name, field, where }) => [
      `$with_${name}: Boolean = false`,
      ...(isNarrow(where) ? [`$${name}: ${fieldOf(ontology, kind, field).target}Filter`] : []),
    ]),
  ];
  const countParts = counts.map(({ name, field, where }): Part => {
    const filter = isNarrow(where) ? `$${name}` : undefined;
    return [
      `count_${name}: ${field}${argumentsOf({ filter, first: '$names' })} @include(if: $with_${name})`,
      [...count, ['nodes', ['__typename', ...nameFields(ontology)]]],
    ];
  });
  const columnParts = columns.map(
    ({ name, type }): Part => (type === 'entity' ? [name, nameFields(ontology)] : propertyField(ontology, kind, name)),
  );
  const { provenance } = ontology;
  const sources: readonly Part[] = provenance
    ? [[`${ontology.relation(provenance.relation).forward}(first: 5)`, [['nodes', ['...SourceCard']]]]]
    : [];
  const through = throughOf(ontology, option, kind).flatMap(({ name, field, property, values }) =>
    values.map((value): Part => {
      const related = `{ ${field.name}: { some: { ${property}: { eq: ${value} } } } }`;
      const filter = `{ and: [$filter, ${related}] }`;
      return [
        `${aliasOfThrough(name, value)}: ${plural}${argumentsOf({ filter, first: 0 })} @include(if: $withFacets)`,
        count,
      ];
    }),
  );
  return queryText(
    `A page of ${many} with facets and counts.`,
    `query ${pascalCase(plural)}List(${variables.join(', ')})`,
    [
      [
        `${plural}(filter: $filter, orderBy: $orderBy, first: $first, after: $after)`,
        [
          'totalCount',
          ...(by.length > 0
            ? [
                [
                  `facets(by: [${by.join(', ')}], first: ${MOST_VALUES}) @include(if: $withFacets)`,
                  ['by', ['buckets', ['value', 'count', ['entity', ['...Card']]]], 'others', 'without'],
                ] as const,
              ]
            : []),
          page,
          ['nodes', ['...Card', ...columnParts, ...countParts, ...(kind === provenance?.kind ? [] : sources)]],
        ],
      ],
      ...through,
    ],
  );
}

/** The queries for the lists of all kinds. */
export const listQueries = (ontology: Ontology, option: ExplorerOption): Readonly<Record<string, string>> =>
  Object.fromEntries(ontology.kindNames.map((kind) => [queryNameOfList(kind), listQuery(ontology, option, kind)]));
