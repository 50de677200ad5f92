import { Neo4jError } from 'neo4j-driver';
import { GraphError } from '../engine/graph/errors.ts';
import type { Graph } from '../engine/graph/graph.ts';
import { badUserInput } from './errors.ts';

function rethrow(error: unknown): never {
  const cause = error instanceof GraphError ? error.cause : undefined;
  if (cause instanceof Neo4jError && /\.InvalidBookmark(Mixture)?$/.test(cause.code)) {
    throw badUserInput(
      'The header Silkgraph-Bookmark contains no bookmark of this graph. Send the bookmark that a mutation returned, or leave the header out.',
    );
  }
  throw error;
}

/** The graph for a request with bookmarks; a bookmark unknown to Neo4j is an error of the client. */
export const refusingUnknownBookmarks = (graph: Graph): Graph => ({
  ontology: graph.ontology,
  read: (...asked) => graph.read(...asked).catch(rethrow),
  write: (...asked) => graph.write(...asked).catch(rethrow),
});
