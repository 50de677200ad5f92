import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isSlug } from '../../changes/check/check-properties.ts';
import { counted, singularOf } from '../english.ts';
import type { Renaming, SeenGraph, SeenKind, SeenProperty, SeenRelation } from '../inference/seen.ts';
import { camelName, constantName, pascalName } from '../names.ts';
import { type Reference, referencesOf, withoutId } from './csv-references.ts';
import { propertyOfColumn, readTable, type Table } from './csv-table.ts';

/** A folder without tables that could be read. */
export class NoTables extends Error {
  override readonly name = 'NoTables';
}

/** A table, as a kind or as a relation between two of them. */
interface ReadTable {
  readonly table: Table;
  readonly kind: string;
  readonly references: readonly Reference[];
  /** It has no ids and joins two others. */
  readonly isJoin: boolean;
}

/** Where a CSV file goes, for a mapping: its kind or relation, and the columns of the fields that have other names. */
export interface TableTarget {
  readonly file: string;
  readonly delimiter: string;
  readonly kind?: string;
  readonly relation?: string;
  readonly id?: { readonly column: string; readonly lowerCase: boolean };
  readonly from?: string;
  readonly to?: string;
  /** Columns by property. */
  readonly columns: ReadonlyMap<string, string>;
  /** Columns by the relation that they give. */
  readonly references: ReadonlyMap<string, string>;
}

export interface SeenTables extends SeenGraph {
  readonly targets: readonly TableTarget[];
}

const kindOf = (name: string) => pascalName(singularOf(camelName(name) ?? name)) ?? name;

async function readTables(folder: string): Promise<readonly ReadTable[]> {
  const files = await readdir(folder).catch(() => {
    throw new NoTables(`${folder} is no folder that can be read.`);
  });
  const names = files.filter((file) => file.endsWith('.csv')).sort();
  if (names.length === 0) throw new NoTables(`${folder} contains no .csv files.`);
  const tables: Table[] = [];
  for (const file of names) {
    const name = basename(file, '.csv');
    tables.push(await readTable(join(folder, file), name, singularOf(camelName(name) ?? name)));
  }
  return tables.map((table) => {
    const references = referencesOf(table, tables);
    return {
      table,
      kind: kindOf(table.name),
      references,
      isJoin: table.idColumn === undefined && references.length > 1,
    };
  });
}

/** The other columns as properties, with names as Silkgraph writes them. */
function propertiesOf({ table, references }: ReadTable): readonly { readonly column: string; seen: SeenProperty }[] {
  const used = new Set([table.idColumn, ...references.map(({ column }) => column.name)]);
  return table.columns
    .filter(({ name }) => !used.has(name))
    .map((column) => ({ column: column.name, seen: propertyOfColumn(column, camelName(column.name) ?? column.name) }));
}

const isLowered = ({ ids }: Table) => ![...ids].every(isSlug) && [...ids].every((id) => isSlug(id.toLowerCase()));

/** What people must know of the ids of a table. */
function idRemarks({ table }: ReadTable, tables: readonly ReadTable[]): readonly string[] {
  const { ids, idColumn, rows } = table;
  if (idColumn === undefined) {
    return [
      `decide: no column holds ids, which an import needs. Name one in the mapping, in the properties of ${table.file}: "id": "its name". It is then no longer read as a property, unless the mapping names it for that too.`,
    ];
  }
  const wrong = isLowered(table) ? [] : [...ids].filter((id) => !isSlug(id));
  const shared = tables.filter((other) => other.table !== table && [...ids].some((id) => other.table.ids.has(id)));
  return [
    ...(idColumn === 'id' ? [] : [`The slug is the column ${idColumn}.`]),
    ...(isLowered(table) ? ['The slug is its id in small letters.'] : []),
    ...(ids.size < rows ? [`decide: ${counted(rows - ids.size, 'row')} with no id, or with that of another row.`] : []),
    ...(wrong.length > 0
      ? [
          `decide: ${counted(wrong.length, 'id')} such as ${wrong[0]} cannot be a slug: small letters, digits and hyphens.`,
        ]
      : []),
    ...(shared.length > 0
      ? [
          `decide: ids also occur in ${shared.map((other) => other.table.file).join(', ')}, but slugs are unique over all kinds: put the kind in front, such as ${table.name.toLowerCase()}-1.`,
        ]
      : []),
  ];
}

