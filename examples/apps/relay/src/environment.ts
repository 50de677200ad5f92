import { Environment, type FetchFunction, Network, RecordSource, Store } from 'relay-runtime';

const ask: FetchFunction = async ({ text }, variables) => {
  const response = await fetch(import.meta.env.VITE_SILKGRAPH ?? 'http://127.0.0.1:4000/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify({ query: text, variables }),
  });
  const answer = await response.json();
  // A field that failed is null: Relay would show it as if there were nothing.
  if (answer.errors) throw new Error(answer.errors.map(({ message }: Error) => message).join('\n'));
  return answer;
};

export const environment = new Environment({ network: Network.create(ask), store: new Store(new RecordSource()) });
