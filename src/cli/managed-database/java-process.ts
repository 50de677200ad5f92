import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { identify, type ProcessIdentity } from '../../engine/database/system/process-identity.ts';
import { defaultHeap } from './neo4j-settings.ts';
import type { Runtime } from './runtime.ts';

/**
 * Neo4j starts with a third less work where its code is compiled `quickly`, and stays slower. Where it is compiled `late`,
 * only what runs thirty times as often as usual is compiled well: over some minutes of new statements that is the least work.
 */
export type Compilation = 'quickly' | 'late' | 'well';

const compilationOptions: Readonly<Record<Compilation, readonly string[]>> = {
  // With the quick compiler alone, the JVM reserves a code cache of 48 MB, which Neo4j fills within a minute.
  quickly: ['-XX:TieredStopAtLevel=1', '-XX:ReservedCodeCacheSize=240m'],
  late: [
    '-XX:Tier4InvocationThreshold=150000',
    '-XX:Tier4MinInvocationThreshold=18000',
    '-XX:Tier4CompileThreshold=450000',
    '-XX:Tier4BackEdgeThreshold=1200000',
  ],
  well: [],
};

/** The log of a Java process, in its folder. */
export const logName = 'neo4j.log';

export interface JavaOptions {
  readonly runtime: Runtime;
  /** Where it runs, and writes its log. */
  readonly folder: string;
  /** As Java writes sizes: `512m`. */
  readonly heap?: string;
  /** How Java compiles Neo4j's code. @default 'well' */
  readonly compilation?: Compilation;
}

export interface JavaProcess {
  readonly identity: ProcessIdentity;
  /** Ends with this process, however that ends. */
  readonly input: Socket;
}

/**
 * Runs a Java program that has Neo4j's jars, in its own process group, so that Ctrl-C in a terminal reaches only the server,
 * which drains first.
 *
 * @param program further options of Java; the class, or the file of its source; and what it is given
 */
export async function startJava(options: JavaOptions, program: readonly string[]): Promise<JavaProcess> {
  const { runtime, folder, heap = defaultHeap, compilation = 'well' } = options;
  const log = openSync(join(folder, logName), 'w');
  const child = spawn(
    runtime.java,
    [
      // Without the figures for jstat and jps, which Java renews twenty times a second.
      ...[`-Xmx${heap}`, '-XX:+UseSerialGC', '-XX:-UsePerfData'],
      ...compilationOptions[compilation],
      ...['--add-opens=java.base/java.nio=ALL-UNNAMED', '--add-opens=java.base/java.lang=ALL-UNNAMED'],
      ...['-cp', [join(runtime.folder, '*'), join(runtime.folder, 'lib', '*')].join(':')],
      ...program,
    ],
    { cwd: folder, detached: true, stdio: ['pipe', log, log] },
  );
  closeSync(log);
  const input = child.stdin as Socket;
  // It may exit before it reads; what waits for it reports that.
  input.on('error', () => {});
  await once(child, 'spawn');
  child.unref();
  input.unref();
  return { identity: identify(Number(child.pid)), input };
}
