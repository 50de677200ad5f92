import { describe, expect, it } from 'vitest';
import { type AdoptFlags, adoptData } from '../../../src/cli/commands/adopt.ts';
import { draftFromNeo4j } from '../../../src/cli/commands/ontology.ts';
import type { Session } from '../../../src/cli/commands/session/session.ts';
import { readConfig } from '../../../src/config.ts';
import { ownGraph } from '../../doors/data/own-graph.ts';
import { graphOf } from '../adoption/written-graph.ts';

const own = ownGraph();

/** Runs a command with another graph, and returns what a person reads. */
async function run(command: (session: Session) => Promise<void>, module = ''): Promise<string> {
  const lines: string[] = [];
  const screen = { say: (line: string) => void lines.push(line), progress: () => {}, finish: () => {} };
  const { uri, username, password, database = '' } = own.address;
  const neo4j = { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password, NEO4J_DATABASE: database };
  const config = readConfig({ ...neo4j, SILKGRAPH_GRAPH: './my graph.js' });
  await command({ config, screen, silkgraph: async () => graphOf(module), signal: new AbortController().signal });
  return lines.join('\n');
}

const draft = () => run((session) => draftFromNeo4j(session, { out: '-', sample: '100' }));
const adopt = (module: string, flags: AdoptFlags = {}) => run((session) => adoptData(session, flags), module);

describe('data that exist', () => {
  it('are drafted with a statement that makes their dates text, and adopted by commands that name the graph', async () => {
    await own.ask(`CREATE (:Person {name: 'Ida', born: date('1990-05-01'), seen: [datetime('2020-02-03T04:05Z')]})
      -[:KNOWS {since: datetime('2001-01-02T00:00Z')}]->(:Person {name: 'Jan', born: date('1991-01-01')})`);
    const prose = (await draft()).replaceAll(/\n\s*\/\/ /g, ' ');
    const statements = [
      ...prose.matchAll(/dates as text, such as 2019-06-20: (MATCH .*? SET \S+ = .*?)(?= left out:|\n)/g),
    ];
    expect(statements).toHaveLength(3);
    for (const [, statement = ''] of statements) await own.ask(statement);

    const module = await draft();
    expect(graphOf(module).ontology.kind('Person').properties).toMatchObject({
      born: { type: 'date', required: true },
      seen: { type: 'date', list: true },
    });
    expect(graphOf(module).ontology.edgePropertiesOf('KNOWS')).toMatchObject({ since: { type: 'date' } });
    expect(await adopt(module)).toContain('Run silkgraph adopt --graph "./my graph.js" --yes to write it.');
    expect(await adopt(module, { yes: true })).toContain('Serve it with silkgraph start --graph "./my graph.js".');
  });
});
