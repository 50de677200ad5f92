import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';

const [url = 'http://127.0.0.1:4000/graphql', key] = process.argv.slice(2);

const client = new Client({
  url,
  // Types and fields that have no id of their own are parts of what they stand in.
  exchanges: [cacheExchange({ resolvers: { Query: { labs: relayPagination() } } }), fetchExchange],
  fetchOptions: () => (key ? { headers: { authorization: `Bearer ${key}` } } : {}),
});

const labsQuery = `
  query Labs($first: Int!, $after: String) {
    labs(first: $first, after: $after) {
      edges { cursor node { id name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

const renameMutation = `
  mutation Rename($input: UpdateInput!) {
    update(input: $input) { errors { message } lab { id name revision } }
  }
`;

async function dataOf(result) {
  const { data, error } = await result;
  if (error) throw error;
  return data;
}

const askLabs = (after, requestPolicy = 'cache-first') =>
  dataOf(client.query(labsQuery, { first: 10, after }, { requestPolicy }).toPromise());

async function rename({ id }, name) {
  const input = { entity: { lab: { id, name } }, reason: 'An example of urql.' };
  const { update } = await dataOf(client.mutation(renameMutation, { input }).toPromise());
  if (update.errors.length > 0) throw new Error(update.errors[0].message);
}

try {
  const first = await askLabs();
  const { edges } = (await askLabs(first.labs.pageInfo.endCursor)).labs;
  console.log(`Two pages of 10 are one list of ${edges.length}, from ${edges[0].node.name} on.`);

  if (key) {
    const [{ node }] = edges;
    await rename(node, `${node.name}, renamed`);
    try {
      const kept = await askLabs(undefined, 'cache-only');
      console.log(`The cache alone now says: ${kept.labs.edges[0].node.name}.`);
    } finally {
      await rename(node, node.name);
      console.log('The laboratory has its name again.');
    }
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
