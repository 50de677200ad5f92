import { graphql } from 'graphql';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { anonymous } from '../../../src/engine/access/viewer.ts';
import { GraphError } from '../../../src/engine/graph/errors.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import { globalId } from '../../../src/graphql/identifiers.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { createServer } from '../../../src/service/server.ts';
import { knownStatistics } from '../../setup/known-statistics.ts';
import { editor, ownSilkgraph } from '../../setup/own-silkgraph.ts';
import { schema, served } from '../../setup/served.ts';

const { propertiesOf } = cooperation;

const { server, mutate } = ownSilkgraph();

const lab = {
  name: 'Joint Laboratory for Tea',
  designation: 'PLANNED',
  inScope: false,
  status: 'AGREED',
  confidence: 'LOW',
};
const area = { name: 'Tea', definition: 'All about tea.', keyArea: false, topArea: true, editorial: true };

/** The statements of the last mutation, without those by which the server looks into slow ones. */
const statements = () => server.ran.map(({ name }) => name).filter((name) => name !== 'explain');

const batchOf = async (slug: string) => (await server.data(`{ lab(slug: "${slug}") { batch } }`)).lab?.batch;

describe('creating an entity', () => {
  it('returns all selected fields, including milestones and sources', async () => {
    const milestones = [{ date: '2024-05', text: 'Begun.', source: 'source-b' }, { text: 'Opened.' }];
    const created = await mutate(
      'createLab',
      { slug: 'lab-tea', ...lab, milestones, sources: [globalId('Source', 'source-a'), 'source-b'] },
      `lab {
        id slug name milestones { date text source { slug name } }
        sources { totalCount edges { supports node { slug citedBy(orderBy: [{ slug: ASC }]) { nodes { slug } } } } }
      }`,
    );
    const edge = (slug: string, citing: readonly string[]) => ({
      supports: ['RECORD'],
      node: { slug, citedBy: { nodes: citing.map((one) => ({ slug: one })) } },
    });
    expect(created).toEqual({
      errors: [],
      outcome: 'CREATED',
      lab: {
        id: globalId('Lab', 'lab-tea'),
        slug: 'lab-tea',
        name: lab.name,
        milestones: [
          { date: '2024-05', text: 'Begun.', source: { slug: 'source-b', name: 'B' } },
          { date: null, text: 'Opened.', source: null },
        ],
        sources: { totalCount: 2, edges: [edge('source-a', ['lab-one', 'lab-tea']), edge('source-b', ['lab-tea'])] },
      },
    });
  });

  it.each(['__proto__', 'constructor', '中'.repeat(2_000)])('takes any text for a name, also %.20s', async (name) => {
    const created = await mutate('upsertArea', { slug: 'area-named', ...area, name }, 'area { name }');
    expect(created).toMatchObject({ errors: [], area: { name } });
  });

  it('gives a slug that follows from a property, where none is given', async () => {
    const country = { name: 'Atlantis', code: 'XA', codeAlpha3: 'XAA', region: 'OCEANIA', subregion: 'x' };
    const created = await mutate('createCountry', { ...country, briStatus: 'NOT_LISTED' }, 'country { slug }');
    expect(created).toMatchObject({ errors: [], country: { slug: 'xa' } });
  });

  it('accepts a name as long as an index entry, and rejects a longer one', async () => {
    const named = (name: string) => mutate('upsertArea', { slug: 'area-ligature', ...area, name });
    expect(await named('ﷺ'.repeat(181))).toMatchObject({ errors: [] });
    expect(await named('ﷺ'.repeat(260))).toMatchObject({
      errors: [{ code: 'BAD_USER_INPUT', path: ['input', 'entity', 'area', 'name'] }],
    });
  });

  it('takes as many statements for one property as for all of them', async () => {
    await mutate('createLab', { slug: 'lab-plain', ...lab }, 'lab { name }');
    const plain = statements();
    const texts = Object.entries(propertiesOf('Lab')).filter(([, { type }]) => type === 'text');
    const rest = Object.fromEntries(texts.map(([name, { list }]) => [name, list ? ['x', 'y'] : 'x']));
    await mutate('createLab', { slug: 'lab-full', ...lab, ...rest }, 'lab { name cities sites notes }');
    expect(statements()).toEqual(plain);
    expect(plain.length).toBeLessThanOrEqual(8);
  });
});

