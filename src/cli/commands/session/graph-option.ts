import type { Config } from '../../../config.ts';
import { inShell } from './in-shell.ts';

/** What a further command needs to be about the same graph, with a space before it; empty for that of the product. */
export const graphOption = ({ graph }: Pick<Config, 'graph'>): string =>
  graph === undefined ? '' : ` --graph ${inShell(graph)}`;
