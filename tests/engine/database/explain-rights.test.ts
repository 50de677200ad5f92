import { Neo4jError } from 'neo4j-driver';
import { describe, expect, it } from 'vitest';
import { explainRights } from '../../../src/engine/database/explain-rights.ts';
import { GraphError } from '../../../src/engine/graph/errors.ts';

const address = { uri: 'neo4j://db.example', username: 'ana', password: 'hidden', database: 'graph' };

const refused = (code: string, message: string) => new Neo4jError(message, code, '', '');

const explained = (error: unknown) => {
  const { reason, message } = explainRights(error, address) as { reason: string; message: string };
  expect(message).not.toContain('hidden');
  return [reason, message] as const;
};

describe('what a database does not allow', () => {
  it('is writing, where it is read-only', () => {
    const [reason, message] = explained(
      refused('Neo.ClientError.General.WriteOnReadOnlyAccessDatabase', 'No write operations are allowed.'),
    );
    expect(reason).toBe('read-only');
    expect(message).toContain('The database graph at neo4j://db.example is read-only');
  });

  it('is changing the schema, for a user without that right', () => {
    const error = refused(
      'Neo.ClientError.Security.Forbidden',
      "Schema operation 'create_constraint' on database 'graph' is not allowed for user 'ana' with roles [PUBLIC, publisher].",
    );
    // However deep it is inside of another error.
    for (const one of [error, new GraphError('STATEMENT', 'x', { cause: error })]) {
      expect(explained(one)).toEqual(['missing-rights', expect.stringContaining('ana may not change the schema')]);
    }
  });

  it('is anything else, for a user without rights', () => {
    const error = refused(
      'Neo.ClientError.Security.Forbidden',
      "Write operations are not allowed for user 'ana' with roles [PUBLIC].",
    );
    expect(explained(error)).toEqual(['missing-rights', expect.stringContaining('give it MATCH and WRITE')]);
  });

  it('is not why another error happened, which stays as it is', () => {
    const others = [new Error('x'), refused('Neo.ClientError.Statement.SyntaxError', 'Invalid input'), undefined];
    for (const error of others) expect(explainRights(error, address)).toBe(error);
  });
});
