import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../../src/cli/commands/explain.ts';
import { exportGraph } from '../../../src/cli/commands/export.ts';
import { showDifferences } from '../../../src/cli/commands/history/diff.ts';
import { createRevisionTag, listRevisionTags } from '../../../src/cli/commands/history/tag.ts';
import { forgetWatch, listDeadLetters, listWatches, watchChanges } from '../../../src/cli/commands/history/watch.ts';
import { openGraph } from '../../../src/cli/commands/session/open-graph.ts';
import { readRevision } from '../../../src/cli/commands/session/read-revision.ts';
import type { Session } from '../../../src/cli/commands/session/session.ts';
import { applyOperations } from '../../../src/engine/changes/apply/apply-operations.ts';
import { dataFolder } from '../../doors/data/data-folder.ts';
import { create } from '../../engine/changes/changed-graph.ts';
import { ownDatabase } from '../../setup/own-database.ts';
import { runCommand } from '../../setup/run-command.ts';

const address = ownDatabase();

/** What a command says, without the steps that lead to it. */
async function run(command: (session: Session) => Promise<void>): Promise<readonly string[]> {
  const lines = await runCommand(command, address());
  return lines.filter((line) => !line.endsWith('...') && !/^(Using|Applied|Applying)/.test(line));
}

const change = (...operations: Parameters<typeof applyOperations>[1]['operations']) =>
  run(async (session) => {
    const { graph, close } = await openGraph(session);
    await applyOperations(graph, { operations, author: 'tester' }).finally(close);
  });

beforeAll(async () => {
  await change(create('Area', 'tea'));
  await run((session) => createRevisionTag(session, 'first', {}));
  await change({ action: 'UPDATE', kind: 'Area', slug: 'tea', properties: { name: 'Tea and more' } });
}, 60_000);

describe('the history of the graph by commands', () => {
  it('gives a tag once, and lists all', async () => {
    expect((await run(listRevisionTags)).join('\n')).toMatch(/first +1 /);
    await expect(run((session) => createRevisionTag(session, 'first', {}))).rejects.toThrow('Tags never move');
    await expect(run((session) => createRevisionTag(session, 'later', { at: '99' }))).rejects.toThrow(
      'does not exist yet',
    );
  });

  it('shows what differs between revisions, for people and for programs', async () => {
    expect(await run((session) => showDifferences(session, 'first', undefined, {}))).toEqual([
      '~ Area tea',
      '    name: "The Area tea" → "Tea and more"',
      'Entities: 0 created, 1 updated, 0 deleted. Relations: 0 created, 0 updated, 0 deleted.',
    ]);
    const [line = ''] = await run((session) => showDifferences(session, 'first', '2', { json: true }));
    expect(JSON.parse(line)).toMatchObject({ action: 'UPDATED', kind: 'Area', id: 'tea' });
    expect(await run((session) => showDifferences(session, '2', '2', {}))).toEqual(['Nothing differs.']);
    await expect(run((session) => showDifferences(session, '2', '1', {}))).rejects.toThrow('Exchange them');
  });

  it('shows what an import of files would change, and changes nothing', async () => {
    const { properties } = create('Area', 'rice');
    const folder = dataFolder({ 'areas.json': [{ id: 'rice', ...properties }] });
    for (const _ of [1, 2])
      expect(await run((session) => showDifferences(session, folder, undefined, {}))).toEqual([
        '+ Area rice',
        'Entities: 1 created, 0 updated, 0 deleted. Relations: 0 created, 0 updated, 0 deleted.',
      ]);
  });

  it('exports the graph as of a revision', async () => {
    const folder = dataFolder();
    const flags = { format: 'jsonl', out: join(folder, 'areas.jsonl'), kind: 'AREA' };
    await run((session) => exportGraph(session, { ...flags, at: 'first' }));
    expect(readFileSync(flags.out, 'utf8')).toContain('"The Area tea"');
    await run((session) => exportGraph(session, flags));
    expect(readFileSync(flags.out, 'utf8')).toContain('"Tea and more"');
    await expect(run((session) => exportGraph(session, { format: 'ttl', out: '-', at: 'first' }))).rejects.toThrow(
      'only the graph of today',
    );
  });

  it('makes, lists and removes watches, and shows a secret once', async () => {
    const made = await run((session) =>
      watchChanges(session, { url: 'https://example.org/hook', kind: ['AREA'], id: ['tea'] }),
    );
    const secret = made.at(-1)?.trim() ?? '';
    expect(secret).toMatch(/^whsec_/);
    const listed = (await run(listWatches)).join('\n');
    expect(listed).toMatch(/https:\/\/example\.org\/hook +kinds: \[AREA\], ids: \["tea"\] +2 +active/);
    expect(listed).not.toContain(secret);
    expect(await run(listDeadLetters)).toEqual(['Every delivery was taken, or is still tried.']);
    const [, id = ''] = /by the watch (\w+)\./.exec(made.join('\n')) ?? [];
    await run((session) => forgetWatch(session, id));
    await run((session) =>
      watchChanges(session, {
        filter: '{ area: { name: { contains: "tea" } } }',
        around: ['tea'],
        depth: '2',
        match: '{ entities: [{ as: "a", kind: AREA }], relations: [] }',
      }),
    );
    expect((await run(listWatches)).join('\n')).toMatch(
      / feed +filter: \{ area: .* \}, around: \["tea"\], depth: 2, match: \{ entities: .* \} +active/,
    );
    for (const wrong of [{ kind: ['NOTHING'] }, { depth: '1' }, { filter: '{' }, { id: ['no slug'] }])
      await expect(run((session) => watchChanges(session, wrong))).rejects.toThrow();
    await expect(run((session) => watchChanges(session, { kind: ['NOTHING'] }))).rejects.toThrow(
      /^There is no kind NOTHING\. The kinds are COUNTRY, /,
    );
    const refused = run((session) => watchChanges(session, { filter: '{ tea: {} }' })).catch((error) => explain(error));
    expect(await refused).toMatch(/^Field "tea" is not defined/);
    await expect(run((session) => forgetWatch(session, id))).rejects.toThrow('There is no watch');
  });
});

describe('a revision on the command line', () => {
  it.each([
    ['41', { revision: 41 }],
    ['2026-report', { tag: '2026-report' }],
    ['2024-02-29', { at: '2024-02-29T23:59:59.999Z', day: '2024-02-29' }],
    ['2024-02-29T10:00:00+02:00', { at: '2024-02-29T10:00:00+02:00' }],
  ])('is %s', (text, name) => {
    expect(readRevision(text)).toEqual(name);
  });

  it.each(['', 'a b', '-1', '2024-13-01T00:00:00Z'])('is not %j', (text) => {
    expect(() => readRevision(text)).toThrow('is not a revision');
  });
});
