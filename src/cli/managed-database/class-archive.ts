import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Runtime } from './runtime.ts';

/** Options of Java and of the launcher. */
export interface ClassArchiveOptions {
  readonly java: readonly string[];
  readonly launcher: readonly string[];
}

/**
 * Neo4j loads some 15,000 classes when it starts. The first Neo4j that ends in good order leaves an archive of them beside
 * its jars, from which the next ones take them (class-data sharing, JEP 350). Java checks that the archive fits the jars
 * and itself, and goes without it otherwise.
 */
export function classArchiveOptions({ folder, javaVersion }: Runtime): ClassArchiveOptions {
  const archive = join(folder, `classes-${javaVersion}.jsa`);
  return existsSync(archive)
    ? { java: [`-XX:SharedArchiveFile=${archive}`], launcher: [] }
    : { java: ['-XX:+RecordDynamicDumpInfo'], launcher: ['--archive-classes', archive] };
}
