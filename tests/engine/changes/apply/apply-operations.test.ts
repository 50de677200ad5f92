import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Kind } from '../../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../../src/cooperation/ontology.ts';
import type { OperationsRefused } from '../../../../src/engine/changes/answer.ts';
import {
  applyOperations,
  LONGEST_REASON,
  MOST_OPERATIONS,
} from '../../../../src/engine/changes/apply/apply-operations.ts';
import { storedEntity } from '../../../../src/engine/changes/apply/stored-form.ts';
import type { Change } from '../../../../src/engine/changes/change.ts';
import { lastSequence } from '../../../../src/engine/changes/log/read-changes.ts';
import type { Operation } from '../../../../src/engine/changes/operation.ts';
import { openDriver } from '../../../../src/engine/database/open-driver.ts';
import type { Graph } from '../../../../src/engine/graph/graph.ts';
import { runningRows } from '../../../setup/graph-double.ts';
import { changedGraph, create, leastOf, link, unlink } from '../changed-graph.ts';
import { replay, snapshotOf } from '../replay.ts';

const own = changedGraph();

const remove = (kind: Kind, slug: string, more: { detach?: boolean; expectedRevision?: number } = {}): Operation => ({
  action: 'DELETE',
  kind,
  slug,
  ...more,
});

const update = (
  kind: Kind,
  slug: string,
  properties: Record<string, unknown>,
  more: { sources?: readonly string[]; expectedRevision?: number } = {},
): Operation => ({ action: 'UPDATE', kind, slug, properties, ...more });

const upsert = (
  kind: Kind,
  slug: string,
  properties: Record<string, unknown>,
  more: { sources?: readonly string[]; expectedRevision?: number } = {},
): Operation => ({ action: 'UPSERT', kind, slug, properties, ...more });

const sortOf = (change: Change) => `${change.subject} ${change.subject === 'IMPORT' ? '' : change.action}`;

const stateOf = async (slug: string) => (await snapshotOf(own.graph)).entities[slug];

const relationsNow = async () => (await snapshotOf(own.graph)).relations;

/** Two labs, an institution, three countries, three areas, two sources, two platforms. */
const world = [
  create('Source', 'source-a'),
  create('Source', 'source-b'),
  create('Country', 'ci'),
  create('Country', 'cn'),
  create('Country', 'ke'),
  create('Area', 'farming'),
  create('Area', 'crops'),
  create('Area', 'maize'),
  create('Institution', 'academy'),
  create('Institution', 'institute'),
  create('Lab', 'lab-one'),
  create('Lab', 'lab-two'),
  create('Platform', 'centre'),
];

