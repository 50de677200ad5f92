import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkedIn, linkTo } from '../../../../src/pages/playground/questions/link.ts';

const examples = [
  { name: '01-one', query: '# One?\nquery One { labs { totalCount } }' },
  { name: '02-two', query: '# Two?\n{ areas { totalCount } }' },
];

const address = (link: string) => new URL(link, 'http://silkgraph');

describe('a link to a question', () => {
  it('opens what it was made of, whatever that is', () => {
    const linked = fc.record(
      {
        query: fc.string({ unit: 'grapheme' }),
        variables: fc.constantFrom('', '{"a": "&=#+%"}'),
        operationName: fc.string({ minLength: 1 }),
      },
      { requiredKeys: ['query', 'variables'] },
    );
    fc.assert(
      fc.property(linked, (question) => {
        expect(linkedIn(address(linkTo(question, examples)), examples)).toEqual(question);
      }),
    );
  });

  it('names an example that stands as it is, and spells out one that was changed or has variables', () => {
    const [one] = examples;
    const query = one?.query ?? '';
    expect(linkTo({ query: `${query}\n`, variables: '' }, examples)).toBe('graphql?example=01-one');
    expect(linkTo({ query: `${query} #`, variables: '' }, examples)).toMatch(/^graphql\?query=/);
    expect(linkTo({ query, variables: '{}' }, examples)).toMatch(/^graphql\?query=/);
    expect(linkedIn(address('?example=01-one'), examples)).toEqual({ query, variables: '' });
  });

  it('opens a long one, which no server is sent', () => {
    const question = { query: `{ labs { totalCount } } # ${'&=#+% 种'.repeat(2_000)}`, variables: '{"a": "#?"}' };
    const { search, hash } = address(linkTo(question, examples));
    expect(search).toBe('');
    expect(linkedIn({ search: '?lang=zh-Hans', hash }, examples)).toEqual(question);
  });

  it('says which example is not there, in one line whatever its name', () => {
    expect(linkedIn(address(`?example=${encodeURIComponent('99\nnone')}`), examples)).toEqual({
      query: '# There is no example "99\\nnone". Choose one from the cookbook.',
      variables: '',
    });
  });

  it('opens nothing where it names no question', () => {
    expect(linkedIn(address(''), examples)).toBeUndefined();
    expect(linkedIn(address('?variables={}'), examples)).toBeUndefined();
  });
});
