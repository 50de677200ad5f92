import { describe, expect, it } from 'vitest';
import { isFullyVisible, isPlainName, isPlainText } from '../../src/ontology/plain-text.ts';

const all = (characters: readonly string[], test: (text: string) => boolean) =>
  characters.filter((character) => test(`a${character}b`)).map((character) => character.codePointAt(0)?.toString(16));

const controls = ['\u0000', '\u0007', '\u001b', '\u007f', '\u0085', '\u009b'];
const reordering = ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'];
const invisible = [
  '\u200b',
  '\u200e',
  '\u200f',
  '\u061c',
  '\u2060',
  '\u2063',
  '\u180e',
  '\ufeff',
  '\u2028',
  '\u2029',
  '\u{e0041}',
];
const fillers = ['\u00ad', '\u034f', '\u115f', '\u1160', '\u17b4', '\u2800', '\u3164', '\uffa0'];
const others = ['\ufe0f', '\ue000', '\ud800'];
const joiners = ['\u200c', '\u200d'];

describe('characters that are not seen', () => {
  it('are refused in text where they control or reorder it', () => {
    expect(all([...controls, ...reordering], isPlainText)).toEqual([]);
    expect(all(['\t', '\n', '\r', ...joiners, ...invisible], isPlainText)).toHaveLength(16);
  });

  it('are refused in the name of an entity, but for those that scripts and emoji need', () => {
    expect(all([...controls, '\t', '\n', '\r', ...reordering, ...invisible, ...fillers], isPlainName)).toEqual([]);
    for (const name of ['دانشگاه\u200cها', 'क्\u200dष', '👩‍🔬', 'Łódź', '农业', 'Université d’Abomey']) {
      expect(isPlainName(name), name).toBe(true);
    }
  });

  it('are refused altogether in what tells authors and requests apart', () => {
    const refused = [...controls, '\t', '\n', '\r', ...reordering, ...invisible, ...fillers, ...others, ...joiners];
    expect(all(refused, isFullyVisible)).toEqual([]);
    for (const name of ['Ana', 'Łódź', '农业 (k1)', 'auth0|5f7c', 'ana@example.org']) {
      expect(isFullyVisible(name), name).toBe(true);
    }
  });
});
