import { execFileSync, execSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Command } from 'commander';
import { pack } from './pack.ts';

// Prepares a release: npm run release -- 0.2.0. Everything that leaves the machine, such as publishing and tags, is printed and
// left to a person.

/** What has to succeed before anything is written. */
const examinations = ['npm audit --omit=dev', 'npm run check', 'npm test', 'npm run test:full'];

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The changelog with what is unreleased under a version. @throws Error if nothing is unreleased */
export function releasedChangelog(text: string, version: string, date: string): string {
  const [, unreleased = ''] = /^## Unreleased\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(text) ?? [];
  if (unreleased.trim() === '')
    throw new Error('CHANGELOG.md has nothing under Unreleased, so there is nothing to release.');
  return text.replace('## Unreleased\n', `## Unreleased\n\n## ${version} (${date})\n`);
}

/** Whether a version is a later one. */
export function isLater(version: string, than: string): boolean {
  const parts = (text: string) => text.split('.').map(Number);
  const [before, after] = [parts(than), parts(version)];
  const at = after.findIndex((part, index) => part !== before[index]);
  return at !== -1 && (after[at] ?? 0) > (before[at] ?? 0);
}

/** Files that name the version, with how they do. */
export const versioned: readonly (readonly [file: string, name: (version: string) => string])[] = [
  ['package.json', (version) => `"version": "${version}"`],
  ['packages/client/package.json', (version) => `"version": "${version}"`],
  ['package-lock.json', (version) => `"name": "silkgraph",\n  "version": "${version}"`],
  ['deploy/kubernetes.yml', (version) => `image: silkgraph:${version}`],
  ['docker-compose.yml', (version) => `SILKGRAPH_VERSION:-${version}`],
];

/** A text with another version. @throws Error if it does not name the one before */
export function withVersion(text: string, name: (version: string) => string, before: string, after: string): string {
  if (!text.includes(name(before))) throw new Error(`Expected ${JSON.stringify(name(before))}.`);
  return text.replace(name(before), name(after));
}

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

/**
 * What is used in production, as CycloneDX (https://cyclonedx.org/docs/1.5/json/), from the lockfile: `npm sbom` leaves out what
 * development uses too.
 */
export function billOfMaterials(version: string, packages: Readonly<Record<string, LockedPackage>>): object {
  const purl = (name: string, of: string) => `pkg:npm/${name.replace(/^@/, '%40')}@${of}`;
  const components = Object.entries(packages).flatMap(
    ([path, { version: of = '', license, integrity, dev, devOptional }]) => {
      if (!path.startsWith('node_modules/') || dev || devOptional) return [];
      const name = path.replace(/^.*node_modules\//, '');
      const [algorithm, content] = integrity?.split('-') ?? [];
      return [
        {
          type: 'library',
          'bom-ref': path,
          name,
          version: of,
          purl: purl(name, of),
          ...(license === undefined ? {} : { licenses: [{ expression: license }] }),
          ...(algorithm === 'sha512' && content !== undefined
            ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(content, 'base64').toString('hex') }] }
            : {}),
        },
      ];
    },
  );
  const component = { type: 'application', name: 'silkgraph', version, purl: purl('silkgraph', version) };
  return { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, metadata: { component }, components };
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');
const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { cwd: root, maxBuffer: 2 ** 28 }).toString();

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

function release(version: string, commands: readonly string[]): void {
  const before: string = JSON.parse(read('package.json')).version;
  if (!/^\d+\.\d+\.\d+$/.test(version) || !isLater(version, before)) {
    throw new Error(`Name a version after ${before}, such as npm run release -- 0.2.0.`);
  }
  if (run('git', 'status', '--porcelain') !== '')
    throw new Error('There are changes that are not committed. Commit them first.');
  for (const command of commands) {
    console.log(command);
    execSync(command, { cwd: root, stdio: 'inherit' });
  }
  const changelog = releasedChangelog(read('CHANGELOG.md'), version, new Date().toISOString().slice(0, 10));
  const texts = versioned.map(([file, name]) => [file, withVersion(read(file), name, before, version)] as const);
  for (const [file, text] of [...texts, ['CHANGELOG.md', changelog] as const]) writeFileSync(join(root, file), text);
  const folder = join(root, 'dist/release');
  mkdirSync(folder, { recursive: true });
  const bill = billOfMaterials(version, JSON.parse(read('package-lock.json')).packages);
  writeFileSync(join(folder, `silkgraph-${version}.cdx.json`), `${JSON.stringify(bill, null, 2)}\n`);
  run('npm', 'run', 'prepack');
  pack(folder);
  run('npm', 'pack', '--pack-destination', folder, './packages/client');
  const files = [`silkgraph-${version}.tgz`, `silkgraph-client-${version}.tgz`, `silkgraph-${version}.cdx.json`];
  const notes = [
    `Silkgraph ${version}`,
    `commit  ${run('git', 'rev-parse', 'HEAD').trim()}`,
    `Node.js ${process.version}, npm ${run('npm', '--version').trim()}`,
    ...commands.map((command) => `passed  ${command}`),
    ...files.map((file) => `sha256  ${sha256(join(folder, file))}  ${file}`),
  ];
  writeFileSync(join(folder, 'PROVENANCE.txt'), `${notes.join('\n')}\n`);
  console.log(
    [
      ...notes,
      '',
      'Look at the changes, then:',
      `  git commit --all --message "Release ${version}" && git tag v${version} && git push --follow-tags`,
      ...files.slice(0, 2).map((file) => `  npm publish --access public dist/release/${file}`),
      `  docker build --tag silkgraph:${version} --sbom=true --provenance=true .`,
    ].join('\n'),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const command = new Command('npm run release --')
    .description('Examines, packs and describes a new version. Publishes nothing.')
    .argument('<version>', 'the new version, such as 0.2.0')
    .option('--tests <command>', 'rehearse: run this instead of the audit, the checks and all tests; the notes say so')
    .action((version: string, { tests }: { tests?: string }) => {
      try {
        release(version, tests === undefined ? examinations : [tests]);
      } catch (error) {
        command.error(`The release was not made. ${(error as Error).message}`);
      }
    });
  command.parse();
}
