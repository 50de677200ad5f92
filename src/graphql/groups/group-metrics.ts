import type { Metric } from '../../engine/groups/group-metrics.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { date, float, int, type Kind, type Property } from '../../ontology/vocabulary.ts';
import { badUserInput } from '../errors.ts';
import { nameOfMany } from '../names.ts';
import { distinctColumn, measureColumn } from './group-columns.ts';
import { groupKeys, type KeyInput, parseKey } from './group-keys.ts';
import { inputOfKind } from './input-of-kind.ts';

/** Aggregate functions of numbers and of dates. */
export const measureNames = ['min', 'max', 'avg', 'sum'] as const;
export const dateNames = { earliest: 'min', latest: 'max' } as const;

/** What a metric can be taken of. */
export type Measured = 'number' | 'date';

const types: Readonly<Record<Measured, readonly Property['type'][]>> = { number: ['int', 'float'], date: ['date'] };

/** The single-value properties of a kind that are numbers, or dates. */
export const measuredBy = ({ propertiesOf }: Ontology, kind: Kind, of: Measured): ReadonlyMap<string, Property> =>
  new Map(Object.entries(propertiesOf(kind)).filter(([, { type, list }]) => !list && types[of].includes(type)));

/** A metric, the property that conditions treat it as, and whether a group may lack it. */
export interface MetricOption {
  readonly column: string;
  readonly metric: Metric;
  readonly property: Property;
  readonly nullable: boolean;
}

/** A property that the grouped kind has. @throws GraphQLError BAD_USER_INPUT with the names that it has */
export function checkedProperty(ontology: Ontology, kind: Kind, of: Measured, name: string): Property {
  const known = measuredBy(ontology, kind, of);
  const property = known.get(name);
  if (property) return property;
  const names = [...known.keys()].map(constantCase).join(', ');
  throw badUserInput(
    `${constantCase(name)} is not a ${of} of ${nameOfMany(ontology, kind)}. ${names === '' ? `They have no ${of}s.` : `Their ${of}s are ${names}.`}`,
  );
}

/** A key that ends where it begins is a key of the kind itself, which is read without following anything. */
function distinctOf(ontology: Ontology, kind: Kind, key: KeyInput): Metric {
  const parsed = parseKey(ontology, kind, key);
  const [[name, operand] = [], ...others] = Object.entries(key).filter(([, value]) => (value ?? null) !== null);
  const own = name === 'by' && others.length === 0 ? groupKeys(ontology, kind).get(String(operand)) : undefined;
  return { measure: 'distinct', of: own?.source ?? parsed.source };
}

/**
 * A metric of groups of a kind by its name and what it is of: a property, or a key under the name of the kind.
 * @throws GraphQLError BAD_USER_INPUT on a property or a key that the kind does not have
 */
export function metricOf(ontology: Ontology, kind: Kind, name: string, of: unknown): MetricOption {
  if (name === 'count') {
    return { column: name, metric: { measure: 'count' }, property: int('Entities.'), nullable: false };
  }
  if (name === 'distinct') {
    const metric = distinctOf(ontology, kind, inputOfKind<KeyInput>(ontology, kind, of, '`distinct`'));
    return { column: distinctColumn(of as object), metric, property: int('Values.'), nullable: false };
  }
  const column = measureColumn(name, of);
  if (Object.hasOwn(dateNames, name)) {
    checkedProperty(ontology, kind, 'date', String(of));
    const measure = dateNames[name as keyof typeof dateNames];
    return { column, metric: { measure, property: String(of) }, property: date('A date.'), nullable: true };
  }
  const { type } = checkedProperty(ontology, kind, 'number', String(of));
  const measure = name as (typeof measureNames)[number];
  const metric: Metric =
    measure === 'min' || measure === 'max'
      ? { measure, property: String(of) }
      : { measure, property: String(of), float: type === 'float' };
  return { column, metric, property: float('A measure.'), nullable: measure !== 'sum' };
}
