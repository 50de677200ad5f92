import SchemaBuilder from '@pothos/core';
import type { Context } from './context.ts';

export interface SchemaTypes {
  Context: Context;
  /** A payload can be queried further. */
  Objects: { Query: object };
  Scalars: {
    DateTime: { Input: string; Output: string };
    ID: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
    PartialDate: { Input: string; Output: string };
    URL: { Input: string; Output: string };
  };
}

/** The schema builder. It defines no types: each file of this folder adds those in its name. */
export const builder = new SchemaBuilder<SchemaTypes>({});

builder.queryType({ description: 'Queries on the graph.' });
