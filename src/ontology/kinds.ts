import {
  boolean,
  date,
  disputed,
  doubtful,
  enumeration,
  float,
  indexed,
  int,
  type KindDefinition,
  listOf,
  milestones,
  notBefore,
  required,
  searched,
  text,
  url,
} from './vocabulary.ts';

/** Properties that every kind has. */
export const sharedProperties = {
  name: searched(indexed(required(text('English name, or the name as published.'))), 'name'),
  nameZh: searched(text('Name in Chinese.'), 'name'),
  alsoKnownAs: searched(listOf(text('Other names, spellings and abbreviations.')), 'otherName'),
  notes: listOf(text('Editorial notes.')),
  conflicts: disputed(listOf(text('Disagreements between sources, and how they were resolved.'))),
};

const kind = <const Definition extends KindDefinition>(definition: Definition) => ({
  ...definition,
  properties: { ...sharedProperties, ...definition.properties },
});

/** Every kind of entity in the graph. */
export const kinds = {
  Country: kind({
    singular: 'country',
    plural: 'countries',
    one: 'a country',
    many: 'countries',
    slugFrom: 'code',
    description: 'A country or territory. Its slug is its ISO 3166-1 alpha-2 code in lower case.',
    properties: {
      code: searched(indexed(required(text('ISO 3166-1 alpha-2 code.'))), 'otherName'),
      codeAlpha3: searched(required(text('ISO 3166-1 alpha-3 code.')), 'otherName'),
      codeNumeric: text('ISO 3166-1 numeric code, with leading zeros.'),
      officialName: searched(text('Official name in English.'), 'otherName'),
      capital: searched(text('Capital city.'), 'text'),
      region: indexed(required(enumeration('CountryRegion', 'Region by UN M49.'))),
      subregion: searched(required(text('Sub-region by UN M49.')), 'text'),
      intermediateRegion: searched(text('Intermediate region by UN M49; null if none is defined.'), 'text'),
      incomeGroup: indexed(
        enumeration('CountryIncomeGroup', 'World Bank income group, fiscal year 2026; null if unclassified.'),
      ),
      worldBankRegion: text('World Bank region.'),
      briStatus: indexed(required(enumeration('CountryBriStatus', 'Status in the Belt and Road Initiative.'))),
      briMouDate: indexed(date('Date of the memorandum of understanding, as precise as its source.')),
      briMouYear: indexed(int('Year of the memorandum of understanding.')),
      briMouDateBasis: enumeration('CountryBriMouDateBasis', 'Source of `briMouDate`.'),
      briExitDate: notBefore(
        date('Date of withdrawal from the Initiative; null if the country has not withdrawn.'),
        'briMouDate',
      ),
      briConfidence: doubtful(enumeration('Confidence', 'Confidence in the status and its date.'), 'LOW'),
    },
  }),
  CountryGroup: kind({
    singular: 'countryGroup',
    plural: 'countryGroups',
    one: 'a country group',
    many: 'country groups',
    description: 'A group of countries, such as ASEAN or the African Union.',
    properties: {
      type: indexed(required(enumeration('CountryGroupType', 'Type of country group.'))),
      memberCount: int('Number of members recorded in this dataset; compare `membership`.'),
      membership: required(enumeration('CountryGroupMembership', 'Whether all members are recorded.')),
      asOf: date('Date of the membership snapshot.'),
    },
  }),
  Lab: kind({
    singular: 'lab',
    plural: 'labs',
    one: 'a laboratory',
    many: 'laboratories',
    description:
      'A joint laboratory. Only those with the designation BELT_AND_ROAD_JOINT_LABORATORY are officially designated Belt and Road Joint Laboratories.',
    properties: {
      designation: indexed(
        required(enumeration('LabDesignation', 'Official designation, or how close the laboratory comes to it.')),
      ),
      inScope: indexed(
        required(
          boolean('Whether the laboratory is in the scope of the dataset; false for those recorded as context only.'),
        ),
      ),
      status: indexed(required(enumeration('LabStatus', 'Stage of development.'))),
      description: searched(text('Research focus, summarised by the editors.'), 'text'),
      batch: indexed(int('Number of the batch in which the laboratory was designated.')),
      yearRecognised: indexed(int('Year of designation.')),
      recognisedDate: indexed(date('Date of designation.')),
      yearBasis: enumeration('YearBasis', 'Source of `yearRecognised`.'),
      partnerRegion: searched(
        text('Partner region named in the title of the laboratory; null if it partners with countries only.'),
        'text',
      ),
      cities: searched(listOf(text('Cities where the laboratory operates.')), 'text'),
      sites: searched(listOf(text('Sites, each with its country and role.')), 'text'),
      milestones: milestones('Dated steps in the history, each with its source.'),
      firstMilestoneDate: indexed(date('Date of the earliest milestone.')),
      confidence: doubtful(indexed(required(enumeration('Confidence', 'Confidence in the record.'))), 'LOW'),
    },
  }),
  Institution: kind({
    singular: 'institution',
    plural: 'institutions',
    one: 'an institution',
    many: 'institutions',
    description: 'A university, institute, company, authority or other organisation.',
    properties: {
      type: indexed(required(enumeration('InstitutionType', 'Type of institution.'))),
      city: searched(indexed(text('City of the headquarters.')), 'text'),
      cityBasis: enumeration('InstitutionCityBasis', 'Source of `city`.'),
    },
  }),
  Area: kind({
    singular: 'area',
    plural: 'areas',
    one: 'a research area',
    many: 'research areas',
    description: 'A research area, in an editorial vocabulary ordered from broader to narrower (SKOS).',
    properties: {
      definition: searched(required(text('What the area covers.')), 'text'),
      keyArea: indexed(
        required(boolean('Whether the official press report of September 2025 lists the area as a key area.')),
      ),
      topArea: indexed(required(boolean('Whether the area has no broader one.'))),
      editorial: required(boolean('Whether the editors added the area to the vocabulary.')),
    },
  }),
  Platform: kind({
    singular: 'platform',
    plural: 'platforms',
    one: 'a platform',
    many: 'platforms',
    description: 'A technology-transfer platform: a centre, alliance or branch.',
    properties: {
      type: indexed(required(enumeration('PlatformType', 'Type of platform.'))),
      level: indexed(required(enumeration('PlatformLevel', 'Level at which the platform was set up.'))),
      description: searched(text('Activities, summarised by the editors.'), 'text'),
      regionServed: searched(text('Countries or region served, in the words of the sources.'), 'text'),
      city: searched(text('City of the headquarters.'), 'text'),
      province: searched(text('Chinese province of the headquarters; null outside China.'), 'text'),
      foundedYear: indexed(int('Year of founding.')),
      foundedDate: date('Date of founding.'),
      foundedYearMeaning: enumeration(
        'PlatformFoundedYearMeaning',
        'What `foundedYear` marks; null if it is the founding itself.',
      ),
      yearBasis: enumeration('YearBasis', 'Source of the year.'),
      status: indexed(required(enumeration('PlatformStatus', 'Stage of development.'))),
      statusAsOf: date('Date to which `status` applies.'),
      branchNames: searched(listOf(text('Names of the branches.')), 'otherName'),
      facts: searched(listOf(text('Individual facts reported by sources.')), 'text'),
      milestones: milestones('Dated steps in the history, each with its source.'),
      confidence: doubtful(indexed(required(enumeration('Confidence', 'Confidence in the record.'))), 'LOW'),
    },
  }),
  Program: kind({
    singular: 'program',
    plural: 'programs',
    one: 'a programme',
    many: 'programmes',
    description: 'A plan, initiative, action or other cooperation programme.',
    properties: {
      type: indexed(required(enumeration('ProgramType', 'Type of programme.'))),
      description: searched(required(text('Contents, summarised by the editors.')), 'text'),
      launched: indexed(date('Launch date.')),
      launchedYear: indexed(int('Launch year.')),
      ended: notBefore(date('End date; null if the programme has not ended or the date is unknown.'), 'launched'),
      status: enumeration('ProgramStatus', 'Operating status; null if unknown.'),
      statusAsOf: date('Date to which `status` applies.'),
      facts: searched(listOf(text('Individual facts reported by sources.')), 'text'),
    },
  }),
  Park: kind({
    singular: 'park',
    plural: 'parks',
    one: 'a park',
    many: 'parks',
    description: 'A science, technology, industrial or cooperation park.',
    properties: {
      type: indexed(required(enumeration('ParkType', 'Type of park.'))),
      scienceFocus: indexed(required(boolean('Whether the park focuses on science and technology.'))),
      locality: searched(text('Location within the country.'), 'text'),
      established: date('Date of establishment.'),
      establishedYear: indexed(int('Year of establishment.')),
      status: enumeration('ParkStatus', 'Operating status; null if unknown.'),
      statusAsOf: date('Date to which `status` applies.'),
    },
  }),
  Event: kind({
    singular: 'event',
    plural: 'events',
    one: 'an event',
    many: 'events',
    description: 'A conference, meeting, signing, launch or other event.',
    properties: {
      type: indexed(required(enumeration('EventType', 'Type of event.'))),
      startDate: indexed(required(date('First day.'))),
      endDate: notBefore(indexed(required(date('Last day.'))), 'startDate'),
      year: indexed(int('Year of the first day.')),
      city: searched(text('City where the event takes place.'), 'text'),
      online: required(boolean('Whether the event takes place online.')),
      status: indexed(required(enumeration('EventStatus', 'Whether the event has taken place.'))),
      attendance: searched(text('Participants, in the words of the sources.'), 'text'),
      outcomes: searched(listOf(text('Reported outcomes.')), 'text'),
    },
  }),
  Indicator: kind({
    singular: 'indicator',
    plural: 'indicators',
    one: 'an indicator',
    many: 'indicators',
    description:
      'A published figure: one value of a series at one date. Nearly all are official claims from a single source.',
    properties: {
      series: indexed(required(text('Key of the series that the figure belongs to.'))),
      label: searched(text('What the figure counts.'), 'text'),
      value: indexed(required(float('The figure, in `unit`.'))),
      unit: required(text('Unit of the figure.')),
      qualifier: required(enumeration('IndicatorQualifier', 'How precisely the source states the figure.')),
      type: indexed(required(enumeration('IndicatorType', 'Actual figure or target.'))),
      date: indexed(date('Date to which the figure applies.')),
      year: indexed(int('Year of `date`.')),
      period: text('Period covered.'),
      scope: searched(text('Subject of the figure.'), 'text'),
    },
  }),
  Source: kind({
    singular: 'source',
    plural: 'sources',
    one: 'a source',
    many: 'sources',
    description: 'A source of facts: an article, page, dataset or repository. Its `name` is the title.',
    properties: {
      publisher: searched(text('Publisher.'), 'text'),
      date: indexed(date('Date of publication.')),
      url: url('Web address. If `mirror` is true, show it as text, not as a link.'),
      repository: text('Repository that contains the source.'),
      path: text('Path in the repository.'),
      commit: text('Commit of the repository.'),
      locator: text('File number in a search index; used when the repository is unknown.'),
      licence: text('Licence; null if the source states none.'),
      language: indexed(text('Language (ISO 639 code).')),
      type: indexed(required(enumeration('SourceType', 'Type of source.'))),
      reliability: indexed(required(enumeration('Reliability', 'Reliability of the source.'))),
      reliabilityBasis: enumeration('SourceReliabilityBasis', 'How `reliability` was assessed.'),
      mirror: boolean('Whether the source is a repost, possibly on an unrelated domain.'),
      lowQuality: boolean('Whether the text is of low quality.'),
      addressMissing: boolean('Whether no web address is known.'),
      note: text('Editorial note.'),
    },
  }),
} as const satisfies Record<string, KindDefinition>;

export type Kind = keyof typeof kinds;

export const kindNames = Object.keys(kinds) as readonly Kind[];

/** The property of a kind that its slugs come from, in lower case; `undefined` if they are chosen freely. */
export const slugPropertyOf = (kind: Kind): string | undefined => {
  const { slugFrom }: KindDefinition = kinds[kind];
  return slugFrom;
};

export const isKind = (name: string): name is Kind => Object.hasOwn(kinds, name);
