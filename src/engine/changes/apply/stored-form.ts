import neo4j from 'neo4j-driver';
import { keysOfIdentifier } from '../../../ontology/identifiers.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import {
  isListed,
  type Kind,
  type Properties,
  type Property,
  type RelationType,
} from '../../../ontology/vocabulary.ts';
import { filteredItems, identifierKeys, isItemsOf, itemsOf } from '../../indexes/items.ts';
import { foldedForm } from '../../indexes/searched.ts';
import { foldText } from '../../search/folding.ts';
import type { RecordState } from '../change.ts';
import { fieldOf } from '../check/check-properties.ts';
import type { RecordFields } from '../record-fields.ts';
import { inOrder, itemsInOrder } from './record-state.ts';

/** The properties of a node or a relation, as the driver takes them. */
export type StoredForm = Readonly<Record<string, unknown>>;

/** Marks records created by the seeds, because only those can be pruned. */
export const markSeeded = (form: StoredForm): StoredForm => ({ ...form, _seeded: true });

export const isSeeded = (form: StoredForm): boolean => fieldOf(form, '_seeded') === true;

/** The node of a checked record: its id, its kind for the search, its properties and the folded form of its texts. */
export const storedEntity = ({ propertiesOf }: Ontology, kind: Kind, record: RecordFields): StoredForm => ({
  id: fieldOf(record, 'id'),
  _kind: kind,
  ...stored(propertiesOf(kind), record),
});

/** The relation of a checked record: its properties, the folded form of its texts, and the ids of its sources. */
export function storedRelation(
  { edgePropertiesOf, provenance }: Ontology,
  type: RelationType,
  record: RecordFields,
): StoredForm {
  const sources = fieldOf(record, 'sources');
  return {
    ...stored(edgePropertiesOf(type), Object(fieldOf(record, 'properties'))),
    ...(provenance && sources !== undefined ? { [provenance.property]: sources } : {}),
  };
}

/** The record of an entity in a node, without its id. */
export const entityState = ({ propertiesOf }: Ontology, kind: Kind, form: StoredForm): RecordState =>
  stateOf(propertiesOf(kind), form);

/** The record of a relation, without its type and ends. */
export function relationState(
  { edgePropertiesOf, provenance }: Ontology,
  type: RelationType,
  form: StoredForm,
): RecordState {
  const properties = stateOf(edgePropertiesOf(type), form);
  const sources = provenance ? fieldOf(form, provenance.property) : undefined;
  return {
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...(Array.isArray(sources) ? { sources } : {}),
  };
}

/** How often an entity was changed, from 1; one that was loaded before this was counted has 1 as well. */
export const revisionOf = (form: StoredForm): number => Number(plain(fieldOf(form, '_revision') ?? 1));

function stateOf(properties: Properties, form: StoredForm): RecordState {
  const values = Object.entries(properties).flatMap(([name, property]) => {
    const value = fieldOf(form, name) ?? undefined;
    if (value === undefined) return [];
    return [[name, isListed(property) ? JSON.parse(String(value)) : value]];
  });
  return inOrder(properties, Object.fromEntries(values));
}

function stored(properties: Properties, fields: RecordFields): StoredForm {
  const form: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    const value = fieldOf(fields, name);
    if (value === undefined) continue;
    form[name] = storedValue(property, value);
    if (property.items && Array.isArray(value)) Object.assign(form, storedItems(name, property, value));
    if (property.type === 'text')
      form[foldedForm(name)] = Array.isArray(value)
        ? value.map((item) => foldText(String(item)))
        : foldText(String(value));
  }
  return form;
}

