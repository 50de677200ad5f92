import { access, cp, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from 'commander';
import { kebabCase } from '../../ontology/letter-case.ts';
import { inShell } from './session/in-shell.ts';
import type { Session } from './session/session.ts';

/** Where the files of a new graph are, the same from `src` and from `dist`. */
const starter = fileURLToPath(new URL('../../../src/cli/starter/', import.meta.url));
const packageFolder = fileURLToPath(new URL('../../../', import.meta.url));

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

const readJson = async (path: string) => JSON.parse(await readFile(path, 'utf8'));

/** The file or folder that npm installed a package from; `undefined` if that was a registry. */
async function installedFrom(modules: string): Promise<string | undefined> {
  const { packages = {} } = await readJson(join(modules, '.package-lock.json')).catch(() => ({}));
  const from: unknown = packages['node_modules/silkgraph']?.resolved;
  return typeof from === 'string' && from.startsWith('file:') ? resolve(modules, '..', from.slice(5)) : undefined;
}

/** How a new package depends on this one: by the file, folder or version that npm installed it from, else by its folder. */
async function dependencyFrom(folder: string): Promise<string> {
  const modules = resolve(packageFolder, '..');
  const isInstalled = basename(modules) === 'node_modules';
  const place = isInstalled ? await installedFrom(modules) : packageFolder;
  if (place !== undefined) return `file:${relative(folder, place).replaceAll(sep, '/')}`;
  const { version } = await readJson(join(packageFolder, 'package.json'));
  return `^${version}`;
}

/** A name that npm accepts. */
const packageName = (folder: string): string =>
  kebabCase(basename(folder))
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-._]+/, '') || 'my-graph';

/**
 * Writes a small working graph into a new folder.
 * @throws InvalidArgumentError if the folder is there already
 */
export async function initGraph({ screen }: Session, place: string): Promise<void> {
  const folder = resolve(place);
  if (await isThere(folder)) throw new InvalidArgumentError(`${place} is there already. Name a new folder.`);
  await cp(starter, folder, { recursive: true });
  // npm leaves files of this name out of packages.
  await rename(join(folder, 'gitignore'), join(folder, '.gitignore'));
  const file = join(folder, 'package.json');
  const content = await readJson(file);
  content.name = packageName(folder);
  content.dependencies.silkgraph = await dependencyFrom(folder);
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
  const readme = join(folder, 'README.md');
  await writeFile(readme, (await readFile(readme, 'utf8')).replace('# my-graph', `# ${content.name}`));
  screen.say(`Wrote a graph of plants to ${place}. Serve it:`);
  screen.say(`  cd ${inShell(place)} && npm install && npm start`);
}
