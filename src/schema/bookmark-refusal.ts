import { Neo4jError } from 'neo4j-driver';
import { GraphError } from '../graph/errors.ts';
import type { Graph } from '../graph/graph.ts';
import { badUserInput } from './errors.ts';

function told(error: unknown): never {
  const cause = error instanceof GraphError ? error.cause : undefined;
  if (cause instanceof Neo4jError && /\.InvalidBookmark(Mixture)?$/.test(cause.code)) {
    throw badUserInput(
      'The header Silkgraph-Bookmark holds what is no bookmark of this graph. Send one that an answer to a change had, or none.',
    );
  }
  throw error;
}

/** The graph for a request that brought bookmarks along: one that Neo4j does not know is the caller's fault. */
export const refusingUnknownBookmarks = (graph: Graph): Graph => ({
  read: (...asked) => graph.read(...asked).catch(told),
  write: (...asked) => graph.write(...asked).catch(told),
});
