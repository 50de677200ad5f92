import type { LinkedData } from '../ontology/linked-data.ts';

/** What schema.org and other vocabularies call the parts of the graph. */
export const linkedData = {
  kinds: {
    Country: ['schema:Country'],
    CountryGroup: ['schema:Organization'],
    Lab: ['schema:ResearchOrganization'],
    Institution: ['schema:Organization'],
    Area: ['schema:DefinedTerm'],
    Platform: ['schema:Organization'],
    Program: ['schema:Project'],
    Park: ['schema:Place'],
    Event: ['schema:Event'],
    Indicator: ['schema:Observation'],
  },
  properties: {
    nameZh: { terms: ['rdfs:label'] },
    notes: { terms: ['skos:note'], language: 'en' },
    description: { terms: ['schema:description'], language: 'en' },
    definition: { terms: ['skos:definition'], language: 'en' },
    website: { terms: ['schema:url'] },
    startDate: { terms: ['schema:startDate'] },
    endDate: { terms: ['schema:endDate'] },
    'Indicator.value': { terms: ['schema:value'] },
    'Indicator.unit': { terms: ['schema:unitText'] },
  },
  relations: {
    BASED_IN: 'schema:location',
    HELD_IN: 'schema:location',
    LOCATED_IN: 'schema:containedInPlace',
    MEMBER_OF: 'schema:memberOf',
    ORGANISED_BY: 'schema:organizer',
    PART_OF: 'dcterms:isPartOf',
    UNIT_OF: 'schema:parentOrganization',
  },
  dataset: {
    title: 'Belt and Road science and technology cooperation',
    description:
      'Laboratories, institutions, platforms, programmes, parks, events and figures of science and technology cooperation along the Belt and Road, with their sources.',
    licence: '/explore/notice.txt',
  },
} as const satisfies LinkedData;
