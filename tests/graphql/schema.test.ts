import {
  getIntrospectionQuery,
  getNamedType,
  graphqlSync,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  printSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../setup/served.ts';

const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));

describe('the schema', () => {
  it('changes only on purpose: schema.graphql is what is printed of it', async () => {
    await expect(`${printSchema(schema)}\n`).toMatchFileSnapshot('../../schema.graphql');
  });

  it('is short enough to be read: what is alike is described once', () => {
    expect(printSchema(schema).length).toBeLessThan(450_000);
    const { data, errors } = graphqlSync({ schema, source: getIntrospectionQuery() });
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data).length).toBeLessThan(1_100_000);
    const fields = types.flatMap((type) => (isInputObjectType(type) ? Object.values(type.getFields()) : []));
    const told = fields.flatMap(({ name, description }) => (description ? [`${name} ${description}`] : []));
    expect(told.length).toBeGreaterThan(150);
    expect(new Set(told).size).toBe(told.length);
  });

  it('puts directives only in places of the specification of 2025, as clients in Python refuse others', () => {
    const { data } = graphqlSync({ schema, source: '{ __schema { directives { name locations } } }' });
    expect(JSON.stringify(data)).toContain('"name":"deprecated","locations":["ARGUMENT_DEFINITION","ENUM_VALUE"');
    expect(JSON.stringify(data)).not.toContain('DIRECTIVE_DEFINITION');
  });

  it('describes every field of an object, unless its name says what it is', () => {
    const fields = types.filter(isObjectType).flatMap((type) => Object.values(type.getFields()));
    // A payload names its entity by its kind.
    const silent = new Set(
      fields.flatMap(({ name, type, description }) =>
        description || name.toLowerCase() === String(type).toLowerCase() ? [] : [name],
      ),
    );
    const ofLists = ['cursor', 'edges', 'node', 'nodes', 'pageInfo', 'totalCount'];
    expect([...silent].sort()).toEqual(['createdAt', ...ofLists, 'name', 'updatedAt'].sort());
  });

  it('describes every type but those that are alike, of which it describes the first', () => {
    const alike = /(Connection|Edge|Payload|Filter|Order|Facet|Key|Condition|Sort|Input)$|Link/;
    const silent = types.filter((type) => !type.description).map(String);
    expect(silent.filter((name) => !alike.test(name))).toEqual([]);
    for (const name of ['EntityFilter', 'EntityOrder', 'EntityFacet', 'TextFilter', 'CreateInput']) {
      expect([name, schema.getType(name)?.description]).toEqual([name, expect.stringMatching(/\.$/)]);
    }
    for (const end of ['Key', 'Connection', 'Edge', 'RelationFilter', 'CountFilter', 'CountOrder']) {
      expect(types.filter(({ name, description }) => name.endsWith(end) && description).length, end).toBeGreaterThan(0);
    }
  });

  it('describes every field of an entity, there or at the interface that it is of', () => {
    const silent = types.flatMap((type) => {
      if (!isObjectType(type) || !type.getInterfaces().some(({ name }) => name === 'Entity')) return [];
      const shared = type.getInterfaces().flatMap((each) => Object.values(each.getFields()));
      const told = new Set(shared.flatMap(({ name, description }) => (description ? [name] : [])));
      const fields = Object.values(type.getFields());
      expect(fields.length).toBeGreaterThan(15);
      return fields
        .filter(({ name, description }) => !description && !told.has(name))
        .map(({ name }) => `${type.name}.${name}`);
    });
    expect(silent).toEqual([]);
  });

  it('leaves out of a description what another says: no two types of one sort say the same', () => {
    const told = types.flatMap((type) => (isInputObjectType(type) && type.description ? [type.description] : []));
    expect(new Set(told).size).toBe(told.length);
  });

  it('shows every list that can grow as a connection of Relay', () => {
    for (const type of types.filter(({ name }) => name.endsWith('Connection'))) {
      const fields = isObjectType(type) ? type.getFields() : {};
      const node = String(getNamedType(fields.nodes?.type));
      expect(String(fields.edges?.type)).toBe(`[${type.name.replace(/Connection$/, 'Edge')}!]!`);
      expect(String(fields.nodes?.type)).toBe(`[${node}!]!`);
      expect(String(fields.pageInfo?.type)).toBe('PageInfo!');
      expect(String(fields.totalCount?.type)).toBe('Int!');
    }
  });

  it('makes each field that is resolved separately nullable, so that it fails alone', () => {
    const connections = types
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .flatMap((type) => Object.values(type.getFields()))
      .filter(({ type }) => String(getNamedType(type)).endsWith('Connection'));
    expect(connections.length).toBeGreaterThan(100);
    expect(connections.filter(({ type }) => String(type).endsWith('!'))).toEqual([]);
  });

  it('offers exactly one key at a time in an order', () => {
    const orders = types
      .filter((type) => isInputObjectType(type))
      .filter(({ name }) => /(?<!Count|Match)Order$/.test(name));
    expect(orders.length).toBeGreaterThan(10);
    expect(orders.filter(({ isOneOf }) => !isOneOf)).toEqual([]);
  });
});