describe('creating an entity', () => {
  it('writes it in the form in which an import would, at revision 1, with the instants', async () => {
    const milestones = [{ source: 'source-a', text: 'Öpened', date: '2019-06' }];
    const lab = create('Lab', 'lab-one', { nameZh: '中心', alsoKnownAs: ['É', 'e'], batch: 3, milestones });
    await own.change([create('Source', 'source-a'), lab]);
    const [[labels, stored] = []] = await own.ask(
      "MATCH (lab:Lab {id: 'lab-one'}) RETURN labels(lab), properties(lab)",
    );
    expect(labels).toEqual(['Entity', 'Lab']);
    const { _createdAt, _updatedAt, _revision, ...properties } = Object(stored);
    const inOrder = [{ date: '2019-06', text: 'Öpened', source: 'source-a' }];
    const wanted = storedEntity(cooperation, 'Lab', { ...lab.properties, milestones: inOrder, id: 'lab-one' });
    expect(properties).toEqual({ ...wanted, batch: 3, firstMilestoneDate: '2019-06' });
    expect(_revision).toBe(1);
    expect(_createdAt).toEqual(_updatedAt);
    const [[whole] = []] = await own.ask("MATCH (lab:Lab {id: 'lab-one'}) RETURN lab.batch IS :: INTEGER");
    expect(whole).toBe(true);
  });

  it('takes null and an empty list as no value', async () => {
    await own.change([create('Lab', 'lab-one', { batch: null, notes: [], milestones: [], nameZh: undefined })]);
    expect((await stateOf('lab-one'))?.state).toEqual(leastOf('Lab', 'lab-one'));
  });

  it('is rejected if the slug is taken, by any kind', async () => {
    await own.change([create('Lab', 'lab-one')]);
    expect(await own.faults([create('Lab', 'lab-one'), create('Program', 'lab-one')])).toEqual([
      '0 slug CONFLICT: Lab "lab-one" already exists. Update it, or choose another slug.',
      '1 slug CONFLICT: Lab "lab-one" already exists. Choose another slug.',
    ]);
  });

  it('is rejected with every error of the record at its path', async () => {
    const milestones = [
      { text: 'x', source: 'nowhere' },
      { date: '2019-13', text: 'y' },
    ];
    const properties = { name: ' ', status: 'planned', colour: 'red', inScope: null, milestones };
    expect(await own.faults([create('Lab', 'Lab One', properties)])).toEqual([
      expect.stringMatching(/^0 slug BAD_USER_INPUT: slug: expected a slug: .*, found "Lab One"\.$/),
      '0 properties colour BAD_USER_INPUT: colour: expected no such field, found "red".',
      '0 properties name BAD_USER_INPUT: name: expected a non-empty text of at most 2000 characters, found " ".',
      '0 properties inScope BAD_USER_INPUT: inScope: expected true or false, found nothing.',
      '0 properties status BAD_USER_INPUT: status: expected one of PLANNED, AGREED, APPROVED, ESTABLISHED, found "planned".',
      '0 properties milestones 1 date BAD_USER_INPUT: milestones[1].date: expected a valid date such as 2019, 2019-06 or 2019-06-20, found "2019-13".',
      '0 properties milestones 0 source BAD_USER_INPUT: milestones[0].source: expected the id of a Source, found "nowhere", which does not exist.',
    ]);
    expect(await own.everything()).toEqual([[], []]);
  });

  it.each(['__proto__', 'a b', '', 'x'.repeat(201)])('is refused under the slug %j', async (slug) => {
    expect(await own.faults([create('Lab', slug)])).toEqual([expect.stringContaining('0 slug BAD_USER_INPUT')]);
  });

  it.each(['constructor', '__proto__', 'toString', 'id', '_revision', '_seeded'])(
    'is refused with a property %s, even of null',
    async (name) => {
      for (const value of ['"x"', 'null']) {
        const properties = leastOf('Lab', 'lab-one');
        Object.defineProperty(properties, name, { value: JSON.parse(value), enumerable: true });
        const operation: Operation = { action: 'CREATE', kind: 'Lab', slug: 'lab-one', properties };
        expect(await own.faults([operation])).toEqual([expect.stringContaining(`0 properties ${name} BAD_USER_INPUT`)]);
      }
    },
  );

  it('may have the slug `constructor`, which is a word like others', async () => {
    await own.change([create('Area', 'constructor'), create('Area', 'valueof')]);
    expect(Object.keys((await snapshotOf(own.graph)).entities)).toEqual(['constructor', 'valueof']);
  });

  it('keeps the slug of a country its code', async () => {
    expect(await own.faults([create('Country', 'ke', { code: 'KX' })])).toEqual([
      '0 slug BAD_USER_INPUT: slug: expected its code in lower case, "kx", found "ke".',
    ]);
    await own.change([create('Country', 'ke')]);
    expect(await own.faults([update('Country', 'ke', { code: 'CN' })])).toHaveLength(1);
  });

  it('makes it cite its sources, as support of the record', async () => {
    await own.change([create('Source', 'source-a'), { ...create('Lab', 'lab-one'), sources: ['source-a'] }]);
    expect(await relationsNow()).toEqual({ 'CITES lab-one source-a': { properties: { supports: ['RECORD'] } } });
  });

  it('is rejected with invalid or duplicate sources, or sources of a Source', async () => {
    await own.change(world);
    const sources = ['cn', 'source-a', 'source-a', 'nowhere'];
    expect(
      await own.faults([
        { ...create('Lab', 'lab-three'), sources },
        { ...create('Source', 'source-c'), sources: ['source-a'] },
      ]),
    ).toEqual([
      '0 sources 0 BAD_USER_INPUT: sources[0]: expected the id of a Source, found "cn", which is a Country.',
      '0 sources 2 BAD_USER_INPUT: sources[2]: expected no duplicate sources, found "source-a".',
      '0 sources 3 BAD_USER_INPUT: sources[3]: expected the id of a Source, found "nowhere", which does not exist.',
      '1 sources BAD_USER_INPUT: A Source cannot cite sources. Leave `sources` out.',
    ]);
  });
});

