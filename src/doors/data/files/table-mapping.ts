import { readFile } from 'node:fs/promises';
import { checkProperties, type FieldFault, fieldOf, isFields } from '../../../engine/changes/check/check-properties.ts';
import { didYouMean } from '../../../engine/changes/check/did-you-mean.ts';
import { quoted } from '../../../engine/changes/check/quoted.ts';
import type { RecordFields } from '../../../engine/changes/record-fields.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, Properties, RelationType } from '../../../ontology/vocabulary.ts';
import type { Fault } from '../fault.ts';
import { type CellType, cellValue, LIST_SEPARATOR } from './csv-cell.ts';

/** Origin of a value of a record: a column of the table, or a constant for all rows. */
export type ValueSource =
  | {
      readonly column: string;
      /** Replacements for the values of cells, or of the items of their lists. */
      readonly values: ReadonlyMap<string, string>;
      readonly lowerCase: boolean;
      /** Between the items of a list. */
      readonly separator: string;
    }
  | { readonly value: unknown };

/** Relations that each row of a table gives. Without `from` or `to`, that end is the entity of the row. */
export interface RelationMapping {
  readonly relation: RelationType;
  readonly from: ValueSource | undefined;
  readonly to: ValueSource | undefined;
  readonly properties: ReadonlyMap<string, ValueSource>;
  readonly sources: ValueSource | undefined;
}

/** Items of the entities in other files of an import, each with the id of its entity under `entity`. */
export type AttachedItems = 'identifiers' | 'locations';

/** How the rows of a table become records. */
export interface TableMapping {
  readonly delimiter: string;
  readonly separator: string;
  /** The kind of the entity that each row is; nothing if the rows are relations or items. */
  readonly kind: Kind | undefined;
  /** The list of an entity that each row is an item of. */
  readonly items: AttachedItems | undefined;
  /** The fields of the record of a row by name, as given by the mapping: others are columns of the same name. */
  readonly fields: ReadonlyMap<string, ValueSource>;
  /** Of a row that is an entity: the relations that it gives beside it. */
  readonly relations: readonly RelationMapping[];
  /** Type of the relation, if it is the same for all rows of a table of relations. */
  readonly relation: RelationType | undefined;
  /** Columns that give nothing. */
  readonly ignored: ReadonlySet<string>;
}

/** Mappings by the name of the file that they are for. */
export type Mappings = ReadonlyMap<string, TableMapping>;

const noMapping = {
  delimiter: ',',
  separator: LIST_SEPARATOR,
  items: undefined,
  fields: new Map(),
  relations: [],
  relation: undefined,
  ignored: new Set<string>(),
};

/** How a table without a mapping is read: its columns are named after the fields of the records. */
export const plainMapping = (
  { isKind, isRelationType }: Ontology,
  holds: Kind | 'relations' | RelationType | AttachedItems,
): TableMapping => ({
  ...noMapping,
  items: holds === 'identifiers' || holds === 'locations' ? holds : undefined,
  kind: isKind(holds) ? holds : undefined,
  relation: holds !== 'relations' && isRelationType(holds) ? holds : undefined,
});

/** Contents of a cell with the id of an entity, and of one with several ids. */
export const slugType: CellType = { type: 'enumeration', list: false };
export const slugsType: CellType = { type: 'enumeration', list: true };

/** The fields of a record of a table, with what their cells hold: the properties of a relation flat beside its ends. */
export function fieldTypesOf(
  ontology: Ontology,
  { kind, items, relation }: Pick<TableMapping, 'kind' | 'items' | 'relation'>,
): ReadonlyMap<string, CellType> {
  if (items) return new Map(Object.entries({ entity: slugType, ...ontology.fieldsOfItems(items) }));
  if (kind) return new Map(Object.entries({ id: slugType, ...ontology.propertiesOf(kind) }));
  const own = relation ? ontology.edgePropertiesOf(relation) : propertiesOfRelations(ontology);
  const sources = ontology.provenance ? { sources: slugsType } : {};
  return new Map(Object.entries({ type: slugType, from: slugType, to: slugType, ...sources, ...own }));
}

// Columns of text come last, where they may be wide.
const propertiesOfRelations = ({ relationTypes, edgePropertiesOf }: Ontology): Properties =>
  Object.fromEntries(
    relationTypes
      .flatMap((relation) => Object.entries(edgePropertiesOf(relation)))
      .sort(([, left], [, right]) => Number(left.type === 'text') - Number(right.type === 'text')),
  );

/** The same for a row, by the type of its relation: properties of different relations may have one name. */
export function fieldTypesByRow(
  ontology: Ontology,
  holds: Pick<TableMapping, 'kind' | 'items' | 'relation'>,
): (type: unknown) => ReadonlyMap<string, CellType> {
  const types = fieldTypesOf(ontology, holds);
  if (holds.items || holds.kind || holds.relation) return () => types;
  const byType = new Map<unknown, ReadonlyMap<string, CellType>>(
    ontology.relationTypes.map((relation) => [
      relation,
      new Map([...types, ...fieldTypesOf(ontology, { ...holds, relation })]),
    ]),
  );
  return (type) => byType.get(type) ?? types;
}

