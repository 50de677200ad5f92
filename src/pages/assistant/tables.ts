import { isObject, type Table, tablesOf, type Values } from '../drawing/result/tables.ts';
import { messageOf } from '../drawing/say.ts';
import { capitalized, fieldInWords, inLine, inWords } from '../drawing/words.ts';
import { kindInWords, nameOf, valueInWords } from './language.ts';

/** Fields that say what others say, or that only programs read. */
const hidden = new Set([
  '__typename',
  'slug',
  'nameZh',
  'nameZhBasis',
  'id',
  'match',
  'score',
  'related',
  'identifiers',
  '_sources',
]);

const isEntity = (value: unknown): value is Values & { readonly name: string; readonly nameZh?: string | null } =>
  isObject(value) && typeof value.name === 'string';

const isRelation = (value: unknown) => isObject(value) && isObject(value.from) && isObject(value.to);

const isList = (value: unknown) =>
  Array.isArray(value) || (isObject(value) && Array.isArray(value.nodes ?? value.edges));

/** A value of a response as its reader wants it: names instead of entities inside of others, and words instead of constants. */
function readable(value: unknown, typeName = '', field = '', isInside = false): unknown {
  if (Array.isArray(value)) return value.map((item) => readable(item, typeName, field, isInside));
  if (typeof value === 'string') return valueInWords(typeName, field, value);
  if (!isObject(value)) return value;
  if (isEntity(value) && isInside) return nameOf(value);
  if (typeof value.latitude === 'number') return value.place ?? `${value.latitude}, ${value.longitude}`;
  const ownType = typeof value.__typename === 'string' ? value.__typename : typeName;
  const fields = Object.entries(value).flatMap(([name, inner]): readonly [string, unknown][] => {
    if (hidden.has(name) || (Array.isArray(inner) && inner.some(isRelation))) return [];
    return [[name, readable(inner, ownType, name, isInside || isEntity(value) || !(name === 'node' || isList(inner)))]];
  });
  if (!isEntity(value)) return Object.fromEntries(fields);
  // Kinds may call fields of one name otherwise; a dot would lead into an object.
  const titled = fields.flatMap(([name, inner]): readonly [string, unknown][] =>
    name === 'name' ? [] : [[capitalized(fieldInWords(name, ownType)).replaceAll('.', ' '), inner]],
  );
  const kind = typeof value.__typename === 'string' ? { kind: kindInWords(value.__typename) } : {};
  return { name: nameOf(value), ...kind, ...Object.fromEntries(titled) };
}

/** Fields that only hold others. */
const structure = new Set(['node', 'entity', 'nodes', 'edges', 'entities', 'totalCount', 'value']);

/** Whether a part of a path is a name of the schema; others are titles already. */
const isName = (part: string) => /^[a-z]\w*$/.test(part);

/** A path of fields as a title: its last two parts that say something. */
function titleOf(path: string): string {
  const parts = path.split('.');
  const telling = parts.filter((part) => !structure.has(part));
  const words = (telling.length > 0 ? telling : parts).slice(-2).map((part) => (isName(part) ? inWords(part) : part));
  return messageOf(capitalized(inLine(words)));
}

/** The lists of a response, as far as they say more than one column of a drawing would, with titles in words. */
export function readableTables(data: Values): readonly Table[] {
  // One entity is a list of one.
  const lists = Object.entries(data).map(([name, value]) => [name, isEntity(value) ? [value] : value]);
  return tablesOf(readable(Object.fromEntries(lists))).flatMap(({ path, columns, rows }) => {
    const kept = columns.filter((_, column) => rows.some((row) => row[column] !== ''));
    if (kept.length === 0) return [];
    const places = kept.map((column) => columns.indexOf(column));
    return [
      {
        path: titleOf(path),
        columns: kept.map(titleOf),
        rows: rows.map((row) => places.map((place) => row[place] ?? '')),
      },
    ];
  });
}
