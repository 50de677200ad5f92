import { type GraphQLSchema, parse, print, printSchema, visit } from 'graphql';
import { hasTooManyParameters, json, type Route, tooManyParameters } from '../route.ts';
import { createDocument } from './document.ts';

/** The schema as SDL without descriptions: a quarter of the tokens, for readers with little room. */
const printWithoutDescriptions = (schema: GraphQLSchema): string =>
  print(
    visit(parse(printSchema(schema)), {
      enter: (node) => ('description' in node && node.description ? { ...node, description: undefined } : undefined),
    }),
  );

const sdl = (printed: () => string): Route =>
  createDocument(() => ({
    text: `${printed()}\n`,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  }));

/** The schema as SDL, with `descriptions=off` without those. */
export function createSchemaText(schema: GraphQLSchema): Route {
  const forms: Readonly<Record<string, Route>> = {
    on: sdl(() => printSchema(schema)),
    off: sdl(() => printWithoutDescriptions(schema)),
  };
  return (request) => {
    if (hasTooManyParameters(request.url)) return json(400, { message: tooManyParameters });
    const asked = new URL(request.url).searchParams.get('descriptions') ?? 'on';
    const form = Object.hasOwn(forms, asked) ? forms[asked] : undefined;
    return form
      ? form(request)
      : json(400, { message: 'The parameter descriptions must be on or off, as in /schema.graphql?descriptions=off.' });
  };
}
