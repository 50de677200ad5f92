import { type GraphQLSchema, printSchema } from 'graphql';
import { createDocument } from './document.ts';
import type { Route } from '../route.ts';

/** The schema as SDL. */
export const createSchemaText = (schema: GraphQLSchema): Route =>
  createDocument(() => ({
    text: `${printSchema(schema)}\n`,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  }));
