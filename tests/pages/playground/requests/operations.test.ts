import { describe, expect, it } from 'vitest';
import { firstName, isHarmless, operationType } from '../../../../src/pages/playground/requests/operations.ts';

const two = 'query One { labs { totalCount } } subscription Two { changes { __typename } }';

describe('the operations of a document', () => {
  it('are run by their name, or the first one if there is none', () => {
    expect(operationType(two, 'Two')).toBe('subscription');
    expect(operationType(two, undefined)).toBe('query');
    expect(operationType('mutation { delete(id: "ke") { __typename } }', undefined)).toBe('mutation');
    expect(firstName(two)).toBe('One');
    expect(firstName('{ labs { totalCount } }')).toBeUndefined();
  });

  it('are left to the server where they cannot be read', () => {
    expect(operationType('subscription {', undefined)).toBe('query');
    expect(firstName('query Q {')).toBeUndefined();
  });
});

describe('a document that a link runs', () => {
  it.each(['{ labs { totalCount } }', 'query A { a } query B { b } fragment F on T { f }'])('may read: %s', (query) =>
    expect(isHarmless(query)).toBe(true),
  );

  it.each([two, 'mutation { delete(id: "ke") { __typename } }', '{ labs', '', 'fragment F on T { f }'])(
    'may do nothing else: %s',
    (query) => expect(isHarmless(query)).toBe(false),
  );
});
