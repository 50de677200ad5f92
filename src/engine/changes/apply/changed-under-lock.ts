import { Neo4jError } from 'neo4j-driver';
import { GraphError } from '../../graph/errors.ts';

/** The graph has changed since it was locked: an entity was created, or written to in another way. */
export class ChangedUnderLock extends Error {
  override readonly name = 'ChangedUnderLock';
}

/** Whether others did at the same time what cannot be done twice; now that they are done, it can be judged. */
export function wasInTheWay(error: unknown): boolean {
  if (error instanceof ChangedUnderLock) return true;
  const cause = error instanceof GraphError ? error.cause : undefined;
  return (
    cause instanceof Neo4jError &&
    ['Neo.ClientError.Schema.ConstraintValidationFailed', 'Neo.ClientError.Statement.EntityNotFound'].includes(
      cause.code,
    )
  );
}
