import type { GraphQLSchema } from 'graphql';
import { capitalized } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Question } from './ask.ts';

/** What the questions are made from. */
export interface Asked {
  readonly ontology: Ontology;
  readonly schema: GraphQLSchema;
}

/** Selects the sources of a response, unformatted, if the graph has sources. */
export const citing = ({ provenance }: Ontology): string => (provenance ? ' @cite(styles: [])' : '');

/** A variable of a selection: its type and its value. */
type SelectionVariable = readonly [type: string, value: unknown];

/**
 * The query of one root field with a selection. Arguments are variables with the types of the schema, so that the text of the
 * query, and with it the plan, is the same whatever their values.
 *
 * @param within variables that the selection itself names
 */
export function rootQuestion(
  { schema }: Pick<Asked, 'schema'>,
  field: string,
  given: Readonly<Record<string, unknown>>,
  selection: string,
  within: Readonly<Record<string, SelectionVariable>> = {},
  directive = '',
): Question {
  const args = schema.getQueryType()?.getFields()[field]?.args ?? [];
  const used = args.filter(({ name }) => given[name] !== undefined);
  const variables = [
    ...used.map(({ name, type }) => [name, type, given[name]] as const),
    ...Object.entries(within).map(([name, [type, value]]) => [name, type, value] as const),
  ];
  const declared = variables.map(([name, type]) => `$${name}: ${type}`).join(', ');
  const passed = used.map(({ name }) => `${name}: $${name}`).join(', ');
  const inBrackets = (text: string) => (text === '' ? '' : `(${text})`);
  return {
    query: `query Ask${capitalized(field)}${inBrackets(declared)}${directive} { ${field}${inBrackets(passed)} ${selection} }`,
    variables: Object.fromEntries(variables.map(([name, , value]) => [name, value])),
  };
}

/** The same with the sources of the response. */
export const citedQuestion = (
  asked: Asked,
  field: string,
  given: Readonly<Record<string, unknown>>,
  selection: string,
  within: Readonly<Record<string, SelectionVariable>> = {},
): Question => rootQuestion(asked, field, given, selection, within, citing(asked.ontology));
