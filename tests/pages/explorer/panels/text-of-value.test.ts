import { describe, expect, it } from 'vitest';
import { edgeValueInWords, nameOrClass } from '../../../../src/pages/explorer/panels/text-of-value.ts';
import '../cooperation-settings.ts';

describe('a value of a relation in words', () => {
  it.each([
    ['leaves a text as it was written', 'HOSTED_BY', 'roleNote', 'UNESCO', 'UNESCO'],
    ['names a choice in lower case', 'HOSTED_BY', 'role', 'LEAD', 'lead'],
    ['names each of several choices, also of citations', 'CITES', 'supports', ['RECORD', 'NOTE'], 'record, note'],
    ['writes a date as people do', 'MEMBER_OF', 'since', '2019-06', 'Jun 2019'],
  ])('%s', (_, relation, name, value, words) => {
    expect(edgeValueInWords(relation, { name, value })).toBe(words);
  });
});

describe('what a word of a search met', () => {
  it.each([
    ['leaves a name in capitals as it is', 'BRICS', 'BRICS'],
    ['names a class in words', 'AFRICA', 'Africa'],
  ])('%s', (_, text, words) => {
    expect(nameOrClass(text)).toBe(words);
  });
});