describe('changing an entity', () => {
  beforeEach(async () => {
    await own.change(world);
  });

  it('changes what is named, takes away what is null, and leaves the rest', async () => {
    await own.change([update('Lab', 'lab-one', { nameZh: '甲', batch: 2, notes: ['a'] })]);
    const { answers } = await own.change([update('Lab', 'lab-one', { nameZh: null, batch: 3, notes: undefined })]);
    expect(answers).toEqual([{ outcome: 'UPDATED', entity: { kind: 'Lab', slug: 'lab-one' }, revision: 3 }]);
    expect((await stateOf('lab-one'))?.state).toEqual({ ...leastOf('Lab', 'lab-one'), batch: 3, notes: ['a'] });
    const [[folded] = []] = await own.ask("MATCH (lab:Lab {id: 'lab-one'}) RETURN lab._nameZhFolded");
    expect(folded).toBeNull();
  });

  it('does nothing if the record is already so', async () => {
    const before = await own.everything();
    const { answers, changes } = await own.change([
      update('Lab', 'lab-one', { name: 'The Lab lab-one', batch: null }),
      upsert('Lab', 'lab-two', leastOf('Lab', 'lab-two')),
    ]);
    expect(answers.map(({ outcome, revision }) => [outcome, revision])).toEqual([
      ['UNCHANGED', 1],
      ['UNCHANGED', 1],
    ]);
    expect(changes).toEqual([]);
    expect(await own.everything()).toEqual(before);
  });

  it('is rejected if it would remove a required value', async () => {
    expect(await own.faults([update('Lab', 'lab-one', { name: null })])).toEqual([
      '0 properties name BAD_USER_INPUT: name: expected a non-empty text of at most 2000 characters, found nothing.',
    ]);
  });

  it('is rejected for missing entities and other kinds', async () => {
    expect(await own.faults([update('Lab', 'lab-nine', {}), update('Program', 'lab-one', {})])).toEqual([
      '0 slug BAD_USER_INPUT: There is no Lab "lab-nine". Check the slug, or find it with `search`.',
      '1 slug BAD_USER_INPUT: "lab-one" is a Lab, not a Program. Send it as a Lab.',
    ]);
  });

  it('leaves milestones as they are, whose sources the change does not name', async () => {
    const milestones = [{ text: 'x', source: 'source-a' }];
    await own.change([update('Lab', 'lab-one', { milestones })]);
    await own.change([update('Lab', 'lab-one', { batch: 2 })]);
    expect((await stateOf('lab-one'))?.state).toMatchObject({ batch: 2, milestones });
  });

  it('adds sources to those it cites', async () => {
    await own.change([update('Lab', 'lab-one', {}, { sources: ['source-a'] })]);
    const { answers } = await own.change([update('Lab', 'lab-one', {}, { sources: ['source-a', 'source-b'] })]);
    expect(answers).toEqual([expect.objectContaining({ outcome: 'UPDATED', revision: 3 })]);
    expect(Object.keys(await relationsNow()).sort()).toEqual(['CITES lab-one source-a', 'CITES lab-one source-b']);
  });

  it('by upsert brings an entity to what is named alone, and creates what is not there', async () => {
    await own.change([update('Lab', 'lab-one', { batch: 2 })]);
    const { answers } = await own.change([
      upsert('Lab', 'lab-one', { ...leastOf('Lab', 'lab-one'), nameZh: '甲' }),
      upsert('Lab', 'lab-three', leastOf('Lab', 'lab-three')),
    ]);
    expect(answers.map(({ outcome, revision }) => [outcome, revision])).toEqual([
      ['UPDATED', 3],
      ['CREATED', 1],
    ]);
    expect((await stateOf('lab-one'))?.state).toEqual({ ...leastOf('Lab', 'lab-one'), nameZh: '甲' });
    expect(await own.faults([upsert('Program', 'lab-one', leastOf('Program', 'x'))])).toEqual([
      expect.stringContaining('0 slug CONFLICT'),
    ]);
  });

  it('is rejected for an outdated revision, with the current one', async () => {
    await own.change([update('Lab', 'lab-one', { batch: 2 }, { expectedRevision: 1 })]);
    const refusal: OperationsRefused = await own
      .change([update('Lab', 'lab-one', { batch: 4 }, { expectedRevision: 1 })])
      .catch((error) => error);
    expect(refusal.faults).toEqual([
      {
        operation: 0,
        path: ['expectedRevision'],
        code: 'CONFLICT',
        message: 'Lab "lab-one" is at revision 2, not 1. Read it again, and repeat the change on its current state.',
        currentRevision: 2,
      },
    ]);
    expect(await own.faults([upsert('Lab', 'lab-nine', leastOf('Lab', 'x'), { expectedRevision: 1 })])).toEqual([
      expect.stringContaining('0 expectedRevision CONFLICT'),
    ]);
  });

  it('expects the revision before the request in each of its operations', async () => {
    const { answers } = await own.change([
      update('Lab', 'lab-one', { batch: 2 }, { expectedRevision: 1 }),
      link('PARTNERS_WITH', 'lab-one', 'ke', { expectedRevision: 1 }),
    ]);
    expect(answers.map(({ revision }) => revision)).toEqual([2, 2]);
    for (const operation of [
      link('PARTNERS_WITH', 'lab-one', 'cn', { expectedRevision: 1 }),
      { ...unlink('PARTNERS_WITH', 'lab-one', 'ke'), expectedRevision: 1 },
      remove('Lab', 'lab-one', { expectedRevision: 1 }),
    ])
      expect(await own.faults([operation])).toEqual([expect.stringContaining('0 expectedRevision CONFLICT')]);
  });

  it('takes it over from the seeds, which prune it no longer', async () => {
    await own.ask("MATCH (entity:Entity) WHERE entity.id IN ['lab-one', 'lab-two'] SET entity._seeded = true");
    await own.change([update('Lab', 'lab-one', { batch: 2 }), link('PARTNERS_WITH', 'lab-two', 'ke')]);
    const seeded = await own.ask('MATCH (entity:Entity) WHERE entity._seeded RETURN entity.id');
    expect(seeded).toEqual([['lab-two']]);
  });

  it('is rejected for the revision of a deleted entity with the same slug', async () => {
    const again = [remove('Lab', 'lab-one'), create('Lab', 'lab-one')];
    for (const operation of again) await own.change([operation]);
    expect((await stateOf('lab-one'))?.revision).toBe(3);
    expect(await own.faults([update('Lab', 'lab-one', { batch: 2 }, { expectedRevision: 1 })])).toEqual([
      expect.stringContaining('0 expectedRevision CONFLICT'),
    ]);
    await own.change([update('Lab', 'lab-one', { batch: 2 }, { expectedRevision: 3 })]);
    const { answers } = await own.change(again);
    expect(answers.map(({ revision }) => revision)).toEqual([6, 6]);
    const nowAnArea = [remove('Lab', 'lab-one'), upsert('Area', 'lab-one', leastOf('Area', 'lab-one'))];
    for (const operation of nowAnArea) await own.change([operation]);
    expect((await stateOf('lab-one'))?.revision).toBe(8);
    expect(replay({ entities: {}, relations: {} }, await own.log())).toEqual(await snapshotOf(own.graph));
  });

  it('counts an entity from before revisions as one of revision 1', async () => {
    await own.ask("MATCH (lab:Lab {id: 'lab-one'}) REMOVE lab._revision, lab._createdAt, lab._updatedAt");
    await own.change([update('Lab', 'lab-one', { batch: 2 }, { expectedRevision: 1 })]);
    expect((await stateOf('lab-one'))?.revision).toBe(2);
  });
});