/** Field by field, what the items of a list can be filtered by: lists of one length, with an empty text for nothing. */
function storedItems(name: string, property: Property, items: readonly RecordFields[]): StoredForm {
  const lists = filteredItems(property).flatMap(([field, { type }]) => {
    const values = items.map((item) => fieldOf(item, field) ?? '');
    const list = itemsOf(name, field);
    return type === 'text'
      ? [[list, values] as const, [foldedForm(list.slice(1)), values.map((value) => foldText(String(value)))] as const]
      : [[list, values] as const];
  });
  if (property.type !== 'identifiers') return Object.fromEntries(lists);
  const keys = items.flatMap((item) =>
    keysOfIdentifier({ scheme: String(fieldOf(item, 'scheme')), value: String(fieldOf(item, 'value')) }),
  );
  return { ...Object.fromEntries(lists), [identifierKeys]: [...new Set(keys)] };
}

function storedValue(property: Property, value: unknown): unknown {
  const { type, list } = property;
  if (isListed(property)) return JSON.stringify(itemsInOrder(property, value));
  if (type !== 'int') return value;
  return list && Array.isArray(value) ? value.map((item) => neo4j.int(item)) : neo4j.int(Number(value));
}

/**
 * The properties to set to turn a stored record into `wanted`: new and changed values, and null for removed ones. What the
 * ontology does not know stays.
 */
function difference(
  properties: Properties,
  held: StoredForm,
  wanted: StoredForm,
  isKnown: (property: string) => boolean = () => false,
): StoredForm {
  const isEqual = (name: string, value: unknown) => {
    const before = fieldOf(held, name);
    return isSame(before, value) || isSameList(properties[name], before, value);
  };
  const changed = Object.entries(wanted).filter(([name, value]) => !isEqual(name, value));
  // What is made of other properties is Silkgraph's own, whatever it was made of.
  const isOurs = (name: string) =>
    /^_\w+Folded$/.test(name) || isOfItems(properties, name) || Object.hasOwn(properties, name) || isKnown(name);
  const removed = Object.keys(held).filter((name) => !Object.hasOwn(wanted, name) && isOurs(name));
  return Object.fromEntries([...changed, ...removed.map((name) => [name, null])]);
}

/** Whether it is made of the items of a list, of a trait that the ontology may have no longer. */
const isOfItems = (properties: Properties, stored: string) =>
  stored === identifierKeys ||
  [...Object.keys(properties).filter((name) => properties[name]?.items), 'identifiers', 'locations'].some((name) =>
    isItemsOf(name, stored),
  );

/** What to set to turn a stored entity into another. */
export function entityDifference(
  { propertiesOf }: Ontology,
  kind: Kind,
  held: StoredForm,
  wanted: StoredForm,
): StoredForm {
  return difference(propertiesOf(kind), held, wanted);
}

/** What to set to turn a stored relation into another, with its own sources. */
export function relationDifference(
  { edgePropertiesOf, provenance }: Ontology,
  type: RelationType,
  held: StoredForm,
  wanted: StoredForm,
): StoredForm {
  return difference(edgePropertiesOf(type), held, wanted, (name) => name === provenance?.property);
}

/** Whether two texts are the same list, whatever the order in which the fields of its items were written. */
const isSameList = (property: Property | undefined, held: unknown, wanted: unknown): boolean =>
  property !== undefined &&
  isListed(property) &&
  typeof held === 'string' &&
  storedValue(property, JSON.parse(held)) === wanted;

const isSame = (held: unknown, wanted: unknown): boolean =>
  Array.isArray(held) && Array.isArray(wanted)
    ? held.length === wanted.length && held.every((item, index) => isSame(item, wanted[index]))
    : plain(held) === plain(wanted);

function plain(value: unknown): unknown {
  if (typeof value === 'string') return value;
  return neo4j.isInt(value) || typeof value === 'bigint' ? Number(value) : value;
}

/** The same value with the numbers of JavaScript, as reads return it. */
export const plainValue = (value: unknown): unknown => (Array.isArray(value) ? value.map(plain) : plain(value));

/** The same form with such values. */
export const plainForm = (form: StoredForm): StoredForm =>
  Object.fromEntries(Object.entries(form).map(([name, value]) => [name, plainValue(value)]));
