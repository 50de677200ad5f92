import type { Config } from '../config.ts';
import type { Screen } from './screen.ts';

/** What every command is given. */
export interface Session {
  readonly config: Config;
  readonly screen: Screen;
  /** Is aborted when the command is to end early, by SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
}
