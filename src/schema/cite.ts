import {
  DirectiveLocation,
  type DocumentNode,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLEnumType,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLSchema,
  getDirectiveValues,
  getOperationAST,
} from 'graphql';
import { readVariables } from './variables.ts';

const stylesByName = { APA: 'apa', BIBTEX: 'bibtex', CSL_JSON: 'csl' } as const;

/** A form in which a citation is given, under its key in the answer. */
export type CitationStyle = (typeof stylesByName)[keyof typeof stylesByName];

const CitationStyleEnum = new GraphQLEnumType({
  name: 'CitationStyle',
  description: 'A form in which citations are given.',
  values: {
    APA: { value: 'apa', description: 'A line of text after APA, under `apa`.' },
    BIBTEX: { value: 'bibtex', description: 'A BibTeX entry, under `bibtex`.' },
    CSL_JSON: { value: 'csl', description: 'An item of CSL-JSON, for citation managers, under `csl`.' },
  },
});

/**
 * Asks for the sources of an answer. A directive rather than a header or a request extension: it is part of the question,
 * so it is validated and described by the schema, and stays with the question in a link, a file or a list of trusted ones.
 */
export const citeDirective = new GraphQLDirective({
  name: 'cite',
  locations: [DirectiveLocation.QUERY],
  description:
    'Adds to the answer what it rests on. `extensions.citations` lists each source once: what it is, its formatted citations, and as JSON pointers which of its entities it supports, and which edges and hops name it as a source of their own. `extensions.uncited` lists the entities of the answer that cite no source. Sources need not be selected.',
  args: {
    styles: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(CitationStyleEnum))),
      defaultValue: Object.values(stylesByName),
      description: 'The forms in which to give each citation.',
    },
    if: { type: new GraphQLNonNull(GraphQLBoolean), defaultValue: true, description: 'Whether to.' },
  },
});

interface CiteArguments {
  readonly styles: readonly CitationStyle[];
  readonly if: boolean;
}

/** The forms in which an operation asks for citations; `undefined` where it does not ask. */
export function citationsAsked(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): readonly CitationStyle[] | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation?.directives?.some(({ name }) => name.value === citeDirective.name)) return undefined;
  const { coerced } = readVariables(schema, operation, variables);
  // Variables that cannot be read are told of where the operation runs.
  if (!coerced) return undefined;
  const args = getDirectiveValues(citeDirective, operation, coerced) as CiteArguments | undefined;
  return args?.if ? args.styles : undefined;
}
