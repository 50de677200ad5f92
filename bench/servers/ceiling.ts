import { buildSchema, parse } from 'graphql';
import { furtherQueries } from '../further-queries.ts';
import { type Query, queries, type Variables } from '../queries.ts';
import { openCountingDriver } from './counting-driver.ts';
import { type FixedContext, fixedSchema } from './fixed-schema.ts';
import { listen, receiveSetting, runAsServer } from './run-as-server.ts';
import { serveYoga } from './serve-yoga.ts';

const { address, schemaText } = await receiveSetting();
const { driver, statements } = openCountingDriver(address);
const full = buildSchema(schemaText);

async function answer({ cypher, parameters, join }: Query, variables: Variables): Promise<readonly unknown[]> {
  const session = driver.session({ database: address.database ?? '', defaultAccessMode: 'READ', fetchSize: -1 });
  try {
    const { records } = await session.run(cypher, parameters ? parameters(variables) : variables);
    const value: readonly unknown[] = records[0]?.get(0) ?? [];
    return join ? join(value) : value;
  } finally {
    await session.close();
  }
}

function yogaFor(query: Query) {
  return serveYoga({
    schema: fixedSchema(full, parse(query.text)),
    graphqlEndpoint: `/${query.name}`,
    context: ({ params }) => {
      let read: Promise<readonly unknown[]> | undefined;
      const context: FixedContext = {
        // Several root fields share the one statement.
        answer: () => {
          read ??= answer(query, params.variables ?? {});
          return read;
        },
      };
      return context;
    },
  });
}

const handlers = new Map([...queries, ...furtherQueries].map((query) => [`/${query.name}`, yogaFor(query)]));

const port = await listen((request, response) => {
  const handler = handlers.get(request.url ?? '');
  if (handler) return handler(request, response);
  response.writeHead(404).end();
});
runAsServer(port, statements);
