import { Neo4jGraphQL } from '@neo4j/graphql';
import { openCountingDriver } from './counting-driver.ts';
import { peerTypes } from './peer-types.ts';
import { listen, receiveSetting, runAsServer } from './run-as-server.ts';
import { serveYoga } from './serve-yoga.ts';

const { address } = await receiveSetting();
const { driver, statements } = openCountingDriver(address);
const schema = await new Neo4jGraphQL({ typeDefs: peerTypes, driver }).getSchema();

const yoga = serveYoga({
  schema,
  // Naming the database spares it from asking for the user's own.
  context: { sessionConfig: { database: address.database ?? 'neo4j' } },
});
runAsServer(await listen(yoga), statements);
