import type { OntologyDefinition, Properties, Property } from '../vocabulary.ts';
import { faultsOfOptions } from './faults-of-options.ts';

const own = (all: Properties, name: unknown): Property | undefined =>
  typeof name === 'string' && Object.hasOwn(all, name) ? all[name] : undefined;

/** The mistakes in what says how precisely a number is stated. */
export function faultsOfQualification(
  owner: string,
  place: string,
  { type, list, qualified }: Property,
  all: Properties,
  { enumerations }: OntologyDefinition,
): string[] {
  if (qualified === undefined) return [];
  const faults = [
    ...faultsOfOptions(`The qualification of ${owner}`, qualified, 'qualification'),
    ...(qualified.measured ? faultsOfOptions(`The measured values of ${owner}`, qualified.measured, 'measured') : []),
  ];
  if (faults.length > 0) return faults;
  const { by, over = [], under = [], about = [], measured } = qualified;
  if (list || (type !== 'int' && type !== 'float')) faults.push(`${place} is qualified, but no single number.`);
  const other = own(all, by);
  const values = other?.enumeration === undefined ? undefined : enumerations[other.enumeration]?.values;
  if (!values || other?.list)
    return [...faults, `${place} is qualified by ${by}, which is no single enumeration of ${owner}.`];
  const named = [...over, ...under, ...about];
  for (const value of new Set(named)) {
    if (!Object.hasOwn(values, value)) faults.push(`${place} is qualified by ${value}, which is no value of ${by}.`);
    if (named.indexOf(value) !== named.lastIndexOf(value)) {
      faults.push(`${place} is qualified by ${value} twice; a value has one meaning.`);
    }
  }
  const unit = measured && own(all, measured.property);
  if (measured && (unit?.list || (unit?.type !== 'text' && unit?.type !== 'enumeration'))) {
    faults.push(`${place} is measured by ${measured.property}, which is no single text or enumeration of ${owner}.`);
  }
  return faults;
}
