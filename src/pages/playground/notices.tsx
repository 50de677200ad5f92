import { pick, useGraphiQL } from '@graphiql/react';
import type { GraphQLFormattedError } from 'graphql';
import { say } from '../drawing/say.ts';
import { counted } from '../drawing/words.ts';

function reasonOf(fetchError: string): string {
  if (fetchError.includes('"UNAUTHENTICATED"'))
    return say(
      'This server requires an API key. Add it under Headers as { "authorization": "Bearer …" }, then reload the schema.',
    );
  if (fetchError.includes('"GRAPHQL_VALIDATION_FAILED"'))
    return say(
      'Introspection is disabled on this server. Queries and the cookbook work, but documentation, completion and validation in the editor are unavailable.',
    );
  return say('The schema could not be loaded, so documentation and completion are unavailable.');
}

/** Explains why the schema is unavailable. */
export function SchemaNotice() {
  const { fetchError, schema } = useGraphiQL(pick('fetchError', 'schema'));
  if (!fetchError || schema) return null;
  return (
    <p className="notice" role="status">
      {reasonOf(fetchError)}
    </p>
  );
}

/** Errors that are shown; the result has all. */
const MOST = 5;

/** The errors of a response, each with its code and its places in the response and in the query. */
export function Errors({ errors }: { readonly errors: readonly GraphQLFormattedError[] }) {
  return (
    <ul className="notice errors" aria-label={say('Errors')} role="alert">
      {errors.slice(0, MOST).map(({ message, path, locations, extensions }, index) => (
        <li key={index}>
          {typeof extensions?.code === 'string' && <code>{extensions.code}</code>} {message}
          {path && say(' at {path}', { path: path.join('.') })}{' '}
          {locations?.[0] && say('line {number}', { number: locations[0].line })}
        </li>
      ))}
      {errors.length > MOST && (
        <li>{say('{errors} in the result.', { errors: counted(errors.length - MOST, 'more error') })}</li>
      )}
    </ul>
  );
}
