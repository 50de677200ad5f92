import { end, isRunning } from '../../engine/database/system/process-identity.ts';
import type { Engine } from './engine.ts';
import { launchNeo4j, type Memory, waitUntilUp } from './launch-neo4j.ts';
import { neo4jVersion, prepareRuntime } from './runtime.ts';

export interface LocalSettings {
  /** Folder of Neo4j's jars. */
  readonly folder: string;
  /** Absent: the `java` that is found on the path. */
  readonly javaHome?: string;
  /** @default the one that Silkgraph is tested with most */
  readonly neo4jVersion?: string;
  readonly memory?: Memory;
}

/** Runs Neo4j with Java, out of its Maven artifacts. */
export function localEngine(settings: LocalSettings): Engine {
  return {
    version: settings.neo4jVersion ?? neo4jVersion,
    launch: async (home, { record, report, signal }) => {
      const runtime = await prepareRuntime(settings, report, signal);
      report(`Starting Neo4j ${settings.neo4jVersion ?? neo4jVersion}`);
      await launchNeo4j({ ...settings, runtime, home, authentication: true, record });
    },
    isRunning: async (_home, identity) => isRunning(identity),
    waitUntilUp,
    end: (_home, identity) => end(identity),
  };
}