describe('linking entities', () => {
  beforeEach(async () => {
    await own.change(world);
  });

  it('creates the relation with its properties and sources, and raises the revision of its start', async () => {
    const { answers, changes } = await own.change([
      link('HOSTED_BY', 'lab-one', 'academy', { properties: { role: 'HOST', side: null }, sources: ['source-a'] }),
    ]);
    const state = { properties: { role: 'HOST' }, sources: ['source-a'] };
    expect(answers).toEqual([{ outcome: 'CREATED', entity: { kind: 'Lab', slug: 'lab-one' }, revision: 2 }]);
    expect(changes).toMatchObject([{ subject: 'RELATION', action: 'CREATED', before: null, after: state }]);
    expect(await relationsNow()).toEqual({ 'HOSTED_BY lab-one academy': state });
    expect((await stateOf('academy'))?.revision).toBe(1);
  });

  it('brings the relation that is there to these properties and sources', async () => {
    await own.change([
      link('HOSTED_BY', 'lab-one', 'academy', { properties: { role: 'HOST' }, sources: ['source-a'] }),
    ]);
    await own.ask('MATCH ()-[relation:HOSTED_BY]->() SET relation._seeded = true');
    const properties = { roleNote: 'Ä' };
    const { answers } = await own.change([link('HOSTED_BY', 'lab-one', 'academy', { properties, sources: [] })]);
    expect(answers).toEqual([expect.objectContaining({ outcome: 'UPDATED', revision: 3 })]);
    expect(await own.ask('MATCH ()-[relation:HOSTED_BY]->() RETURN properties(relation)')).toEqual([
      [{ roleNote: 'Ä', _roleNoteFolded: 'a' }],
    ]);
    const again = await own.change([link('HOSTED_BY', 'lab-one', 'academy', { properties })]);
    expect(again.answers).toEqual([expect.objectContaining({ outcome: 'UNCHANGED', revision: 3 })]);
    expect(again.changes).toEqual([]);
  });

  it('is rejected between missing entities, wrong kinds, or an entity and itself', async () => {
    expect(
      await own.faults([
        link('HOSTED_BY', 'nowhere', 'cn'),
        link('BROADER', 'crops', 'crops'),
        link('CITES', 'source-a', 'source-b', { properties: { supports: ['RECORD'] } }),
        link('PARTNERS_WITH', '__proto__', 'ke'),
      ]),
    ).toEqual([
      '0 from BAD_USER_INPUT: from: expected the id of a Lab, found "nowhere", which does not exist.',
      '0 to BAD_USER_INPUT: to: expected the id of an Institution, found "cn", which is a Country.',
      '1 to BAD_USER_INPUT: to: expected a different record from `from`, found "crops".',
      '2 from BAD_USER_INPUT: from: expected the id of a record of any kind but Source, found "source-a", which is a Source.',
      '3 from BAD_USER_INPUT: from: expected the id of a Lab, found "__proto__".',
    ]);
  });

  it('is rejected with invalid properties and sources', async () => {
    expect(
      await own.faults([
        link('HOSTED_BY', 'lab-one', 'academy', {
          properties: { role: 'BOSS', constructor: 1 },
          sources: ['ke', 'source-a', 'source-a'],
        }),
        link('CITES', 'lab-one', 'source-a'),
      ]),
    ).toEqual([
      expect.stringContaining('0 properties constructor BAD_USER_INPUT'),
      expect.stringContaining('0 properties role BAD_USER_INPUT'),
      expect.stringContaining('0 sources 0 BAD_USER_INPUT'),
      expect.stringContaining('0 sources 2 BAD_USER_INPUT'),
      expect.stringContaining('1 properties supports BAD_USER_INPUT'),
    ]);
  });

  it('is rejected for a second target of a to-one relation, until the first is unlinked', async () => {
    await own.change([link('BASED_IN', 'academy', 'cn')]);
    expect(await own.faults([link('BASED_IN', 'academy', 'ke')])).toEqual([
      '0 to CONFLICT: "academy" can have only one BASED_IN, and already has one to "cn". Unlink that first.',
    ]);
    await own.change([unlink('BASED_IN', 'academy', 'cn'), link('BASED_IN', 'academy', 'ke')]);
    await own.change([link('BASED_IN', 'institute', 'ke'), link('BASED_IN', 'academy', 'ke')]);
    expect(Object.keys(await relationsNow()).sort()).toEqual(['BASED_IN academy ke', 'BASED_IN institute ke']);
  });

  it('keeps a symmetric relation once, from whichever end it is named, and raises both', async () => {
    await own.change([link('POSSIBLY_SAME_AS', 'lab-two', 'lab-one', { properties: { note: 'a' } })]);
    const { answers } = await own.change([
      link('POSSIBLY_SAME_AS', 'lab-one', 'lab-two', { properties: { note: 'b' } }),
    ]);
    expect(answers).toEqual([
      expect.objectContaining({ outcome: 'UPDATED', entity: { kind: 'Lab', slug: 'lab-one' }, revision: 3 }),
    ]);
    expect(await relationsNow()).toEqual({ 'POSSIBLY_SAME_AS lab-two lab-one': { properties: { note: 'b' } } });
    expect((await stateOf('lab-two'))?.revision).toBe(3);
    await own.change([unlink('POSSIBLY_SAME_AS', 'lab-one', 'lab-two')]);
    expect(await relationsNow()).toEqual({});
  });

  it('is rejected in a cycle, even one closed by several operations', async () => {
    await own.change([link('BROADER', 'maize', 'crops')]);
    expect(await own.faults([link('BROADER', 'crops', 'farming'), link('BROADER', 'farming', 'maize')])).toEqual([
      '1 to CONFLICT: BROADER must not form a cycle: "maize" → "crops" → "farming" are already linked. Unlink one of them first.',
    ]);
    await own.change([link('BROADER', 'crops', 'farming'), link('UNIT_OF', 'institute', 'academy')]);
    expect(await own.faults([link('BROADER', 'farming', 'maize')])).toHaveLength(1);
    expect(await own.faults([link('UNIT_OF', 'academy', 'institute')])).toHaveLength(1);
    await own.change([unlink('BROADER', 'maize', 'crops'), link('BROADER', 'farming', 'maize')]);
  });
});