/** Reads a file of mappings, and adds every error in it to `faults`; invalid parts are left out. */
export async function readMappings(
  ontology: Ontology,
  path: string,
  faults: { add(fault: Fault): void },
): Promise<{ readonly mappings: Mappings; readonly bytes: Uint8Array }> {
  const nothing = { mappings: new Map(), bytes: new Uint8Array() };
  const add = (fault: FieldFault) => faults.add({ file: path, ...fault });
  const bytes = await readFile(path).catch(() => undefined);
  if (!bytes) {
    add({ expected: 'a file', found: 'nothing readable' });
    return nothing;
  }
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    add({ expected: 'valid JSON in UTF-8', found: error instanceof Error ? error.message : String(error) });
    return nothing;
  }
  if (!isFields(content)) {
    add({ expected: 'an object with one mapping per file name', found: quoted(content) });
    return nothing;
  }
  const mappings = new Map<string, TableMapping>();
  for (const [name, value] of Object.entries(content)) mappings.set(name, readTable(ontology, value, name, add));
  return { mappings, bytes };
}

type Add = (fault: FieldFault) => void;

const entityFields = ['kind', 'delimiter', 'listSeparator', 'properties', 'relations', 'ignore'];
const sourcesFields = ({ provenance }: Ontology) => (provenance ? ['sources'] : []);
const relationFields = (ontology: Ontology) => ['relation', 'from', 'to', 'properties', ...sourcesFields(ontology)];
const relationTableFields = (ontology: Ontology) => [
  ...['relation', 'delimiter', 'listSeparator', 'from', 'to', 'properties'],
  ...sourcesFields(ontology),
  'ignore',
];

function readTable(ontology: Ontology, value: unknown, at: string, add: Add): TableMapping {
  const { kindNames, propertiesOf } = ontology;
  const table = objectOf(value, at, '{ kind, properties?, relations?, … } or { relation, from?, to?, … }', add);
  const isRelation = Object.hasOwn(table, 'relation') && !Object.hasOwn(table, 'kind');
  refuseOthers(table, at, isRelation ? relationTableFields(ontology) : entityFields, add);
  const delimiter = charOf(fieldOf(table, 'delimiter'), `${at}.delimiter`, ',', add);
  const separator = charOf(fieldOf(table, 'listSeparator'), `${at}.listSeparator`, LIST_SEPARATOR, add);
  const ignored = new Set(textsOf(fieldOf(table, 'ignore'), `${at}.ignore`, add));
  const shared = { ...noMapping, delimiter, separator, ignored };

  if (isRelation) {
    const mapping = readRelation(ontology, table, at, separator, add);
    if (!mapping) return { ...shared, kind: undefined };
    const { relation, from, to, properties, sources } = mapping;
    const own = { from, to, sources };
    const given = Object.entries(own).flatMap(([name, source]) => (source ? [[name, source] as const] : []));
    return { ...shared, kind: undefined, relation, fields: new Map([...given, ...properties]) };
  }
  const kind = nameOf(table, 'kind', at, 'a kind', kindNames, add);
  if (!kind) return { ...shared, kind: undefined };
  const fields = { id: slugType, ...propertiesOf(kind) };
  const list = fieldOf(table, 'relations') ?? [];
  if (!Array.isArray(list)) add({ field: `${at}.relations`, expected: 'a list', found: quoted(list) });
  return {
    ...shared,
    kind,
    fields: readSources(ontology, fieldOf(table, 'properties'), `${at}.properties`, {
      fields,
      properties: propertiesOf(kind),
      separator,
      add,
    }),
    relations: (Array.isArray(list) ? list : []).flatMap((item: unknown, index) => {
      const place = `${at}.relations[${index}]`;
      const relation = objectOf(item, place, '{ relation, from or to, properties?, sources? }', add);
      refuseOthers(relation, place, relationFields(ontology), add);
      if (!Object.hasOwn(relation, 'from') && !Object.hasOwn(relation, 'to'))
        add({ field: place, expected: '`from` or `to`; the other end is the entity of the row', found: 'neither' });
      return readRelation(ontology, relation, place, separator, add) ?? [];
    }),
  };
}

function readRelation(
  ontology: Ontology,
  value: RecordFields,
  at: string,
  separator: string,
  add: Add,
): RelationMapping | undefined {
  const { relationTypes, edgePropertiesOf } = ontology;
  const relation = nameOf(value, 'relation', at, 'a type of relation', relationTypes, add);
  if (!relation) return undefined;
  const properties = edgePropertiesOf(relation);
  const end = (name: 'from' | 'to' | 'sources') => {
    const source = fieldOf(value, name);
    return source === undefined ? undefined : readSource(source, `${at}.${name}`, separator, add);
  };
  return {
    relation,
    from: end('from'),
    to: end('to'),
    sources: end('sources'),
    properties: readSources(ontology, fieldOf(value, 'properties'), `${at}.properties`, {
      fields: properties,
      properties,
      separator,
      add,
    }),
  };
}

