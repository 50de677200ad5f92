import { describe, expect, it } from 'vitest';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { type DescribedEntity, firstPage } from '../../src/linked-data/described-entity.ts';
import { entityPage } from '../../src/linked-data/entity-page.ts';
import { rdfText } from '../../src/linked-data/rdf-text.ts';
import { triplesOfEntity } from '../../src/linked-data/triples.ts';
import { createVocabulary } from '../../src/linked-data/vocabulary.ts';

const vocabulary = createVocabulary(cooperation, 'https://data.example.org');
const attack = '</title></script><script>alert(1)</script><img src=x onerror="alert(1)">\'';

const entity: DescribedEntity = {
  kind: 'Institution',
  slug: 'institute',
  name: attack,
  record: {
    id: 'institute',
    name: attack,
    alsoKnownAs: [attack],
    website: 'https://example.org/?a=1&b="><script>',
    identifiers: [{ scheme: 'WIKIDATA', value: 'Q1"><script>', url: 'javascript:alert(1)', match: 'EXACT' }],
  },
  outgoing: [],
  incoming: [],
  page: firstPage,
  goesOn: false,
  sources: new Map(),
};

describe('the page of an entity', () => {
  it('shows markup in the data as text, and links nothing but web addresses', () => {
    const html = entityPage(vocabulary, entity);
    const scripts = html.match(/<script[^>]*>/g);
    expect(scripts).toEqual(['<script type="application/ld+json">']);
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(/href="javascript:/);
    const [, data = ''] = /ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
    const [node] = JSON.parse(data)['@graph'].filter((one: Record<string, unknown>) => one.slug === 'institute');
    expect(node.name).toBe(attack);
  });

  it('is complete Turtle, whatever characters its texts and addresses have', async () => {
    const text = await rdfText(vocabulary, 'ttl', triplesOfEntity(vocabulary, 'Institution', entity.record));
    expect(text).toContain('<https://example.org/?a=1&b=%22%3E%3Cscript%3E>');
  });
});

describe('numbers', () => {
  it.each([
    [18_800_000_000, '18800000000'],
    [-0.5, '-0.5'],
    [1.5e21, '1500000000000000000000'],
    [2.5e-9, '0.0000000025'],
  ])('%d is the decimal %s', async (value, expected) => {
    const text = await rdfText(
      vocabulary,
      'nt',
      triplesOfEntity(vocabulary, 'Indicator', { id: 'x', name: 'X', value }),
    );
    expect(text).toContain(`"${expected}"^^<http://www.w3.org/2001/XMLSchema#decimal>`);
  });
});

describe('a source', () => {
  const source = (record: object): DescribedEntity => ({
    ...entity,
    kind: 'Source',
    slug: 'source',
    name: 'A source',
    record: { id: 'source', name: 'A source', url: 'https://repost.example/page', ...record },
  });

  it('is linked on its page, unless it is a repost, which is shown as text', () => {
    expect(entityPage(vocabulary, source({}))).toContain('href="https://repost.example/page"');
    const repost = entityPage(vocabulary, source({ mirror: true }));
    expect(repost).toContain('https://repost.example/page');
    expect(repost).not.toContain('href="https://repost.example/page"');
  });

  it('of low reliability is marked where it is cited', () => {
    const far = { kind: 'Source', slug: 'weak', name: 'Weak', isWeak: true } as const;
    const cited = { ...entity, outgoing: [{ record: { type: 'CITES', from: 'institute', to: 'weak' }, far }] };
    expect(entityPage(vocabulary, cited)).toContain('Weak</a> <small>(low reliability)</small>');
  });
});
