import type { Config } from '../../../config.ts';
import type { Silkgraph } from '../../../service/silkgraph.ts';
import type { Screen } from './screen.ts';

/** Context of a command. */
export interface Session {
  readonly config: Config;
  readonly screen: Screen;
  /** The graph that the command is about. @throws GraphNotLoaded */
  readonly silkgraph: () => Promise<Silkgraph>;
  /** Aborted on SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
}
