import type { McpAccess } from '../doors/mcp/mcp-access.ts';
import { createGraphFeatures } from '../doors/mcp/server/graph-features.ts';
import type { McpFeatures } from '../doors/mcp/server/mcp-features.ts';
import { createAnswerPage } from '../pages/serving/answer-page.ts';
import { type Examples, loadExamples } from '../server/documents/examples.ts';
import type { Silkgraph } from './silkgraph.ts';
import { version } from './version.ts';

/** What agents may use of a graph; `undefined` if nothing. */
export function mcpFor(
  {
    ontology,
    schema,
    examples,
    explorer,
  }: Pick<Silkgraph, 'ontology' | 'schema' | 'explorer'> & { readonly examples: Examples },
  access: McpAccess,
): McpFeatures | undefined {
  if (access === 'off') return undefined;
  const cookbook = loadExamples(examples);
  const answerPage = createAnswerPage(ontology, explorer);
  return createGraphFeatures({ ontology, schema, cookbook, answerPage, version, writing: access === 'write' });
}
