import { isListed, type Properties, type Property } from '../../../ontology/vocabulary.ts';
import type { RecordState } from '../change.ts';
import { fieldOf, isFields } from '../check/check-properties.ts';
import { followingValue } from '../check/following-value.ts';
import type { RecordFields } from '../record-fields.ts';

/**
 * A record with given changes: `null` and an empty list remove a value, values left out remain, but for those that follow
 * from others. Unknown properties remain too, so that the check finds them.
 */
export function withGiven(properties: Properties, state: RecordState, given: RecordFields): RecordState {
  const isKept = ([name, value]: readonly [string, unknown]) => !Object.hasOwn(properties, name) || !isNothing(value);
  const named = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const left = Object.entries({ ...withoutFollowing(properties, state), ...named });
  const fields = Object.fromEntries(left.filter(isKept));
  const said = Object.fromEntries(Object.entries(named).filter(isKept));
  return inOrder(properties, { ...fields, ...followingIn(properties, fields), ...said });
}

/** The values of a record that follow from its other ones. */
const followingIn = (properties: Properties, fields: RecordFields): RecordFields =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) => {
      const { followsFrom } = property;
      const value = followsFrom === undefined ? undefined : followingValue(property, fieldOf(fields, followsFrom));
      return value === undefined ? [] : [[name, value]];
    }),
  );

/** A record with the values that follow from its other ones. Given ones stay, for the check to compare. */
export const withFollowing = (properties: Properties, fields: RecordFields): RecordFields => ({
  ...followingIn(properties, fields),
  ...fields,
});

function withoutFollowing(properties: Properties, state: RecordState): RecordFields {
  const following = followingIn(properties, state);
  return Object.fromEntries(Object.entries(state).filter(([name]) => !Object.hasOwn(following, name)));
}

const isNothing = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0);

/** The same record with its fields in the order of the ontology, so that equal records are equal texts. */
export function inOrder(properties: Properties, fields: RecordFields): RecordState {
  const known = Object.keys(properties).filter((name) => Object.hasOwn(fields, name));
  const unknown = Object.keys(fields).filter((name) => !Object.hasOwn(properties, name));
  return Object.fromEntries(
    [...known, ...unknown].map((name) => {
      const value = fieldOf(fields, name);
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return [name, property && isListed(property) ? itemsInOrder(property, value) : plainNumber(value)];
    }),
  );
}

/** The items of a list, each with its fields in that order. */
export const itemsInOrder = (property: Property, value: unknown): unknown =>
  Array.isArray(value) ? value.map((item: unknown) => itemInOrder(property, item)) : value;

function itemInOrder({ items = {} }: Property, value: unknown): unknown {
  if (!isFields(value)) return value;
  const fields = Object.keys(items);
  const names = [...fields, ...Object.keys(value).filter((name) => !fields.includes(name))];
  return Object.fromEntries(
    names.flatMap((name) => {
      const field = fieldOf(value, name) ?? undefined;
      return field === undefined ? [] : [[name, plainNumber(field)]];
    }),
  );
}

/** JSON, and so the log, knows no negative zero. */
const plainNumber = (value: unknown) => (value === 0 ? 0 : value);

export const isSameState = (left: RecordState | null, right: RecordState | null): boolean =>
  JSON.stringify(left) === JSON.stringify(right);
