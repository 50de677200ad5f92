import { checksums } from '../identifiers.ts';
import type { OntologyDefinition } from '../vocabulary.ts';
import { entries } from './entries.ts';
import { faultsOfOptions } from './faults-of-options.ts';

/** A web address with a place for an identifier. */
const isTemplate = /^https?:\/\/.*\{value\}/;

/** Mistakes in what an ontology says of identifiers, places and milestones. `fieldsOf` are the relations of a kind, by field. */
export function faultsOfTraits(
  definition: OntologyDefinition,
  fieldsOf: (kind: string) => readonly (readonly [field: string, type: string])[],
): string[] {
  const { enumerations, identifiers, locations, milestones } = definition;
  const known = (name: string | undefined, what: string) =>
    name === undefined || enumerations[name] ? [] : [`The ${what} is the unknown enumeration ${name}.`];
  const needed = (name: unknown, trait: string, option: string) =>
    typeof name === 'string' ? [] : [`The trait \`${trait}\` needs \`${option}\`, the name of an enumeration.`];
  const taken = (trait: string) =>
    entries({ every: { properties: definition.sharedProperties }, ...definition.kinds }).flatMap(
      ([kind, { properties }]) =>
        Object.hasOwn(properties, trait) || (kind !== 'every' && fieldsOf(kind).some(([name]) => name === trait))
          ? [
              `The field ${trait} of ${kind === 'every' ? 'every kind' : kind} is a name that the trait \`${trait}\` uses.`,
            ]
          : [],
    );
  const schemes = identifiers ? Object.keys(enumerations[identifiers.scheme]?.values ?? {}) : [];
  return [
    ...(identifiers
      ? [
          ...faultsOfOptions('The trait `identifiers`', identifiers, 'identification'),
          ...needed(identifiers.scheme, 'identifiers', 'scheme'),
          ...known(identifiers.scheme, '`scheme` of identifiers'),
          ...known(identifiers.certainty, '`certainty` of identifiers'),
          ...taken('identifiers'),
          ...entries(identifiers.schemes ?? {}).flatMap(([name, scheme]) => [
            ...(schemes.includes(name) ? [] : [`The scheme ${name} is no value of ${identifiers.scheme}.`]),
            ...faultsOfOptions(`The scheme ${name}`, scheme, 'scheme'),
            ...([scheme.address ?? [], scheme.otherAddresses ?? []].flat().every((one) => isTemplate.test(one))
              ? []
              : [`The address of the scheme ${name} must be a web address with {value} for the identifier.`]),
            ...(scheme.pattern === undefined || (scheme.pattern instanceof RegExp && !/[gy]/.test(scheme.pattern.flags))
              ? []
              : [`The pattern of the scheme ${name} must be a regular expression without the flags g and y.`]),
            ...(scheme.checksum === undefined || Object.hasOwn(checksums, scheme.checksum)
              ? []
              : [`The checksum of the scheme ${name} must be ${Object.keys(checksums).join(' or ')}.`]),
          ]),
        ]
      : []),
    ...(locations
      ? [
          ...faultsOfOptions('The trait `locations`', locations, 'positioning'),
          ...needed(locations.precision, 'locations', 'precision'),
          ...known(locations.precision, '`precision` of locations'),
          ...known(locations.side, '`side` of locations'),
          ...taken('locations'),
        ]
      : []),
    ...(milestones
      ? [
          ...faultsOfOptions('The trait `milestones`', milestones, 'steps'),
          ...needed(milestones.type, 'milestones', 'type'),
          ...known(milestones.type, '`type` of milestones'),
        ]
      : []),
  ];
}
