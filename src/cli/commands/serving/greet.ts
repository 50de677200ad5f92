import type { Config } from '../../../config.ts';
import { graphOption } from '../session/graph-option.ts';
import type { Screen } from '../session/screen.ts';

/**
 * Says that a server is ready, and where.
 * @param lacksKey whether to say how a key is made, as nobody can write yet
 */
export function greet(
  screen: Screen,
  config: Config,
  { origin, lacksKey }: { readonly origin: string; readonly lacksKey: boolean },
): void {
  screen.say('Silkgraph is ready.');
  screen.say(`  Explorer                ${origin}/explore`);
  screen.say(`  GraphQL and playground  ${origin}/graphql`);
  if (config.mcp !== 'off') screen.say(`  Agents (MCP)            ${origin}/mcp`);
  screen.say(`  Schema                  ${origin}/schema.graphql`);
  screen.say(`  Health                  ${origin}/health and ${origin}/ready`);
  if (config.metricsAccess !== 'off') screen.say(`  Metrics                 ${origin}/metrics`);
  if (!lacksKey) return;
  screen.say(`  To write, create a key  npx silkgraph key create${graphOption(config)} --role editor --name "…"`);
}
