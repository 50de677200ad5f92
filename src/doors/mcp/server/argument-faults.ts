import { isObject, type JsonSchema } from '../../../graphql/internal-client/json.ts';

/** Faults that are listed: the validator finds one in each item of a list. */
const MOST_FAULTS = 10;

/** What is repeated of names that a tool does not know. */
const MOST_NAMES = 5;
const LONGEST_NAME = 60;

/** The part of a schema, or of a value, at a JSON pointer. */
const at = <Part>(root: Part, pointer: string, step: (part: Part, name: string) => Part): Part =>
  pointer.split('/').slice(1).reduce(step, root);

const schemaBelow = (schema: JsonSchema | undefined, name: string) =>
  (schema?.type === 'array' ? schema.items : Object(schema?.properties)[name]) as JsonSchema | undefined;

const named = (pointer: string) => `\`${pointer.slice(1)}\``;

/** Names that an object has and its schema does not, beside those of the schema. */
function unknownNames(schema: JsonSchema | undefined, value: unknown, pointer: string): string {
  const known = Object.keys(Object(schema?.properties));
  const unknown = (isObject(value) ? Object.keys(value) : []).filter((name) => !known.includes(name));
  const list = unknown
    .slice(0, MOST_NAMES)
    .map((name) => JSON.stringify(name.slice(0, LONGEST_NAME)))
    .join(', ');
  return `${pointer === '' ? 'it takes' : `${named(pointer)} takes`} ${known.join(', ')}, not ${list}`;
}

/** What a validator says of the arguments of a tool, with the names and values that there are: an agent mends its call by them. */
export function argumentFaults(schema: JsonSchema, value: unknown, words: string): string {
  const schemaAt = (pointer: string) => at<JsonSchema | undefined>(schema, pointer, schemaBelow);
  const valueAt = (pointer: string) => at<unknown>(value, pointer, (part, name) => Object(part)[name]);
  // The validator says the same of each unknown name.
  const all = [...new Set(words.split(', '))];
  const faults = all.slice(0, MOST_FAULTS).map((fault) => {
    const [, pointer, reason = ''] = /^data(\S*) (.*)$/.exec(fault) ?? [];
    if (pointer === undefined) return fault;
    if (reason.endsWith('additional properties')) return unknownNames(schemaAt(pointer), valueAt(pointer), pointer);
    const values = schemaAt(pointer)?.enum;
    if (Array.isArray(values)) return `${named(pointer)} must be one of ${values.join(', ')}`;
    const [, missing] = /required property '(.+)'$/.exec(reason) ?? [];
    return missing === undefined ? `${named(pointer)} ${reason}` : `${named(`${pointer}/${missing}`)} is missing`;
  });
  return [...faults, ...(all.length > MOST_FAULTS ? [`and ${all.length - MOST_FAULTS} more`] : [])].join('; ');
}
