import {
  isListed,
  type OntologyDefinition,
  type Properties,
  type Property,
  type SearchedAs,
  type ValueType,
} from '../vocabulary.ts';
import { faultsOfQualification } from './check-qualification.ts';
import { faultsOfOptions } from './faults-of-options.ts';
import { faultOfName } from './name-shapes.ts';

const valueTypes = {
  ...{ text: true, int: true, float: true, boolean: true, date: true, url: true, enumeration: true },
  ...{ milestones: true, identifiers: true, locations: true },
} satisfies Readonly<Record<ValueType, true>>;

const waysOfSearch = { name: true, otherName: true, category: true, text: true } satisfies Readonly<
  Record<SearchedAs, true>
>;

/** What a property of each type can follow from. */
const sourceTypes: Readonly<Partial<Record<ValueType, ValueType>>> = { int: 'date', date: 'milestones' };

/** The mistakes in one property. */
export function faultsOfProperty(
  owner: string,
  name: string,
  all: Properties,
  definition: OntologyDefinition,
): string[] {
  const property = all[name] as Property;
  const { type, list, enumeration, searched, notBefore, followsFrom, followsFromType, doubtful, occasional, required } =
    property;
  const { description, expectedWith, timeOf } = property;
  const place = `The property ${name} of ${owner}`;
  const faults: string[] = faultsOfOptions(place, property, 'property');
  const fault = faultOfName(name, 'camelCase');
  if (fault) faults.push(`${place} ${fault}.`);
  if (description.trim() === '') faults.push(`${place} has no description.`);
  const values = enumeration === undefined ? undefined : definition.enumerations[enumeration]?.values;
  if ((type === 'enumeration') !== (enumeration !== undefined)) {
    faults.push(`${place} needs both the type \`enumeration\` and the name of one in \`enumeration\`, or neither.`);
  }
  if (enumeration !== undefined && !values) faults.push(`${place} has the unknown enumeration ${enumeration}.`);
  if (!Object.hasOwn(valueTypes, type)) {
    faults.push(`${place} has the unknown type ${type}. It can be ${Object.keys(valueTypes).join(', ')}.`);
  }
  if (searched !== undefined && !Object.hasOwn(waysOfSearch, searched)) {
    faults.push(`${place} is searched as ${searched}; it can be ${Object.keys(waysOfSearch).join(', ')}.`);
  } else if (searched !== undefined && type !== 'text' && !(searched === 'category' && type === 'enumeration')) {
    faults.push(`${place} is searched, but no text.`);
  }
  if (timeOf !== undefined && (list || (type !== 'date' && type !== 'int'))) {
    faults.push(`${place} is the time of something; it must be a single date or a year.`);
  }
  if (list && type === 'milestones') faults.push(`${place} is a list of milestones, which are a list already.`);
  if (type === 'identifiers' || type === 'locations') {
    faults.push(`${place} is ${type}, which every kind has where the ontology says \`${type}\`.`);
  }
  if (notBefore !== undefined && ![property, all[notBefore]].every((each) => each?.type === 'date' && !each.list)) {
    faults.push(`${place} is not before ${notBefore}; both must be single dates of ${owner}.`);
  }
  if (followsFrom !== undefined && required) {
    faults.push(`${place} is required and follows from ${followsFrom}; only that one can be required.`);
  }
  const source = followsFrom === undefined ? undefined : all[followsFrom];
  const isPlain = source !== undefined && !source.list && source.followsFrom === undefined;
  if (followsFrom !== undefined && (list || !isPlain || sourceTypes[type] !== source.type)) {
    faults.push(
      `${place} follows from ${followsFrom}; a whole number can follow from a date of ${owner} that follows from nothing itself, and a date from milestones.`,
    );
  }
  const steps = definition.milestones && definition.enumerations[definition.milestones.type]?.values;
  if (followsFromType !== undefined && !(type === 'date' && steps && Object.hasOwn(steps, followsFromType))) {
    faults.push(`${place} follows from milestones of the type ${followsFromType}, which they do not have.`);
  }
  if (doubtful !== undefined && !(values && Object.hasOwn(values, doubtful))) {
    faults.push(`${place} is doubtful at ${doubtful}, which is no value of ${enumeration ?? 'an enumeration'}.`);
  }
  if (required && occasional) faults.push(`${place} is both required and occasional.`);
  faults.push(...faultsOfQualification(owner, place, property, all, definition));
  if (expectedWith !== undefined) faults.push(...faultsOfExpectation(owner, place, property, all, definition));
  return faults;
}

/** The mistakes in what a property says of the records that have it. */
function faultsOfExpectation(
  owner: string,
  place: string,
  { required, occasional, list, expectedWith }: Property,
  all: Properties,
  { enumerations }: OntologyDefinition,
): string[] {
  const { property: name, values } = { property: undefined, values: undefined, ...expectedWith };
  const other = typeof name === 'string' && Object.hasOwn(all, name) ? all[name] : undefined;
  if (!other || other.list || isListed(other) || !Array.isArray(values)) {
    return [`${place} is expected with ${name}, which is no single value of ${owner}.`];
  }
  const known = other.enumeration === undefined ? undefined : enumerations[other.enumeration]?.values;
  const isValue = (value: unknown) =>
    other.type === 'boolean' ? typeof value === 'boolean' : known && Object.hasOwn(known, String(value));
  return [
    ...(required || occasional || list
      ? [`${place} is expected with ${name}, so it can be neither required, occasional nor a list.`]
      : []),
    ...values
      .filter((value) => !isValue(value))
      .map((value) => `${place} is expected with ${value}, which is no value of ${name}.`),
  ];
}
