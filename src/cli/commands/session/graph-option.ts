import type { Config } from '../../../config.ts';
import { inShell } from './in-shell.ts';

/** Which graph a command is about where none is named. After a forgotten option the data would seem to be at fault. */
export const builtInGraph =
  'Serving the graph of Belt and Road cooperation: neither --graph nor SILKGRAPH_GRAPH names another.';

/** What a further command needs to be about the same graph, with a space before it; empty for that of the product. */
export const graphOption = ({ graph }: Pick<Config, 'graph'>): string =>
  graph === undefined ? '' : ` --graph ${inShell(graph)}`;
