import type { Report } from '../../engine/database/address.ts';
import type { ProcessIdentity } from '../../engine/database/system/process-identity.ts';

/** How a Neo4j that Silkgraph manages itself is run; `home` is the folder of its record. */
export interface Engine {
  readonly version: string;
  /**
   * Starts a Neo4j. `record` is called before it touches any data, so that none runs unrecorded.
   * @throws DatabaseError `unavailable` when it cannot be run on this machine
   */
  launch(home: string, options: LaunchOptions): Promise<void>;
  isRunning(home: string, identity: ProcessIdentity): Promise<boolean>;
  /** @returns its address, once it answers there */
  waitUntilUp(home: string, identity: ProcessIdentity, signal?: AbortSignal): Promise<string>;
  /** Ends it, if it is still exactly this one. */
  end(home: string, identity: ProcessIdentity): Promise<void>;
}

export interface LaunchOptions {
  readonly password: string;
  readonly record: (identity: ProcessIdentity) => void;
  readonly report: Report;
  readonly signal?: AbortSignal | undefined;
}
