import { foldText } from '../../engine/search/folding.ts';
import { nameShapes } from '../../ontology/definition/name-shapes.ts';
import { capitalized, pascalCase } from '../../ontology/letter-case.ts';

/** A letter that is none of ASCII with a mark, in ASCII: `œ` as `oe`, `Œ` as `Oe` or, in capitals, `OE`. */
function inAscii(letter: string, at: number, name: string): string {
  const folded = foldText(letter);
  if (letter === letter.toLowerCase()) return folded;
  return /\p{Ll}/u.test(name.slice(at)) ? capitalized(folded) : folded.toUpperCase();
}

/** The words of any name: letters and digits of ASCII, separated by anything else or by a capital. */
const partsOf = (name: string): readonly string[] =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/(?![A-Za-z])\p{Script=Latin}/gu, inAscii)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((part) => part !== '');

/** Leaves room for a number or another word in the 60 characters of a name: headers may be whole questions. */
const LONGEST = 50;

const nameOf = (joined: string) => (/^[A-Za-z]/.test(joined) ? joined.slice(0, LONGEST).replace(/_$/, '') : undefined);

/** `first_name` → `firstName`; `undefined` if too little of the name is left. */
export function camelName(name: string): string | undefined {
  const [first, ...rest] = partsOf(name).map((part) => part.toLowerCase());
  return first && nameOf(first + rest.map(pascalCase).join(''));
}

/** `movie_genre` → `MovieGenre`. */
export const pascalName = (name: string): string | undefined => {
  const camel = camelName(name);
  return camel && pascalCase(camel);
};

/** `actedIn` → `ACTED_IN`. */
export const constantName = (name: string): string | undefined =>
  nameOf(
    partsOf(name)
      .map((part) => part.toUpperCase())
      .join('_'),
  );

export const isPascalName = nameShapes.pascalCase.fits;
export const isCamelName = nameShapes.camelCase.fits;
export const isConstantName = nameShapes.constantCase.fits;

/** Why something cannot keep its name, and how it is renamed: to the words of the name or, without any, as people like. */
export const misspelt = (
  what: string,
  shape: keyof typeof nameShapes,
  better: string | undefined,
  rename: (better: string) => string,
): string =>
  better === undefined
    ? `${what} is written like ${nameShapes[shape].example}, in the letters A to Z and digits. Give it such a name.`
    : `${what} is written like ${better}. ${rename(better)}`;
