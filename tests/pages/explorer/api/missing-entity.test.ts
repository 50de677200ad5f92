import { describe, expect, it } from 'vitest';
import { AskError } from '../../../../src/pages/explorer/api/ask.ts';
import { missingEntity } from '../../../../src/pages/explorer/api/missing-entity.ts';

const refused = (message: string) => new AskError(message, { code: 'BAD_USER_INPUT' });

describe('an entity that does not exist', () => {
  it('is named to the reader, who may search for it', () => {
    const error = missingEntity(refused('There is no entity "old-name". Pass IDs or slugs.'), ['ke', 'old-name']);
    expect(error.message).toMatch(/^There is no such entity: old-name\./);
    expect(error.instead).toBe('old name');
  });

  it('is not blamed for something else that the server refuses', () => {
    const error = refused('`limit` must be from 1 to 500.');
    expect(missingEntity(error, ['ke'])).toBe(error);
  });
});
