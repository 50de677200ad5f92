import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { extensionOf, nameOf } from '../../../doors/data/files/data-file.ts';
import { isSlug } from '../../../engine/changes/check/check-properties.ts';
import { constantCase } from '../../../ontology/letter-case.ts';
import { counted, singularOf } from '../english.ts';
import type { SeenGraph, SeenKind, SeenProperty, SeenRelation } from '../inference/seen.ts';
import { camelName, constantName } from '../names.ts';
import { kindOfFile, propertyNames, relationOfFile, singularOfFile, uniqueNames } from './csv-names.ts';
import { nearReferencesOf, type Reference, referencesOf, withoutId } from './csv-references.ts';
import { lostZero, propertyOfColumn, readTable, type Table } from './csv-table.ts';

/** A folder without tables that could be read. */
export class NoTables extends Error {
  override readonly name = 'NoTables';
}

/** A column as a property. */
interface ReadProperty {
  readonly column: string;
  readonly seen: SeenProperty;
}

/** A table, as a kind or as a relation between two of them. */
interface ReadTable {
  readonly table: Table;
  /** Its kind or, if it joins two others, the type of its relation. */
  readonly name: string;
  /** It has no ids and joins two others. */
  readonly isJoin: boolean;
  /** Columns with ids of other tables; of a table that joins two, those of its ends. */
  readonly references: readonly Reference[];
  /** The other columns, with names as Silkgraph writes them. */
  readonly properties: readonly ReadProperty[];
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

/** The CSV files of a folder as an import finds them, which reads no folders and pipes. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => {
    throw new NoTables(`${folder} is no folder that can be read.`);
  });
  const tables = names.filter((name) => extensionOf(name) === '.csv').sort();
  const found = await Promise.all(tables.map((name) => stat(join(folder, name)).catch(() => undefined)));
  const files = tables.filter((_, index) => found[index]?.isFile());
  if (files.length === 0) throw new NoTables(`${folder} contains no .csv files.`);
  return files;
}

async function readTables(folder: string): Promise<readonly ReadTable[]> {
  const tables: Table[] = [];
  for (const file of await filesIn(folder))
    tables.push(await readTable(join(folder, file), singularOfFile(nameOf(file))));
  const [kind, relation] = [uniqueNames(), uniqueNames()];
  return tables.map((table, index) => {
    const all = referencesOf(table, tables);
    const isJoin = table.idColumn === undefined && all.length > 1;
    const references = isJoin ? all.slice(0, 2) : all;
    return {
      table,
      name: isJoin ? relation(relationOfFile(table.name)) : kind(kindOfFile(table.name, index)),
      isJoin,
      references,
      properties: propertiesOf(table, references, isJoin),
    };
  });
}

function propertiesOf(table: Table, references: readonly Reference[], isJoin: boolean): readonly ReadProperty[] {
  const used = new Set([table.idColumn, ...references.map(({ column }) => column.name)]);
  const nameOf = propertyNames(isJoin);
  return table.columns.flatMap((column, index) =>
    used.has(column.name)
      ? []
      : [{ column: column.name, seen: propertyOfColumn(column, nameOf(column.name, index + 1)) }],
  );
}

const isLowered = ({ ids }: Table) => ![...ids].every(isSlug) && [...ids].every((id) => isSlug(id.toLowerCase()));

/** What people must know of the ids of a table. */
function idRemarks({ table }: ReadTable, tables: readonly ReadTable[]): readonly string[] {
  const { ids, idColumn, rows } = table;
  const slugs = isLowered(table) ? new Set([...ids].map((id) => id.toLowerCase())) : ids;
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
    ...(slugs.size < rows
      ? [`decide: ${counted(rows - slugs.size, 'row')} with no id, or with that of another row.`]
      : []),
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

/** What people must know of the rows and columns of a table. */
function tableRemarks({ table, properties }: ReadTable, tables: readonly ReadTable[]): readonly string[] {
  const { file, faults, firstFault, columns } = table;
  const names = columns.map(({ name }) => name);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) < index));
  const renamed = properties.filter(({ column, seen }) => column !== seen.name);
  const read = columns.filter(({ name }) => properties.some(({ column }) => column === name));
  const told = renamed.map(({ column, seen }) => `${column === '' ? '(without a name)' : column} → ${seen.name}`);
  return [
    `From ${file}.`,
    ...(firstFault === undefined
      ? []
      : [
          `decide: ${counted(faults, 'row')} could not be read, the first at line ${firstFault.line}: expected ${firstFault.expected}, found ${firstFault.found}.`,
        ]),
    ...[...twice].map(
      (name) =>
        `decide: several columns ${name === '' ? 'have no name' : `are called ${name}`}, which an import refuses. Give them different names in the file.`,
    ),
    ...read.flatMap((column) => {
      const number = lostZero(column);
      return number === undefined
        ? []
        : [
            `decide: the column ${column.name} has numbers such as ${number}, of which the last zero is lost. Make it a text if they are versions or codes.`,
          ];
    }),
    ...nearReferencesOf(
      read,
      tables.map((other) => other.table),
    ).map(
      ({ column, file: other, missing }) =>
        `decide: most values of the column ${column} are ids of ${other}, but not ${missing}, so it is no relation.`,
    ),
    ...(told.length > 0 ? [`Columns with another name: ${told.join(', ')}.`] : []),
  ];
}

