import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { relationTypes } from '../../../src/cooperation/relations.ts';
import type { RelationField } from '../../../src/ontology/ontology.ts';
import type { RelationRecord } from '../../../src/ontology/records.ts';
import type { Kind } from '../../../src/ontology/vocabulary.ts';
import { byName, recordsOf, seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { edgePropertiesOf, kindsAt, relationFieldsOf } = cooperation;

const server = silkgraph();

const records = new Map(
  Object.values(seeds.entities).flatMap((list) => list.map((record) => [record.id, record] as const)),
);

const cited = new Map<string, Set<string>>();
for (const { type, from, to } of seeds.relations) {
  if (type === 'CITES') cited.set(from, (cited.get(from) ?? new Set()).add(to));
}

/** The edges of an entity by a relation as the seeds have them, in the default order. */
function edgesOf(slug: string, { relation, reading, properties }: RelationField) {
  const touches = ({ type, from, to }: RelationRecord) =>
    type === relation && ((reading !== 'BACKWARD' && from === slug) || (reading !== 'FORWARD' && to === slug));
  return seeds.relations
    .filter(touches)
    .map((record) => ({ record, far: records.get(record.from === slug ? record.to : record.from) }))
    .flatMap(({ record, far }) => (far ? [{ record, far }] : []))
    .sort((left, right) => byName(left.far, right.far))
    .map(({ record, far }) => ({
      node: { slug: far.id },
      ...Object.fromEntries(
        Object.entries(properties).map(([name, { list }]) => [name, record.properties?.[name] ?? (list ? [] : null)]),
      ),
      ownSources: record.sources !== undefined,
      sources: [...new Set(record.sources ?? cited.get(record.from) ?? [])].sort(),
    }));
}

interface ShownEdge {
  readonly sources: readonly { readonly slug: string }[];
}

const withSortedSources = (edge: ShownEdge) => ({ ...edge, sources: edge.sources.map(({ slug }) => slug).sort() });

/** The entities that have most of a relation, so that the test sees more than empty lists. */
function busiest(kind: Kind, field: RelationField): readonly string[] {
  const counts = recordsOf(kind).map(({ id }) => [id, edgesOf(id, field).length] as const);
  return counts
    .sort(([, left], [, right]) => right - left)
    .slice(0, 3)
    .map(([id]) => id);
}

describe.each(relationTypes)('%s', (type) => {
  const ends = [...kindsAt(type, 'from'), ...kindsAt(type, 'to')];
  const sides = [...new Set(ends)].flatMap((kind) =>
    [...relationFieldsOf(kind).values()]
      .filter(({ relation }) => relation === type)
      .map((field) => ({ kind, field, name: field.name })),
  );

  it.each(sides)('shows its edges, properties and sources as $kind.$name', async ({ kind, field }) => {
    const properties = Object.keys(edgePropertiesOf(type)).join(' ');
    for (const slug of busiest(kind, field)) {
      const expected = edgesOf(slug, field);
      const edge = `node { slug } ${properties} ownSources sources { slug }`;
      if (field.toOne) {
        const hasEdge = properties !== '';
        const { it: entity } = await server.data(
          `query ($slug: String!) { it: ${cooperation.kind(kind).singular}(slug: $slug) { ${field.name} { slug } ${hasEdge ? `${field.name}Edge { ${edge} }` : ''} } }`,
          { slug },
        );
        expect(entity[field.name] ?? null).toEqual(expected[0]?.node ?? null);
        if (hasEdge) expect(withSortedSources(entity[`${field.name}Edge`])).toEqual(expected[0]);
      } else {
        const { it: entity } = await server.data(
          `query ($slug: String!) { it: ${cooperation.kind(kind).singular}(slug: $slug) { list: ${field.name}(first: 100) { totalCount edges { ${edge} } nodes { slug } } } }`,
          { slug },
        );
        expect(entity.list.totalCount).toBe(expected.length);
        expect(entity.list.edges.map(withSortedSources)).toEqual(expected.slice(0, 100));
        expect(entity.list.nodes).toEqual(expected.slice(0, 100).map(({ node }) => node));
      }
      expect(server.ran).toHaveLength(1);
    }
  });

  it('is there as often as in the seeds', async () => {
    const { ontology } = await server.data('{ ontology { relations { relation count } } }');
    const inSeeds = seeds.relations.filter((record) => record.type === type).length;
    expect(ontology.relations).toContainEqual({ relation: type, count: inSeeds });
    expect(cooperation.relation(type).description).not.toBe('');
  });
});

describe('a source', () => {
  it('cites nothing itself', async () => {
    const { sources } = await server.data('{ sources(first: 3) { nodes { sources { totalCount nodes { slug } } } } }');
    expect(sources.nodes).toEqual(Array.from({ length: 3 }, () => ({ sources: { totalCount: 0, nodes: [] } })));
  });
});
