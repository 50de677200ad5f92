import { didYouMean } from '../../../engine/changes/check/did-you-mean.ts';
import { quoted } from '../../../engine/changes/check/quoted.ts';
import type { RecordFields } from '../../../engine/changes/record-fields.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind } from '../../../ontology/vocabulary.ts';
import type { Fault } from '../fault.ts';
import { type CellType, cellValue } from './csv-cell.ts';
import {
  type AttachedItems,
  fieldTypesByRow,
  fieldTypesOf,
  type RelationMapping,
  slugsType,
  slugType,
  type TableMapping,
  type ValueSource,
} from './table-mapping.ts';

/** A record out of a row, not checked yet, with the columns that its fields come from. */
export interface TableRecord {
  readonly holds: Kind | 'relations' | AttachedItems;
  readonly value: RecordFields;
  readonly columns: ReadonlyMap<string, string>;
}

/** What the rows of a table give, for the columns that it has. */
export interface TableReader {
  /** Errors in the columns, which prevent reading any row. */
  readonly faults: readonly Omit<Fault, 'file'>[];
  /** The entity that a row is, or the item of one. */
  entitiesOf(cells: readonly string[]): readonly TableRecord[];
  relationsOf(cells: readonly string[]): readonly TableRecord[];
}

type Sources = ReadonlyMap<string, ValueSource>;
type Types = ReadonlyMap<string, CellType>;

/** Binds a mapping to the columns of a table. */
export function createTableReader(ontology: Ontology, mapping: TableMapping, header: readonly string[]): TableReader {
  const { kind, items, relation } = mapping;
  const types = fieldTypesOf(ontology, mapping);
  const typesByRow = fieldTypesByRow(ontology, mapping);
  const names = header.map((name) => name.trim());
  const places = new Map(names.map((name, index) => [name, index]));
  const fields: Sources = new Map([...mapping.fields, ...ownColumns(mapping, names, types)]);
  const columns = columnsOf(fields);

  function read(source: ValueSource | undefined, type: CellType, cells: readonly string[]): unknown {
    if (!source || 'value' in source) return source?.value;
    const { column, separator, values, lowerCase } = source;
    const rename = (text: string) => values.get(text) ?? (lowerCase ? text.toLowerCase() : text);
    const renames = values.size > 0 || lowerCase;
    return cellValue(type, cells[places.get(column) ?? -1] ?? '', { separator, ...(renames ? { rename } : {}) });
  }

  /** The ids in a cell: usually one. */
  const idsOf = (source: ValueSource | undefined, cells: readonly string[]): readonly unknown[] =>
    [read(source, slugsType, cells) ?? []].flat();

  const idOf = (cells: readonly string[]) => read(fields.get('id'), slugType, cells);

  function propertiesIn(sources: Sources, cells: readonly string[], typesOf: Types): RecordFields {
    const found: [string, unknown][] = [];
    for (const [name, source] of sources) {
      const type = typesOf.get(name);
      const value = type && read(source, type, cells);
      if (value !== undefined) found.push([name, value]);
    }
    return Object.fromEntries(found);
  }

  const given = mapping.relations.map((mapped) => ({
    mapped,
    types: fieldTypesOf(ontology, { kind: undefined, items: undefined, relation: mapped.relation }),
    columns: columnsOf(relationSources(mapped)),
  }));

  function relationsBeside(cells: readonly string[]): readonly TableRecord[] {
    return given.flatMap(({ mapped, types, columns }) => {
      const ends = (source: ValueSource | undefined) => (source ? idsOf(source, cells) : [idOf(cells)]);
      const [froms, tos] = [ends(mapped.from), ends(mapped.to)];
      if (froms.length === 0 || tos.length === 0) return [];
      const properties = propertiesIn(mapped.properties, cells, types);
      const sources = read(mapped.sources, slugsType, cells);
      const record = { type: mapped.relation, properties, sources };
      return pairs(froms, tos).map(([from, to]) => ({
        holds: 'relations' as const,
        value: relationOf({ ...record, from, to }),
        columns,
      }));
    });
  }

  const inRelation = new Map([...fields].filter(([name]) => !['type', 'from', 'to', 'sources'].includes(name)));
  const relationColumns = new Map([
    ...columns,
    ...[...columnsOf(inRelation)].map(([name, column]) => [`properties.${name}`, column] as const),
  ]);

  function rowAsRelation(cells: readonly string[]): readonly TableRecord[] {
    const type = read(fields.get('type'), slugType, cells) ?? relation;
    const ends = (name: string) => {
      const ids = idsOf(fields.get(name), cells);
      return ids.length > 0 ? ids : [undefined];
    };
    const properties = propertiesIn(inRelation, cells, typesByRow(type));
    const record = { type, properties, sources: read(fields.get('sources'), slugsType, cells) };
    return pairs(ends('from'), ends('to')).map(([from, to]) => ({
      holds: 'relations',
      value: relationOf({ ...record, from, to }),
      columns: relationColumns,
    }));
  }

  return {
    faults: columnFaults(mapping, names, fields, types),
    entitiesOf(cells) {
      const holds = kind ?? items;
      if (!holds) return [];
      return [{ holds, value: propertiesIn(fields, cells, types), columns }];
    },
    relationsOf: kind ? relationsBeside : rowAsRelation,
  };
}

