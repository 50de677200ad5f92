import { pascalCase } from '../ontology/letter-case.ts';
import type { Ontology, RelationField } from '../ontology/ontology.ts';
import type { Kind } from '../ontology/vocabulary.ts';
import { fragmentsOf, nameFields, propertyField } from './fragments.ts';
import type { ExplorerMap, ExplorerOption, MapCount } from './option.ts';
import { argumentsOf, type Part, queryText, withFragments } from './query-text.ts';
import { asideOf, barsOf, datesOf, FEW, fieldOf, listed, mainKinds } from './traits.ts';

const count: readonly Part[] = ['totalCount'];
const page: Part = ['pageInfo', ['hasNextPage', 'endCursor']];

export const nameOfCount = ({ name, field }: MapCount): string => name ?? field;

/** Queries that every graph has. */
function sharedQueries(ontology: Ontology, hasProperties: boolean): Readonly<Record<string, string>> {
  const { provenance } = ontology;
  const aside = asideOf(ontology);
  const citations = provenance ? [...Object.keys(ontology.edgePropertiesOf(provenance.relation))] : [];
  const cited = provenance && ontology.relation(provenance.relation);
  const sourced = provenance ? ', each relation with its sources' : '';
  return {
    neighborhood: queryText(
      `The neighbourhood of an entity${sourced}.`,
      'query Around($of: [ID!]!, $relations: [RelationType!], $limit: Int = 60)',
      [['neighborhood(of: $of, relations: $relations, limit: $limit)', ['...Neighbors']]],
    ),
    paths: queryText(
      `Paths between two entities, hop by hop${provenance ? ', each with its sources' : ''}.`,
      'query Connection($from: ID!, $to: ID!, $limit: Int = 5)',
      [
        [
          'paths(from: $from, to: $to, limit: $limit)',
          [
            ['paths', ['length', 'score', ['nodes', ['...Card']], ['hops', ['direction', '...Hop']]]],
            ['truncated', ['...LeftOut']],
          ],
        ],
      ],
    ),
    details: queryText(
      `The details of an entity, and its relations${provenance ? ' with their sources' : ''}.`,
      'query Details($of: [ID!]!)',
      [
        [
          'self: neighborhood(of: $of, limit: 1)',
          [
            [
              'nodes',
              [
                '...Card',
                ...(hasProperties ? ['...Properties'] : []),
                ...(provenance && cited
                  ? [
                      [
                        `${cited.forward}(first: 100)`,
                        ['totalCount', ['edges', [...citations, ['node', ['...SourceCard']]]]],
                      ] as const,
                      [
                        `... on ${provenance.kind}`,
                        [
                          [
                            `${cited.backward}(first: 100)`,
                            ['totalCount', ['edges', [...citations, ['node', ['...Card']]]]],
                          ],
                        ],
                      ] as const,
                    ]
                  : []),
              ],
            ],
          ],
        ],
        ['around: neighborhood(of: $of, limit: 200)', ['...Neighbors']],
        ...(aside.length > 0
          ? [[`aside: neighborhood(of: $of, relations: [${aside.join(', ')}], limit: 200)`, ['...Neighbors']] as const]
          : []),
      ],
    ),
    search: queryText(
      'Entities that match some words in their names or texts, best matches first.',
      'query Search($words: String!, $kinds: [EntityKind!], $first: Int = 30, $after: String)',
      [
        [
          'search(query: $words, kinds: $kinds, first: $first, after: $after)',
          [
            'totalCount',
            ['kinds', ['kind', 'count']],
            page,
            [
              'edges',
              [
                ['highlight', ['field', 'text']],
                ['node', ['...Card']],
              ],
            ],
          ],
        ],
      ],
    ),
    suggest: queryText('Suggestions of the search box.', 'query Suggest($prefix: String!)', [
      ['suggest(prefix: $prefix, limit: 8)', ['slug', 'kind', 'name', 'text']],
    ]),
    ontology: queryText('Kinds, properties and relations of the graph, with counts.', 'query Legend', [
      [
        'ontology',
        [
          [
            'kinds',
            [
              'kind',
              'typeName',
              'description',
              'count',
              ['properties', ['name', 'description', 'type', 'list', 'values']],
            ],
          ],
          [
            'relations',
            ['relation', 'description', 'count', 'from', 'to', 'forwardField', 'backwardField', 'symmetric'],
          ],
        ],
      ],
    ]),
  };
}

/** The counts of the introduction, as fields of the query type. */
const introductionCounts = (ontology: Ontology, { introduction }: ExplorerOption): readonly Part[] =>
  Object.entries(introduction?.counts ?? {}).map(([name, { kind, filter }]) => [
    `${name}: ${ontology.kind(kind).plural}${argumentsOf({ filter, first: 0 })}`,
    count,
  ]);