describe('identifiers and places', () => {
  const selection = 'lab { identifiers { scheme value url match } locations { latitude longitude precision side } }';
  const place = { latitude: 7.29, longitude: 80.63, precision: 'CITY', side: 'PARTNER' };

  it('are created, as addresses too, and then find the entity', async () => {
    const identifiers = [{ scheme: 'ROR', value: 'https://ror.org/00WZQMX94', match: 'EXACT' }];
    const created = await mutate(
      'createLab',
      { slug: 'lab-found', ...lab, identifiers, locations: [place] },
      selection,
    );
    expect(created).toMatchObject({
      errors: [],
      lab: {
        identifiers: [{ scheme: 'ROR', value: '00wzqmx94', url: 'https://ror.org/00wzqmx94', match: 'EXACT' }],
        locations: [place],
      },
    });
    const found = await server.data(
      `{ entity(identifier: { scheme: ROR, value: "00wzqmx94" }) { slug }
         labs(filter: { locations: { some: { side: { eq: PARTNER }, within: { circle: { latitude: 7, longitude: 80.5, kilometres: 60 } } } } }) { nodes { slug } } }`,
    );
    expect(found).toEqual({ entity: { slug: 'lab-found' }, labs: { nodes: [{ slug: 'lab-found' }] } });
    await mutate('updateLab', { id: 'lab-found', identifiers: [], locations: null });
    const after = await server.data(
      `{ entity(identifier: { scheme: ROR, value: "00wzqmx94" }) { slug } lab(slug: "lab-found") { locations { place } }
         labs(filter: { locations: { some: {} } }) { totalCount } }`,
    );
    expect(after).toEqual({ entity: null, lab: { locations: [] }, labs: { totalCount: 0 } });
  });

  it.each([
    [
      { identifiers: [{ scheme: 'ROR', value: '00wzqmx95', match: 'EXACT' }] },
      ['input', 'entity', 'lab', 'identifiers', '0', 'value'],
    ],
    [{ locations: [{ ...place, latitude: 91 }] }, ['input', 'entity', 'lab', 'locations', '0', 'latitude']],
  ])('are refused where they cannot be right: %j', async (wrong, path) => {
    const refused = await mutate('createLab', { slug: 'lab-wrong', ...lab, ...wrong });
    expect(refused).toMatchObject({ errors: [{ code: 'BAD_USER_INPUT', path }] });
  });
});

describe('updating an entity', () => {
  it('leaves the milestones that it does not name, with their sources', async () => {
    const milestones = [{ date: '2019', text: 'Begun.', source: 'source-a' }, { text: 'Opened.' }];
    const updated = await mutate(
      'updateLab',
      { id: 'lab-one', batch: 2 },
      'lab { milestones { date text source { slug } } }',
    );
    const shown = milestones.map(({ date = null, text, source }) => ({
      date,
      text,
      source: source ? { slug: source } : null,
    }));
    expect(updated).toEqual({ errors: [], outcome: 'UPDATED', lab: { milestones: shown } });
  });

  it('changes what is named, removes what is null or an empty list, and leaves the rest', async () => {
    await mutate('createLab', {
      slug: 'lab-update',
      ...lab,
      batch: 1,
      nameZh: '茶',
      cities: ['Kandy'],
      notes: ['One.'],
    });
    const id = globalId('Lab', 'lab-update');
    const selection = 'lab { name nameZh batch cities notes status }';
    expect(await mutate('updateLab', { id, batch: 2, nameZh: null, cities: [] }, selection)).toEqual({
      errors: [],
      outcome: 'UPDATED',
      lab: { name: lab.name, nameZh: null, batch: 2, cities: [], notes: ['One.'], status: 'AGREED' },
    });
    expect(await mutate('updateLab', { id, batch: 2 })).toEqual({ errors: [], outcome: 'UNCHANGED' });
  });

  it('adds to what the entity cites', async () => {
    const cited = 'country { sources { nodes { slug } } }';
    await mutate('updateCountry', { id: 'cn', sources: ['source-a'] });
    const updated = await mutate('updateCountry', { id: 'cn', sources: ['source-b'] }, cited);
    expect(updated.country.sources.nodes).toEqual([{ slug: 'source-a' }, { slug: 'source-b' }]);
  });
});

