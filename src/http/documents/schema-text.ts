import { type GraphQLSchema, printSchema } from 'graphql';
import type { Route } from '../route.ts';
import { createDocument } from './document.ts';

/** The schema as SDL. */
export const createSchemaText = (schema: GraphQLSchema): Route =>
  createDocument(() => ({
    text: `${printSchema(schema)}\n`,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  }));
