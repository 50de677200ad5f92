import { ApolloProvider } from '@apollo/client/react';
import { createRoot } from 'react-dom/client';
import { client } from './client.ts';
import { Labs } from './labs.tsx';

const place = document.getElementById('app');
if (place) {
  createRoot(place).render(
    <ApolloProvider client={client}>
      <Labs />
    </ApolloProvider>,
  );
}