/** The sources of a published figure. */
const figureSources = ({ provenance, relation }: Ontology): readonly Part[] =>
  provenance ? [[`sources: ${relation(provenance.relation).forward}(first: 5)`, [['nodes', ['...SourceCard']]]]] : [];

function totalsQuery(ontology: Ontology, option: ExplorerOption): Readonly<Record<string, string>> {
  const { publishedTotals } = ontology;
  const { figures } = option;
  const counts = introductionCounts(ontology, option);
  const totals: readonly Part[] = publishedTotals
    ? [
        [
          'gaps',
          [
            [
              'totals',
              [
                'counted',
                'expected',
                'qualifier',
                'held',
                'kind',
                [
                  `figure: ${ontology.kind(publishedTotals.figures.kind).singular}`,
                  [
                    'slug',
                    'name',
                    ...(figures ? [figures.date, figures.unit, figures.series] : []),
                    ...figureSources(ontology),
                  ],
                ],
              ],
            ],
          ],
        ],
      ]
    : [];
  if (totals.length + counts.length === 0) return {};
  return {
    totals: queryText(
      publishedTotals
        ? 'Coverage of the official totals, and counts of the introduction.'
        : 'Counts of the introduction.',
      'query OfficialTotals',
      [...totals, ...counts],
    ),
  };
}

/** A list of all entities of a kind, page by page. */
const allOf = (
  ontology: Ontology,
  kind: Kind,
  title: string,
  name: string,
  fields: readonly Part[],
  orderBy?: string,
) =>
  queryText(title, `query ${name}($after: String)`, [
    [
      `${ontology.kind(kind).plural}${argumentsOf({ first: 100, after: '$after', orderBy })}`,
      ['totalCount', page, ['nodes', fields]],
    ],
  ]);

function mapQueries(ontology: Ontology, map: ExplorerMap): Readonly<Record<string, string>> {
  const { kind, code, counts, columns, lists, line } = map;
  const { one, many, singular } = ontology.kind(kind);
  const listed = lists ?? counts.map(({ field, filter }) => ({ field, filter }));
  return {
    counts: queryText(
      'Total numbers of what the map counts.',
      'query Counts',
      counts
        .filter(({ tableOnly }) => !tableOnly)
        .map((each) => {
          const { plural } = ontology.kind(fieldOf(ontology, kind, each.field).target);
          return [`${nameOfCount(each)}: ${plural}${argumentsOf({ filter: each.filter, first: 0 })}`, count];
        }),
    ),
    places: allOf(ontology, kind, `A page of ${many} with what the map counts.`, 'Places', [
      ...nameFields(ontology),
      code,
      ...Object.keys(columns ?? {}),
      ...counts.map(
        (each): Part => [`${nameOfCount(each)}: ${each.field}${argumentsOf({ filter: each.filter, first: 0 })}`, count],
      ),
    ]),
    place: queryText(`What the map lists for ${one}.`, 'query Place($slug: String!)', [
      [
        `${singular}(slug: $slug)`,
        [
          ...nameFields(ontology),
          ...(line ?? []).map(({ property }) => property),
          ...listed.map(
            ({ field, filter }, index): Part => [
              `list${index}: ${field}${argumentsOf({ filter, first: 100 })}`,
              ['totalCount', ['nodes', ['...Card']]],
            ],
          ),
        ],
      ],
    ]),
  };
}

/** The field of a property, or of a to-one relation with the name of its target. */
function columnField(ontology: Ontology, kind: Kind, name: string): Part {
  return ontology.relationFieldsOf(kind).has(name) ? [name, ['name']] : name;
}

