import neo4j, { type Integer } from 'neo4j-driver';
import { BackupRefused } from './backup-refused.ts';

/** A value of a property in JSON. Texts, booleans and lists stand for themselves, all others say what they are. */
export type StoredValue = string | boolean | readonly StoredValue[] | Readonly<Record<string, unknown>>;

/** Types of Neo4j with fields, in the order in which they are made of them. */
const types = {
  date: { is: neo4j.isDate, fields: ['year', 'month', 'day'], make: neo4j.types.Date },
  dateTime: {
    is: neo4j.isDateTime,
    fields: [
      ...['year', 'month', 'day', 'hour', 'minute', 'second', 'nanosecond'],
      ...['timeZoneOffsetSeconds', 'timeZoneId'],
    ],
    make: neo4j.types.DateTime,
  },
  localDateTime: {
    is: neo4j.isLocalDateTime,
    fields: ['year', 'month', 'day', 'hour', 'minute', 'second', 'nanosecond'],
    make: neo4j.types.LocalDateTime,
  },
  time: {
    is: neo4j.isTime,
    fields: ['hour', 'minute', 'second', 'nanosecond', 'timeZoneOffsetSeconds'],
    make: neo4j.types.Time,
  },
  localTime: { is: neo4j.isLocalTime, fields: ['hour', 'minute', 'second', 'nanosecond'], make: neo4j.types.LocalTime },
  duration: { is: neo4j.isDuration, fields: ['months', 'days', 'seconds', 'nanoseconds'], make: neo4j.types.Duration },
  point: { is: neo4j.isPoint, fields: ['srid', 'x', 'y', 'z'], make: neo4j.types.Point },
} as const;

const typeNames = Object.keys(types) as readonly (keyof typeof types)[];

/** The value of a property, read without loss, as JSON. @throws BackupRefused for one that is of no known type */
export function toStored(value: unknown): StoredValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return { float: String(value) };
  if (Array.isArray(value)) return value.map(toStored);
  const given = value as object;
  if (neo4j.isInt(given)) return { int: (given as Integer).toString() };
  const name = typeNames.find((each) => types[each].is(given));
  if (!name) {
    throw new BackupRefused('The database has values, such as bytes, that a backup cannot hold. Use neo4j-admin dump.');
  }
  const fields = given as Readonly<Record<string, unknown>>;
  return { [name]: types[name].fields.map((field) => (fields[field] === undefined ? null : partOf(fields[field]))) };
}

/** Fields are whole numbers, but for the coordinates of points and the names of time zones. */
const partOf = (field: unknown): StoredValue | null => (field === null ? null : toStored(field));

/** The value of a property, as the driver takes it. @throws BackupRefused */
export function fromStored(value: StoredValue): unknown {
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(fromStored);
  const [[name = '', content] = []] = Object.entries(value);
  if (name === 'int' && typeof content === 'string') return neo4j.int(content);
  if (name === 'float' && typeof content === 'string') return Number(content);
  const type = typeNames.find((each) => each === name);
  if (!type || !Array.isArray(content)) throw new BackupRefused(`The backup has a value of the unknown type ${name}.`);
  const fields = content.map((field: StoredValue | null) => (field === null ? undefined : fromStored(field)));
  return Reflect.construct(types[type].make, fields);
}

/** All properties of a record, one way and the other. */
export const toStoredProperties = (properties: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, toStored(value)]));

export const fromStoredProperties = (properties: Readonly<Record<string, StoredValue>>) =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, fromStored(value)]));
