import characters from 'opencc-js/dict/TSCharacters';

/** Traditional Chinese characters, with the simplified one of each (Open Chinese Convert, `TSCharacters`). */
const simplified: ReadonlyMap<string, string> = (() => {
  const direct = new Map(
    characters.split('|').map((pair): [string, string] => {
      const [traditional = '', simple = ''] = pair.split(' ');
      return [traditional, simple];
    }),
  );
  // One leads to another that is not simplified either: folding what is folded must not change it.
  return new Map([...direct].map(([traditional, simple]) => [traditional, direct.get(simple) ?? simple]));
})();

const ideographs = /\p{Script=Han}/gu;

/** A text with traditional Chinese characters written as simplified ones, character by character: `塞爾維亞` as `塞尔维亚`. */
export const simplify = (text: string): string =>
  text.replace(ideographs, (character) => simplified.get(character) ?? character);
