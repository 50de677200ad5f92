import { ask } from './ask.js';

const query = `
  query Labs($code: String!, $after: String) {
    country(code: $code) {
      name
      labs(first: 5, after: $after) {
        nodes {
          name
          designation
          areas { nodes { name } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;

/**
 * The laboratories of a country, in words, page after page.
 * @param {string} url address of GraphQL
 * @param {string} code of the country, as `KE`
 */
export async function* labsOf(url, code) {
  let after;
  do {
    const { country } = await ask(url, query, { code, after });
    if (!country) throw new Error(`There is no country with the code ${code}.`);
    const { nodes, pageInfo } = country.labs;
    for (const { name, designation, areas } of nodes) {
      const title = designation === 'BELT_AND_ROAD_JOINT_LABORATORY' ? ', a Belt and Road Joint Laboratory' : '';
      yield `${name}${title} (${areas.nodes.map((area) => area.name).join(', ') || 'no area stated'})`;
    }
    after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
  } while (after);
}
