import jsonld from 'jsonld';
import { DataFactory, Parser, type Quad, Store } from 'n3';
import { beforeAll, describe, expect, it } from 'vitest';
import { seeds } from '../../setup/seeds.ts';
import { linkedServer } from './http/linked-server.ts';
import { validateShapes } from './validate-shapes.ts';

const { server } = linkedServer();
const { get, origin } = server;

const parse = (text: string, format: string) => new Parser({ format, baseIRI: origin }).parse(text) as Quad[];

const textsOf = (quads: readonly Quad[]) =>
  new Set(quads.map(({ subject, predicate, object }) => `${subject.id} ${predicate.id} ${object.id}`));

describe('the whole graph in RDF', { timeout: 120_000 }, () => {
  let quads: readonly Quad[];
  beforeAll(async () => {
    quads = parse(await (await get('/export?format=ttl')).text(), 'Turtle');
  }, 60_000);

  it('has every entity and every relation', () => {
    const entities = quads.filter(({ predicate }) => predicate.value === `${origin}/terms#slug`);
    expect(entities).toHaveLength(Object.values(seeds.entities).flat().length);
    const cited = quads.filter(
      ({ subject, predicate }) => predicate.value.endsWith('prov#wasDerivedFrom') && !subject.value.includes('#'),
    );
    expect(cited).toHaveLength(seeds.relations.filter(({ type }) => type === 'CITES').length);
  });

  it('says the same as N-Quads, N-Triples and JSON-LD', async () => {
    const expected = textsOf(quads);
    expect(textsOf(parse(await (await get('/export?format=nq')).text(), 'N-Quads'))).toEqual(expected);
    expect(textsOf(parse(await (await get('/export?format=nt')).text(), 'N-Triples'))).toEqual(expected);
    const document = await (await get('/export?format=jsonld')).json();
    const canonical = String(await jsonld.toRDF(document as never, { format: 'application/n-quads' }));
    expect(textsOf(parse(canonical, 'N-Quads'))).toEqual(expected);
  });

  it('uses no term of its own that the vocabulary does not describe', async () => {
    const vocabulary = parse(await (await get('/terms')).text(), 'Turtle');
    const described = new Set(vocabulary.map(({ subject }) => subject.value));
    const used = quads.flatMap(({ predicate, object }) => [predicate.value, object.value]);
    const own = new Set(used.filter((term) => term.startsWith(`${origin}/terms#`)));
    expect([...own].filter((term) => !described.has(term))).toEqual([]);
  });

  it('has the shapes that follow from the ontology, and breaks them if it is changed', async () => {
    const shapes = parse(await (await get('/shapes')).text(), 'Turtle');
    expect(await validateShapes(shapes, quads)).toEqual([]);
    const [label] = quads.filter(
      ({ subject, predicate }) =>
        subject.value === `${origin}/entity/african-union` && predicate.value === 'https://schema.org/name',
    );
    const changed = new Store(quads.filter((quad) => quad !== label));
    const { namedNode, literal } = DataFactory;
    changed.addQuad(namedNode(`${origin}/entity/ke`), namedNode(`${origin}/terms#region`), literal('Mars'));
    const broken = await validateShapes(shapes, [...changed] as Quad[]);
    expect(broken).toEqual(
      expect.arrayContaining([
        expect.stringContaining('african-union'),
        expect.stringMatching(/entity\/ke .*terms#region/),
      ]),
    );
  });

  it('is not exported by kind, nor as the answer of a query', async () => {
    expect((await get('/export?format=ttl&kind=LAB')).status).toBe(400);
    const body = JSON.stringify({ query: '{ labs { nodes { name } } }', format: 'ttl' });
    const headers = { 'content-type': 'application/json' };
    expect((await server.fetch('/export', { method: 'POST', body, headers })).status).toBe(400);
  });
});