function seenKind(read: ReadTable, tables: readonly ReadTable[]): SeenKind {
  const { table, kind } = read;
  const plural = camelName(table.name);
  const isPlural = plural !== undefined && singularOf(plural) !== plural;
  const renamed = propertiesOf(read).filter(({ column, seen }) => column !== seen.name);
  return {
    name: kind,
    count: table.rows,
    lookedAt: table.rows,
    properties: propertiesOf(read).map(({ seen }) => seen),
    ...(isPlural ? { plural } : {}),
    remarks: [
      `From ${table.file}.`,
      ...(table.faults > 0 ? [`decide: ${counted(table.faults, 'row')} could not be read.`] : []),
      ...idRemarks(read, tables),
      ...(renamed.length > 0
        ? [`Columns with another name: ${renamed.map(({ column, seen }) => `${column} → ${seen.name}`).join(', ')}.`]
        : []),
    ],
  };
}

/** The relation that a table is which joins two others. */
function joinRelation(read: ReadTable, tables: readonly ReadTable[]): SeenRelation {
  const { table, references } = read;
  const [from, to] = references.map((reference) => tables.find((other) => other.table === reference.table)?.kind);
  const others = references.slice(2).map(({ column }) => ({
    column: column.name,
    seen: propertyOfColumn(column, camelName(column.name) ?? column.name),
  }));
  return {
    type: constantName(table.name) ?? table.name,
    count: table.rows,
    lookedAt: table.rows,
    pairs: [{ from, to, count: table.rows, toOne: false }],
    properties: [...propertiesOf(read), ...others].map(({ seen }) => seen),
    remarks: [`From ${table.file}.`],
  };
}

/** The types of the relations that columns are, unique over all tables. */
function referenceTypes(tables: readonly ReadTable[]): ReadonlyMap<Reference, string> {
  const types = new Map<Reference, string>();
  // A relation named like a kind would have types of the schema in common with it.
  const taken = new Set(tables.map(({ isJoin, kind, table }) => constantName(isJoin ? table.name : kind)));
  for (const { kind, references, isJoin } of tables) {
    for (const reference of isJoin ? [] : references) {
      const short = constantName(withoutId(reference.column.name)) ?? 'RELATED';
      const own = `${constantName(kind)}_${short}`;
      const type = [short, `HAS_${short}`, own].find((name) => !taken.has(name)) ?? own;
      taken.add(type);
      types.set(reference, type);
    }
  }
  return types;
}

function columnRelation(type: string, { column, table, toOne }: Reference, from: ReadTable): SeenRelation {
  return {
    type,
    count: column.holders,
    lookedAt: column.holders,
    pairs: [{ from: from.kind, to: kindOf(table.name), count: column.holders, toOne }],
    properties: [],
    forward: camelName(withoutId(column.name)) ?? 'related',
    remarks: [`From the column ${column.name} of ${from.table.file}, which holds ids of ${table.file}.`],
  };
}

function targetOf(read: ReadTable, types: ReadonlyMap<Reference, string>): TableTarget {
  const { table, kind, references, isJoin } = read;
  const columns = new Map(propertiesOf(read).map(({ column, seen }) => [seen.name, column]));
  const { file, delimiter } = table;
  if (isJoin) {
    const [from, to] = references.map(({ column }) => column.name);
    const relation = constantName(table.name) ?? table.name;
    return { file, delimiter, relation, ...(from && to ? { from, to } : {}), columns, references: new Map() };
  }
  return {
    ...{ file, delimiter, kind },
    ...(table.idColumn === undefined ? {} : { id: { column: table.idColumn, lowerCase: isLowered(table) } }),
    columns,
    references: new Map(references.map((reference) => [types.get(reference) ?? '', reference.column.name])),
  };
}

const renaming: Renaming = {
  kind: (_, better) => `Rename the file after ${better}.`,
  relation: (_, better) => `Rename the file or column after ${better}.`,
  property: (_, name, better) => `Map the column ${name} to the property ${better}.`,
  text: () => 'Write them as text.',
};

/** Looks at the CSV files of a folder: each is a kind, or joins two others. */
export async function lookAtCsv(folder: string): Promise<SeenTables> {
  const tables = await readTables(folder);
  const types = referenceTypes(tables);
  const entities = tables.filter(({ isJoin }) => !isJoin);
  return {
    about: [
      `First draft of an ontology for the CSV files in ${folder}, written by silkgraph ontology from-csv.`,
      'Decide what is marked with "decide:". Then import the files: silkgraph import --graph <this file> --mapping <its mapping> <folder>',
    ],
    kinds: entities.map((read) => seenKind(read, tables)),
    relations: [
      ...entities.flatMap((read) =>
        read.references.map((reference) => columnRelation(types.get(reference) ?? '', reference, read)),
      ),
      ...tables.filter(({ isJoin }) => isJoin).map((read) => joinRelation(read, tables)),
    ],
    leftOut: [],
    naming: (_, property) =>
      property === undefined ? 'Name its column in the mapping.' : 'The mapping copies it to `name`.',
    renaming,
    targets: tables.map((read) => targetOf(read, types)),
  };
}
