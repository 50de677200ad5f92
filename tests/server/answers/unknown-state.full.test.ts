import { afterEach, describe, expect, it, vi } from 'vitest';
import { importFiles } from '../../../src/doors/data/import/import-files.ts';
import { dataFolder } from '../../doors/data/data-folder.ts';
import { answerServers, renameInstitution } from './answer-servers.ts';

const servers = answerServers();
const institution = '{ institution(slug: "university") { name } }';
const lab = '{ lab(slug: "lab-one") { name } }';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('a server that cannot know', () => {
  it('reads anew while the log cannot be read, and stores again afterwards', async () => {
    let isLogThere = true;
    const server = await servers.start({
      staleness: 0,
      graphOf: (graph) => ({
        ...graph,
        read: (statement, ...given) => {
          if (!isLogThere && statement.name === 'change-log-touched') throw new Error('No log.');
          return graph.read(statement, ...given);
        },
      }),
    });
    await server.ask(lab);
    isLogThere = false;
    const without = await server.ask(lab);
    expect(without).toMatchObject({ cache: 'STALE-BYPASS', body: { data: { lab: { name: 'One' } } } });
    isLogThere = true;
    await vi.waitFor(async () => expect((await server.ask(lab)).cache).not.toBe('STALE-BYPASS'), { timeout: 5_000 });
  });

  it('reads anew while an import is incomplete, whose changes are not yet in the log', async () => {
    const server = await servers.start();
    await server.ask(institution);
    const graph = servers.graph();
    const write = (text: string) => graph.write((run) => run({ name: 'test', text }, {}));
    await write("CREATE (:`_Import` {name: 'pending'})");
    await write("MATCH (one:Institution {id: 'university'}) SET one.name = 'Half imported'");
    server.revisions.expire();
    const during = await server.ask(institution);
    expect(during).toMatchObject({ cache: 'STALE-BYPASS', body: { data: { institution: { name: 'Half imported' } } } });
    await write("MATCH (one:Institution {id: 'university'}) SET one.name = 'Imported'");
    await write('MATCH (marker:`_Import`) DELETE marker');
    server.revisions.expire();
    const after = await server.ask(institution);
    expect(after).toMatchObject({ cache: 'MISS', body: { data: { institution: { name: 'Imported' } } } });
  });

  it('reads everything anew after an import', async () => {
    const server = await servers.start();
    await server.ask(lab);
    await importFiles(servers.graph(), [
      dataFolder({
        'areas.jsonl': [
          { id: 'new-area', name: 'New', definition: 'New.', editorial: false, keyArea: false, topArea: false },
        ],
      }),
    ]);
    server.revisions.expire();
    expect((await server.ask(lab)).cache).toBe('MISS');
  });

  it('reads everything anew after a write that is not in the log', async () => {
    const server = await servers.start();
    await server.ask(lab);
    server.revisions.touchEverything();
    expect((await server.ask(lab)).cache).toBe('MISS');
  });

  it.each(['2000-01-01', '2099-01-01'])('does not mind a clock that jumps to %s', async (date) => {
    const server = await servers.start({ staleness: 50 });
    await server.ask(institution);
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(date) });
    expect((await server.ask(institution)).body.data.institution.name).not.toBe(date);
    await renameInstitution(server, date);
    expect((await server.ask(institution)).body.data.institution.name).toBe(date);
  });
});

describe('an answer that the time limit may have shortened', () => {
  it('is not stored', async () => {
    const query = '{ paths(from: "lab-one", to: "ci") { paths { length } } }';
    // So long that it is never near.
    const quick = await servers.start({ timeout: 60_000 });
    await quick.ask(query);
    expect((await quick.ask(query)).cache).toBe('HIT');
    // The clock goes on by what the search took.
    let late = 0;
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + late);
    const slow = await servers.start({
      timeout: 5_000,
      graphOf: (graph) => ({
        ...graph,
        read: async (statement, ...given) => {
          const rows = await graph.read(statement, ...given);
          if (statement.name.startsWith('path')) late += 600;
          return rows;
        },
      }),
    });
    const first = await slow.ask(query);
    expect(first.body.errors).toBeUndefined();
    expect((await slow.ask(query)).cache).toBe('MISS');
  });
});
