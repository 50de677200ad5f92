import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Dependencies that the package brings along, with theirs. Overrides in `package.json` do not apply where the package is
 * installed, and without them these ask for a newer Node.js than they need. npm cannot install a folder that names both.
 */
const bundled = ['graphql-yoga'];

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Packages by their path in a lockfile. */
type Locked = Readonly<
  Record<string, { readonly version?: string; readonly dependencies?: Readonly<Record<string, string>> }>
>;

/** Where a package that stands at a path finds another one; `undefined` if it is not installed. */
function resolved(packages: Locked, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[path]) return path;
    if (at === '') return undefined;
  }
}

/** The paths of some dependencies, and of all that these depend on. */
export function withDependencies(packages: Locked, names: readonly string[]): readonly string[] {
  const paths = new Set(names.flatMap((name) => resolved(packages, '', name) ?? []));
  for (const path of paths) {
    for (const name of Object.keys(packages[path]?.dependencies ?? {})) {
      const found = resolved(packages, path, name);
      if (found !== undefined) paths.add(found);
    }
  }
  return [...paths];
}

function npmPack(folder: string, ...args: string[]): Packed {
  const all = ['pack', '--json', '--ignore-scripts', ...args];
  const printed = execFileSync('npm', all, { cwd: folder, maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'pipe'] });
  const [packed] = Object.values<Packed>(JSON.parse(printed.toString()));
  if (!packed) throw new Error('npm packed nothing.');
  return packed;
}

const json = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** Copies an installed package, and has it ask for the versions that come with it: npm would replace any others. */
function bring(path: string, packages: Locked, stage: string): void {
  const from = join(root, path);
  const isNeeded = (file: string) => file !== join(from, 'node_modules') && !file.endsWith('.map');
  cpSync(from, join(stage, path), { recursive: true, filter: isNeeded });
  const described = json(join(path, 'package.json'));
  const dependencies = Object.keys(described.dependencies ?? {}).map((name) => {
    const found = resolved(packages, path, name);
    return [name, (found && packages[found]?.version) ?? described.dependencies[name]];
  });
  const pinned = { ...described, dependencies: Object.fromEntries(dependencies) };
  writeFileSync(join(stage, path, 'package.json'), `${JSON.stringify(pinned, null, 2)}\n`);
}

/** Packs what is built into a folder. @returns name of the file */
export function pack(destination: string): string {
  const { files } = npmPack(root, '--dry-run');
  const stage = mkdtempSync(join(tmpdir(), 'silkgraph-pack-'));
  try {
    for (const { path } of files) cpSync(join(root, path), join(stage, path));
    const { packages } = json('package-lock.json');
    for (const path of withDependencies(packages, bundled)) bring(path, packages, stage);
    const described = json('package.json');
    const whole = { ...described, bundleDependencies: bundled };
    writeFileSync(join(stage, 'package.json'), `${JSON.stringify(whole, null, 2)}\n`);
    return npmPack(stage, '--pack-destination', destination).filename;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}
