import type { Config } from '../config.ts';
import type { Screen } from './screen.ts';

/** Context of a command. */
export interface Session {
  readonly config: Config;
  readonly screen: Screen;
  /** Aborted on SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
}
