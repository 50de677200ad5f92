import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { relayStylePagination } from '@apollo/client/utilities';

/** What writing takes. Only this page holds it, until it is left. */
let key = '';

export function writeWith(given: string): void {
  key = given;
}

const showKey = new SetContextLink(({ headers }) =>
  key === '' ? {} : { headers: { ...headers, authorization: `Bearer ${key}` } },
);

export const client = new ApolloClient({
  link: ApolloLink.from([
    showKey,
    new HttpLink({ uri: import.meta.env.VITE_SILKGRAPH ?? 'http://127.0.0.1:4000/graphql' }),
  ]),
  cache: new InMemoryCache({
    typePolicies: {
      // Pages of one list become one; what is filtered or ordered otherwise is another list.
      Query: { fields: { labs: relayStylePagination(['filter', 'orderBy']) } },
    },
  }),
});
