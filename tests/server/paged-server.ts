import { buildSchema } from 'graphql';
import { createServer, type ServerOptions } from '../../src/service/server.ts';
import { served } from '../setup/served.ts';

interface PagedOptions extends Partial<ServerOptions> {
  /** How many pages there are; no end where absent. */
  readonly pages?: number;
  /** What each thing says. */
  readonly text?: string;
  /** What is waited for before a page is answered. */
  readonly before?: (page: number) => Promise<void> | void;
}

/** The real server over one list that comes in pages of one thing each. */
export function createPagedServer({
  pages = Number.POSITIVE_INFINITY,
  text = 'x'.repeat(500_000),
  before,
  ...options
}: PagedOptions = {}) {
  const schema = buildSchema(/* GraphQL */ `
    type Query {
      things(first: Int, after: String): ThingConnection!
    }
    type ThingConnection {
      nodes: [Thing!]!
      pageInfo: PageInfo!
    }
    type PageInfo {
      hasNextPage: Boolean!
      endCursor: String
    }
    type Thing {
      number: Int!
      text: String!
    }
  `);
  const things = schema.getQueryType()?.getFields().things;
  if (!things) throw new Error('There is no list.');
  things.resolve = async (_, { after }: { readonly after?: string | null }) => {
    const number = Number(after ?? 0) + 1;
    await before?.(number);
    return { nodes: [{ number, text }], pageInfo: { hasNextPage: number < pages, endCursor: String(number) } };
  };
  const server = createServer({ ...served, schema, context: () => ({}), ...options });
  const init = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return {
    server,
    /** POSTs to a path. */
    post: (path: string, body: unknown, headers?: Record<string, string>) =>
      server.fetch(new Request(`http://silkgraph${path}`, init(body, headers))),
  };
}

export const allThings = { query: '{ things { nodes { number text } } }', format: 'jsonl' };
