import { parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Tool, ToolCall } from '../../../src/doors/mcp/tool.ts';
import { createListGaps } from '../../../src/doors/mcp/tools/audit.ts';
import { createChangeGraph } from '../../../src/doors/mcp/tools/change-graph.ts';
import { createMatchPattern } from '../../../src/doors/mcp/tools/match-pattern.ts';
import { createFindPaths } from '../../../src/doors/mcp/tools/walks.ts';
import { createSchema } from '../../../src/graphql/index.ts';
import type { Question } from '../../../src/graphql/internal-client/ask.ts';
import type { JsonObject } from '../../../src/graphql/internal-client/json.ts';
import { defineOntology } from '../../../src/ontology/definition/define-ontology.ts';
import { schema } from '../../setup/served.ts';

/** What a tool makes of data. */
const made = async (tool: Tool, args: JsonObject, data: JsonObject) =>
  (await tool.run(args, { ontology: cooperation, schema, find: async () => ({ value: data }) } as unknown as ToolCall))
    .value;

const hop = { relation: 'PARTNERS_WITH', direction: 'FORWARD', from: { slug: 'lab' }, to: { slug: 'ke' } };

it('a set of a pattern has its entities and its relations, whatever the entities are named', async () => {
  const entities = [{ as: 'relations', entity: { slug: 'lab' } }];
  const { matches } = await made(
    createMatchPattern(cooperation),
    { entities: [{ as: 'relations' }] },
    { match: { totalCount: 1, matches: [{ entities, relations: [hop] }] } },
  );
  expect(matches).toEqual([
    { entities: { relations: { slug: 'lab' } }, relations: [{ from: 'lab', relation: 'PARTNERS_WITH', to: 'ke' }] },
  ]);
});

it('a relation on a path has its type beside its properties, whatever these are named', async () => {
  const properties = [{ name: 'relation', value: 'sister' }];
  const { paths } = await made(
    createFindPaths(cooperation),
    { from: 'lab', to: 'ke' },
    { paths: { paths: [{ length: 1, entities: [], hops: [{ ...hop, properties }] }] } },
  );
  expect(paths).toEqual([
    {
      ...{ length: 1, entities: [] },
      relations: [{ from: 'lab', relation: 'PARTNERS_WITH', to: 'ke', properties: { relation: 'sister' } }],
    },
  ]);
});

it('a question to the user has each operation in a line of its own, and says what of it is not shown', async () => {
  const asked: string[] = [];
  const confirm = async (message: string) => {
    asked.push(message);
    return false;
  };
  const operations = [{ update: { area: { id: 'energy', description: 'x'.repeat(400) } } }];
  const reason = 'Spelling.\n- update {"area":{"id":"other"}}';
  await createChangeGraph().run({ operations, reason, dryRun: false }, { confirm } as unknown as ToolCall);
  const lines = (asked[0] ?? '').split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/^- update \{"area":\{"id":"energy".*x… \(\d{3} more characters\)$/);
});

it('gaps are asked for with published totals of any kind', async () => {
  const { definition } = cooperation;
  const { Indicator } = definition.kinds;
  const kinds = { ...definition.kinds, Indicator: { ...Indicator, singular: 'statistic', plural: 'statistics' } };
  const ontology = defineOntology({ ...definition, kinds } as typeof definition);
  const other = createSchema(ontology);
  const asked: string[] = [];
  const find = async ({ query }: Question) => {
    asked.push(query);
    return { value: {} };
  };
  await createListGaps(ontology).run({}, { ontology, schema: other, find } as unknown as ToolCall);
  expect(asked.flatMap((query) => validate(other, parse(query)))).toEqual([]);
  expect(asked[0]).toContain('totals { counted expected held kind qualifier }');
});