const pairs = (froms: readonly unknown[], tos: readonly unknown[]) =>
  froms.flatMap((from) => tos.map((to) => [from, to] as const));

function relationOf({
  type,
  from,
  to,
  properties,
  sources,
}: RecordFields & { readonly properties: RecordFields }): RecordFields {
  const record = { type, from, to, properties: isEmpty(properties) ? undefined : properties, sources };
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

const isEmpty = (fields: RecordFields) => Object.keys(fields).length === 0;

const relationSources = ({ from, to, sources, properties }: RelationMapping): Sources =>
  new Map([
    ...Object.entries({ from, to, sources }).flatMap(([name, source]) => (source ? [[name, source] as const] : [])),
    ...[...properties].map(([name, source]) => [`properties.${name}`, source] as const),
  ]);

const columnsOf = (sources: Sources): ReadonlyMap<string, string> =>
  new Map([...sources].flatMap(([field, source]) => ('column' in source ? [[field, source.column] as const] : [])));

/** Every column that a mapping names. */
const columnsNamed = ({ fields, relations }: TableMapping): ReadonlySet<string> =>
  new Set([fields, ...relations.map(relationSources)].flatMap((sources) => [...columnsOf(sources).values()]));

/** Columns that the mapping does not name, and that are named after a field. */
function ownColumns(
  mapping: TableMapping,
  names: readonly string[],
  types: Types,
): readonly (readonly [string, ValueSource])[] {
  const named = columnsNamed(mapping);
  const { separator, fields, ignored } = mapping;
  return names
    .filter((name) => types.has(name) && !fields.has(name) && !named.has(name) && !ignored.has(name))
    .map((name) => [name, { column: name, values: new Map(), lowerCase: false, separator }] as const);
}

function columnFaults(
  mapping: TableMapping,
  names: readonly string[],
  fields: ReadonlyMap<string, ValueSource>,
  types: ReadonlyMap<string, CellType>,
) {
  const isPlain = mapping.fields.size === 0 && mapping.relations.length === 0;
  const named = columnsNamed(mapping);
  const used = new Set([...named, ...columnsOf(fields).values()]);
  const unknown = names.filter((name) => !used.has(name) && !mapping.ignored.has(name));
  const expected = isPlain
    ? 'a column named after a field of the records'
    : 'a column that the mapping uses or lists in `ignore`';
  return [
    ...names
      .filter((name, index) => names.indexOf(name) < index)
      .map((name) => ({ expected: 'no duplicate columns', found: `${quoted(name)} twice` })),
    ...unknown.map((name) => {
      const meant = isPlain ? didYouMean(name, types.keys()) : undefined;
      const [separator] = names.length === 1 ? (/[;\t|]/.exec(name) ?? []) : [];
      const advice = separator
        ? mapping.items
          ? 'columns are separated by commas'
          : `columns separated by ${quoted(separator)} need a mapping with this \`delimiter\``
        : meant && `did you mean ${meant}?`;
      return { expected: advice ? `${expected} (${advice})` : expected, found: quoted(name) };
    }),
    ...[...named]
      .filter((name) => !names.includes(name))
      .map((name) => ({
        expected: `the column ${quoted(name)}, which the mapping uses`,
        found: `only ${names.map(quoted).join(', ')}`,
      })),
  ].map((fault) => ({ line: 1, ...fault }));
}