function seenKind(read: ReadTable, tables: readonly ReadTable[]): SeenKind {
  const { table, name, properties } = read;
  const plural = camelName(table.name);
  const isPlural = plural !== undefined && singularOf(plural) !== plural;
  return {
    name,
    count: table.rows,
    lookedAt: table.rows,
    properties: properties.map(({ seen }) => seen),
    ...(isPlural ? { plural } : {}),
    remarks: [...tableRemarks(read, tables), ...idRemarks(read, tables)],
  };
}

const nameOfTable = (table: Table, tables: readonly ReadTable[]) => tables.find((read) => read.table === table)?.name;

/** The relation that a table is which joins two others. */
function joinRelation(read: ReadTable, tables: readonly ReadTable[]): SeenRelation {
  const { table, name, references, properties } = read;
  const [from, to] = references.map((reference) => nameOfTable(reference.table, tables));
  return {
    type: name,
    count: table.rows,
    lookedAt: table.rows,
    pairs: [{ from, to, count: table.rows, toOne: false }],
    properties: properties.map(({ seen }) => seen),
    remarks: tableRemarks(read, tables),
  };
}

/** The types of the relations that columns are, unique over all tables. */
function referenceTypes(tables: readonly ReadTable[]): ReadonlyMap<Reference, string> {
  const types = new Map<Reference, string>();
  const unique = uniqueNames();
  // A relation named like a kind would have types of the schema in common with it.
  const taken = new Set(tables.map(({ name }) => unique(constantCase(name))));
  for (const { name, references, isJoin } of tables) {
    for (const reference of isJoin ? [] : references) {
      const short = constantName(withoutId(reference.column.name)) ?? 'RELATED';
      const own = `${constantCase(name)}_${short}`;
      const type = unique([short, `HAS_${short}`].find((other) => !taken.has(other)) ?? own);
      taken.add(type);
      types.set(reference, type);
    }
  }
  return types;
}

function columnRelation(
  type: string,
  { column, table, toOne }: Reference,
  from: ReadTable,
  tables: readonly ReadTable[],
): SeenRelation {
  const count = toOne ? column.holders : column.items;
  return {
    type,
    count,
    lookedAt: count,
    pairs: [{ from: from.name, to: nameOfTable(table, tables), count, toOne }],
    properties: [],
    forward: camelName(withoutId(column.name)) ?? 'related',
    remarks: [`From the column ${column.name} of ${from.table.file}, which holds ids of ${table.file}.`],
  };
}

function targetOf(read: ReadTable, types: ReadonlyMap<Reference, string>): TableTarget {
  const { table, name, references, properties, isJoin } = read;
  const columns = new Map(properties.map(({ column, seen }) => [seen.name, column]));
  const { file, delimiter } = table;
  if (isJoin) {
    const [from, to] = references.map(({ column }) => column.name);
    return { file, delimiter, relation: name, ...(from && to ? { from, to } : {}), columns, references: new Map() };
  }
  return {
    ...{ file, delimiter, kind: name },
    ...(table.idColumn === undefined ? {} : { id: { column: table.idColumn, lowerCase: isLowered(table) } }),
    columns,
    references: new Map(references.map((reference) => [types.get(reference) ?? '', reference.column.name])),
  };
}

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
        read.references.map((reference) => columnRelation(types.get(reference) ?? '', reference, read, tables)),
      ),
      ...tables.filter(({ isJoin }) => isJoin).map((read) => joinRelation(read, tables)),
    ],
    leftOut: [],
    areTexts: true,
    naming: (_, property) =>
      property === undefined ? 'Name its column in the mapping.' : 'The mapping copies it to `name`.',
    targets: tables.map((read) => targetOf(read, types)),
  };
}
