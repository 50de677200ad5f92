import type { McpAccess } from '../doors/mcp/mcp-access.ts';
import { createGraphFeatures } from '../doors/mcp/server/graph-features.ts';
import type { McpFeatures } from '../doors/mcp/server/mcp-features.ts';
import { type Examples, loadExamples } from '../server/documents/examples.ts';
import type { Silkgraph } from './silkgraph.ts';
import { version } from './version.ts';

/** What agents may use of a graph; `undefined` if nothing. */
export function mcpFor(
  { ontology, schema, examples }: Pick<Silkgraph, 'ontology' | 'schema'> & { readonly examples: Examples },
  access: McpAccess,
): McpFeatures | undefined {
  if (access === 'off') return undefined;
  const cookbook = loadExamples(examples);
  return createGraphFeatures({ ontology, schema, cookbook, version, writing: access === 'write' });
}
