import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { graphql } from './generated/gql.ts';
import { Rename } from './rename.tsx';

const labsDocument = graphql(`
  query Labs($words: String!, $after: String) {
    labs(filter: { name: { contains: $words } }, first: 20, after: $after) {
      totalCount
      edges {
        cursor
        node {
          id
          name
          nameZh
          revision
          designation
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export function Labs() {
  const [words, setWords] = useState('');
  const [chosen, choose] = useState<string>();
  const { data, error, fetchMore, networkStatus } = useQuery(labsDocument, {
    variables: { words },
    notifyOnNetworkStatusChange: true,
  });
  const { labs } = data ?? {};
  return (
    <>
      <h1>Laboratories</h1>
      <label>
        Name contains <input type="search" value={words} onChange={({ target }) => setWords(target.value)} />
      </label>
      {error && <p role="alert">{error.message}</p>}
      {labs && (
        <>
          <p role="status">
            {labs.edges.length} of {labs.totalCount}
          </p>
          <ul>
            {labs.edges.map(({ node }) => (
              <li key={node.id}>
                <button type="button" onClick={() => choose(node.id)}>
                  {node.name}
                </button>{' '}
                <span lang="zh">{node.nameZh}</span>
                {node.designation === 'BELT_AND_ROAD_JOINT_LABORATORY' && <em> Belt and Road Joint Laboratory</em>}
                {node.id === chosen && <Rename lab={node} />}
              </li>
            ))}
          </ul>
          {labs.pageInfo.hasNextPage && (
            <button
              type="button"
              disabled={networkStatus === NetworkStatus.fetchMore}
              onClick={() => fetchMore({ variables: { after: labs.pageInfo.endCursor } })}
            >
              More
            </button>
          )}
        </>
      )}
    </>
  );
}
