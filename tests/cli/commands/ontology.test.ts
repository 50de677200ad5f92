import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { draftFromCsv } from '../../../src/cli/commands/ontology.ts';
import type { Session } from '../../../src/cli/commands/session/session.ts';
import { readConfig } from '../../../src/config.ts';
import { dataFolder } from '../../doors/data/data-folder.ts';

const session = (said: string[]): Session => ({
  config: readConfig({}),
  screen: { say: (text) => void said.push(text), progress() {}, finish() {} },
  silkgraph: () => Promise.reject(new Error('no graph')),
  signal: new AbortController().signal,
});

it('writes a draft and its mapping, and neither where one of them is there', async () => {
  const folder = dataFolder({ 'movies.csv': 'id,name,next\na,A,b\nb,B,a\n' });
  const [out, mapping] = [join(folder, 'ontology.js'), join(folder, 'ontology.mapping.json')];
  const said: string[] = [];
  await draftFromCsv(session(said), folder, { out });
  expect(said[0]).toBe(`${out}: 1 kind, 1 relation, 0 left out.`);
  expect([out, mapping].map((file) => existsSync(file))).toEqual([true, true]);

  rmSync(out);
  await expect(draftFromCsv(session([]), folder, { out })).rejects.toThrow(`${mapping} exists already.`);
  expect(existsSync(out)).toBe(false);
  rmSync(mapping);
  await draftFromCsv(session([]), folder, { out });
  await expect(draftFromCsv(session([]), '/nowhere', { out })).rejects.toThrow(`${out} exists already.`);
});

it('makes the folder that a draft is written to', async () => {
  const folder = dataFolder({ 'movies.csv': 'id,name,next\na,A,b\nb,B,a\n' });
  const out = join(folder, 'drafts', 'first', 'ontology.js');
  await draftFromCsv(session([]), folder, { out });
  expect(existsSync(out)).toBe(true);
});
