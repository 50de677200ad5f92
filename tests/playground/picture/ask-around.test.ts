import { readFileSync } from 'node:fs';
import { buildSchema, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { askAround } from '../../../src/playground/picture/ask-around.ts';

const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));

describe('the question what is around an entity', () => {
  it.each([
    ['alone', ''],
    ['after one without a name', '# Why?\n{ labs { totalCount } }'],
    ['after one without a name, but with its word', 'query ($slug: String!) { lab(slug: $slug) { name } }'],
    ['after one with a name', 'query Labs { labs { totalCount } }'],
    ['after one about the same', askAround('', 'ke').text],
    ['after one that has the name it would give', '{ labs { totalCount } } query AroundKe { labs { totalCount } }'],
    ['instead of what cannot be read', '{ labs {'],
  ])('can be asked %s', (_, before) => {
    const { text, operationName } = askAround(before, 'ke');
    const document = parse(text);
    expect(validate(schema, document)).toEqual([]);
    expect(
      getOperationAST(document, operationName)?.loc?.source.body.slice(
        getOperationAST(document, operationName)?.loc?.start,
      ),
    ).toContain('neighborhood(of: ["ke"]');
  });

  it('leaves the text before it as it is', () => {
    const before = '# A remark\nquery Labs { labs { totalCount } } # and another';
    expect(askAround(before, 'ke').text.startsWith(before)).toBe(true);
  });

  it('is named after the entity, whatever signs its slug has', () => {
    expect(askAround('', 'china-kenya-lab').operationName).toBe('AroundChinaKenyaLab');
    expect(() => parse(askAround('', '"} ~é').text)).not.toThrow();
  });
});
