import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../../src/graphql/identifiers.ts';
import { oneMutation } from '../../setup/one-mutation.ts';
import { ownSilkgraph } from '../../setup/own-silkgraph.ts';

const { server, mutate } = ownSilkgraph();

const lab = { name: 'A lab', designation: 'PLANNED', inScope: false, status: 'AGREED', confidence: 'LOW' };
const newLab = { slug: 'lab-new', ...lab };
const event = { name: 'An event', type: 'FORUM', startDate: '2019-06-20', online: false, status: 'HELD' };
const source = { name: 'A source', type: 'MEDIA', reliability: 'HIGH' };
const country = {
  name: 'X',
  code: 'XX',
  codeAlpha3: 'XXX',
  region: 'ASIA',
  subregion: 'x',
  briStatus: 'NOT_LISTED',
};

/** All that is in the graph, to compare. */
async function content(): Promise<unknown> {
  const session = server.driver.session();
  try {
    const { records } = await session.run(
      `MATCH (node) WITH node ORDER BY elementId(node)
       RETURN labels(node), properties(node), COLLECT { MATCH (node)-[r]->(to) RETURN [type(r), properties(r), elementId(to)] ORDER BY elementId(r) }`,
    );
    return records.map((record) => record.toObject());
  } finally {
    await session.close();
  }
}

