import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { program } from './setup/program.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'silkgraph-main-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a person would, with no setting but these. */
const silkgraph = (args: readonly string[], env: Record<string, string> = {}, cwd = root) =>
  new Promise<Ran>((resolve) => {
    const { PATH = '', HOME = '' } = process.env;
    execFile(
      process.execPath,
      [...program, ...args],
      { cwd, env: { PATH, HOME, PORT: '0', SILKGRAPH_FOLDER: folder, ...env } },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });

/** What a person should never see. */
const inside = /node_modules|\n\s+at |Error:/;

describe('silkgraph', () => {
  it.each([
    [],
    ['start'],
    ['database'],
    ['database', 'start'],
    ['database', 'stop'],
    ['database', 'status'],
    ['tag', 'create'],
    ['diff'],
    ['watch', 'create'],
    ['seed'],
    ['import'],
    ['generate'],
    ['key'],
    ['key', 'create'],
    ['key', 'list'],
    ['key', 'rotate'],
    ['key', 'revoke'],
    ['config', 'check'],
    ['config', 'schema'],
  ])('explains itself: %s %s --help', async (...command) => {
    const { code, out, err } = await silkgraph([...command, '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Usage: silkgraph/);
  });

  it.each([
    [[], 'Usage: silkgraph'],
    [['nothing'], "unknown command 'nothing'"],
    [['start', '--nothing'], "unknown option '--nothing'"],
    [['database'], 'Usage: silkgraph database'],
    [['import'], "missing required argument 'files'"],
    [['key'], 'Usage: silkgraph key'],
    [['key', 'create', '--role', 'editor'], "required option '--name <name>'"],
    [['key', 'create', '--role', 'owner', '--name', 'Ana'], 'Give the role of the key'],
    [['key', 'create', '--role', 'editor', '--name', 'Ana', '--expires', 'soon'], 'Give a number of hours'],
    [['key', 'revoke'], "missing required argument 'id'"],
    [['generate', '--labs', '10'], "required option '--out <folder>'"],
    [['generate', '--labs', 'many', '--out', folder], 'The number of labs must be from 1'],
  ])('ends with 2 where it is used wrongly: %s', async (command, words) => {
    const { code, err } = await silkgraph(command);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(err).not.toMatch(inside);
  });

  it.each([
    ['package.json', 'a file of this name exists already'],
    ['package.json/x', 'a part of the path is a file, not a folder'],
  ])('says in words that it cannot write to %s', async (place, reason) => {
    const ran = await silkgraph(['generate', '--labs', '1', '--out', place]);
    expect(ran).toEqual({ code: 1, out: '', err: `${place} cannot be used: ${reason}.\n` });
  });

  it('tells every fault of its settings at once, and ends with 1', async () => {
    const { code, out, err } = await silkgraph(['start'], { PORT: 'web', NEO4J_URI: 'http://localhost' });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err.match(/^ {2}- /gm)).toHaveLength(3);
    expect(err).not.toMatch(inside);
  });

  it.each(['start', 'seed'])('says in words that no Neo4j answers: %s', async (command) => {
    const { code, err } = await silkgraph([command], { NEO4J_URI: 'bolt://127.0.0.1:1', NEO4J_PASSWORD: 'x' });
    expect(code).toBe(1);
    expect(err).toContain('No Neo4j answers at bolt://127.0.0.1:1');
    expect(err).not.toMatch(inside);
  });

  it('says in words that the port is taken, before it touches any database', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, out, err } = await silkgraph(['start'], { PORT: String(port) });
    other.close();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe(
      `Port ${port} on 127.0.0.1 is in use. Stop the process that uses it, or choose another one, as in PORT=${port + 1}.\n`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says that no Neo4j of its own is running', async () => {
    expect(await silkgraph(['database', 'status'])).toEqual({
      code: 0,
      out: 'No managed Neo4j is running.\n',
      err: '',
    });
  });

  it('has the data of a local Neo4j in the folder where it is run, which no update of the package deletes', async () => {
    const elsewhere = mkdtempSync(join(folder, 'project-'));
    const { out } = await silkgraph(['doctor'], { SILKGRAPH_FOLDER: '' }, elsewhere);
    rmSync(elsewhere, { recursive: true });
    expect(out).toContain(`The local Neo4j in ${elsewhere}/.silkgraph does not run.`);
  });

  it('does not start or stop what NEO4J_URI names', async () => {
    const { code, err } = await silkgraph(['database', 'stop'], { NEO4J_URI: 'bolt://h', NEO4J_PASSWORD: 'x' });
    expect(code).toBe(1);
    expect(err).toContain("not Silkgraph's to start or stop");
  });

  it('names the three ways where there is neither Java nor Docker', async () => {
    const { code, err } = await silkgraph(['start'], { PATH: '/nowhere' });
    expect(code).toBe(1);
    expect(err).toMatch(/NEO4J_URI[\s\S]*Java[\s\S]*Docker/);
    expect(err).not.toMatch(inside);
  });

  // `npm install` builds it; `npx` runs it as a program of its own.
  const built = join(root, 'dist', 'main.js');
  it.skipIf(!existsSync(built))('is built as a program that may be run', async () => {
    const { stdout } = await promisify(execFile)(built, ['--help']);
    expect(stdout).toMatch(/^Usage: silkgraph/);
  });

  it('writes files to import, and says which', async () => {
    const out = join(folder, 'generated');
    const ran = await silkgraph(['generate', '--labs', '20', '--out', out]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain(join(out, 'labs.jsonl'));
    expect(readdirSync(out)).toContain('relations.jsonl');
  });
});
