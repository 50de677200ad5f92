/** Names are part of types, indexes and file names. */
const LONGEST_NAME = 60;

const shape = (pattern: RegExp, example: string) => ({
  example,
  fits: (name: string) => name.length <= LONGEST_NAME && pattern.test(name),
});

/** The shapes that names of an ontology have, each with an example. */
export const nameShapes = {
  pascalCase: shape(/^[A-Z][A-Za-z0-9]*$/, 'PowerPlant'),
  camelCase: shape(/^[a-z][A-Za-z0-9]*$/, 'wordCount'),
  constantCase: shape(/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/, 'GROWS_IN'),
} as const;

/** What is wrong with a name; `undefined` if nothing is. */
export function faultOfName(name: string, shape: keyof typeof nameShapes): string | undefined {
  if (name.length > LONGEST_NAME) return `has more than ${LONGEST_NAME} characters`;
  const { fits, example } = nameShapes[shape];
  return fits(name) ? undefined : `must be written like ${example}`;
}
