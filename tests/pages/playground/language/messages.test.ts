import { describe, expect, it } from 'vitest';
import { messages, nouns } from '../../../../src/pages/playground/language/chinese.ts';
import { remarkOf, titleOf } from '../../../../src/pages/shared/example-texts.ts';
import { loadExamples } from '../../../../src/server/documents/examples.ts';
import { countedIn, placeholdersOf, saidIn, sourcesOf } from '../../../setup/said-texts.ts';
import { examples, shown } from '../cooperation.ts';

const sources = sourcesOf('pages/playground');
const said = saidIn(sources);

describe('the texts of the playground in Chinese', () => {
  it('are as complete as the English ones', () => {
    expect(said.size).toBeGreaterThan(40);
    expect([...said].filter((text) => !Object.hasOwn(messages, text))).toEqual([]);
  });

  it('are no others', () => {
    expect(Object.keys(messages).filter((text) => !said.has(text))).toEqual([]);
  });

  it('have the same values in them', () => {
    for (const [english, chinese] of Object.entries(messages)) {
      expect(placeholdersOf(chinese), english).toEqual(placeholdersOf(english));
    }
  });

  it('have a name for everything that is counted', () => {
    expect([...countedIn(sources)].filter((noun) => !Object.hasOwn(nouns, noun))).toEqual([]);
  });

  it('are there for every example', () => {
    const say = shown.textsIn('zh-Hans');
    const english = loadExamples(examples).flatMap(({ query }) => [titleOf(query), remarkOf(query)]);
    expect(english.filter((text) => text !== '' && say(text) === text)).toEqual([]);
  });
});
