import { constantCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { analysisQueries } from './analysis-queries.ts';
import { type ComputedField, fragmentsOf } from './fragments.ts';
import { groupQueries } from './group-queries.ts';
import { listQueries } from './list-queries.ts';
import { count, figureSources, page } from './lists.ts';
import { mapQueries } from './map-queries.ts';
import type { ExplorerOption } from './option.ts';
import { argumentsOf, type Part, queryText, withFragments } from './query-text.ts';
import { timelineQueries } from './timeline-queries.ts';
import { asideOf } from './traits.ts';
import { usualQuestions } from './usual-questions.ts';

/** Arguments that leave out what connects everything: hubs, and published figures. */
function explainingOnly({ kindNames, publishedTotals }: Ontology): string {
  const kinds = kindNames.filter((kind) => kind !== publishedTotals?.figures.kind).map(constantCase);
  return `avoidHubs: $hub${publishedTotals ? `, kinds: [${kinds.join(', ')}]` : ''}`;
}

/** Arguments of all searches for paths. */
const named = 'from: $from, to: $to, limit: $limit, maxHops: $maxHops, avoid: $avoid, via: $via';

/** What is read of paths. */
const found: readonly Part[] = [
  ['paths', ['length', 'score', ['nodes', ['...Card']], ['hops', ['direction', '...Hop']]]],
  ['truncated', ['...LeftOut']],
];

/** Queries that every graph has. */
function sharedQueries(
  ontology: Ontology,
  fragments: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
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
      'query Connection($from: ID!, $to: ID!, $limit: Int = 5, $maxHops: Int = 4, $hub: Int = 40, $withHubs: Boolean = false, $avoid: [ID!], $via: [ID!])',
      [
        [`paths(${named}, ${explainingOnly(ontology)})`, found],
        [`all: paths(${named}) @include(if: $withHubs)`, found],
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
                ...['Properties', 'Computed'].filter((name) => name in fragments).map((name) => `...${name}`),
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
                'score',
                ['highlight', ['field', 'text']],
                ['matched', ['words', 'slug', 'text']],
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

/** The name of a question in addresses is also that of its query. */
export const queryNameOfQuestion = (name: string): string => `question ${name}`;

/** Every query of the explorer with its fragments, by name, as the page sends it and opens it in GraphiQL. */
export function documentsOf(
  ontology: Ontology,
  option: ExplorerOption,
  computed: readonly ComputedField[],
): Readonly<Record<string, string>> {
  const fragments = fragmentsOf(ontology, option, computed);
  const questions = (option.questions ?? usualQuestions(ontology)).flatMap((question) =>
    'query' in question ? [[queryNameOfQuestion(question.name), question.query] as const] : [],
  );
  // In the order in which a server that has started plans them: what the start page asks, then what no parts stand in for.
  const queries = {
    ...totalsQuery(ontology, option),
    ...sharedQueries(ontology, fragments),
    ...analysisQueries(ontology),
    ...(option.map && mapQueries(ontology, option, option.map)),
    ...(option.dates && timelineQueries(ontology, option)),
    ...listQueries(ontology, option),
    ...groupQueries(ontology),
    ...Object.fromEntries(questions),
  };
  return Object.fromEntries(Object.entries(queries).map(([name, text]) => [name, withFragments(text, fragments)]));
}
