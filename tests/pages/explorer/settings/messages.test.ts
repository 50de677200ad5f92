import { describe, expect, it } from 'vitest';
import { messages } from '../../../../src/pages/explorer/settings/chinese.ts';
import { nouns } from '../../../../src/pages/explorer/settings/nouns-chinese.ts';
import { countedIn, placeholdersOf, saidIn, sourcesOf } from '../../../setup/said-texts.ts';

const sources = sourcesOf('pages/explorer');
const said = saidIn(sources);

describe('the texts of the explorer in Chinese', () => {
  it('are as complete as the English ones', () => {
    expect(said.size).toBeGreaterThan(150);
    expect([...said].filter((text) => !Object.hasOwn(messages, text))).toEqual([]);
  });

  it('have the same values in them', () => {
    for (const [english, chinese] of Object.entries(messages)) {
      expect(placeholdersOf(chinese), english).toEqual(placeholdersOf(english));
    }
  });

  it('have a name for everything that is counted', () => {
    expect([...countedIn(sources)].filter((noun) => !Object.hasOwn(nouns, noun))).toEqual([]);
  });
});
