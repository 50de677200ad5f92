import { useTransition } from 'react';
import { graphql, useLazyLoadQuery, useRefetchableFragment } from 'react-relay';
import type { LabDetailsAgainQuery } from './__generated__/LabDetailsAgainQuery.graphql';
import type { labDetails_lab$key } from './__generated__/labDetails_lab.graphql';
import type { labDetailsQuery } from './__generated__/labDetailsQuery.graphql';

const query = graphql`
  query labDetailsQuery($id: ID!) {
    node(id: $id) {
      ...labDetails_lab @alias(as: "lab")
    }
  }
`;

const fragment = graphql`
  fragment labDetails_lab on Lab @refetchable(queryName: "LabDetailsAgainQuery") {
    name
    revision
    institutions(first: 10) {
      edges {
        side
        role
        node {
          id
          name
        }
      }
    }
    sources(first: 3) {
      nodes {
        id
        name
        reliability
      }
    }
  }
`;

export function LabDetails({ id }: { readonly id: string }) {
  const { node } = useLazyLoadQuery<labDetailsQuery>(query, { id });
  return node?.lab && <Details lab={node.lab} />;
}

function Details({ lab }: { readonly lab: labDetails_lab$key }) {
  const [{ name, revision, institutions, sources }, refetch] = useRefetchableFragment<
    LabDetailsAgainQuery,
    labDetails_lab$key
  >(fragment, lab);
  const [isLoading, startTransition] = useTransition();
  const again = () => startTransition(() => void refetch({}, { fetchPolicy: 'network-only' }));
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      <p>
        Revision {revision}{' '}
        <button type="button" disabled={isLoading} onClick={again}>
          Read again
        </button>
      </p>
      <h3>Institutions</h3>
      <ul>
        {institutions?.edges.map(({ side, role, node }) => (
          <li key={node.id}>
            {node.name} ({side}, {role})
          </li>
        ))}
      </ul>
      <h3>Sources</h3>
      <ul>
        {sources?.nodes.map(({ id, name, reliability }) => (
          <li key={id}>
            {name} ({reliability})
          </li>
        ))}
      </ul>
    </section>
  );
}
