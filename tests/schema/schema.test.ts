import {
  getNamedType,
  introspectionFromSchema,
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
    expect(JSON.stringify(introspectionFromSchema(schema)).length).toBeLessThan(1_905_000);
    const fields = types.flatMap((type) => (isInputObjectType(type) ? Object.values(type.getFields()) : []));
    const told = fields.flatMap(({ name, description }) => (description ? [`${name} ${description}`] : []));
    expect(told.length).toBeGreaterThan(300);
    expect(new Set(told).size).toBe(told.length);
  });

  it('describes every type, and every field of an entity', () => {
    expect(types.filter(({ description }) => !description).map(String)).toEqual([]);
    const ofEntities = types.flatMap((type) =>
      isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Entity')
        ? Object.values(type.getFields())
        : [],
    );
    expect(ofEntities.length).toBeGreaterThan(200);
    expect(ofEntities.filter(({ description }) => !description)).toEqual([]);
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
