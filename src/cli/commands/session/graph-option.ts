import type { Config } from '../../../config.ts';
import { inShell } from './in-shell.ts';

/** Which graph a command is about where none is named. After a forgotten option the data would seem to be at fault. */
export const builtInGraph =
  'The graph is that of Belt and Road cooperation, as neither --graph nor SILKGRAPH_GRAPH names the module of another.';

/** What a further command needs to be about the same graph, with a space before it; empty for that of the product. */
export const graphOption = ({ graph }: Pick<Config, 'graph'>): string =>
  graph === undefined ? '' : ` --graph ${inShell(graph)}`;
