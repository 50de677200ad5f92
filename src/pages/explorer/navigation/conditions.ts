import type { KindSettings } from '../../views/settings.ts';
import { settings } from '../settings/known.ts';
import type { Condition } from './address.ts';

/** What the values of a type look like, where only some can be its values. */
const forms: Readonly<Record<string, RegExp>> = {
  boolean: /^(true|false)$/,
  int: /^-?\d+$/,
  float: /^-?\d+(\.\d+)?$/,
  date: /^\d{4}(-\d\d){0,2}$/,
};

function isValueOf(type: string | undefined, value: string): boolean {
  if (type === undefined) return false;
  return settings().enumerations[type]?.includes(value) ?? forms[type]?.test(value) ?? true;
}

/** Whether entities of a kind can be narrowed by a value of a property or relation, or of what a relation leads to. */
export function isKnownCondition({ fields, list }: KindSettings, { facet, value }: Condition): boolean {
  const [name = '', property] = facet.split('.');
  const field = fields[name];
  if (!field) return property === undefined && isValueOf(list.types[name], value);
  const target = settings().kinds[field.target];
  // Which entities there are is known to the server alone.
  if (property === undefined || target?.fields[property]) return true;
  return isValueOf(field.edge[property] ?? target?.list.types[property], value);
}