describe('unlinking entities', () => {
  it('removes the relation and raises the revision of its start', async () => {
    await own.change([...world, link('PARTNERS_WITH', 'lab-one', 'ke')]);
    const { answers } = await own.change([unlink('PARTNERS_WITH', 'lab-one', 'ke')]);
    expect(answers).toEqual([{ outcome: 'DELETED', entity: { kind: 'Lab', slug: 'lab-one' }, revision: 2 }]);
    expect(await relationsNow()).toEqual({});
  });

  it('is rejected if there is no such relation', async () => {
    await own.change(world);
    expect(await own.faults([unlink('PARTNERS_WITH', 'lab-one', 'ke'), unlink('BROADER', 'crops', 'a b')])).toEqual([
      '0 BAD_USER_INPUT: There is no relation PARTNERS_WITH from "lab-one" to "ke" to unlink.',
      '1 BAD_USER_INPUT: There is no relation BROADER from "crops" to "a b" to unlink.',
    ]);
  });
});

describe('deleting an entity', () => {
  beforeEach(async () => {
    await own.change(world);
  });

  it('removes it with the relations that start at it', async () => {
    await own.change([link('PARTNERS_WITH', 'lab-one', 'ke'), link('HOSTED_BY', 'lab-one', 'academy')]);
    const { answers, changes } = await own.change([remove('Lab', 'lab-one', { expectedRevision: 2 })]);
    expect(answers).toEqual([{ outcome: 'DELETED', entity: { kind: 'Lab', slug: 'lab-one' }, revision: null }]);
    expect(changes.map(({ subject }) => subject)).toEqual(['RELATION', 'RELATION', 'ENTITY']);
    expect(await stateOf('lab-one')).toBeUndefined();
    expect((await stateOf('ke'))?.revision).toBe(1);
  });

  it('is rejected while relations of others lead to it, which the message counts and names', async () => {
    await own.change([
      ...['a', 'b', 'c', 'd'].flatMap((name) => [create('Lab', name), link('PARTNERS_WITH', name, 'ke')]),
      link('BASED_IN', 'academy', 'ke'),
    ]);
    const [fault] = await own.faults([remove('Country', 'ke')]);
    expect(fault).toContain('Country "ke" cannot be deleted, because relations of other entities lead to it: ');
    expect(fault).toMatch(/4 PARTNERS_WITH \(\w, \w, \w and 1 more\)/);
    expect(fault).toContain('1 BASED_IN (academy)');
    expect(fault).toContain('detach');
  });

  it('with detach removes those too, and raises the revisions of what they start at', async () => {
    await own.change([link('PARTNERS_WITH', 'lab-one', 'ke'), link('BASED_IN', 'academy', 'ke')]);
    const baseline = await snapshotOf(own.graph);
    const { changes } = await own.change([remove('Country', 'ke', { detach: true })]);
    expect(changes).toHaveLength(3);
    expect(await relationsNow()).toEqual({});
    expect((await stateOf('lab-one'))?.revision).toBe(3);
    expect((await stateOf('academy'))?.revision).toBe(3);
    expect(replay(baseline, changes, (changes[0]?.sequence ?? 0) - 1)).toEqual(await snapshotOf(own.graph));
  });

  it('is rejected at either end of a symmetric relation', async () => {
    await own.change([link('POSSIBLY_SAME_AS', 'lab-one', 'lab-two')]);
    expect(await own.faults([remove('Lab', 'lab-one')])).toEqual([expect.stringContaining('1 POSSIBLY_SAME_AS')]);
    expect(await own.faults([remove('Lab', 'lab-two')])).toEqual([expect.stringContaining('1 POSSIBLY_SAME_AS')]);
    await own.change([remove('Lab', 'lab-two', { detach: true })]);
    expect((await stateOf('lab-one'))?.revision).toBe(3);
  });

  it('succeeds if the relations were unlinked before it in the same request', async () => {
    await own.change([link('PARTNERS_WITH', 'lab-one', 'ke')]);
    await own.change([unlink('PARTNERS_WITH', 'lab-one', 'ke'), remove('Country', 'ke')]);
    expect(await own.faults([link('PARTNERS_WITH', 'lab-one', 'cn'), remove('Country', 'cn')])).toHaveLength(1);
  });

  it('of a source is rejected while a relation or a milestone rests on it, even with detach', async () => {
    await own.change([
      link('PARTNERS_WITH', 'lab-one', 'ke', { sources: ['source-b', 'source-a'] }),
      update('Lab', 'lab-two', { milestones: [{ text: 'x', source: 'source-a' }] }),
    ]);
    expect(await own.faults([remove('Source', 'source-a', { detach: true })])).toEqual([
      '0 CONFLICT: Source "source-a" cannot be deleted, even with `detach`, because 1 relation rests on it (PARTNERS_WITH lab-one → ke). Give them another source first.',
      '0 CONFLICT: Source "source-a" cannot be deleted, even with `detach`, because milestones of 1 entity cite it (Lab "lab-two"). Give them another source first.',
    ]);
    await own.change([
      link('PARTNERS_WITH', 'lab-one', 'ke', { sources: ['source-b'] }),
      update('Lab', 'lab-two', { milestones: [{ text: '"source":"source-a"' }] }),
      remove('Source', 'source-a'),
    ]);
    expect(await stateOf('source-a')).toBeUndefined();
  });

  it('of a source that is only cited is done with detach', async () => {
    await own.change([update('Lab', 'lab-one', {}, { sources: ['source-a'] })]);
    expect(await own.faults([remove('Source', 'source-a')])).toEqual([expect.stringContaining('1 CITES (lab-one)')]);
    await own.change([remove('Source', 'source-a', { detach: true })]);
    expect(await relationsNow()).toEqual({});
  });

  it('is rejected for missing entities', async () => {
    expect(await own.faults([remove('Lab', 'lab-nine'), remove('Lab', 'lab-one'), remove('Lab', 'lab-one')])).toEqual([
      expect.stringContaining('0 slug BAD_USER_INPUT'),
      expect.stringContaining('2 slug BAD_USER_INPUT'),
    ]);
  });
});

