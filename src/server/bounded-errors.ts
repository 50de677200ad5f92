import { GraphQLError } from 'graphql';
import { limitExceeded } from '../graphql/errors.ts';
import { limits } from '../graphql/limits.ts';

/** An error with its message and locations cut to the maximum. */
function shortened(error: GraphQLError): GraphQLError {
  const { message, nodes = [] } = error;
  const isLong = message.length > limits.messageLength;
  const isManifold = nodes.length > limits.errorLocations;
  if (!isLong && !isManifold) return error;
  const { path, originalError, extensions } = error;
  return new GraphQLError(isLong ? `${message.slice(0, limits.messageLength - 1)}…` : message, {
    nodes: nodes.slice(0, limits.errorLocations),
    path: path ?? null,
    originalError: originalError ?? null,
    extensions,
  });
}

/** The errors of one response, each cut: at most `limits.errors`, the last of which gives the number of omitted ones. */
export function boundedErrors(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  if (errors.length <= limits.errors) return errors.map(shortened);
  const shown = limits.errors - 1;
  const leftOut = limitExceeded(
    `${errors.length - shown} more errors are omitted; a response lists at most ${limits.errors}.`,
  );
  return [...errors.slice(0, shown).map(shortened), leftOut];
}
