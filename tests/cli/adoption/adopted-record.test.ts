import { describe, expect, it } from 'vitest';
import { adoptNode, adoptRelation } from '../../../src/cli/adoption/migration/adopted-record.ts';
import { createSlugs } from '../../../src/cli/adoption/migration/slugs.ts';
import type { StoredForm } from '../../../src/engine/changes/apply/stored-form.ts';
import { defineOntology } from '../../../src/ontology/definition/define-ontology.ts';
import {
  closedSet,
  enumeration,
  indexed,
  int,
  milestones,
  required,
  searched,
  text,
} from '../../../src/ontology/vocabulary.ts';

const ontology = defineOntology({
  enumerations: { Status: closedSet('Status.', { OPEN: 'Open.', CLOSED: 'Closed.' }) },
  sharedProperties: { name: searched(indexed(required(text('Name.'))), 'name') },
  kinds: {
    Town: {
      singular: 'town',
      plural: 'towns',
      one: 'a town',
      many: 'towns',
      description: 'A town.',
      slugFrom: 'code',
      properties: {
        code: required(text('Code.')),
        status: enumeration('Status', 'Status.'),
        size: int('Size.'),
        chronicle: milestones('History.'),
      },
    },
    Source: {
      singular: 'source',
      plural: 'sources',
      one: 'a source',
      many: 'sources',
      description: 'A source.',
      properties: {},
    },
  },
  relations: {
    CITES: {
      from: 'Entity',
      to: 'Source',
      forward: 'citations',
      backward: 'citing',
      description: 'It cites.',
      forwardDescription: 'Sources.',
      backwardDescription: 'Entities.',
    },
    NEAR: {
      from: 'Town',
      to: 'Town',
      forward: 'near',
      backward: 'near',
      symmetric: true,
      description: 'Near.',
      forwardDescription: 'Towns near it.',
      properties: { note: text('Note.') },
    },
  },
  provenance: { kind: 'Source', relation: 'CITES', property: 'sources' },
});

const town = (form: StoredForm, names = {}, isEntity = false) =>
  adoptNode(ontology, {
    kind: 'Town',
    form,
    slugs: createSlugs(),
    names,
    isEntity,
    findSource: (slug) => (slug === 'paper' ? 'Source' : undefined),
  });

const faultsOf = (form: StoredForm) => town(form).faults.map(({ field, found }) => `${field}: ${found}`);

describe('a node', () => {
  it('takes its slug from the property of the ontology, and keeps what the ontology does not know', () => {
    const chronicle = '[{"text":"Founded.","source":"paper"}]';
    const adopted = town({ name: 'Łódź', code: 'LD', status: 'OPEN', size: 3, chronicle, mayor: 'X', _own: 1 });
    expect(adopted).toEqual({
      id: 'ld',
      slugFrom: 'property',
      isNumbered: false,
      nameFrom: undefined,
      unknown: ['mayor'],
      faults: [],
      changes: {
        ...{ id: 'ld', _kind: 'Town', _nameFolded: 'lodz', _codeFolded: 'ld' },
        ...{ _chronicleDate: [''], _chronicleText: ['Founded.'], _chronicleTextFolded: ['founded.'] },
      },
    });
  });

  it('has nothing to change once it is adopted, and loses forms that are out of date', () => {
    const form = { name: 'A', code: 'A', id: 'a', _kind: 'Town', _nameFolded: 'a', _codeFolded: 'a', _revision: 3 };
    expect(town(form, {}, true).changes).toEqual({});
    expect(town({ ...form, name: 'B', _mottoFolded: 'c' }, {}, true).changes).toEqual({
      _nameFolded: 'b',
      _mottoFolded: null,
    });
  });

  it('copies its name from another property, also from a number where people say so', () => {
    expect(town({ title: 'A', code: 'A' })).toMatchObject({
      nameFrom: 'title',
      changes: { name: 'A', _nameFolded: 'a' },
    });
    expect(town({ number: 7, code: 'A' }, { Town: 'number' })).toMatchObject({
      nameFrom: 'number',
      changes: { name: '7' },
    });
  });

  it('copies its name without the spaces around it', () => {
    expect(town({ title: ' A\n', code: 'A' })).toMatchObject({ faults: [], changes: { name: 'A' } });
  });

  it('is refused where Silkgraph would replace a property of its own, unless it wrote it itself', () => {
    const form = { name: 'A', code: 'A', _createdAt: 'long ago', _id: 7 };
    expect(faultsOf(form)).toEqual(['_createdAt: "long ago"']);
    expect(town(form).changes).toEqual({});
    expect(town(form, {}, true).faults).toEqual([]);
  });

  it('is refused with all its faults', () => {
    expect(faultsOf({ name: ' ', code: 'Two words', id: 'x', status: 'LOST', size: 1.5, chronicle: 'long' })).toEqual([
      'id: "x"',
      'name: " "',
      'status: "LOST"',
      'size: 1.5',
      'chronicle: "long"',
    ]);
    expect(faultsOf({ name: 'A', code: 'A', id: 7, chronicle: '[{"text":"B","source":"book"}]' })).toEqual([
      'id: 7',
      'chronicle[0].source: "book", which does not exist',
    ]);
    expect(faultsOf({ size: 1 })).toEqual(['name: nothing', 'code: nothing']);
  });
});

describe('a relationship', () => {
  const isSource = (slug: unknown) => slug === 'paper';

  it('gets the folded form of its texts, and keeps its sources', () => {
    expect(adoptRelation(ontology, 'NEAR', { note: 'Ça', sources: ['paper'], km: 3 }, isSource)).toEqual({
      unknown: ['km'],
      faults: [],
      changes: { _noteFolded: 'ca' },
    });
  });

  it('is refused where its sources are none', () => {
    const { faults } = adoptRelation(ontology, 'NEAR', { note: 5, sources: ['book'] }, isSource);
    expect(faults.map(({ field }) => field)).toEqual(['note', 'sources']);
  });
});
