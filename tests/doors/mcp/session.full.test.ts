import { readFileSync } from 'node:fs';
import type { Client } from '@modelcontextprotocol/client';
import { countTokens } from 'gpt-tokenizer';
import { beforeAll, describe, expect, it } from 'vitest';
import { estimateTokens } from '../../../src/doors/mcp/token-estimate.ts';
import { mcpClient } from '../../setup/mcp.ts';
import { readPage } from '../../setup/pages.ts';
import { schema } from '../../setup/served.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph({ mcp: 'read', operationTimeout: 60_000 });
let client: Client;
beforeAll(async () => {
  client = await mcpClient(server);
});

const LAB = 'china-kenya-joint-laboratory-for-crop-molecular-biology';
const designated = { designation: { eq: 'BELT_AND_ROAD_JOINT_LABORATORY' } };

/** A question of the cookbook: its example, the calls of an agent, and words that its answer must have. */
interface Asked {
  readonly example: string;
  readonly calls: readonly (readonly [string, Record<string, unknown>])[];
  readonly answers: RegExp;
}

const questions: readonly Asked[] = [
  {
    example: '01-designated-labs-of-a-country',
    calls: [
      ['find_entities', { kind: 'LAB', filter: { ...designated, partnerCountries: { some: { code: { eq: 'KE' } } } } }],
      ['get_entities', { slugs: [LAB], relations: ['institutions', 'areas'] }],
    ],
    answers: /egerton-university.*"side":"PARTNER".*cgtn-2022-07-12/s,
  },
  {
    example: '02-lab-and-its-programs',
    calls: [['get_entities', { slugs: [LAB], relations: ['areas', 'programs'] }]],
    answers: /crop-science.*action-joint-laboratories/s,
  },
  {
    example: '07-designated-labs-with-african-partners',
    calls: [
      [
        'find_entities',
        { kind: 'LAB', filter: { ...designated, partnerCountries: { some: { region: { eq: 'AFRICA' } } } } },
      ],
    ],
    answers: new RegExp(LAB),
  },
  {
    example: '09-institutions-with-most-labs',
    calls: [
      [
        'find_entities',
        { kind: 'INSTITUTION', orderBy: [{ labs: { count: 'DESC', filter: { inScope: { eq: true } } } }], first: 5 },
      ],
    ],
    answers: /"total":\d+.*"kind":"INSTITUTION"/s,
  },
  {
    example: '16-search-in-any-words',
    calls: [['search', { query: 'artificial inteligence', first: 5 }]],
    answers: /artificial-intelligence/,
  },
  {
    example: '17-labs-by-country',
    calls: [['count_entities', { kind: 'LAB', by: ['PARTNER_COUNTRIES'], filter: designated, first: 10 }]],
    answers: /"slug":"pk".*"count":/s,
  },
  {
    example: '18-how-are-two-countries-connected',
    calls: [['find_paths', { from: 'rs', to: 'ke', avoidHubs: 150, limit: 1 }]],
    answers: /"relation":"PARTNERS_WITH".*"sources":\[/s,
  },
  {
    example: '20-what-is-like-this-lab',
    calls: [['find_similar', { to: LAB, limit: 3 }]],
    answers: /china-pakistan-joint-laboratory-on-wheat-molecular-breeding/,
  },
  {
    example: '22-official-totals-against-what-is-held',
    calls: [['list_gaps', { kinds: ['LAB'] }]],
    answers: /"expected":70,"held":\d+,"kind":"LAB","qualifier":"OVER"/,
  },
  {
    example: '24-what-is-around-a-platform',
    calls: [['neighborhood', { of: ['china-asean-technology-transfer-center'], limit: 12 }]],
    answers: /"leftOut".*MEASURES_PLATFORM.*"sources":\[/s,
  },
  {
    example: '08-countries-with-labs-but-no-platform',
    calls: [
      [
        'find_entities',
        {
          kind: 'COUNTRY',
          filter: {
            labs: { some: designated },
            platforms: { none: {} },
            groups: { none: { platforms: { some: {} } } },
          },
        },
      ],
    ],
    answers: /"total":\d+.*"kind":"COUNTRY"/s,
  },
  {
    example: '10-what-happened-in-a-month',
    calls: [
      [
        'find_entities',
        {
          kind: 'EVENT',
          filter: { startDate: { eq: '2023-11' } },
          orderBy: [{ startDate: 'ASC' }],
          properties: ['startDate'],
        },
      ],
    ],
    answers: /"startDate":"2023-11/,
  },
  {
    example: '13-labs-within-an-area',
    calls: [
      [
        'find_entities',
        { kind: 'LAB', filter: { ...designated, areas: { some: { within: 'agriculture-and-food' } } } },
      ],
    ],
    answers: new RegExp(LAB),
  },
  {
    example: '15-where-sources-disagree',
    calls: [
      ['find_entities', { kind: 'PLATFORM', filter: { conflicts: { isEmpty: false } }, properties: ['conflicts'] }],
    ],
    answers: /"conflicts":\["/,
  },
  {
    example: '19-areas-with-labs-in-africa-but-no-platform',
    calls: [
      [
        'find_entities',
        {
          kind: 'AREA',
          filter: {
            labs: {
              some: {
                ...designated,
                partnerCountries: { some: { region: { eq: 'AFRICA' }, platforms: { none: {} } } },
              },
            },
          },
        },
      ],
    ],
    answers: /"total":\d+.*"kind":"AREA"/s,
  },
  {
    example: '21-compare-two-countries',
    calls: [['compare_entities', { ids: ['kz', 'uz'], kinds: ['LAB', 'PLATFORM', 'PROGRAM'] }]],
    answers: /"shared":\[\{.*"relation":"PARTICIPATES_IN"/s,
  },
  {
    example: '23-institutions-with-labs-in-one-group',
    calls: [
      [
        'match_pattern',
        {
          entities: [
            { as: 'institution', kind: 'INSTITUTION' },
            { as: 'one', filter: { lab: { inScope: { eq: true } } } },
            { as: 'other', filter: { lab: { inScope: { eq: true } } } },
            { as: 'here', kind: 'COUNTRY' },
            { as: 'there', kind: 'COUNTRY' },
            { as: 'group', kind: 'COUNTRY_GROUP' },
          ],
          relations: [
            { from: 'one', to: 'institution', relation: 'HOSTED_BY' },
            { from: 'other', to: 'institution', relation: 'HOSTED_BY' },
            { from: 'one', to: 'here', relation: 'PARTNERS_WITH' },
            { from: 'other', to: 'there', relation: 'PARTNERS_WITH' },
            { from: 'here', to: 'group', relation: 'MEMBER_OF' },
            { from: 'there', to: 'group', relation: 'MEMBER_OF' },
          ],
          show: ['institution', 'group'],
          first: 5,
        },
      ],
    ],
    answers: /"institution":\{.*"group":\{/s,
  },
  {
    example: '30-top-areas-by-world-region',
    calls: [
      [
        'graphql',
        {
          query:
            '{ labsGroupBy(keys: [{ areas: { level: 0 } }, { partnerCountries: { by: REGION } }], filter: { inScope: { eq: true } }, first: 12) { nodes { count keys { value } } } }',
        },
      ],
    ],
    answers: /"value":"ASIA"/,
  },
  {
    example: '35-countries-that-rely-on-one-institution',
    calls: [
      [
        'find_entities',
        {
          kind: 'COUNTRY',
          filter: { labs: { some: {}, every: { institutions: { some: { within: 'chinese-academy-of-sciences' } } } } },
        },
      ],
    ],
    answers: /"total":\d+.*"kind":"COUNTRY"/s,
  },
  {
    example: '36-countries-that-left-the-initiative',
    calls: [
      [
        'graphql',
        {
          query:
            '{ program(slug: "belt-and-road-initiative") { participants(filter: { edge: { status: { eq: WITHDRAWN } } }, orderBy: [{ edge: { until: DESC } }]) { edges { since until node { name } } } } }',
        },
      ],
    ],
    answers: /"until":"20\d\d.*Italy/s,
  },
];

const exampleOf = (name: string) => readFileSync(new URL(`../../../examples/${name}.graphql`, import.meta.url), 'utf8');

/** The same by plain GraphQL, with sources: the query, its response, and nothing of the schema. */
async function graphqlTokens(example: string): Promise<number> {
  const query = exampleOf(example)
    .replace(/^#.*\n/gm, '')
    .replace(/^query (\w+)/m, 'query $1 @cite(styles: [])');
  const { data, extensions } = await server.ask(query);
  expect(data).toBeTruthy();
  return countTokens(query) + countTokens(JSON.stringify({ data, extensions }));
}

const thousands = (count: number) => count.toLocaleString('en');

describe('a session of the published client', () => {
  const rows: string[] = [];

  it.each(questions)('answers $example with sources', async ({ example, calls, answers }) => {
    let tokens = 0;
    let text = '';
    for (const [name, args] of calls) {
      // biome-ignore lint/suspicious/noExplicitAny: content of any type
      const result = (await client.callTool({ name, arguments: args })) as any;
      expect(result.isError, result.content[0].text).toBeFalsy();
      text = result.content[0].text;
      tokens += countTokens(JSON.stringify(args)) + countTokens(text);
      expect(estimateTokens(text)).toBeGreaterThanOrEqual(countTokens(text));
    }
    expect(text).toMatch(answers);
    const raw = await graphqlTokens(example);
    const question = /^# ([^?]*\?)/.exec(exampleOf(example))?.[1]?.replace(/\n# ?/g, ' ') ?? '';
    rows.push(
      `| ${question} | ${calls.map(([name]) => `\`${name}\``).join(', ')} | ${thousands(tokens)} | ${thousands(raw)} |`,
    );
  });

  it('takes as many tokens as the design page on agents says, and far fewer than the schema', async () => {
    const { tools } = await client.listTools();
    const summary = (await client.readResource({ uri: 'silkgraph://ontology' })).contents[0];
    const { printSchema } = await import('graphql');
    const before = [
      ['tools', countTokens(JSON.stringify(tools))],
      ['ontology', countTokens(JSON.stringify(summary))],
      ['schema', countTokens(printSchema(schema))],
    ] as const;
    const { text } = readPage('docs/design/agents.md');
    const known = [...text.matchAll(/^\| .*\? \| `.*$/gm)].map(([row]) => row);
    expect(known).toEqual(rows);
    const readOnce = [...text.matchAll(/^\| (?:tools|ontology|schema) \| .*$/gm)].map(([row]) => row);
    expect(readOnce).toEqual(before.map(([what, count]) => `| ${what} | ${thousands(count)} |`));
  });
});
