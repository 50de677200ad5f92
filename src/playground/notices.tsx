import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { GraphQLFormattedError } from 'graphql';

/** The first error in a text that GraphiQL made of an answer. */
function errorIn(text: string): GraphQLFormattedError | undefined {
  try {
    const { errors } = JSON.parse(text) as { readonly errors?: readonly GraphQLFormattedError[] };
    return errors?.[0];
  } catch {
    return undefined;
  }
}

function reasonOf(fetchError: string): string {
  const error = errorIn(fetchError);
  const code = error?.extensions?.code;
  if (code === 'UNAUTHENTICATED') {
    return 'This server answers only with a key. Write it under Headers, as { "authorization": "Bearer …" }, then ask for the schema again.';
  }
  if (code === 'GRAPHQL_VALIDATION_FAILED') {
    return 'This server does not tell its schema: introspection is switched off. Queries run all the same, and so does the cookbook; documentation, completion and checks while you type are not to be had.';
  }
  return `The schema could not be had, so that there is no documentation and no completion. ${error?.message ?? ''}`;
}

/** Says in words why there is no schema, where there is none. */
export function SchemaNotice() {
  const { fetchError, schema, isIntrospecting } = useGraphiQL(pick('fetchError', 'schema', 'isIntrospecting'));
  const { introspect } = useGraphiQLActions();
  if (!fetchError || schema) return null;
  return (
    <div className="notice" role="status">
      <p>{reasonOf(fetchError)}</p>
      <button type="button" disabled={isIntrospecting} onClick={() => void introspect()}>
        Ask for the schema again
      </button>
    </div>
  );
}

/** Where an error is in the answer: `labs.nodes.3.name`. */
const pathInWords = ({ path }: GraphQLFormattedError) => path?.join('.');

/** The errors of an answer as sentences, each with its code and a way to where it is in the query. */
export function Errors({ errors }: { readonly errors: readonly GraphQLFormattedError[] }) {
  const queryEditor = useGraphiQL((state) => state.queryEditor);

  function goTo(lineNumber: number, column: number): void {
    queryEditor?.setPosition({ lineNumber, column });
    queryEditor?.revealLineInCenter(lineNumber);
    queryEditor?.focus();
  }

  return (
    <section className="errors" aria-label="Errors" role="alert">
      <ul>
        {errors.slice(0, 20).map((error, index) => {
          const [location] = error.locations ?? [];
          return (
            <li key={index}>
              {typeof error.extensions?.code === 'string' && <code>{error.extensions.code}</code>} {error.message}
              {pathInWords(error) && <span className="where"> at {pathInWords(error)}</span>}{' '}
              {location && (
                <button type="button" className="link" onClick={() => goTo(location.line, location.column)}>
                  line {location.line}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {errors.length > 20 && <p>{errors.length - 20} more stand in the result.</p>}
    </section>
  );
}
