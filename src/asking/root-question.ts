import type { GraphQLSchema } from 'graphql';
import { capitalized } from '../ontology/letter-case.ts';
import type { Ontology } from '../ontology/ontology.ts';
import type { Question } from './ask.ts';

/** What the questions are made from. */
export interface Asked {
  readonly ontology: Ontology;
  readonly schema: GraphQLSchema;
}

/** Selects the sources of a response, unformatted, if the graph has sources. */
export const citing = ({ provenance }: Ontology): string => (provenance ? ' @cite(styles: [])' : '');

/**
 * The query of one root field with a selection. Arguments are variables with the types of the schema, so that the text of the
 * query, and with it the plan, is the same whatever their values.
 */
export function rootQuestion(
  { schema, ontology }: Asked,
  field: string,
  given: Readonly<Record<string, unknown>>,
  selection: string,
): Question {
  const args = schema.getQueryType()?.getFields()[field]?.args ?? [];
  const used = args.filter(({ name }) => given[name] !== undefined);
  const variables = Object.fromEntries(used.map(({ name }) => [name, given[name]]));
  const declared = used.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const passed = used.map(({ name }) => `${name}: $${name}`).join(', ');
  const inBrackets = (text: string) => (text === '' ? '' : `(${text})`);
  return {
    query: `query Ask${capitalized(field)}${inBrackets(declared)}${citing(ontology)} { ${field}${inBrackets(passed)} ${selection} }`,
    variables,
  };
}
