import { describe, expect, it } from 'vitest';
import { ownSilkgraph } from '../../setup/own-silkgraph.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

const ACADEMY = 'dunhuang-academy';
const chinese = '敦煌研究院是中国的研究机构；';

describe('the generated summary of an entity', () => {
  it('is the same wherever the entity is read from: by slug, by a relation, by search, by its ID, or as it was', async () => {
    const wanted = '... on Entity { slug generatedSummary(language: "zh-Hans") }';
    const { institution, labs, search, nodes, country } = await server.data(
      `query ($id: ID!) {
        institution(slug: "${ACADEMY}") { ${wanted} }
        labs(filter: { institutions: { some: { slug: { eq: "${ACADEMY}" } } } }, first: 1) {
          nodes { institutions(filter: { slug: { eq: "${ACADEMY}" } }) { nodes { ${wanted} } } }
        }
        search(query: "敦煌研究院", first: 1) { nodes { ${wanted} } }
        nodes(ids: [$id]) { ${wanted} }
        country(code: "CN") { institutions(filter: { slug: { eq: "${ACADEMY}" } }) { nodes { ${wanted} } } }
      }`,
      { id: (await server.data(`{ institution(slug: "${ACADEMY}") { id } }`)).institution.id },
    );
    const { revision } = await server.data('{ revision { revision } }');
    const then = await server.data(
      `query @asOf(revision: ${revision.revision}) { institution(slug: "${ACADEMY}") { ${wanted} } }`,
    );
    expect(institution.generatedSummary).toContain(chinese);
    for (const other of [
      labs.nodes[0].institutions.nodes[0],
      search.nodes[0],
      nodes[0],
      country.institutions.nodes[0],
      then.institution,
    ])
      expect(other).toEqual(institution);
  });

  it('is read with its entity: a page with summaries in two languages takes one statement', async () => {
    const { labs } = await server.data(
      '{ labs(first: 20) { nodes { generatedSummary chinese: generatedSummary(language: "zh") } } }',
    );
    expect(labs.nodes).toHaveLength(20);
    expect(server.ran).toHaveLength(1);
  });

  it('is in the language of the ontology where none is named, and in that of any place where it has none of its own', async () => {
    const { country } = await server.data(
      '{ country(code: "KE") { own: generatedSummary british: generatedSummary(language: "en-GB") taiwanese: generatedSummary(language: "zh-Hant-TW") } }',
    );
    expect(country.own).toMatch(/^Kenya, in Africa, is a participant in the Belt and Road Initiative/);
    expect(country.british).toBe(country.own);
    expect(country.taiwanese).toMatch(/^肯尼亚位于非洲，是“一带一路”倡议的参与国/);
  });

  it('is refused in a language without templates, which the error names those with', async () => {
    const { errors } = await server.ask('{ country(code: "KE") { generatedSummary(language: "de") } }');
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('Use en, zh-Hans'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});

describe('after a change', () => {
  const own = ownSilkgraph();

  it('the generated summary says what the facts are then', async () => {
    const summaryOf = async (slug: string) =>
      (await own.server.data('query ($id: ID!) { entity(id: $id) { generatedSummary } }', { id: slug })).entity
        .generatedSummary;
    await own.mutate('createInstitution', { slug: 'new-university', name: 'New University', type: 'UNIVERSITY' });
    expect(await summaryOf('new-university')).toBe('New University is a university.');
    await own.mutate('updateInstitution', { id: 'new-university', type: 'COMPANY' });
    await own.mutate('linkBasedIn', { from: 'new-university', to: 'cn' });
    expect(await summaryOf('new-university')).toBe('New University is a company (China).');
  });
});
