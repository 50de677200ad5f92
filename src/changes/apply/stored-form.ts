import neo4j from 'neo4j-driver';
import { foldText } from '../../graph/search/folding.ts';
import { edgePropertiesOf, propertiesOf } from '../../ontology/fields.ts';
import type { Kind } from '../../ontology/kinds.ts';
import type { RelationType } from '../../ontology/relations.ts';
import type { Properties, Property } from '../../ontology/vocabulary.ts';
import type { RecordState } from '../change.ts';
import { fieldOf } from '../check/check-properties.ts';
import type { RecordFields } from '../record-fields.ts';
import { inOrder } from './record-state.ts';

/** The properties of a node or a relation, as the driver takes them. */
export type StoredForm = Readonly<Record<string, unknown>>;

/** Marks records created by the seeds, because only those can be pruned. */
const seededMark = { _seeded: true };

export const isSeeded = (form: StoredForm): boolean => fieldOf(form, '_seeded') === true;

/** The node of a checked record: its id, its kind for the search, its properties and the folded form of its texts. */
export const storedEntity = (kind: Kind, record: RecordFields, seeded: boolean): StoredForm => ({
  id: fieldOf(record, 'id'),
  _kind: kind,
  ...stored(propertiesOf(kind), record),
  ...(seeded ? seededMark : {}),
});

/** The relation of a checked record: its properties, the folded form of its texts, and the ids of its sources. */
export function storedRelation(type: RelationType, record: RecordFields, seeded: boolean): StoredForm {
  const sources = fieldOf(record, 'sources');
  return {
    ...stored(edgePropertiesOf(type), Object(fieldOf(record, 'properties'))),
    ...(sources === undefined ? {} : { sources }),
    ...(seeded ? seededMark : {}),
  };
}

/** The record of an entity in a node, without its id. */
export const entityState = (kind: Kind, form: StoredForm): RecordState => stateOf(propertiesOf(kind), form);

/** The record of a relation, without its type and ends. */
export function relationState(type: RelationType, form: StoredForm): RecordState {
  const properties = stateOf(edgePropertiesOf(type), form);
  const sources = fieldOf(form, 'sources');
  return {
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...(Array.isArray(sources) ? { sources } : {}),
  };
}

/** How often an entity was changed, from 1; one that was loaded before this was counted has 1 as well. */
export const revisionOf = (form: StoredForm): number => Number(plain(fieldOf(form, '_revision') ?? 1));

function stateOf(properties: Properties, form: StoredForm): RecordState {
  const values = Object.entries(properties).flatMap(([name, { type }]) => {
    const value = fieldOf(form, name) ?? undefined;
    if (value === undefined) return [];
    return [[name, type === 'milestones' ? JSON.parse(String(value)) : value]];
  });
  return inOrder(properties, Object.fromEntries(values));
}

function stored(properties: Properties, fields: RecordFields): StoredForm {
  const form: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) {
    const value = fieldOf(fields, name);
    if (value === undefined) continue;
    form[name] = storedValue(property, value);
    if (property.type === 'text')
      form[`_${name}Folded`] = Array.isArray(value)
        ? value.map((item) => foldText(String(item)))
        : foldText(String(value));
  }
  return form;
}

function storedValue({ type, list }: Property, value: unknown): unknown {
  if (type === 'milestones') return JSON.stringify(value);
  if (type !== 'int') return value;
  return list && Array.isArray(value) ? value.map((item) => neo4j.int(item)) : neo4j.int(Number(value));
}

/** Properties that Silkgraph stores beside the record, such as the revision; imports leave them alone. */
const isKeptAside = (name: string) => name.startsWith('_') && !name.endsWith('Folded');

/**
 * The properties to set to turn the current record into `wanted`: new and changed values, and null for removed ones.
 */
export function difference(held: StoredForm, wanted: StoredForm): StoredForm {
  const changed = Object.entries(wanted).filter(([name, value]) => !isSame(fieldOf(held, name), value));
  const gone = Object.keys(held).filter((name) => !Object.hasOwn(wanted, name) && !isKeptAside(name));
  return Object.fromEntries([...changed, ...gone.map((name) => [name, null])]);
}

const isSame = (held: unknown, wanted: unknown): boolean =>
  Array.isArray(held) && Array.isArray(wanted)
    ? held.length === wanted.length && held.every((item, index) => isSame(item, wanted[index]))
    : plain(held) === plain(wanted);

const plain = (value: unknown) => (neo4j.isInt(value) || typeof value === 'bigint' ? Number(value) : value);
