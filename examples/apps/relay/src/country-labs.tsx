import { Suspense, useState } from 'react';
import { graphql, usePaginationFragment } from 'react-relay';
import type { CountryLabsPageQuery } from './__generated__/CountryLabsPageQuery.graphql';
import type { countryLabs_country$key } from './__generated__/countryLabs_country.graphql';
import { LabDetails } from './lab-details.tsx';
import { LabLine } from './lab-line.tsx';

// Relay makes of this a query that asks for the next page by `node(id)` of the country.
const fragment = graphql`
  fragment countryLabs_country on Country
  @refetchable(queryName: "CountryLabsPageQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 5 }, after: { type: "String" }) {
    labs(first: $first, after: $after) @connection(key: "countryLabs_labs") {
      totalCount
      edges {
        node {
          id
          ...labLine_lab
        }
      }
    }
  }
`;

export function CountryLabs({ country }: { readonly country: countryLabs_country$key }) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    CountryLabsPageQuery,
    countryLabs_country$key
  >(fragment, country);
  const [chosen, choose] = useState<string>();
  const [problem, setProblem] = useState<Error | null>(null);
  const { edges = [], totalCount = 0 } = data.labs ?? {};
  return (
    <>
      <p role="status">
        {edges.length} of {totalCount} laboratories
      </p>
      <ul>
        {edges.map(({ node }) => (
          <li key={node.id}>
            <LabLine lab={node} onChoose={() => choose(node.id)} />
          </li>
        ))}
      </ul>
      {hasNext && (
        <button type="button" disabled={isLoadingNext} onClick={() => loadNext(5, { onComplete: setProblem })}>
          More
        </button>
      )}
      {problem && <p role="alert">{problem.message}</p>}
      {chosen && (
        <Suspense fallback={<p>Loading…</p>}>
          <LabDetails id={chosen} />
        </Suspense>
      )}
    </>
  );
}