describe('a request', () => {
  it('executes its operations in order, so that later ones see the effects of earlier ones', async () => {
    const { answers, changes } = await own.change([
      create('Lab', 'lab-one'),
      create('Country', 'ke'),
      link('PARTNERS_WITH', 'lab-one', 'ke'),
      update('Lab', 'lab-one', { batch: 1 }),
      { action: 'DELETE', kind: 'Country', slug: 'ke', detach: true },
      create('Country', 'ke', { nameZh: '肯尼亚' }),
      link('PARTNERS_WITH', 'lab-one', 'ke'),
    ]);
    expect(answers.map(({ outcome, revision }) => `${outcome} ${revision}`)).toEqual([
      'CREATED 1',
      'CREATED 1',
      'CREATED 1',
      'UPDATED 1',
      'DELETED 1',
      'CREATED 1',
      'CREATED 1',
    ]);
    expect(changes.map(sortOf)).toEqual(['ENTITY CREATED', 'ENTITY CREATED', 'RELATION CREATED']);
    expect(replay({ entities: {}, relations: {} }, await own.log())).toEqual(await snapshotOf(own.graph));
  });

  it('can give a slug to another kind', async () => {
    await own.change([create('Lab', 'one')]);
    const { changes } = await own.change([remove('Lab', 'one'), create('Area', 'one')]);
    expect(changes.map(sortOf)).toEqual(['ENTITY DELETED', 'ENTITY CREATED']);
    expect((await stateOf('one'))?.kind).toBe('Area');
  });

  it('is rejected as a whole, with the errors of all operations, and changes nothing', async () => {
    await own.change(world);
    const before = await own.everything();
    expect(
      await own.faults([create('Lab', 'lab-three'), update('Lab', 'lab-nine', {}), link('BROADER', 'crops', 'ke')]),
    ).toHaveLength(2);
    expect(await own.everything()).toEqual(before);
  });

  it('accepts a reason of 2,000 characters, and rejects a longer one', async () => {
    const reason = '因'.repeat(LONGEST_REASON);
    await own.change([create('Lab', 'lab-one')], { reason });
    expect(await own.log()).toMatchObject([{ reason }]);
    expect(await own.faults([create('Lab', 'lab-two')], { reason: `${reason}!` })).toEqual([
      '0 reason BAD_USER_INPUT: A reason has at most 2000 characters; this one has 2001. Shorten it.',
    ]);
  });

  it(`is refused with more than ${MOST_OPERATIONS} operations, and may have none`, async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => create('Area', `area-${index}`));
    expect(await own.faults(many(MOST_OPERATIONS + 1))).toEqual([expect.stringContaining('100 BAD_USER_INPUT')]);
    expect((await own.change(many(MOST_OPERATIONS))).answers).toHaveLength(MOST_OPERATIONS);
    expect(await own.change([])).toEqual({ answers: [], changes: [], repeated: false });
  });

  it('is rejected while an import in several transactions is pending', async () => {
    await own.ask("CREATE (:`_Import` {name: 'pending', written: 12000})");
    const before = await own.everything();
    const refused = [
      '0 CONFLICT: An import is in progress. Try again when `/ready` reports that it is complete, under a new idempotency key.',
    ];
    expect(await own.faults(world)).toEqual(refused);
    expect(await own.faults(world, { dryRun: true })).toEqual(refused);
    expect(await own.everything()).toEqual(before);
  });

  it('that is only tried is answered as it would be, and leaves everything as it is', async () => {
    await own.change([...world, link('PARTNERS_WITH', 'lab-one', 'ke')]);
    const [before, last] = [await own.everything(), await lastSequence(own.graph)];
    const operations = [
      remove('Country', 'ke', { detach: true }),
      create('Area', 'new'),
      update('Lab', 'lab-two', { batch: 1 }),
    ];
    const tried = await own.change(operations, { dryRun: true, idempotencyKey: 'key' });
    expect(await own.everything()).toEqual(before);
    expect(await lastSequence(own.graph)).toBe(last);
    expect(tried.changes.map(({ sequence }) => sequence)).toEqual([0, 0, 0, 0]);
    expect(await own.faults([remove('Country', 'ke')], { dryRun: true })).toHaveLength(1);
    const done = await own.change(operations, { idempotencyKey: 'key' });
    expect(done.answers).toEqual(tried.answers);
    const bare = ({ sequence, transaction, at, ...change }: Change) => change;
    expect(done.changes.map(bare)).toEqual(tried.changes.map(bare));
  });

  it.each([undefined, 'key'])('whose commit was done but not answered is not done again (key %s)', async (key) => {
    // As the driver does it, where the connection breaks on the way back.
    const twice: Graph = {
      ...own.graph,
      async write(work) {
        await own.graph.write(work);
        return own.graph.write(work);
      },
    };
    const operations = [create('Lab', 'lab-one')];
    const answer = await applyOperations(twice, { operations, author: 'tester', idempotencyKey: key });
    expect(answer).toMatchObject({ answers: [{ outcome: 'CREATED', revision: 1 }], repeated: false });
    expect(await own.log()).toEqual(answer.changes);
  });

  it.each<[string, Operation, string]>([
    ['creates', create('Lab', 'lab-three'), 'CREATED'],
    ['changes', update('Lab', 'lab-one', { batch: 2 }), 'UPDATED'],
    ['deletes', remove('Lab', 'lab-one'), 'DELETED'],
    ['links', link('PARTNERS_WITH', 'lab-one', 'ke'), 'CREATED'],
    ['unlinks', unlink('PARTNERS_WITH', 'lab-two', 'ke'), 'DELETED'],
  ])(
    'that %s and is done again while its commit is still going on is answered as it was done',
    async (_, operation, outcome) => {
      await own.change([...world, link('PARTNERS_WITH', 'lab-two', 'ke')]);
      const before = await lastSequence(own.graph);
      const driver = openDriver(own.address);
      const session = driver.session();
      const waits = () =>
        vi.waitFor(
          async () =>
            expect(
              await own.ask("SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN status"),
            ).not.toEqual([]),
          { timeout: 10_000 },
        );
      let isFirst = true;
      // As the driver does it, where the connection breaks while the database commits.
      const slow: Graph = {
        ...own.graph,
        async write(work) {
          if (!isFirst) return own.graph.write(work);
          isFirst = false;
          const transaction = await session.beginTransaction();
          const run = runningRows(async ({ text }, parameters) => {
            const { records } = await transaction.run(text, parameters);
            return records.map((record) => record.keys.map((_, index) => record.get(index)));
          });
          await work(run);
          const again = own.graph.write(work);
          await Promise.all([again.catch(() => {}), waits().then(() => transaction.commit())]);
          return again;
        },
      };
      const answer = await applyOperations(slow, { operations: [operation], author: 'tester' });
      expect(answer.answers.map((one) => one.outcome)).toEqual([outcome]);
      expect((await own.log()).slice(before)).toEqual(answer.changes);
      await driver.close();
    },
  );

  it('asks the database for little: it locks and reads what it names, then writes and logs it', async () => {
    await own.change(world);
    const before = own.ran.length;
    await own.change([update('Lab', 'lab-one', { batch: 2 }), link('PARTNERS_WITH', 'lab-one', 'ke')]);
    expect(own.ran.slice(before).map(({ name }) => name)).toEqual([
      'change-lock',
      'change-read-entities',
      'change-find-import',
      'change-read-pairs',
      'change-update-entities',
      'change-create-relations',
      'change-log-append',
    ]);
  });
});

