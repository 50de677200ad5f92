import {
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  getNamedType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { kindNames } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { relationTypes } from '../../../src/cooperation/relations.ts';
import { createSchema } from '../../../src/graphql/index.ts';
import { actions, linkField } from '../../../src/graphql/mutations/mutation-definitions.ts';
import { defineOntology } from '../../../src/ontology/definition/define-ontology.ts';
import { indexed, int, type Property, required, searched, text } from '../../../src/ontology/vocabulary.ts';
import { schema } from '../../setup/served.ts';

const { edgePropertiesOf, kind: kindOf, propertiesOf } = cooperation;

/** They change no entity and no relation, so they are no part of a transaction. */
const ofWatches = ['createWatch', 'deleteWatch', 'resendWatch', 'rotateWatchSecret'];

const all = Object.values(schema.getMutationType()?.getFields() ?? {});
const mutations = all.filter(({ name }) => !ofWatches.includes(name));
const input = (name: string, of = schema) => of.getType(name) as GraphQLInputObjectType;
const inputFields = (name: string) => input(name).getFields();
const ofRequest = ['reason', 'idempotencyKey', 'dryRun'];
const names = Object.keys(actions);

describe('the mutations', () => {
  it('are those of one operation, the transaction, the one that reverts, and those of watches', () => {
    expect(all.map(({ name }) => name).sort()).toEqual([...names, 'transaction', 'revertChanges', ...ofWatches].sort());
    expect(Object.keys(inputFields('OperationInput')).sort()).toEqual([...names].sort());
    expect(input('OperationInput').isOneOf).toBe(true);
  });

  it('take one input and return a payload with errors', () => {
    const shared = schema.getType('MutationPayload');
    for (const { name, args, type } of mutations) {
      expect(
        args.map((argument) => argument.name),
        name,
      ).toEqual(['input']);
      expect(isNonNullType(args[0]?.type), name).toBe(true);
      expect(isNonNullType(type), name).toBe(false);
      const payload = getNamedType(type);
      expect(isObjectType(payload) && isInterfaceType(shared) && payload.getInterfaces(), name).toContain(shared);
    }
  });

  it.each(kindNames)('take the properties of %s as its fields show them', (kind) => {
    const fields = (schema.getType(kind) as GraphQLObjectType).getFields();
    const create = inputFields(`Create${kind}Input`);
    const update = inputFields(`Update${kind}Input`);
    for (const [name, { required }] of Object.entries(propertiesOf(kind))) {
      const shown = String(fields[name]?.type).replace(/(Milestone|Identifier|Location)!/, '$1Input!');
      expect(String(create[name]?.type)).toBe(required ? shown : shown.replace(/!$/, ''));
      expect(String(update[name]?.type)).toBe(shown.replace(/!$/, ''));
    }
  });

  it('have room for every name of a property beside their own fields', () => {
    const own = ['id', 'slug', 'from', 'to', 'sources', 'expectedRevision', 'detach', ...ofRequest];
    const properties = [...kindNames.map(propertiesOf), ...relationTypes.map(edgePropertiesOf)].flatMap(Object.keys);
    expect(properties.filter((name) => own.includes(name))).toEqual([]);
  });

  it.each(names)('say of the change as a whole what no operation of a transaction says: %s', (name) => {
    const { of } = actions[name as keyof typeof actions];
    const argument = getNamedType(mutations.find((mutation) => mutation.name === name)?.args[0]?.type);
    const { [of]: operation, ...others } = (argument as GraphQLInputObjectType).getFields();
    expect(Object.keys(others).sort()).toEqual([...ofRequest].sort());
    expect(getNamedType(operation?.type)).toBe(inputFields('OperationInput')[name]?.type);
  });

  it.each(kindNames)('take a complete %s from one input, whether it is created or replaced', (kind) => {
    const { singular } = kindOf(kind);
    expect(String(inputFields('NewEntity')[singular]?.type)).toBe(`Create${kind}Input`);
    expect(String(inputFields('EntityUpdate')[singular]?.type)).toBe(`Update${kind}Input`);
    expect(input('NewEntity').isOneOf && input('EntityUpdate').isOneOf).toBe(true);
  });

  it('take each relation with its properties, and share the input of those that have the same', () => {
    expect(input('RelationLink').isOneOf).toBe(true);
    const inputs = relationTypes.map((type) => String(inputFields('RelationLink')[linkField(type)]?.type));
    for (const [index, type] of relationTypes.entries()) {
      const { from, to, expectedRevision, sources, ...properties } = inputFields(inputs[index] ?? '');
      expect([from, to].map((end) => String(end?.type))).toEqual(['ID!', 'ID!']);
      expect(Object.keys(properties).sort()).toEqual(Object.keys(edgePropertiesOf(type)).sort());
    }
    expect(new Set(inputs)).toContain('PlainLink');
    expect(new Set(inputs)).toContain('LinkWithNote');
    expect(new Set(inputs).size).toBeLessThan(25);
  });

  it('name an input after the relation where others have other properties of the same name', () => {
    const Book = { singular: 'book', plural: 'books', one: 'a book', many: 'books', description: 'A book.' };
    const relation = (forward: string, backward: string, score: Property) => ({
      ...{
        from: 'Book',
        to: 'Book',
        forward,
        backward,
        description: 'x',
        forwardDescription: 'x',
        backwardDescription: 'x',
      },
      properties: { score },
    });
    const ontology = defineOntology({
      enumerations: {},
      sharedProperties: { name: searched(indexed(required(text('Name.'))), 'name') },
      provenance: null,
      kinds: { Book: { ...Book, properties: {} } },
      relations: {
        RATES: relation('rates', 'ratedBy', int('A number.')),
        JUDGES: relation('judges', 'judgedBy', text('A word.')),
        VALUES: relation('values', 'valuedBy', int('A number.')),
      },
    });
    const links = input('RelationLink', createSchema(ontology)).getFields();
    expect(['rates', 'judges', 'values'].map((name) => String(links[name]?.type))).toEqual([
      'LinkWithScore',
      'LinkJudges',
      'LinkWithScore',
    ]);
  });
});
