import { describe, expect, it } from 'vitest';
import { seeds } from '../../setup/seeds.ts';
import { statementServer } from '../statement-server.ts';

const labs = seeds.entities.Lab.length;

const viewers = {
  admin: { name: 'root', role: 'admin' },
  editor: { name: 'writer', role: 'editor' },
} as const;
const strict = statementServer({}, viewers);
const generous = statementServer({ explaining: 'everybody' }, viewers);

const query = '{ run(text: "MATCH (lab:Lab) RETURN count(lab.name)", name: "count-names") }';

describe('an explanation', () => {
  it('is told to an administrator who asks by a header: statements, rows, time, database hits, text and plan', async () => {
    const headers = { 'silkgraph-explain': 'true', 'x-api-key': 'admin' };
    const { body } = await strict.ask(query, { headers });
    expect(body.data).toEqual({ run: `[[${labs}]]` });
    const { explain } = body.extensions;
    expect(explain).toEqual({
      ms: expect.any(Number),
      statementCount: 1,
      dbHits: expect.any(Number),
      statements: [
        {
          name: 'count-names',
          rows: 1,
          ms: expect.any(Number),
          dbHits: explain.dbHits,
          text: 'MATCH (lab:Lab) RETURN count(lab.name)',
          plan: expect.arrayContaining([expect.stringMatching(new RegExp(`Scan .*\\(\\d+ hits, ${labs} rows\\)`))]),
        },
      ],
    });
    // Each lab is found once.
    expect(explain.dbHits).toBeGreaterThanOrEqual(labs);
  });

  it('is told to who asks by the extensions of the request, over whatever transport', async () => {
    const { body } = await strict.ask(query, { extensions: { explain: true }, headers: { 'x-api-key': 'admin' } });
    expect(body.extensions.explain.statementCount).toBe(1);
  });

  it.each(['', 'editor'])('is refused to everybody else (%s)', async (key) => {
    const headers = { 'silkgraph-explain': 'true', ...(key ? { 'x-api-key': key } : {}) };
    const { body, response } = await strict.ask(query, { headers });
    expect(response.status).toBe(403);
    expect(body.errors).toEqual([
      { message: expect.stringContaining('role admin'), extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  it('is told to everybody where that is set, without texts and plans', async () => {
    const { body } = await generous.ask(query, { headers: { 'silkgraph-explain': 'true' } });
    const [statement] = body.extensions.explain.statements;
    expect(Object.keys(statement)).toEqual(['name', 'rows', 'ms', 'dbHits']);
    expect(statement.dbHits).toBeGreaterThanOrEqual(labs);
  });

  it('costs nobody anything who did not ask', async () => {
    const { body } = await generous.ask(query);
    expect(body).not.toHaveProperty('extensions');
    const ran: unknown[] = [];
    await generous.graph.read({ name: 'plain', text: 'RETURN 1' }, {}, { observe: ({ plan }) => ran.push(plan) });
    expect(ran).toEqual([undefined]);
  });
});
