import type { RecordState } from '../../engine/changes/change.ts';
import { isFields } from '../../engine/changes/check/check-properties.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, Properties, Property, RelationType } from '../../ontology/vocabulary.ts';

const javaScriptTypes: Readonly<Record<Property['type'], 'string' | 'number' | 'boolean' | 'object'>> = {
  ...{ text: 'string', url: 'string', date: 'string', enumeration: 'string' },
  ...{ int: 'number', float: 'number', boolean: 'boolean' },
  ...{ milestones: 'object', identifiers: 'object', locations: 'object' },
};

function isOfType({ enumeration: enumerationOf }: Ontology, { type, enumeration }: Property, value: unknown): boolean {
  if (typeof value !== javaScriptTypes[type]) return false;
  if (type === 'int') return Number.isInteger(value);
  return enumeration === undefined || Object.hasOwn(enumerationOf(enumeration).values, String(value));
}

function fits(ontology: Ontology, property: Property, value: unknown): boolean {
  const isList = property.list || javaScriptTypes[property.type] === 'object';
  if (!isList) return isOfType(ontology, property, value);
  return Array.isArray(value) && value.every((item) => isOfType(ontology, property, item));
}

const fittingFields = (ontology: Ontology, properties: Properties, fields: RecordState): RecordState =>
  Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return property === undefined || fits(ontology, property, value);
    }),
  );

/** What of an entity's state in the log is of the types that its kind has today: the ontology may have changed since. */
export const fittingEntity = (ontology: Ontology, kind: Kind, state: RecordState): RecordState =>
  fittingFields(ontology, ontology.propertiesOf(kind), state);

/** The same of a relation. */
export const fittingRelation = (ontology: Ontology, type: RelationType, state: RecordState): RecordState =>
  isFields(state.properties)
    ? { ...state, properties: fittingFields(ontology, ontology.edgePropertiesOf(type), state.properties) }
    : state;
