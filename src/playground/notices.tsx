import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { GraphQLFormattedError } from 'graphql';
import { say } from '../drawing/say.ts';
import { counted } from '../drawing/words.ts';

/** The first error in the text that GraphiQL made from a response. */
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
    return say(
      'This server requires an API key. Add it under Headers as { "authorization": "Bearer …" }, then reload the schema.',
    );
  }
  if (code === 'GRAPHQL_VALIDATION_FAILED') {
    return say(
      'Introspection is disabled on this server. Queries and the cookbook work, but documentation, completion and validation in the editor are unavailable.',
    );
  }
  return say('The schema could not be loaded, so documentation and completion are unavailable. {reason}', {
    reason: error?.message ?? '',
  });
}

/** Explains why the schema is unavailable. */
export function SchemaNotice() {
  const { fetchError, schema, isIntrospecting } = useGraphiQL(pick('fetchError', 'schema', 'isIntrospecting'));
  const { introspect } = useGraphiQLActions();
  if (!fetchError || schema) return null;
  return (
    <div className="notice" role="status">
      <p>{reasonOf(fetchError)}</p>
      <button type="button" disabled={isIntrospecting} onClick={() => void introspect()}>
        {say('Reload schema')}
      </button>
    </div>
  );
}

/** Path of an error in the response: `labs.nodes.3.name`. */
const pathInWords = ({ path }: GraphQLFormattedError) => path?.join('.');

/** The errors of a response, each with its code and a link to its position in the query. */
export function Errors({ errors }: { readonly errors: readonly GraphQLFormattedError[] }) {
  const queryEditor = useGraphiQL((state) => state.queryEditor);

  function goTo(lineNumber: number, column: number): void {
    queryEditor?.setPosition({ lineNumber, column });
    queryEditor?.revealLineInCenter(lineNumber);
    queryEditor?.focus();
  }

  return (
    <section className="errors" aria-label={say('Errors')} role="alert">
      <ul>
        {errors.slice(0, 20).map((error, index) => {
          const [location] = error.locations ?? [];
          return (
            <li key={index}>
              {typeof error.extensions?.code === 'string' && <code>{error.extensions.code}</code>} {error.message}
              {pathInWords(error) && (
                <span className="where">{say(' at {path}', { path: pathInWords(error) ?? '' })}</span>
              )}{' '}
              {location && (
                <button type="button" className="link" onClick={() => goTo(location.line, location.column)}>
                  {say('line {number}', { number: location.line })}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {errors.length > 20 && (
        <p>{say('{errors} in the result.', { errors: counted(errors.length - 20, 'more error') })}</p>
      )}
    </section>
  );
}