describe('upserting an entity', () => {
  it('brings it to what is given: the rest is removed', async () => {
    const source = { name: 'A report', type: 'MEDIA', reliability: 'HIGH' };
    const selection = 'source { name publisher url }';
    await mutate('upsertSource', { slug: 'report', ...source, publisher: 'X', url: 'https://example.org/x' });
    expect(await mutate('upsertSource', { slug: 'report', ...source, publisher: 'Y' }, selection)).toEqual({
      errors: [],
      outcome: 'UPDATED',
      source: { name: 'A report', publisher: 'Y', url: null },
    });
  });
});

describe('deleting an entity', () => {
  it('removes relations that start at it and, with `detach`, those that lead to it', async () => {
    const operations = [
      { create: { lab: { slug: 'lab-gone', ...lab, sources: ['source-a'] } } },
      { create: { area: { slug: 'area-gone', ...area } } },
      { link: { researches: { from: 'lab-gone', to: 'area-gone' } } },
    ];
    expect(await mutate('transaction', { operations })).toEqual({ errors: [] });

    const refused = await mutate('deleteArea', { id: 'area-gone' }, 'deletedId');
    expect(refused).toMatchObject({
      outcome: null,
      deletedId: null,
      errors: [{ code: 'CONFLICT', path: ['input', 'entity'] }],
    });
    expect(refused.errors[0].message).toContain('1 RESEARCHES (lab-gone)');

    const areaGone = await mutate(
      'deleteArea',
      { id: 'area-gone', detach: true },
      'deletedSlug query { lab(slug: "lab-gone") { areas { totalCount } } }',
    );
    expect(areaGone).toEqual({
      errors: [],
      outcome: 'DELETED',
      deletedSlug: 'area-gone',
      query: { lab: { areas: { totalCount: 0 } } },
    });
    const labGone = await mutate(
      'deleteLab',
      { id: 'lab-gone' },
      'query { source(slug: "source-a") { citedBy(filter: { slug: { eq: "lab-gone" } }) { totalCount } } }',
    );
    expect(labGone).toMatchObject({ outcome: 'DELETED', query: { source: { citedBy: { totalCount: 0 } } } });
  });
});

describe('several mutations in one operation', () => {
  it('are done one after another, and each answers as things were after it', async () => {
    const answer = await server.data(
      `mutation ($input: CreateLabInput!) {
        first: create(input: { entity: { lab: $input } }) { lab { batch partnerCountries { totalCount } } }
        second: update(input: { entity: { lab: { id: "lab-two-steps", batch: 2 } } }) { lab { batch } }
        third: link(input: { relation: { partnersWith: { from: "lab-two-steps", to: "ci" } } }) { from { ... on Lab { batch partnerCountries { totalCount } } } }
        fourth: delete(input: { entity: { kind: LAB, id: "lab-two-steps" } }) { outcome query { lab(slug: "lab-two-steps") { name } } }
      }`,
      { input: { slug: 'lab-two-steps', ...lab, batch: 1 } },
    );
    expect(answer).toEqual({
      first: { lab: { batch: 1, partnerCountries: { totalCount: 0 } } },
      second: { lab: { batch: 2 } },
      third: { from: { batch: 2, partnerCountries: { totalCount: 1 } } },
      fourth: { outcome: 'DELETED', query: { lab: null } },
    });
  });
});