function timelineQueries(ontology: Ontology, option: ExplorerOption): Readonly<Record<string, string>> {
  const { timeline, figures, highlighted } = option;
  const { publishedTotals, provenance } = ontology;
  const bars = barsOf(ontology, option).map((kind) => {
    const dates = datesOf(option, kind).flatMap(({ property, basis }) => (basis ? [property, basis] : [property]));
    const standing = highlighted?.[kind]?.property;
    const fields = [...new Set([...(standing ? [standing] : []), ...dates])];
    return [
      queryNameOfYears(kind),
      allOf(ontology, kind, `A page of ${ontology.kind(kind).many} with their known dates.`, `${kind}Years`, [
        '__typename',
        ...nameFields(ontology),
        ...fields.map((field) => propertyField(ontology, kind, field)),
      ]),
    ] as const;
  });
  const { dots } = timeline ?? {};
  const shown = dots && [
    dots.date,
    ...(dots.status ? [dots.status.property] : []),
    ...(dots.columns ?? []).flatMap(({ fields }) => fields),
  ];
  return {
    ...Object.fromEntries(bars),
    ...(dots && {
      dots: allOf(
        ontology,
        dots.kind,
        `A page of ${ontology.kind(dots.kind).many} by date.`,
        `${pascalCase(ontology.kind(dots.kind).plural)}ByDate`,
        [...nameFields(ontology), ...[...new Set(shown)].map((field) => columnField(ontology, dots.kind, field))],
        `[{ ${dots.date}: ASC }]`,
      ),
    }),
    ...(publishedTotals &&
      figures && {
        figures: queryText('Published figures of the given series, by date.', 'query Figures($series: [String!]!)', [
          [
            `${ontology.kind(publishedTotals.figures.kind).plural}${argumentsOf({
              filter: `{ ${figures.series}: { in: $series } }`,
              first: 100,
              orderBy: `[{ ${figures.date}: ASC }]`,
            })}`,
            [
              'totalCount',
              [
                'nodes',
                [
                  'slug',
                  'name',
                  ...(figures.label ? [figures.label] : []),
                  figures.series,
                  publishedTotals.figures.value,
                  figures.unit,
                  publishedTotals.figures.qualifier,
                  ...(figures.target ? [figures.target.property] : []),
                  figures.date,
                  ...(provenance ? figureSources(ontology) : []),
                ],
              ],
            ],
          ],
        ]),
      }),
  };
}

/** The name of the query for the years of a kind. */
export const queryNameOfYears = (kind: Kind): string => `years ${kind}`;

/** The name of a question in addresses is also that of its query. */
export const queryNameOfQuestion = (name: string): string => `question ${name}`;

/** A relation of an entity in a question, with its sources; `undefined` if these cannot be read there. */
function relationPart({ provenance }: Ontology, { name, toOne, properties }: RelationField): Part | undefined {
  const sources: readonly Part[] = provenance ? ['ownSources', ['sources', ['...SourceCard']]] : [];
  const edge: readonly Part[] = [...Object.keys(properties), ...sources, ['node', ['...Card']]];
  if (!toOne) return [`${name}(first: 10)`, [['edges', edge]]];
  if (Object.keys(properties).length > 0) return [`${name}Edge`, edge];
  return provenance ? undefined : [name, ['...Card']];
}

/** What a question shows beside entities of a kind: `with their authors and publishers`. */
function relatedInWords({ kind }: Ontology, name: Kind, fields: readonly RelationField[]): string {
  const far = [...new Set(fields.map(({ target }) => target))].filter((target) => target !== name);
  if (far.length === 0) return 'and how are they related';
  const names = far.map((target) => (target === 'Entity' ? 'entities' : kind(target).many));
  return `with their ${listed(names.length > FEW ? [...names.slice(0, FEW), 'more'] : names, 'and')}`;
}

/** Questions of a graph that has none of its own: each kind with what its relations lead to. */
export function usualQuestions(ontology: Ontology): readonly { title: string; name: string; query: string }[] {
  const { provenance, kind, relationFieldsOf } = ontology;
  return mainKinds(ontology).flatMap((name) => {
    const fields = [...relationFieldsOf(name).values()].filter(
      ({ relation, reading }) => relation !== provenance?.relation && reading !== 'BACKWARD',
    );
    const related = fields.map((field) => relationPart(ontology, field)).filter((part) => part !== undefined);
    const { plural, many } = kind(name);
    if (related.length === 0) return [];
    const title = `Which ${many} are there, ${relatedInWords(ontology, name, fields)}?`;
    const entities: Part = [`${plural}(first: 50)`, [['nodes', ['...Card', ...related]]]];
    return [{ title, name: plural, query: queryText(title, `query ${pascalCase(plural)}`, [entities]) }];
  });
}

/** Every query of the explorer with its fragments, by name, as the page sends it and opens it in GraphiQL. */
export function documentsOf(ontology: Ontology, option: ExplorerOption): Readonly<Record<string, string>> {
  const fragments = fragmentsOf(ontology, option);
  const questions = (option.questions ?? usualQuestions(ontology)).flatMap((question) =>
    'query' in question ? [[queryNameOfQuestion(question.name), question.query] as const] : [],
  );
  const queries = {
    ...sharedQueries(ontology, 'Properties' in fragments),
    ...totalsQuery(ontology, option),
    ...(option.map && mapQueries(ontology, option.map)),
    ...(option.dates && timelineQueries(ontology, option)),
    ...Object.fromEntries(questions),
  };
  return Object.fromEntries(Object.entries(queries).map(([name, text]) => [name, withFragments(text, fragments)]));
}
