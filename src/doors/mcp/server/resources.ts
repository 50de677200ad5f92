import {
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  type Resource,
  ResourceNotFoundError,
} from '@modelcontextprotocol/server';
import { dataOf, type GraphqlResult, QuestionFailed } from '../../../graphql/internal-client/ask.ts';
import type { JsonObject } from '../../../graphql/internal-client/json.ts';
import { constantCase } from '../../../ontology/letter-case.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import { kindDetail, ontologySummary } from '../ontology-text.ts';
import { budgetBounds } from '../token-budget.ts';
import { fitted, type Tool, type ToolCall } from '../tool.ts';
import type { McpCaller } from './mcp-features.ts';

const ONTOLOGY = 'silkgraph://ontology';
const ENTITY = 'silkgraph://entity/';

/** The page that draws the answers of tools (MCP Apps, 2026-01-26). */
export const ANSWER_PAGE = 'ui://silkgraph/answer';
const APP = 'text/html;profile=mcp-app';

/** @throws QuestionFailed at a result that is none */
async function* withoutFailures(results: AsyncIterable<GraphqlResult>): AsyncGenerator<unknown> {
  for await (const result of results) yield dataOf(result);
}

/** The ontology, its kinds and all entities as resources. */
export function createResources(
  ontology: Ontology,
  getEntities: Tool | undefined,
  answerPage: () => string | undefined,
) {
  const ofKind = (kind: string): Resource => ({
    uri: `${ONTOLOGY}/${constantCase(kind)}`,
    name: constantCase(kind),
    title: `The kind ${constantCase(kind)}`,
    description: ontology.kind(kind).description,
    mimeType: 'text/markdown',
  });
  return {
    resources: (): readonly Resource[] => [
      {
        uri: ONTOLOGY,
        name: 'ontology',
        title: 'Kinds and relations of the graph',
        description: 'The ontology in fewer than 4,000 tokens. Read it first.',
        mimeType: 'text/markdown',
      },
      ...ontology.kindNames.map(ofKind),
      {
        uri: ANSWER_PAGE,
        name: 'answer',
        title: 'The page of answers',
        description:
          'Draws the answer of a tool as a graph, a map or a table, with its sources. For hosts of MCP Apps.',
        mimeType: APP,
      },
    ],

    resourceTemplates: () => [
      {
        uriTemplate: `${ENTITY}{slug}`,
        name: 'entity',
        title: 'An entity with its relations and sources',
        description: 'One entity by slug, as the tool `get_entities` returns it.',
        mimeType: 'application/json',
      },
    ],

    /**
     * Yields after each change to the entity of a resource.
     * @throws ProtocolError for the ontology, which does not change while a server runs
     * @throws QuestionFailed while its changes are read
     */
    async changesOf(uri: string, listen: McpCaller['listen'], signal: AbortSignal): Promise<AsyncIterable<unknown>> {
      if (!uri.startsWith(ENTITY)) {
        const message = `${uri} does not change while the server runs. Watch ${ENTITY}{slug}.`;
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, message);
      }
      const query = 'subscription McpChanges($ids: [ID!]) { changes(ids: $ids) { __typename } }';
      const ids = [decodeURIComponent(uri.slice(ENTITY.length))];
      return withoutFailures(await listen({ query, variables: { ids } }, signal));
    },

    /** @throws ProtocolError if there is no such resource */
    async readResource(uri: string, call: ToolCall): Promise<ReadResourceResult> {
      const missing = (message: string) => new ResourceNotFoundError(uri, message);
      const markdown = (text: string) => ({ contents: [{ uri, mimeType: 'text/markdown', text }] });
      if (uri === ONTOLOGY) return markdown(ontologySummary(ontology));
      if (uri === ANSWER_PAGE) {
        const text = answerPage();
        if (text === undefined)
          throw missing(`${uri} is not built. Run \`npm run build\`, then start the server again.`);
        // It loads nothing: what it is made of stands in it.
        return { contents: [{ uri, mimeType: APP, text, _meta: { ui: { prefersBorder: true } } }] };
      }
      const kind = ontology.kindNames.find((each) => uri === ofKind(each).uri);
      if (kind !== undefined) return markdown(kindDetail(ontology, kind));
      if (!uri.startsWith(ENTITY) || !getEntities) {
        throw missing(`There is no resource ${uri}. Resources are ${ONTOLOGY}, ${ENTITY}{slug} and ${ANSWER_PAGE}.`);
      }
      try {
        const slug = decodeURIComponent(uri.slice(ENTITY.length));
        const found = await getEntities.run({ slugs: [slug], each: 20 }, call);
        const value: JsonObject = fitted(found, budgetBounds.most);
        return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(value) }] };
      } catch (error) {
        if (error instanceof QuestionFailed && error.code === 'BAD_USER_INPUT') throw missing(error.message);
        if (error instanceof QuestionFailed)
          throw new ProtocolError(ProtocolErrorCode.InternalError, error.message, { code: error.code });
        if (error instanceof URIError) throw missing(`${uri} is malformed.`);
        throw error;
      }
    },
  };
}
