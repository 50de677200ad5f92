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
import { readVariables } from '../arguments/variables.ts';

const stylesByName = { APA: 'apa', BIBTEX: 'bibtex', CSL_JSON: 'csl' } as const;

/** A citation format, with its key in the response. */
export type CitationStyle = (typeof stylesByName)[keyof typeof stylesByName];

const CitationStyleEnum = new GraphQLEnumType({
  name: 'CitationStyle',
  description: 'A citation format.',
  values: {
    APA: { value: 'apa', description: 'Plain text in APA style, as `apa`.' },
    BIBTEX: { value: 'bibtex', description: 'A BibTeX entry, as `bibtex`.' },
    CSL_JSON: { value: 'csl', description: 'A CSL-JSON item for citation managers, as `csl`.' },
  },
});

/**
 * Requests the sources of a response. A directive rather than a header or a request extension: it is part of the
 * document, so the schema validates and describes it, and it stays with the document in a link, a file or a list of
 * trusted documents.
 */
export const citeDirective = new GraphQLDirective({
  name: 'cite',
  locations: [DirectiveLocation.QUERY],
  description:
    'Adds the sources of the response. `extensions.citations` lists each source once, with its formatted citations and JSON pointers to the entities it supports and to the edges and hops that cite it themselves. `extensions.uncited` lists the entities in the response that cite no source. The query need not select sources.',
  args: {
    styles: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(CitationStyleEnum))),
      defaultValue: Object.values(stylesByName),
      description: 'Formats of each citation.',
    },
    if: { type: new GraphQLNonNull(GraphQLBoolean), defaultValue: true, description: 'Whether to add citations.' },
  },
});

interface CiteArguments {
  readonly styles: readonly CitationStyle[];
  readonly if: boolean;
}

/** The citation formats that an operation requests; `undefined` if it requests none. */
export function citationsAsked(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): readonly CitationStyle[] | undefined {
  const operation = getOperationAST(document, operationName);
  if (!operation?.directives?.some(({ name }) => name.value === citeDirective.name)) return undefined;
  const { coerced } = readVariables(schema, operation, variables);
  // Invalid variables are reported where the operation is executed.
  if (!coerced) return undefined;
  const args = getDirectiveValues(citeDirective, operation, coerced) as CiteArguments | undefined;
  return args?.if ? args.styles : undefined;
}
