import SchemaBuilder from '@pothos/core';
import type { Context } from './context.ts';

export interface SchemaTypes {
  Context: Context;
  /** A payload answers questions too. */
  Objects: { Query: object };
  Scalars: {
    DateTime: { Input: string; Output: string };
    ID: { Input: string; Output: string };
    JSON: { Input: unknown; Output: unknown };
    PartialDate: { Input: string; Output: string };
    URL: { Input: string; Output: string };
  };
}

/** The one builder. It defines nothing: each file of this folder adds what its name says. */
export const builder = new SchemaBuilder<SchemaTypes>({});

builder.queryType({ description: 'Questions to the graph.' });
