import SchemaBuilder, { type InputObjectRef } from '@pothos/core';
import { getOrInsert } from '../ontology/get-or-insert.ts';
import { memoize } from '../ontology/memoize.ts';
import type { Ontology } from '../ontology/ontology.ts';
import type { Context } from './context.ts';
import { earlierStatesPlugin } from './declarations/earlier-states.ts';

export interface SchemaTypes {
  Context: Context;
  /** A payload can be queried further. */
  Objects: { Query: object };
  Scalars: {
    EdgeValue: { Input: string | number | boolean; Output: string | number | boolean };
    DateTime: { Input: string; Output: string };
    ID: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
    PartialDate: { Input: string; Output: string };
    URL: { Input: string; Output: string };
  };
}

export type Builder = PothosSchemaTypes.SchemaBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>>;

/** An input type; named where a declaration has to name it. */
export type InputRef<Input> = InputObjectRef<Builder['$inferSchemaTypes'], Input>;

/** What the parts of one schema are made from. */
export interface SchemaBase {
  readonly ontology: Ontology;
  /** Has no types of its own: each part adds those in its name. */
  readonly builder: Builder;
}

/** The base of a new schema. */
export function createSchemaBase(ontology: Ontology): SchemaBase {
  const builder = new SchemaBuilder<SchemaTypes>({ plugins: [earlierStatesPlugin] });
  builder.queryType({ description: 'Queries on the graph.' });
  return { ontology, builder };
}

/** A part of the schema. It is made once for each schema, as soon as another part or the schema itself asks for it. */
export const lazyType = <Value>(make: (base: SchemaBase) => Value): ((base: SchemaBase) => Value) => memoize(make);

/** Like `part`, with one value for each kind, or whatever else the keys stand for. */
export function lazyTypeFor<Key, Value>(
  make: (base: SchemaBase, key: Key) => Value,
): (base: SchemaBase, key: Key) => Value {
  const made = lazyType(() => new Map<Key, Value>());
  return (base, key) => getOrInsert(made(base), key, () => make(base, key));
}
