import { isObjectType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { EVERYTHING } from '../../../src/engine/changes/log/graph-revisions.ts';
import { createFindDependencies } from '../../../src/graphql/dependencies/dependencies.ts';
import { createSilkgraph } from '../../../src/index.ts';
import { schema } from '../../setup/served.ts';

const find = createFindDependencies(cooperation);

function dependenciesOf(query: string, variables: Record<string, unknown> = {}, of = schema) {
  const { dependencies } = find(of, parse(query), undefined, variables);
  return dependencies === EVERYTHING || dependencies === undefined ? dependencies : [...dependencies].sort();
}

describe('what an operation reads', () => {
  it.each<[string, readonly string[]]>([
    ['{ lab(slug: "a") { name description } }', ['Lab']],
    ['{ labs { totalCount nodes { slug milestones { date source { name } } } } }', ['Lab', 'Source']],
    [
      '{ labs { nodes { ...named } } } fragment named on Lab { areas { nodes { name } } }',
      ['Area', 'Lab', 'RESEARCHES'],
    ],
    ['{ labs { nodes { ... on Lab { areas { totalCount } } } } }', ['Area', 'Lab', 'RESEARCHES']],
    ['{ institution(slug: "a") { country { name } } }', ['BASED_IN', 'Country', 'Institution']],
    ['{ institution(slug: "a") { countryEdge { basis } } }', ['BASED_IN', 'Country', 'Institution']],
    [
      '{ country(code: "KE") { labs { edges { sources { name } } } } }',
      ['CITES', 'Country', 'Lab', 'PARTNERS_WITH', 'Source'],
    ],
    ['{ lab(slug: "a") { sources { nodes { name } } } }', ['CITES', 'Lab', 'Source']],
    ['{ labs(orderBy: [{ areas: { count: DESC } }]) { totalCount } }', ['Area', 'Lab', 'RESEARCHES']],
    ['{ labs { facets(by: [STATUS]) { by } } }', ['Lab']],
    [
      '{ labs { facets(by: [AREAS, FIRST_MILESTONE_DATE]) { buckets { entity { name } } } } }',
      ['Area', 'Lab', 'RESEARCHES'],
    ],
    ['{ labsGroupBy(by: [STATUS, RECOGNISED_DATE_YEAR]) { totalCount } }', ['Lab']],
    ['{ labsGroupBy(by: [AREAS]) { nodes { count keys { entity { name } } } } }', ['Area', 'Lab', 'RESEARCHES']],
    [
      '{ area(slug: "a") { generatedSummary } }',
      ['Area', 'BROADER', 'COVERS', 'Lab', 'Park', 'Program', 'RESEARCHES', 'SPECIALISES_IN'],
    ],
    ['query @cite { lab(slug: "a") { name } }', ['CITES', 'Lab', 'Source']],
    ['{ __schema { queryType { name } } lab(slug: "a") { __typename } }', ['Lab']],
  ])('%s', (query, expected) => {
    expect(dependenciesOf(query)).toEqual(expect.arrayContaining([...expected]));
    expect(dependenciesOf(query)?.length).toBe(expected.length);
  });

  it('includes the filters in its variables and their defaults', () => {
    const filter = { or: [{ institutions: { some: { country: { name: { eq: 'Kenya' } } } } }] };
    const expected = expect.arrayContaining(['HOSTED_BY', 'Institution', 'BASED_IN', 'Country']);
    expect(dependenciesOf('query ($filter: LabFilter) { labs(filter: $filter) { totalCount } }', { filter })).toEqual(
      expected,
    );
    const withDefault =
      'query ($filter: LabFilter = { institutions: { some: { country: { name: { eq: "Kenya" } } } } }) { labs(filter: $filter) { totalCount } }';
    expect(dependenciesOf(withDefault)).toEqual(expected);
  });

  it('includes the keys of facets and groups in its variables', () => {
    for (const query of [
      'query ($by: [LabFacet!]!) { labs { facets(by: $by) { by } } }',
      'query ($by: [LabFacet!]!) { labsGroupBy(by: $by) { totalCount } }',
    ])
      expect(dependenciesOf(query, { by: ['AREAS'] })).toEqual(expect.arrayContaining(['Area', 'RESEARCHES']));
    const one = 'query ($by: LabFacet!) { labs { facets(by: [$by]) { by } } }';
    expect(dependenciesOf(one, { by: 'AREAS' })).toEqual(expect.arrayContaining(['Area', 'RESEARCHES']));
  });

  it('includes the whole hierarchy for `within`', () => {
    expect(dependenciesOf('{ areas(filter: { within: "health" }) { totalCount } }')).toContain('BROADER');
  });

  it.each([
    '{ node(id: "x") { id } }',
    '{ search(query: "x") { totalCount } }',
    '{ ontology { kinds { count } } }',
    '{ gaps { __typename } }',
    '{ changes { totalCount } }',
    '{ lab(slug: "a") { history { totalCount } } }',
    '{ source(slug: "a") { citedBy { totalCount } } }',
  ])('is everything for %s', (query) => {
    expect(dependenciesOf(query)).toBe(EVERYTHING);
  });

  it('includes every relation of an entity for its revision, which each of them increases', () => {
    expect(dependenciesOf('{ lab(slug: "a") { revision } }')).toEqual(
      expect.arrayContaining(['Lab', 'RESEARCHES', 'HOSTED_BY', 'SUPPORTS_LAB', 'CITES']),
    );
  });

  it('is not known for mutations and subscriptions', () => {
    expect(
      dependenciesOf('mutation { deleteLab: delete(input: { entity: { kind: LAB, id: "a" } }) { outcome } }'),
    ).toBeUndefined();
    expect(dependenciesOf('subscription { changes { __typename } }')).toBeUndefined();
  });

  it('is not known for fields written by hand, which may read the clock, unless they say so', () => {
    const own = createSilkgraph({
      ontology: cooperation,
      fields: ({ builder, refs }) => {
        builder.objectField(refs.Lab, 'now', (t) => t.string({ nullable: true, resolve: () => String(Date.now()) }));
        builder.objectField(refs.Lab, 'half', (t) =>
          t.string({ nullable: true, extensions: { readsGraphAlone: true }, resolve: () => 'half' }),
        );
        builder.queryField('time', (t) =>
          t.string({ earlierStates: false, nullable: true, resolve: () => String(Date.now()) }),
        );
      },
    }).schema;
    for (const query of [
      '{ time }',
      '{ lab(slug: "a") { now } }',
      '{ search(query: "a") { nodes { ... on Lab { now } } } }',
    ])
      expect(dependenciesOf(query, {}, own), query).toBeUndefined();
    expect(dependenciesOf('{ lab(slug: "a") { half } }', {}, own)).toBe(EVERYTHING);
  });

  it('is known for every field of the engine, at the root and of each kind, but for those that show tags or watches', () => {
    const unknown = Object.keys(schema.getQueryType()?.getFields() ?? {}).filter(
      (name) => dependenciesOf(`{ ${name} }`) === undefined,
    );
    for (const kind of cooperation.kindNames) {
      const type = schema.getType(kind);
      for (const name of isObjectType(type) ? Object.keys(type.getFields()) : []) {
        const found = dependenciesOf(`{ ${cooperation.kind(kind).singular} { ${name} } }`);
        if (found === undefined) unknown.push(`${kind}.${name}`);
      }
    }
    // Tags are not in the change log, so nobody would know when these change.
    expect(unknown).toEqual(['revision', 'tags', 'watches']);
  });

  it('is never less than what a relation field of any kind reads', () => {
    for (const kind of cooperation.kindNames) {
      for (const { name, relation, target } of cooperation.relationFieldsOf(kind).values()) {
        const { singular, plural } = cooperation.kind(kind);
        const key = kind === 'Country' ? 'code: "KE"' : 'slug: "a"';
        const toOne = cooperation.relationFieldsOf(kind).get(name)?.toOne;
        const selected = `{ ${singular}(${key}) { ${name} { ${toOne ? 'slug' : 'totalCount'} } } }`;
        const filtered = `{ ${plural}(filter: { ${name}: { count: { gte: 1 } } }) { totalCount } }`;
        for (const query of [selected, filtered]) {
          const found = dependenciesOf(query);
          if (target === 'Entity') expect(found, query).toBe(EVERYTHING);
          else if (found !== EVERYTHING) expect(found, query).toEqual(expect.arrayContaining([kind, relation, target]));
        }
      }
    }
  });
});