describe('a transaction', () => {
  const operations = (suffix: string) => [
    { create: { area: { slug: `area-${suffix}`, ...area } } },
    { create: { lab: { slug: `lab-${suffix}`, ...lab, sources: ['source-a'] } } },
    { link: { researches: { from: `lab-${suffix}`, to: `area-${suffix}`, sources: ['source-b'] } } },
    { link: { partnersWith: { from: `lab-${suffix}`, to: globalId('Country', 'ci') } } },
    { update: { area: { id: `area-${suffix}`, keyArea: true } } },
    { unlink: { type: 'PARTNERS_WITH', from: `lab-${suffix}`, to: 'ci' } },
  ];
  const selection =
    'results { operation outcome revision entity { slug ... on Area { keyArea } ... on Lab { areas { edges { node { slug } ownSources } } partnerCountries { totalCount } } } }';

  it('answers for each operation, in their order, with how things are after all of them', async () => {
    const done = await mutate('transaction', { operations: operations('all') }, selection);
    const areaAfter = { slug: 'area-all', keyArea: true };
    const labAfter = {
      slug: 'lab-all',
      areas: { edges: [{ node: { slug: 'area-all' }, ownSources: true }] },
      partnerCountries: { totalCount: 0 },
    };
    const result = (operation: string, outcome: string, entity: object) => ({
      operation,
      outcome,
      revision: 1,
      entity,
    });
    expect(done).toEqual({
      errors: [],
      results: [
        result('create', 'CREATED', areaAfter),
        result('create', 'CREATED', labAfter),
        result('link', 'CREATED', labAfter),
        result('link', 'CREATED', labAfter),
        result('update', 'UPDATED', areaAfter),
        result('unlink', 'DELETED', labAfter),
      ],
    });
  });

  it('does nothing if any operation is invalid, and returns every error with its path', async () => {
    const faulty = [
      ...operations('none'),
      { link: { hostedBy: { from: 'lab-none', to: 'nowhere' } } },
      { create: { lab: { slug: 'lab-none-2', ...lab, name: ' ' } } },
    ];
    const refused = await mutate('transaction', { operations: faulty }, selection);
    expect(refused).toMatchObject({
      errors: [
        { code: 'BAD_USER_INPUT', path: ['input', 'operations', '6', 'link', 'hostedBy', 'to'] },
        { code: 'BAD_USER_INPUT', path: ['input', 'operations', '7', 'create', 'lab', 'name'] },
      ],
      results: [],
    });
    expect(await server.data('{ lab(slug: "lab-none") { name } area(slug: "area-none") { name } }')).toEqual({
      lab: null,
      area: null,
    });
  });

  it('takes as many statements for ten operations as for one of their sort', async () => {
    const areas = (count: number, at: number) =>
      Array.from({ length: count }, (_, index) => ({ create: { area: { slug: `area-${at}-${index}`, ...area } } }));
    await mutate('transaction', { operations: areas(1, 1) }, selection);
    const few = statements();
    await mutate('transaction', { operations: areas(10, 2) }, selection);
    expect(statements()).toEqual(few);
  });

  it('has at least one operation, and not more than 100', async () => {
    expect(await mutate('transaction', { operations: [] })).toMatchObject({
      errors: [{ code: 'BAD_USER_INPUT', path: ['input', 'operations'] }],
    });
    const { errors } = await server.ask(
      'mutation ($input: TransactionInput!) { transaction(input: $input) { repeated } }',
      {
        input: { operations: Array.from({ length: 101 }, () => ({ delete: { kind: 'LAB', id: 'lab-two' } })) },
      },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
  });

  it('reports an error of the whole request at its path', async () => {
    const operations = [{ delete: { kind: 'LAB', id: 'lab-two' } }];
    const { errors } = await mutate('transaction', { operations, idempotencyKey: '', reason: 'x'.repeat(2_001) });
    expect(errors).toMatchObject([
      { code: 'BAD_USER_INPUT', path: ['input', 'idempotencyKey'] },
      { code: 'BAD_USER_INPUT', path: ['input', 'reason'] },
    ]);
  });

  it('takes what belongs to the whole in no operation of it', async () => {
    const operations = [{ delete: { kind: 'LAB', id: 'lab-two', dryRun: true } }];
    const { errors } = await server.ask(
      'mutation ($input: TransactionInput!) { transaction(input: $input) { repeated } }',
      { input: { operations } },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(await server.data('{ lab(slug: "lab-two") { slug } }')).toEqual({ lab: { slug: 'lab-two' } });
  });

  it('takes one operation in each place', async () => {
    const both = { delete: { kind: 'LAB', id: 'lab-two' }, update: { lab: { id: 'lab-two' } } };
    const { errors } = await server.ask(
      'mutation ($input: TransactionInput!) { transaction(input: $input) { repeated } }',
      {
        input: { operations: [both] },
      },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('a mutation that is tried', () => {
  it('returns the expected result, and changes nothing', async () => {
    await mutate('createLab', { slug: 'lab-try', ...lab, batch: 1 });
    const updated = await mutate('updateLab', { id: 'lab-try', batch: 2, dryRun: true }, 'dryRun lab { batch }');
    expect(updated).toEqual({ errors: [], outcome: 'UPDATED', dryRun: true, lab: { batch: 1 } });
    expect(await mutate('createLab', { slug: 'lab-tried', ...lab, dryRun: true }, 'lab { name }')).toEqual({
      errors: [],
      outcome: 'CREATED',
      lab: null,
    });
    const linked = await mutate(
      'linkPartnersWith',
      { from: 'lab-try', to: 'ci', dryRun: true },
      'from { slug } relation { relation }',
    );
    expect(linked).toEqual({ errors: [], outcome: 'CREATED', from: { slug: 'lab-try' }, relation: null });
    expect(await mutate('deleteLab', { id: 'lab-try', dryRun: true }, 'deletedId')).toEqual({
      errors: [],
      outcome: 'DELETED',
      deletedId: null,
    });
    expect(await batchOf('lab-try')).toBe(1);
    expect(await batchOf('lab-tried')).toBeUndefined();
  });

  it('returns the stored result of an earlier request with its key', async () => {
    await mutate('createLab', { slug: 'lab-done', ...lab });
    const input = { id: 'lab-done', idempotencyKey: 'done' };
    const selection = 'dryRun deletedSlug changes { sequence }';
    const done = await mutate('deleteLab', input, `repeated ${selection}`);
    expect(done).toMatchObject({ outcome: 'DELETED', dryRun: false, repeated: false, deletedSlug: 'lab-done' });
    expect(await mutate('deleteLab', { ...input, dryRun: true }, `repeated ${selection}`)).toEqual({
      ...done,
      repeated: true,
    });
  });

  it('returns the errors', async () => {
    const refused = await mutate('deleteCountry', { id: 'cn', dryRun: true }, 'dryRun');
    expect(refused).toMatchObject({ outcome: null, dryRun: true, errors: [{ code: 'CONFLICT' }] });
  });
});

describe('the changes of a mutation', () => {
  it('name who made them and why, with what was before and after', async () => {
    await mutate('createLab', { slug: 'lab-log', ...lab, batch: 1 });
    const selection = `changes {
      sequence action author reason
      ... on EntityChange { slug revision before after entity { ... on Lab { batch } } }
      ... on RelationChange { relation from { slug } to { slug } before after }
    }`;
    const { changes } = await mutate(
      'updateLab',
      { id: 'lab-log', batch: 2, sources: ['source-a'], reason: 'A second batch.' },
      selection,
    );
    const shared = { sequence: expect.any(Number), author: 'test', reason: 'A second batch.' };
    expect(changes).toEqual([
      {
        ...shared,
        action: 'UPDATED',
        slug: 'lab-log',
        revision: 2,
        before: { ...lab, batch: 1 },
        after: { ...lab, batch: 2 },
        entity: { batch: 2 },
      },
      {
        ...shared,
        action: 'CREATED',
        relation: 'CITES',
        from: { slug: 'lab-log' },
        to: { slug: 'source-a' },
        before: null,
        after: { properties: { supports: ['RECORD'] } },
      },
    ]);
    expect(changes[0].sequence).toBeGreaterThan(0);
  });

  it('are listed by a dry run of a deletion', async () => {
    const selection = `changes { sequence action ... on EntityChange { slug } ... on RelationChange { relation } }`;
    const input = { id: 'institute', detach: true, dryRun: true };
    expect((await mutate('deleteInstitution', input, selection)).changes).toEqual([
      { sequence: 0, action: 'DELETED', relation: expect.stringMatching(/HOSTED_BY|BASED_IN/) },
      { sequence: 0, action: 'DELETED', relation: expect.stringMatching(/HOSTED_BY|BASED_IN/) },
      { sequence: 0, action: 'DELETED', slug: 'institute' },
    ]);
  });
});

describe('a key of idempotency', () => {
  it('makes a repeat answer as the first time, and change nothing', async () => {
    await mutate('createLab', { slug: 'lab-once', ...lab, batch: 1 });
    const change = { id: 'lab-once', batch: 2, idempotencyKey: 'once' };
    const first = await mutate('updateLab', change, 'repeated revision');
    expect(first).toEqual({ errors: [], outcome: 'UPDATED', repeated: false, revision: 2 });
    await mutate('updateLab', { id: 'lab-once', batch: 3 });
    const again = await mutate('updateLab', change, 'repeated revision lab { batch }');
    expect(again).toEqual({ ...first, repeated: true, lab: { batch: 3 } });
  });

  it('returns the first errors when a failed request is repeated, and changes nothing', async () => {
    const change = { id: 'lab-refused', batch: 2, idempotencyKey: 'refused' };
    const first = await mutate('updateLab', change, 'repeated');
    expect(first).toMatchObject({ errors: [{ path: ['input', 'entity', 'lab', 'id'] }], repeated: false });
    await mutate('createLab', { slug: 'lab-refused', ...lab, batch: 1 });
    expect(await mutate('updateLab', change, 'repeated')).toEqual({ ...first, repeated: true });
    expect(await mutate('updateLab', { ...change, dryRun: true }, 'repeated dryRun')).toMatchObject({
      repeated: true,
      dryRun: false,
    });
    expect(await batchOf('lab-refused')).toBe(1);
  });

  it('belongs to one request, and is rejected with another one', async () => {
    await mutate('createLab', { slug: 'lab-key', ...lab, idempotencyKey: 'key' });
    const other = await mutate('createLab', { slug: 'lab-key-2', ...lab, idempotencyKey: 'key' });
    expect(other.errors).toMatchObject([{ path: ['input', 'idempotencyKey'] }]);
    expect(await batchOf('lab-key-2')).toBeUndefined();
  });
});

describe('a revision that is past', () => {
  it('is rejected, with the current state', async () => {
    const { revision } = await mutate('createLab', { slug: 'lab-past', ...lab, batch: 1 }, 'revision');
    await mutate('updateLab', { id: 'lab-past', batch: 2, expectedRevision: revision });
    const question = 'errors { current { revision entity { slug ... on Lab { batch institutions { totalCount } } } } }';
    const refused = await mutate('updateLab', { id: 'lab-past', batch: 3, expectedRevision: revision }, question);
    expect(refused).toMatchObject({
      outcome: null,
      errors: [
        {
          code: 'CONFLICT',
          path: ['input', 'entity', 'lab', 'expectedRevision'],
          current: { revision: 2, entity: { slug: 'lab-past', batch: 2, institutions: { totalCount: 0 } } },
        },
      ],
    });
    const link = { from: 'lab-past', to: 'ci', expectedRevision: revision };
    expect((await mutate('linkPartnersWith', link, question)).errors).toMatchObject([{ current: { revision: 2 } }]);
    expect((await mutate('deleteLab', { id: 'lab-past', expectedRevision: revision })).outcome).toBeNull();
    expect(await batchOf('lab-past')).toBe(2);
  });
});

describe('a mutation that the database does not do', () => {
  const answerWhere = async (error: Error) => {
    const failing: Graph = { ...server.graph, write: () => Promise.reject(error) };
    const { fetch } = createServer({
      ...served,
      context: (read) => createContext(failing, knownStatistics('small data', failing), { ...read, viewer: editor }),
    });
    const response = await fetch(
      new Request('http://silkgraph/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({
          query:
            'mutation { deleteLab: delete(input: { entity: { kind: LAB, id: "lab-one" } }) { outcome errors { code } } }',
        }),
      }),
    );
    return response.text();
  };

  it.each(['UNAVAILABLE', 'TIMEOUT', 'OVERLOADED'] as const)(
    'is an error of GraphQL, not of the payload: %s',
    async (fault) => {
      const { data, errors } = JSON.parse(await answerWhere(new GraphError(fault, 'secret')));
      expect(data).toEqual({ deleteLab: null });
      expect(errors).toMatchObject([
        { extensions: { code: fault === 'UNAVAILABLE' ? 'DATABASE_UNAVAILABLE' : fault } },
      ]);
    },
  );

  it.each([new GraphError('STATEMENT', 'secret'), new Error('secret')])(
    'tells nothing of our own fault: %s',
    async (error) => {
      const answer = await answerWhere(error);
      expect(JSON.parse(answer)).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
      expect(answer).not.toContain('secret');
    },
  );
});

describe.each([
  { viewer: anonymous, code: 'UNAUTHENTICATED' },
  { viewer: { name: 'a reader', role: 'reader' } as const, code: 'FORBIDDEN' },
])('$viewer.name', ({ viewer, code }) => {
  it.each([
    'create(input: { entity: { area: { slug: "not", name: "x", definition: "x", keyArea: true, topArea: true, editorial: true } } }) { outcome }',
    'delete(input: { entity: { kind: COUNTRY, id: "ci" }, dryRun: true }) { outcome }',
    'unlink(input: { relation: { type: CITES, from: "lab-one", to: "source-a" } }) { outcome }',
    'transaction(input: { operations: [] }) { repeated }',
  ])('may not do %s, even if their role was not checked before', async (mutation) => {
    const contextValue = createContext(server.graph, knownStatistics('small data', server.graph), { viewer });
    const { data, errors } = await graphql({ schema, source: `mutation { it: ${mutation} }`, contextValue });
    expect(data).toEqual({ it: null });
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });
});