interface ReadFields {
  readonly fields: Readonly<Record<string, CellType>>;
  /** Those of the fields that are properties. */
  readonly properties: Properties;
  readonly separator: string;
  readonly add: Add;
}

function readSources(
  ontology: Ontology,
  value: unknown,
  at: string,
  { fields, properties, separator, add }: ReadFields,
): ReadonlyMap<string, ValueSource> {
  const sources = new Map<string, ValueSource>();
  if (value === undefined) return sources;
  for (const [name, item] of Object.entries(objectOf(value, at, 'an object', add))) {
    const place = `${at}.${name}`;
    const type = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!type) {
      const meant = didYouMean(name, Object.keys(fields));
      add({ field: place, expected: `a property${meant ? ` (did you mean ${meant}?)` : ''}`, found: quoted(name) });
      continue;
    }
    const source = readSource(item, place, separator, add);
    if (!source) continue;
    sources.set(name, source);
    for (const fault of wrongValues(ontology, name, type, source, properties)) add({ ...fault, field: place });
  }
  return sources;
}

/** What a mapping gives that the property cannot have, found before there are rows. */
function wrongValues(
  ontology: Ontology,
  name: string,
  type: CellType,
  source: ValueSource,
  properties: Properties,
): readonly FieldFault[] {
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (!property) return [];
  const given = 'value' in source ? [source.value] : [...source.values.values()].map((text) => cellValue(type, text));
  return given.flatMap((value) =>
    value === undefined ? [] : checkProperties(ontology, { [name]: property }, { [name]: value }),
  );
}

function readSource(value: unknown, at: string, separator: string, add: Add): ValueSource | undefined {
  if (typeof value === 'string') return { column: value, values: new Map(), lowerCase: false, separator };
  const source = objectOf(value, at, 'the name of a column, { column, … } or { value }', add);
  if (Object.hasOwn(source, 'value')) {
    refuseOthers(source, at, ['value'], add);
    return { value: fieldOf(source, 'value') };
  }
  refuseOthers(source, at, ['column', 'values', 'lowerCase', 'separator'], add);
  const [column, values, lowerCase] = ['column', 'values', 'lowerCase'].map((name) => fieldOf(source, name));
  if (typeof column !== 'string') {
    if (isFields(value)) add({ field: `${at}.column`, expected: 'the name of a column', found: quoted(column) });
    return undefined;
  }
  if (lowerCase !== undefined && typeof lowerCase !== 'boolean')
    add({ field: `${at}.lowerCase`, expected: 'true or false', found: quoted(lowerCase) });
  const renamed = values === undefined ? {} : objectOf(values, `${at}.values`, 'an object of texts', add);
  for (const [name, text] of Object.entries(renamed))
    if (typeof text !== 'string') add({ field: `${at}.values.${name}`, expected: 'text', found: quoted(text) });
  return {
    column,
    values: new Map(Object.entries(renamed).map(([name, text]) => [name, String(text)])),
    lowerCase: lowerCase === true,
    separator: charOf(fieldOf(source, 'separator'), `${at}.separator`, separator, add),
  };
}

function objectOf(value: unknown, field: string, expected: string, add: Add): RecordFields {
  if (isFields(value)) return value;
  add({ field, expected, found: quoted(value) });
  return {};
}

function refuseOthers(fields: RecordFields, at: string, known: readonly string[], add: Add): void {
  for (const name of Object.keys(fields).filter((name) => !known.includes(name)))
    add({ field: `${at}.${name}`, expected: `one of ${known.join(', ')}`, found: quoted(name) });
}

function nameOf(
  fields: RecordFields,
  name: string,
  at: string,
  what: string,
  names: readonly string[],
  add: Add,
): string | undefined {
  const value = fieldOf(fields, name);
  if (typeof value === 'string' && names.includes(value)) return value;
  const meant = typeof value === 'string' ? didYouMean(value, names) : undefined;
  add({ field: `${at}.${name}`, expected: `${what}${meant ? ` (did you mean ${meant}?)` : ''}`, found: quoted(value) });
  return undefined;
}

function charOf(value: unknown, field: string, otherwise: string, add: Add): string {
  if (value === undefined) return otherwise;
  if (typeof value === 'string' && /^[^"\\\r\n]$/u.test(value) && value.length === 1 && value <= '~') return value;
  add({ field, expected: 'one ASCII character, other than a quote or backslash', found: quoted(value) });
  return otherwise;
}

function textsOf(value: unknown, field: string, add: Add): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  add({ field, expected: 'a list of texts', found: quoted(value) });
  return [];
}
