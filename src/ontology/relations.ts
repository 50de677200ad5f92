import type { Kind } from './kinds.ts';
import { date, enumeration, listOf, type RelationDefinition, required, text } from './vocabulary.ts';

const note = text('Remark of the editors on this relation.');

/** Every relation of the graph, stated once between its ends. */
export const relations = {
  PARTNERS_WITH: { from: 'Lab', to: 'Country', forward: 'partnerCountries', backward: 'labs', expected: true, description: 'The laboratory is run together with partners of the country.' },
  PARTNERS_WITH_GROUP: { from: 'Lab', to: 'CountryGroup', forward: 'partnerGroups', backward: 'labs', description: 'The laboratory is named after a region and partners with its group of countries.', properties: { note } },
  HOSTED_BY: { from: 'Lab', to: 'Institution', forward: 'institutions', backward: 'labs', expected: true, description: 'The institution hosts, leads or takes part in the laboratory.', properties: { role: enumeration('HostedByRole', 'What the institution is to the laboratory.'), side: enumeration('HostedBySide', 'On whose side it stands.'), roleNote: text('The role as sources put it.') } },
  RESEARCHES: { from: 'Lab', to: 'Area', forward: 'areas', backward: 'labs', expected: true, description: 'The laboratory works in the area.' },
  BASED_IN: { from: 'Institution', to: 'Country', forward: 'country', backward: 'institutions', toOne: true, expected: true, description: 'The institution has its seat in the country.', properties: { basis: enumeration('BasedInBasis', 'What the country rests on.'), note } },
  UNIT_OF: { from: 'Institution', to: 'Institution', forward: 'parentInstitution', backward: 'units', toOne: true, description: 'The institution is a unit of a larger one.', properties: { basis: enumeration('UnitOfBasis', 'What the parent rests on.') } },
  BROADER: { from: 'Area', to: 'Area', forward: 'broader', backward: 'narrower', hierarchical: true, description: 'The second area is broader than the first (SKOS).' },
  SERVES: { from: 'Platform', to: 'Country', forward: 'servedCountries', backward: 'platforms', description: 'Sources connect the country with the platform; not a list of members.', properties: { basis: enumeration('ServesBasis', 'Why the country counts as served.') } },
  SERVES_GROUP: { from: 'Platform', to: 'CountryGroup', forward: 'servedGroups', backward: 'platforms', description: 'The platform serves the group of countries.', properties: { basis: enumeration('ServesGroupBasis', 'Why the group counts as served.'), note, role: text('Role of the group, as sources put it.') } },
  SEATED_IN: { from: 'Platform', to: 'Country', forward: 'country', backward: 'seatedPlatforms', toOne: true, expected: true, description: 'The platform has its seat in the country.', properties: { city: text('City of the seat.') } },
  OPERATED_BY: { from: 'Platform', to: 'Institution', forward: 'operators', backward: 'platforms', expected: true, description: 'The institution operates or founded the platform.', properties: { role: text('Role of the institution, as sources put it.') } },
  BRANCH_OF: { from: 'Platform', to: 'Platform', forward: 'branchOf', backward: 'branchPlatforms', toOne: true, description: 'The platform is a branch of another.' },
  MEMBER_OF: { from: 'Country', to: 'CountryGroup', forward: 'groups', backward: 'members', description: 'The country is a member of the group.', properties: { since: date('Member since.'), until: date('Member until.'), note } },
  PARTICIPATES_IN: { from: 'Country', to: 'Program', forward: 'programs', backward: 'participants', description: 'The country takes part in the program.', properties: { since: date('Taking part since.'), until: date('Taking part until.'), status: enumeration('ParticipatesInStatus', 'How the country takes part.') } },
  COVERS: { from: 'Program', to: 'Area', forward: 'areas', backward: 'programs', description: 'The program covers the area.', properties: { basis: enumeration('CoversBasis', 'Why the area counts as covered.') } },
  PART_OF: { from: 'Program', to: 'Program', forward: 'partOf', backward: 'parts', description: 'The program is part of another.', properties: { note } },
  LED_BY: { from: 'Program', to: 'Institution', forward: 'leaders', backward: 'ledPrograms', expected: true, description: 'The institution leads or announced the program.' },
  INVOLVES_GROUP: { from: 'Program', to: 'CountryGroup', forward: 'groups', backward: 'programs', description: 'The group of countries takes part in the program.', properties: { role: enumeration('InvolvesGroupRole', 'What the group is to the program.') } },
  SUPPORTS_LAB: { from: 'Program', to: 'Lab', forward: 'labs', backward: 'programs', description: 'The program supports the laboratory.', properties: { basis: enumeration('SupportsLabBasis', 'Why the laboratory counts as supported.') } },
  SUPPORTS_PLATFORM: { from: 'Program', to: 'Platform', forward: 'platforms', backward: 'programs', description: 'The program supports the platform.', properties: { note } },
  SUPPORTS_PARK: { from: 'Program', to: 'Park', forward: 'parks', backward: 'programs', description: 'The program supports the park.', properties: { note } },
  LOCATED_IN: { from: 'Park', to: 'Country', forward: 'country', backward: 'parks', toOne: true, expected: true, description: 'The park lies in the country.' },
  BUILT_WITH: { from: 'Park', to: 'Country', forward: 'builtWith', backward: 'jointParks', description: 'The park is built together with the country.' },
  SPECIALISES_IN: { from: 'Park', to: 'Area', forward: 'areas', backward: 'parks', description: 'The park is home to industries of the area.' },
  MANAGED_BY: { from: 'Park', to: 'Institution', forward: 'managers', backward: 'managedParks', expected: true, description: 'The institution operates the park or holds shares in it.', properties: { role: text('Role of the institution, as sources put it.') } },
  HELD_IN: { from: 'Event', to: 'Country', forward: 'country', backward: 'events', toOne: true, expected: true, description: 'The event is held in the country.', properties: { city: text('City where it is held.') } },
  ORGANISED_BY: { from: 'Event', to: 'Institution', forward: 'organisers', backward: 'organisedEvents', expected: true, description: 'The institution organises the event.' },
  WITH_GROUP: { from: 'Event', to: 'CountryGroup', forward: 'groups', backward: 'events', description: 'The event is held with the group of countries.', properties: { role: enumeration('WithGroupRole', 'What the group is to the event.') } },
  ANNOUNCED: { from: 'Event', to: 'Program', forward: 'programs', backward: 'events', description: 'The program was launched, signed or opened at the event.' },
  CONCERNS: { from: 'Event', to: 'Program', forward: 'concernedPrograms', backward: 'concernedBy', description: 'The event dealt with the program.' },
  CONCERNS_PLATFORM: { from: 'Event', to: 'Platform', forward: 'concernedPlatforms', backward: 'events', description: 'The event launched or dealt with the platform.', properties: { role: enumeration('ConcernsPlatformRole', 'What the platform was at the event.') } },
  CONCERNS_LAB: { from: 'Event', to: 'Lab', forward: 'concernedLabs', backward: 'events', description: 'The event opened or named the laboratory.', properties: { role: enumeration('ConcernsLabRole', 'What the laboratory was at the event.') } },
  MEASURES: { from: 'Indicator', to: 'Program', forward: 'programs', backward: 'indicators', description: 'The figure measures the program.', properties: { note } },
  MEASURES_PLATFORM: { from: 'Indicator', to: 'Platform', forward: 'platforms', backward: 'indicators', description: 'The figure measures the platform.', properties: { note } },
  MEASURES_PARK: { from: 'Indicator', to: 'Park', forward: 'parks', backward: 'indicators', description: 'The figure measures the park.', properties: { note } },
  MEASURES_EVENT: { from: 'Indicator', to: 'Event', forward: 'events', backward: 'indicators', description: 'The figure measures the event.', properties: { note } },
  MEASURES_COUNTRY: { from: 'Indicator', to: 'Country', forward: 'countries', backward: 'indicators', description: 'The figure is about the country.', properties: { note } },
  MEASURES_GROUP: { from: 'Indicator', to: 'CountryGroup', forward: 'countryGroups', backward: 'indicators', description: 'The figure is about the group of countries.', properties: { note } },
  MEASURES_AREA: { from: 'Indicator', to: 'Area', forward: 'areas', backward: 'indicators', description: 'The figure is about the area.', properties: { note } },
  STATED_AT: { from: 'Indicator', to: 'Event', forward: 'statedAt', backward: 'statedIndicators', toOne: true, description: 'The figure was given at the event.' },
  COOPERATES_WITH: { from: 'Platform', to: 'Platform', forward: 'cooperatesWith', backward: 'cooperatesWith', symmetric: true, description: 'The platforms have an agreement or work together.', properties: { note, date: date('Date of the agreement or of the joint work.') } },
  POSSIBLY_SAME_PLATFORM_AS: { from: 'Platform', to: 'Platform', forward: 'possiblySameAs', backward: 'possiblySameAs', symmetric: true, description: 'The two platforms may be one; not merged.', properties: { note, date: date('Date of the remark.') } },
  RELATED_TO: { from: 'Program', to: 'Program', forward: 'relatedTo', backward: 'relatedTo', symmetric: true, description: 'The programs are akin.', properties: { note } },
  POSSIBLY_SAME_AS: { from: 'Lab', to: 'Lab', forward: 'possiblySameAs', backward: 'possiblySameAs', symmetric: true, description: 'The two laboratories may be one; not merged.', properties: { note } },
  CITES: { from: 'Entity', to: 'Source', forward: 'sources', backward: 'citedBy', description: 'The entity rests on the source.', properties: { supports: required(listOf(enumeration('CitesSupports', 'What the source supports in the entity.'))), note } },
} as const satisfies Record<string, RelationDefinition<Kind>>;

export type RelationType = keyof typeof relations;

export const relationTypes = Object.keys(relations) as readonly RelationType[];

export const isRelationType = (name: string): name is RelationType => Object.hasOwn(relations, name);
