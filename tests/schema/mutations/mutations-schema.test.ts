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
import { relationTypeName } from '../../../src/schema/names.ts';
import { schema } from '../../setup/served.ts';

const { edgePropertiesOf, propertiesOf } = cooperation;

/** They change no entity and no relation, so they are no part of a transaction. */
const ofWatches = ['createWatch', 'deleteWatch'];

const all = Object.values(schema.getMutationType()?.getFields() ?? {});
const mutations = all.filter(({ name }) => !ofWatches.includes(name));
const inputFields = (name: string) => (schema.getType(name) as GraphQLInputObjectType).getFields();
const ofRequest = ['reason', 'idempotencyKey', 'dryRun'];

describe('the mutations', () => {
  it('are those of every kind and of every relation, the transaction, the one that reverts, and those of watches', () => {
    const names = [
      ...kindNames.flatMap((kind) => ['create', 'update', 'upsert', 'delete'].map((verb) => `${verb}${kind}`)),
      ...relationTypes.flatMap((type) => ['link', 'unlink'].map((verb) => `${verb}${relationTypeName(type)}`)),
    ];
    expect(all.map(({ name }) => name).sort()).toEqual([...names, 'transaction', 'revertChanges', ...ofWatches].sort());
    expect(Object.keys(inputFields('OperationInput')).sort()).toEqual(names.sort());
    expect((schema.getType('OperationInput') as GraphQLInputObjectType).isOneOf).toBe(true);
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

  it('are operations of a transaction with the same inputs', () => {
    for (const [name, { type }] of Object.entries(inputFields('OperationInput'))) {
      const argument = mutations.find((mutation) => mutation.name === name)?.args[0];
      expect(getNamedType(argument?.type), name).toBe(type);
    }
  });

  it.each(kindNames)('take a complete %s from one input, whether it is created or replaced', (kind) => {
    const inputOf = (verb: string) =>
      getNamedType(mutations.find(({ name }) => name === `${verb}${kind}`)?.args[0]?.type);
    expect(String(inputOf('create'))).toBe(`Create${kind}Input`);
    expect(inputOf('upsert')).toBe(inputOf('create'));
  });

  it('share one input for the relations without properties', () => {
    const inputs = relationTypes.map((type) => {
      const name = `link${relationTypeName(type)}`;
      return [type, String(getNamedType(mutations.find((one) => one.name === name)?.args[0]?.type))] as const;
    });
    for (const [type, input] of inputs) {
      const isPlain = Object.keys(edgePropertiesOf(type)).length === 0;
      expect(input).toBe(isPlain ? 'LinkInput' : `Link${relationTypeName(type)}Input`);
    }
    expect(new Set(inputs.map(([, input]) => input)).size).toBeGreaterThan(10);
  });
});
