import type {
  Enumeration,
  Identification,
  ListedType,
  OntologyDefinition,
  Positioning,
  Properties,
  Property,
} from './vocabulary.ts';
import { closedSet, date, enumeration, float, indexed, required, text, url } from './vocabulary.ts';

/** How far an identifier is that of its entity, after SKOS. */
export const IDENTIFIER_MATCH = 'IdentifierMatch';

const identifierMatch = closedSet('How far an identifier is that of its entity (SKOS).', {
  EXACT: 'It identifies the very same thing (`skos:exactMatch`).',
  CLOSE: 'It identifies something similar, or of which the entity is a part (`skos:closeMatch`).',
});

const listed = (type: 'identifiers' | 'locations', description: string, items: Properties): Property => ({
  ...{ type, description, items },
  ...{ required: false, list: false, indexed: false },
});

const identifiers = ({ scheme, certainty }: Identification): Property =>
  listed('identifiers', 'Identifiers in other systems.', {
    scheme: indexed(required(enumeration(scheme, 'System that gives the identifier.'))),
    value: indexed(required(text('The identifier, without its address.'))),
    url: url('Address of the identifier; null if its scheme has none.'),
    match: indexed(required(enumeration(IDENTIFIER_MATCH, 'Whether it identifies the very same thing.'))),
    ...(certainty === undefined ? {} : { certainty: indexed(enumeration(certainty, 'How certain the match is.')) }),
    rule: text('How the match was made.'),
  });

const locations = ({ precision, side }: Positioning): Property =>
  listed('locations', 'Places on the map, in WGS 84.', {
    latitude: indexed(required(float('Latitude in degrees, from -90 (south) to 90 (north).'))),
    longitude: indexed(required(float('Longitude in degrees, from -180 (west) to 180 (east).'))),
    precision: indexed(required(enumeration(precision, 'What the coordinates are the middle of.'))),
    place: indexed(text('Name of the place.')),
    ...(side === undefined ? {} : { side: indexed(enumeration(side, 'Whose place it is; null if there is one.')) }),
    geonames: text('Identifier of the place at GeoNames.'),
    source: text('Data set that the coordinates come from.'),
  });

/** The fields of a milestone: a dated step, and its source where the graph has sources. */
const fieldsOfMilestones = ({ provenance, milestones }: OntologyDefinition): Properties => ({
  date: indexed(date('Date of the step, as precise as its source; null if unknown.')),
  ...(milestones && { type: indexed(enumeration(milestones.type, 'Type of step.')) }),
  text: indexed(required(text('What happened, summarised by the editors.'))),
  ...(provenance && { source: text('Source of the step; null if none is recorded.') }),
});

/** The properties of an owner, of which milestones have the fields of their items. */
export function withMilestones(definition: OntologyDefinition, properties: Properties): Properties {
  if (!Object.values(properties).some(({ type }) => type === 'milestones')) return properties;
  const items = fieldsOfMilestones(definition);
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [
      name,
      property.type === 'milestones' ? { ...property, items } : property,
    ]),
  );
}

/** The fields of an item of a list, whichever property it is of. */
export const fieldsOfItems = (definition: OntologyDefinition, type: ListedType): Properties =>
  type === 'milestones' ? fieldsOfMilestones(definition) : (propertiesOfTraits(definition)[type]?.items ?? {});

/** The enumerations of a graph, with those that its traits bring. */
export const enumerationsWithTraits = (definition: OntologyDefinition): Readonly<Record<string, Enumeration>> =>
  definition.identifiers
    ? { ...definition.enumerations, [IDENTIFIER_MATCH]: identifierMatch }
    : definition.enumerations;

/** The properties that the traits of a graph give to every kind. */
export const propertiesOfTraits = (definition: OntologyDefinition): Properties => ({
  ...(definition.identifiers ? { identifiers: identifiers(definition.identifiers) } : {}),
  ...(definition.locations ? { locations: locations(definition.locations) } : {}),
});