describe('a request with a key', () => {
  const operations = [create('Lab', 'lab-one'), create('Country', 'ke'), link('PARTNERS_WITH', 'lab-one', 'ke')];

  it('is done once, and answered again as it was the first time, by any server', async () => {
    const first = await own.change(operations, { idempotencyKey: 'key' });
    const request = { operations, author: 'tester', idempotencyKey: 'key' };
    expect(await applyOperations(own.another(), request)).toEqual({ ...first, repeated: true });
    expect(first.repeated).toBe(false);
    expect(await own.log()).toEqual(first.changes);
  });

  it('is the same in any order of its fields', async () => {
    await own.change(operations, { idempotencyKey: 'key' });
    const turned = operations.map(
      (operation) => Object.fromEntries(Object.entries(operation).reverse()) as unknown as Operation,
    );
    expect(await own.change(turned, { idempotencyKey: 'key' })).toMatchObject({ repeated: true });
  });

  it('is rejected with other operations', async () => {
    await own.change(operations, { idempotencyKey: 'key' });
    expect(await own.faults(operations.slice(1), { idempotencyKey: 'key' })).toEqual([
      '0 idempotencyKey CONFLICT: The idempotency key "key" was already used for other operations. Send the same operations, or use a new key.',
    ]);
  });

  it('belongs to its author', async () => {
    await own.change([create('Lab', 'lab-one')], { idempotencyKey: 'key' });
    const other = await own.change([create('Lab', 'lab-two')], { idempotencyKey: 'key', author: 'another' });
    expect(other.repeated).toBe(false);
  });

  it('that failed keeps failing, because a copy may be in flight', async () => {
    const late = [update('Lab', 'lab-one', { batch: 1 })];
    const request = { operations: late, author: 'tester', idempotencyKey: 'key' };
    const faults = await own.faults(late, { idempotencyKey: 'key' });
    expect(faults).toHaveLength(1);
    await own.change([create('Lab', 'lab-one')]);
    expect(await own.faults(late, { idempotencyKey: 'key' })).toEqual(faults);
    await expect(applyOperations(own.another(), request)).rejects.toMatchObject({ repeated: true });
    expect((await own.change(late, { idempotencyKey: 'another' })).repeated).toBe(false);
    expect(await own.log()).toHaveLength(2);
  });

  it('that failed in a dry run is not stored', async () => {
    const late = [update('Lab', 'lab-one', { batch: 1 })];
    expect(await own.faults(late, { idempotencyKey: 'key', dryRun: true })).toHaveLength(1);
    await own.change([create('Lab', 'lab-one')]);
    expect((await own.change(late, { idempotencyKey: 'key' })).repeated).toBe(false);
  });

  it('that changed nothing is remembered too', async () => {
    await own.change([create('Lab', 'lab-one')]);
    const same = [update('Lab', 'lab-one', {})];
    await own.change(same, { idempotencyKey: 'key' });
    await own.change([{ action: 'DELETE', kind: 'Lab', slug: 'lab-one' }]);
    expect(await own.change(same, { idempotencyKey: 'key' })).toMatchObject({ repeated: true, changes: [] });
  });

  it.each(['', 'x'.repeat(201)])('is refused where that is empty or too long', async (idempotencyKey) => {
    expect(await own.faults(operations, { idempotencyKey })).toEqual([
      expect.stringContaining('0 idempotencyKey BAD_USER_INPUT'),
    ]);
  });

  it('is done once when many send it at the same time', async () => {
    const servers = [own.graph, own.another()];
    const request = { operations, author: 'tester', idempotencyKey: 'key' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => applyOperations(servers[index % 2] ?? own.graph, request)),
    );
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(answers.map(({ changes }) => JSON.stringify(changes.map(({ sequence }) => sequence))))).toEqual(
      new Set(['[1,2,3]']),
    );
    expect(await own.log()).toHaveLength(3);
  });
});
