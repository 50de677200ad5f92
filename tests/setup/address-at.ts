import type { Address } from '../../src/engine/database/address.ts';

/** The address of a Neo4j of the tests, which asks for no password. */
export const addressAt = (uri: string): Address => ({
  uri,
  username: 'neo4j',
  password: 'not asked for',
  database: 'neo4j',
});