describe('an invalid mutation is rejected, and nothing is written:', () => {
  let before: unknown;
  beforeAll(async () => {
    const operations = [
      { create: { event: { slug: 'event', ...event, endDate: '2019-06-21' } } },
      {
        create: { area: { slug: 'area', name: 'A', definition: 'A.', keyArea: false, topArea: true, editorial: true } },
      },
      {
        create: {
          area: { slug: 'narrow', name: 'N', definition: 'N.', keyArea: false, topArea: false, editorial: true },
        },
      },
      { link: { broader: { from: 'narrow', to: 'area' } } },
      { create: { source: { slug: 'told', ...source } } },
      { create: { lab: { slug: 'lab-told', ...lab, milestones: [{ text: 'x', source: 'told' }] } } },
    ];
    expect(await mutate('transaction', { operations })).toEqual({ errors: [] });
    before = await content();
  });
  afterAll(async () => expect(await content()).toEqual(before));

  it.each<[string, string, Record<string, unknown>, 'BAD_USER_INPUT' | 'CONFLICT', string[]]>([
    // Slugs and ids
    ['a slug that is none', 'createLab', { ...newLab, slug: '__proto__' }, 'BAD_USER_INPUT', ['slug']],
    ['an empty slug', 'upsertLab', { ...newLab, slug: '' }, 'BAD_USER_INPUT', ['slug']],
    ['a slug in capitals', 'createLab', { ...newLab, slug: 'Lab' }, 'BAD_USER_INPUT', ['slug']],
    ['a slug that is too long', 'createLab', { ...newLab, slug: 'x'.repeat(201) }, 'BAD_USER_INPUT', ['slug']],
    [
      'an expected revision of what is new',
      'createLab',
      { ...newLab, expectedRevision: 1 },
      'BAD_USER_INPUT',
      ['expectedRevision'],
    ],
    ['a slug that is taken', 'createLab', { ...newLab, slug: 'lab-one' }, 'CONFLICT', ['slug']],
    ['a slug of another kind', 'upsertLab', { ...newLab, slug: 'cn' }, 'CONFLICT', ['slug']],
    ['a country without its code', 'createCountry', { slug: 'xy', ...country }, 'BAD_USER_INPUT', ['slug']],
    ['an id that is none', 'updateLab', { id: '__proto__', name: 'x' }, 'BAD_USER_INPUT', ['id']],
    ['an id of another kind', 'updateLab', { id: globalId('Country', 'cn') }, 'BAD_USER_INPUT', ['id']],
    ['an entity of another kind', 'deleteLab', { id: 'cn' }, 'BAD_USER_INPUT', ['id']],
    ['an entity that is not there', 'updateLab', { id: 'nowhere' }, 'BAD_USER_INPUT', ['id']],
    // Properties
    ['a name that is blank', 'createLab', { ...newLab, name: ' ' }, 'BAD_USER_INPUT', ['name']],
    ['a name that is too long', 'createLab', { ...newLab, name: 'x'.repeat(2_001) }, 'BAD_USER_INPUT', ['name']],
    ['half a character', 'createLab', { ...newLab, nameZh: '\ud800' }, 'BAD_USER_INPUT', ['nameZh']],
    ['a blank item', 'updateLab', { id: 'lab-one', cities: ['x', ''] }, 'BAD_USER_INPUT', ['cities', '1']],
    ['a removed name', 'updateLab', { id: 'lab-one', name: null }, 'BAD_USER_INPUT', ['name']],
    ['a foreign address', 'createSource', { slug: 's', ...source, url: 'ftp://x.org' }, 'BAD_USER_INPUT', ['url']],
    [
      'an end before its start',
      'createEvent',
      { slug: 'e', ...event, endDate: '2019-06-19' },
      'BAD_USER_INPUT',
      ['endDate'],
    ],
    ['an end before the stored start', 'updateEvent', { id: 'event', endDate: '2018' }, 'BAD_USER_INPUT', ['endDate']],
    [
      'a blank milestone',
      'createLab',
      { ...newLab, milestones: [{ text: 'x' }, { text: '' }] },
      'BAD_USER_INPUT',
      ['milestones', '1', 'text'],
    ],
    [
      'a milestone without its source',
      'createLab',
      { ...newLab, milestones: [{ text: 'x', source: 'nowhere' }] },
      'BAD_USER_INPUT',
      ['milestones', '0', 'source'],
    ],
    [
      'a milestone with an id for its source that is none',
      'updateLab',
      { id: 'lab-one', milestones: [{ text: 'x', source: 'No id' }] },
      'BAD_USER_INPUT',
      ['milestones', '0', 'source'],
    ],
    // Sources
    ['an unknown source', 'createLab', { ...newLab, sources: ['nowhere'] }, 'BAD_USER_INPUT', ['sources', '0']],
    ['a country for a source', 'createLab', { ...newLab, sources: ['cn'] }, 'BAD_USER_INPUT', ['sources', '0']],
    [
      'the id of a country for a source',
      'createLab',
      { ...newLab, sources: ['source-a', globalId('Country', 'cn')] },
      'BAD_USER_INPUT',
      ['sources', '1'],
    ],
    [
      'a source twice',
      'linkPartnersWith',
      { from: 'lab-two', to: 'ci', sources: ['source-a', 'source-a'] },
      'BAD_USER_INPUT',
      ['sources', '1'],
    ],
    // Relations
    ['a start that is not there', 'linkPartnersWith', { from: 'nowhere', to: 'ci' }, 'BAD_USER_INPUT', ['from']],
    ['an end that is not there', 'linkPartnersWith', { from: 'lab-two', to: 'xx' }, 'BAD_USER_INPUT', ['to']],
    ['an end of another kind', 'linkPartnersWith', { from: 'lab-two', to: 'institute' }, 'BAD_USER_INPUT', ['to']],
    [
      'an end by an id of another kind',
      'linkPartnersWith',
      { from: 'lab-two', to: globalId('Lab', 'lab-one') },
      'BAD_USER_INPUT',
      ['to'],
    ],
    ['a relation to itself', 'linkPossiblySameAs', { from: 'lab-one', to: 'lab-one' }, 'BAD_USER_INPUT', ['to']],
    ['a second target of a to-one relation', 'linkBasedIn', { from: 'institute', to: 'ci' }, 'CONFLICT', ['to']],
    ['a circle', 'linkBroader', { from: 'area', to: 'narrow' }, 'CONFLICT', ['to']],
    [
      'a source that cites',
      'linkCites',
      { from: 'source-a', to: 'source-b', supports: ['NAME'] },
      'BAD_USER_INPUT',
      ['from'],
    ],
    [
      'a citation for nothing',
      'linkCites',
      { from: 'lab-two', to: 'source-b', supports: [] },
      'BAD_USER_INPUT',
      ['supports'],
    ],
    ['a relation that is not there', 'unlinkPartnersWith', { from: 'lab-two', to: 'ci' }, 'BAD_USER_INPUT', []],
    ['a relation against its direction', 'unlinkBroader', { from: 'area', to: 'narrow' }, 'BAD_USER_INPUT', []],
    // Deletions
    ['an entity that others lead to', 'deleteInstitution', { id: 'institute' }, 'CONFLICT', []],
    ['a source that a relation rests on', 'deleteSource', { id: 'source-b', detach: true }, 'CONFLICT', []],
    ['a source that a milestone rests on', 'deleteSource', { id: 'told', detach: true }, 'CONFLICT', []],
    // Revisions
    [
      'a revision from the past',
      'updateLab',
      { id: 'lab-one', batch: 7, expectedRevision: 0 },
      'CONFLICT',
      ['expectedRevision'],
    ],
    [
      'a revision of what is not there',
      'upsertLab',
      { ...newLab, expectedRevision: 1 },
      'CONFLICT',
      ['expectedRevision'],
    ],
    ['a key that is blank', 'createLab', { ...newLab, idempotencyKey: '' }, 'BAD_USER_INPUT', ['idempotencyKey']],
  ])('%s', async (_, name, input, code, path) => {
    const { errors, outcome } = await mutate(name, input);
    const start = path[0] === 'idempotencyKey' ? ['input'] : oneMutation(name, input).path;
    expect(outcome).toBeNull();
    expect(errors).toEqual([{ code, path: [...start, ...path], message: expect.stringMatching(/\w.*\.$/) }]);
  });

  it('several errors are reported at once', async () => {
    const input = {
      ...newLab,
      slug: 'A',
      name: '',
      milestones: [{ text: 'x', source: 'nowhere' }],
      sources: ['nowhere'],
    };
    const { errors } = await mutate('createLab', input);
    expect(errors.map(({ path }: { path: string[] }) => path.join('.')).sort()).toEqual([
      'input.entity.lab.milestones.0.source',
      'input.entity.lab.name',
      'input.entity.lab.slug',
      'input.entity.lab.sources.0',
    ]);
  });

  it.each([
    ['an unknown property', 'create(input: { entity: { lab: { slug: "x", nom: "x" } } })', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a value of no closed set',
      'update(input: { entity: { lab: { id: "lab-one", status: agreed } } })',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a date that is none',
      'update(input: { entity: { lab: { id: "lab-one", recognisedDate: "2019-13" } } })',
      undefined,
    ],
    [
      'a number that is too large',
      'update(input: { entity: { lab: { id: "lab-one", batch: 2147483648 } } })',
      undefined,
    ],
    [
      'what is required left out',
      'create(input: { entity: { lab: { slug: "x", name: "x" } } })',
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'a property that is named after an object’s own',
      'update(input: { entity: { lab: { id: "lab-one", __proto__: "x" } } })',
      undefined,
    ],
  ])('%s is no question of the schema', async (_, mutation, code) => {
    const { errors, data } = await server.ask(`mutation { it: ${mutation} { outcome } }`);
    expect(data ?? null).toBeNull();
    for (const error of errors ?? []) {
      expect(error.extensions?.code).toBe(code ?? error.extensions?.code);
      expect(['GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']).toContain(error.extensions?.code);
    }
    expect(errors?.length).toBeGreaterThan(0);
  });
});
