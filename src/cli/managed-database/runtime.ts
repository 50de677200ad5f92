import { execFile, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Report } from '../../engine/database/address.ts';
import { DatabaseError } from '../../engine/database/database-error.ts';
import { attempt } from '../../engine/database/system/attempt.ts';
import { tooLittleSpace } from '../../engine/database/system/free-space.ts';
import { tail } from '../../engine/database/system/tail.ts';
import { withLock } from '../../engine/database/system/with-lock.ts';

/** The Neo4j that is run here, unless the settings name another one. */
export const neo4jVersion = '5.26.30';

/** The oldest Java that runs a version: those named after a year need a newer one. */
export const leastJavaFor = (version: string): number => (version.startsWith('5.') ? 17 : 21);

// Not compiled to dist, so it is found in src from both.
const project = fileURLToPath(new URL('../../../src/cli/local-neo4j/', import.meta.url));

/** The program `java`, and the folder with Neo4j's jars and the launcher. */
export interface Runtime {
  readonly java: string;
  /** In full, such as `17.0.21`. */
  readonly javaVersion: string;
  readonly folder: string;
}

/** @throws DatabaseError `unavailable` if there is none, or one that is too old for the version of Neo4j */
export async function findJava(
  javaHome: string | undefined,
  neo4j = neo4jVersion,
): Promise<Pick<Runtime, 'java' | 'javaVersion'>> {
  const java = javaHome === undefined ? 'java' : join(javaHome, 'bin', 'java');
  const { stderr } = await promisify(execFile)(java, ['-version']).catch(() => ({ stderr: '' }));
  const version = /version "(\d[\w.+-]*)"/.exec(stderr)?.[1];
  if (version === undefined) throw new DatabaseError('unavailable', `${java} was not found or does not run`);
  const feature = Number.parseInt(version, 10);
  const least = leastJavaFor(neo4j);
  if (feature < least) {
    throw new DatabaseError('unavailable', `${java} is Java ${feature}; Neo4j ${neo4j} takes ${least} or newer`);
  }
  return { java, javaVersion: version };
}

const compiler = 'maven.compiler';

/** The launcher is compiled by the Java that runs it, as an older one cannot read Neo4j's classes. */
const compilerOf = (javaHome: string | undefined) =>
  javaHome === undefined
    ? []
    : ['fork=true', `executable=${join(javaHome, 'bin', 'javac')}`].map((option) => `-D${compiler}.${option}`);

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The home of this user as Java finds it: in the list of users, not in a variable. */
const homeOfUser = () => attempt(() => userInfo().homedir);

/** Whether Maven can keep what it fetches where it usually does. A service of systemd often has no home to write to. */
function hasRepository(home: string | undefined): boolean {
  if (home === undefined) return false;
  const nearest = [join(home, '.m2', 'repository'), join(home, '.m2'), home].find((path) => existsSync(path));
  return nearest !== undefined && isWritable(nearest);
}

interface Wanted {
  readonly version: string;
  readonly javaHome: string | undefined;
  readonly home: string | undefined;
}

async function build(
  folder: string,
  { version, javaHome, home }: Wanted,
  report: Report,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const name of readdirSync(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.`) || !name.endsWith('.part')) continue;
    // Maven outlives a process that is killed, and may be writing there still: then a later fetch removes it.
    await rm(join(dirname(folder), name), { recursive: true, maxRetries: 2 }).catch(() => {});
  }
  report(`Fetching Neo4j ${version} with Maven (123 MB, once)`);
  const part = `${folder}.${randomUUID()}.part`;
  mkdirSync(part);
  const log = openSync(join(part, 'maven.log'), 'w');
  const repository = `${folder}.maven`;
  const maven = spawn(
    'mvn',
    [
      ...['--batch-mode', '--no-transfer-progress', '--file', join(project, 'pom.xml')],
      ...[`-Dneo4j.version=${version}`, `-Druntime=${part}`, ...compilerOf(javaHome)],
      ...(hasRepository(home) ? [] : [`-Dmaven.repo.local=${repository}`]),
      ...['compiler:compile', 'jar:jar', 'dependency:copy-dependencies'],
    ],
    { stdio: ['ignore', log, log], signal },
  );
  const code = await once(maven, 'exit')
    .then(
      ([code]) => code,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
        throw new DatabaseError('unavailable', 'Maven (mvn) was not found; it fetches Neo4j, once');
      },
    )
    .finally(() => closeSync(log));
  if (code !== 0) {
    const said = tail(join(part, 'maven.log'), 15);
    if (said.includes('No space left on device')) throw tooLittleSpace(dirname(folder));
    if (said.includes(`Could not find artifact org.neo4j:neo4j:jar:${version} `)) {
      throw new DatabaseError('unavailable', `Maven has no Neo4j ${version}: check SILKGRAPH_NEO4J_VERSION`);
    }
    throw new DatabaseError('unavailable', `Maven could not fetch Neo4j ${version}; it said:\n${said}`);
  }
  renameSync(part, folder);
  // What is needed of it is in the folder.
  await rm(repository, { recursive: true, force: true });
}

/**
 * Finds Java, and Neo4j's jars in `folder`, where it downloads them if necessary: completely or not at all, and only
 * once if several processes need them at the same time.
 * @throws DatabaseError `unavailable`, with a sentence that says what is missing
 */
export async function prepareRuntime(
  {
    folder,
    javaHome,
    neo4jVersion: version = neo4jVersion,
    home = homeOfUser(),
  }: { folder: string; javaHome?: string; neo4jVersion?: string; home?: string | undefined },
  report: Report,
  signal?: AbortSignal,
): Promise<Runtime> {
  const found = await findJava(javaHome, version);
  const digest = createHash('sha256');
  for (const name of readdirSync(project).sort()) digest.update(readFileSync(join(project, name)));
  const runtime = join(folder, `neo4j-${version}-${digest.digest('hex').slice(0, 8)}`);
  if (!existsSync(runtime)) {
    const waiting = () => report('Waiting for another process that is fetching Neo4j');
    await withLock(
      `${runtime}.lock`,
      async () => {
        if (!existsSync(runtime)) await build(runtime, { version, javaHome, home }, report, signal);
      },
      waiting,
      signal,
    );
  }
  return { ...found, folder: realpathSync(runtime) };
}
