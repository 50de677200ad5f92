import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { liveServers } from '../../setup/live-server.ts';
import { program } from '../../setup/program.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const graph = silkgraph();
const start = liveServers();

/** Runs the command as a person would, with no settings but these. */
async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...program, 'ask', ...args], {
    cwd: root,
    env: { PATH, HOME, PORT: '0', ...env },
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, out, err };
}

const question = 'how many African countries have no joint laboratory?';

describe('silkgraph ask', () => {
  it('prints how a question was read, the document that asks it, its answer and its cost', async () => {
    const { graphql, origin } = await start(graph.graph);
    const { ask } = await graph.data(
      'query ($question: String!) { ask(question: $question) { document answer cost } }',
      { question },
    );
    const { code, out, err } = await run([question, '--endpoint', graphql]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('African — value: Country.region: AFRICA\n');
    expect(out).toContain(`\n${ask.document}\n`);
    expect(out).toContain(`\n${JSON.stringify(ask.answer, null, 2)}\n`);
    expect(out.endsWith(`Cost: ${ask.cost}.\n`)).toBe(true);
    expect((await run([question], { PORT: new URL(origin).port })).out).toBe(out);
  });

  it('prints the variables of the document, and says what the answer does not depend on', async () => {
    const { graphql } = await start(graph.graph);
    const { out } = await run(['labs in Kenya since 99999', '--endpoint', graphql]);
    expect(out).toContain('{"country":"ke"}');
    expect(out).toContain('The answer does not depend on "since", "99999".');
  });

  it('prints all of it as JSON, in Chinese too', async () => {
    const { graphql } = await start(graph.graph);
    const { code, out } = await run(['非洲有多少个联合实验室', '--json', '--endpoint', graphql]);
    const { reading, answer } = JSON.parse(out);
    expect(code).toBe(0);
    expect(reading.map(({ words }: { words: string }) => words)).toContain('非洲');
    expect(answer.labs.totalCount).toBeGreaterThan(0);
  });

  it('ends with 1 where the question is refused or nobody answers, and with 2 without a question', async () => {
    const { graphql } = await start(graph.graph);
    const refused = await run([' ', '--endpoint', graphql]);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('(BAD_USER_INPUT)');
    const nobody = await run([question, '--endpoint', 'http://127.0.0.1:1/graphql']);
    expect(nobody).toMatchObject({ code: 1, out: '' });
    expect(nobody.err).toContain('The server cannot be reached');
    expect(await run([])).toMatchObject({ code: 2, out: '' });
  });
});
