import { describe, expect, it } from 'vitest';
import { remarkOf, titleOf, translated } from '../../../src/pages/shared/example-texts.ts';
import { loadExamples } from '../../../src/server/documents/examples.ts';
import { examplesFolder } from '../../setup/examples-folder.ts';

describe('an example', () => {
  it('has the first paragraph of its comment as title, the rest as remark', () => {
    const query =
      '# What does one laboratory\n# work on?\n#\n# A remark\n# of two lines.\n#\n# Another.\nquery X { a } # no';
    expect(titleOf(query)).toBe('What does one laboratory work on?');
    expect(remarkOf(query)).toBe('A remark of two lines. Another.');
  });

  it('has its comment in another language, as far as that is translated', () => {
    const query = '# What grows?\n#\n# A remark\n# of two lines.\n{ a } # no';
    const chinese: Readonly<Record<string, string>> = {
      'What grows?': '什么在生长？',
      'A remark of two lines.': '说明。',
    };
    expect(translated(query, (text) => chinese[text] ?? text)).toBe('# 什么在生长？\n#\n# 说明。\n{ a } # no');
    expect(translated(query, (text) => text)).toBe(query);
    expect(translated('{ a }', (text) => `${text}。`)).toBe('{ a }');
  });

  it('without a comment has neither', () => expect([titleOf('{ a }'), remarkOf('{ a }')]).toEqual(['', '']));

  it.each(loadExamples(examplesFolder))('asks its question in words: $name', ({ query }) => {
    expect(titleOf(query)).toMatch(/^[A-Z].*\?$/);
  });
});
