import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DatabaseError } from '../../engine/database/database-error.ts';
import type { Engine } from './engine.ts';

/** The image of a version, or of the newest of the long-term line. */
export const imageOf = (version: string | undefined) => `neo4j:${version ?? '5.26'}-community`;

async function docker(args: readonly string[], signal?: AbortSignal): Promise<string> {
  const { stdout } = await promisify(execFile)('docker', args, { signal });
  return stdout.trim();
}

/** What one transaction may take, so that others go on beside one that takes too much. The image chooses the heap itself. */
const TRANSACTION_MEMORY = 'NEO4J_db_memory_transaction_max=256m';

/** The container, and the volume with its data, of one folder. */
const nameFor = (home: string) => `silkgraph-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`;

/** The id of the container of this folder, if it runs. */
async function runningId(home: string): Promise<string | undefined> {
  const state = await docker(['inspect', '--format', '{{.State.Running}} {{.Id}}', nameFor(home)]).catch(() => '');
  return /^true (.+)/.exec(state)?.[1];
}

/** Whether a Docker engine is running. */
export async function isDockerThere(): Promise<boolean> {
  return docker(['version', '--format', '{{.Server.Version}}']).then(
    () => true,
    () => false,
  );
}

/** Runs Neo4j in a container, if a Docker engine is running; its data is in a volume with the container's name. */
export const containerEngine = ({ neo4jVersion }: { readonly neo4jVersion?: string } = {}): Engine => {
  const image = imageOf(neo4jVersion);
  return {
    version: image,
    launch: async (home, { password, record, report, signal }) => {
      if (!(await isDockerThere())) throw new DatabaseError('unavailable', 'no Docker engine answers');
      report(`Starting a container of ${image} (fetched once)`);
      const name = nameFor(home);
      // A file, because a command line can be read by everybody on the machine.
      const settings = join(home, 'container.env');
      const lines = [`NEO4J_AUTH=neo4j/${password}`, 'NEO4J_dbms_usage__report_enabled=false', TRANSACTION_MEMORY];
      writeFileSync(settings, `${lines.join('\n')}\n`, { mode: 0o600 });
      // One that ended without being removed, as when the machine was switched off; the data is in the volume.
      await docker(['rm', name]).catch(() => {});
      try {
        const id = await docker(
          [
            ...['create', '--name', name, '--env-file', settings, '--volume', `${name}:/data`],
            ...['--publish', '127.0.0.1::7687', '--stop-timeout', '60', image],
          ],
          signal,
        );
        // Docker names a process by the container, so its id stands for the moment it began.
        record({ pid: 0, started: id });
        await docker(['start', id]);
      } catch (error) {
        signal?.throwIfAborted();
        throw new DatabaseError('start-failed', `Docker could not start ${image}: ${(error as Error).message}`);
      }
    },
    isRunning: async (home, { started }) => (await runningId(home)) === started,
    waitUntilUp: async (home, { started }, signal) => {
      const name = nameFor(home);
      for (const deadline = Date.now() + 180_000; ; await sleep(500, undefined, { signal })) {
        if ((await runningId(home)) !== started || Date.now() > deadline) {
          throw new DatabaseError('start-failed', `The container ${name} did not start; see: docker logs ${name}`);
        }
        if ((await docker(['logs', name])).includes('Started.'))
          return `bolt://${await docker(['port', name, '7687/tcp'])}`;
      }
    },
    end: async (home, { started }) => {
      if ((await runningId(home)) !== started) return;
      await docker(['stop', nameFor(home)]);
      await docker(['rm', nameFor(home)]);
    },
  };
};
