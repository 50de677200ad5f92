import {
  boolean,
  date,
  disputed,
  doubtful,
  enumeration,
  expectedWith,
  float,
  followsFrom,
  indexed,
  inLanguage,
  int,
  type KindDefinition,
  listOf,
  milestones,
  notBefore,
  occasional,
  type Property,
  qualified,
  required,
  searched,
  text,
  timeOf,
  url,
} from '../ontology/vocabulary.ts';

/** Properties that every kind has. */
export const sharedProperties = {
  name: searched(indexed(required(text('English name, or the name as published.'))), 'name'),
  nameZh: inLanguage(searched(text('Name in Chinese; `nameZhBasis` says whose.'), 'name'), 'zh-Hans'),
  nameZhBasis: expectedWith(enumeration('NameBasis', 'Where the Chinese name comes from.'), 'nameZh'),
  alsoKnownAs: searched(listOf(text('Other names, spellings and abbreviations.')), 'otherName'),
  notes: listOf(text('Editorial notes.')),
  conflicts: disputed(listOf(text('Disagreements between sources, and how they were resolved.'))),
};

/** Countries that have signed the memorandum, or are said to have, should have the property. */
const ofSignatories = <P extends Property>(property: P) =>
  expectedWith(property, 'briStatus', 'PARTICIPANT', 'PARTICIPANT_UNCONFIRMED', 'WITHDRAWN');

/** Officially designated laboratories should have the property. */
const ofDesignated = <P extends Property>(property: P) =>
  expectedWith(property, 'designation', 'BELT_AND_ROAD_JOINT_LABORATORY');

// What happened at a date, in the words of questions.
const signed = <P extends Property>(property: P) => timeOf(property, 'signed', 'joined', '签署', '加入');
const recognised = <P extends Property>(property: P) =>
  timeOf(property, ...['recognised', 'recognized', 'designated', 'approved', '认定', '获批', '批准']);
const founded = <P extends Property>(property: P) =>
  timeOf(property, ...['founded', 'established', 'built', '成立', '建立', '设立']);
const opened = <P extends Property>(property: P) =>
  timeOf(property, ...['opened', 'unveiled', 'inaugurated', 'founded', '揭牌', '成立', '启用']);
const launched = <P extends Property>(property: P) =>
  timeOf(property, ...['launched', 'started', 'announced', 'signed', '启动', '发起', '签署']);
const held = <P extends Property>(property: P) => timeOf(property, 'held', '举行', '召开', '举办');

const kind = <const Definition extends KindDefinition>(definition: Definition) => definition;

/** Every kind of entity in the graph. */
export const kinds = {
  Country: kind({
    singular: 'country',
    plural: 'countries',
    one: 'a country',
    many: 'countries',
    alsoCalled: ['国家'],
    searchFacet: true,
    slugFrom: 'code',
    description: 'A country or territory. Its slug is its ISO 3166-1 alpha-2 code in lower case.',
    properties: {
      code: searched(indexed(required(text('ISO 3166-1 alpha-2 code.'))), 'otherName'),
      codeAlpha3: searched(required(text('ISO 3166-1 alpha-3 code.')), 'otherName'),
      codeNumeric: text('ISO 3166-1 numeric code, with leading zeros.'),
      officialName: searched(text('Official name in English.'), 'otherName'),
      capital: searched(text('Capital city.'), 'text'),
      region: searched(indexed(required(enumeration('CountryRegion', 'Region by UN M49.'))), 'category'),
      subregion: searched(required(text('Sub-region by UN M49.')), 'category'),
      intermediateRegion: occasional(
        searched(text('Intermediate region by UN M49; null if none is defined.'), 'category'),
      ),
      incomeGroup: indexed(
        enumeration('CountryIncomeGroup', 'World Bank income group, fiscal year 2026; null if unclassified.'),
      ),
      worldBankRegion: text('World Bank region.'),
      briStatus: indexed(required(enumeration('CountryBriStatus', 'Status in the Belt and Road Initiative.'))),
      briMouDate: ofSignatories(
        signed(indexed(date('Date of the memorandum of understanding, as precise as its source.'))),
      ),
      briMouYear: ofSignatories(
        followsFrom(signed(indexed(int('Year of the memorandum of understanding.'))), 'briMouDate'),
      ),
      briMouDateBasis: expectedWith(enumeration('CountryBriMouDateBasis', 'Source of `briMouDate`.'), 'briMouDate'),
      briExitDate: occasional(
        notBefore(
          timeOf(
            date('Date of withdrawal from the Initiative; null if the country has not withdrawn.'),
            ...['left', 'withdrew', 'withdrawn', '退出'],
          ),
          'briMouDate',
        ),
      ),
      briConfidence: doubtful(enumeration('Confidence', 'Confidence in the status and its date.'), 'LOW'),
    },
  }),
  CountryGroup: kind({
    singular: 'countryGroup',
    plural: 'countryGroups',
    one: 'a country group',
    many: 'country groups',
    alsoCalled: ['国家集团', '区域组织'],
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
    alsoCalled: ['joint laboratory', 'joint lab', '联合实验室', '实验室'],
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
      batch: ofDesignated(indexed(int('Number of the batch in which the laboratory was designated.'))),
      yearRecognised: ofDesignated(
        followsFrom(
          recognised(
            indexed(
              int('Year of designation. For some laboratories only the year is known: count by it, not by the date.'),
            ),
          ),
          'recognisedDate',
        ),
      ),
      recognisedDate: ofDesignated(
        recognised(indexed(date('Date of designation; null if only `yearRecognised` is known, or neither.'))),
      ),
      yearBasis: expectedWith(enumeration('YearBasis', 'Source of `yearRecognised`.'), 'yearRecognised'),
      partnerRegion: occasional(
        searched(
          text('Partner region named in the title of the laboratory; null if it partners with countries only.'),
          'text',
        ),
      ),
      cities: searched(listOf(text('Cities where the laboratory operates.')), 'text'),
      sites: searched(listOf(text('Sites, each with its country and role.')), 'text'),
      milestones: milestones('Dated steps in the history, each with its source.'),
      firstMilestoneDate: followsFrom(timeOf(indexed(date('Date of the earliest milestone.'))), 'milestones'),
      openedDate: followsFrom(
        expectedWith(opened(indexed(date('Date of the earliest milestone that opened it.'))), 'status', 'ESTABLISHED'),
        'milestones',
        'OPENED',
      ),
      confidence: doubtful(indexed(required(enumeration('Confidence', 'Confidence in the record.'))), 'LOW'),
    },
  }),
  Institution: kind({
    singular: 'institution',
    plural: 'institutions',
    one: 'an institution',
    many: 'institutions',
    alsoCalled: ['organisation', 'organization', '机构'],
    description: 'A university, institute, company, authority or other organisation.',
    properties: {
      type: indexed(required(enumeration('InstitutionType', 'Type of institution.'))),
      city: searched(indexed(text('City of the headquarters.')), 'text'),
      cityBasis: expectedWith(enumeration('InstitutionCityBasis', 'Source of `city`.'), 'city'),
      website: url('Website.'),
    },
  }),
  Area: kind({
    singular: 'area',
    plural: 'areas',
    one: 'a research area',
    many: 'research areas',
    alsoCalled: ['field', '领域'],
    searchFacet: true,
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
    alsoCalled: ['technology-transfer platform', '平台'],
    description: 'A technology-transfer platform: a centre, alliance or branch.',
    properties: {
      type: indexed(required(enumeration('PlatformType', 'Type of platform.'))),
      level: indexed(required(enumeration('PlatformLevel', 'Level at which the platform was set up.'))),
      description: searched(text('Activities, summarised by the editors.'), 'text'),
      regionServed: searched(text('Countries or region served, in the words of the sources.'), 'text'),
      city: searched(text('City of the headquarters.'), 'text'),
      province: occasional(searched(text('Chinese province of the headquarters; null outside China.'), 'text')),
      foundedYear: followsFrom(
        founded(
          indexed(int('Year of founding. For some platforms only the year is known: count by it, not by the date.')),
        ),
        'foundedDate',
      ),
      foundedDate: founded(date('Date of founding; null if only `foundedYear` is known, or neither.')),
      foundedYearMeaning: occasional(
        enumeration('PlatformFoundedYearMeaning', 'What `foundedYear` marks; null if it is the founding itself.'),
      ),
      yearBasis: expectedWith(enumeration('YearBasis', 'Source of the year.'), 'foundedYear'),
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
    alsoCalled: ['program', '计划'],
    description: 'A plan, initiative, action or other cooperation programme.',
    properties: {
      type: indexed(required(enumeration('ProgramType', 'Type of programme.'))),
      description: searched(required(text('Contents, summarised by the editors.')), 'text'),
      launched: launched(indexed(date('Launch date.'))),
      launchedYear: launched(indexed(int('Launch year.'))),
      ended: occasional(
        notBefore(
          timeOf(date('End date; null if the programme has not ended or the date is unknown.'), ...['ended', '结束']),
          'launched',
        ),
      ),
      status: enumeration('ProgramStatus', 'Operating status; null if unknown.'),
      statusAsOf: expectedWith(date('Date to which `status` applies.'), 'status'),
      facts: searched(listOf(text('Individual facts reported by sources.')), 'text'),
    },
  }),
  Park: kind({
    singular: 'park',
    plural: 'parks',
    one: 'a park',
    many: 'parks',
    alsoCalled: ['science park', 'industrial park', '园区'],
    description: 'A science, technology, industrial or cooperation park.',
    properties: {
      type: indexed(required(enumeration('ParkType', 'Type of park.'))),
      scienceFocus: indexed(required(boolean('Whether the park focuses on science and technology.'))),
      locality: searched(text('Location within the country.'), 'text'),
      established: founded(date('Date of establishment.')),
      establishedYear: founded(indexed(int('Year of establishment.'))),
      status: enumeration('ParkStatus', 'Operating status; null if unknown.'),
      statusAsOf: expectedWith(date('Date to which `status` applies.'), 'status'),
    },
  }),
  Event: kind({
    singular: 'event',
    plural: 'events',
    one: 'an event',
    many: 'events',
    alsoCalled: ['活动'],
    description: 'A conference, meeting, signing, launch or other event.',
    properties: {
      type: indexed(required(enumeration('EventType', 'Type of event.'))),
      startDate: held(indexed(required(date('First day.')))),
      endDate: notBefore(held(indexed(required(date('Last day.')))), 'startDate'),
      year: followsFrom(held(indexed(int('Year of the first day.'))), 'startDate'),
      city: expectedWith(searched(text('City where the event takes place.'), 'text'), 'online', false),
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
    alsoCalled: ['figure', '指标'],
    description:
      'A published figure: one value of a series at one date. Nearly all are official claims from a single source.',
    properties: {
      series: indexed(required(text('Key of the series that the figure belongs to.'))),
      label: searched(text('What the figure counts.'), 'text'),
      value: qualified(indexed(required(float('The figure, in `unit`.'))), {
        ...{ by: 'qualifier', over: ['OVER'], under: ['NEARLY'], about: ['ABOUT'] },
        measured: { property: 'unit', values: ['percent', 'ha', 'km2', 'CNY', 'EUR', 'USD'] },
      }),
      unit: required(text('Unit of the figure.')),
      qualifier: required(enumeration('IndicatorQualifier', 'How precisely the source states the figure.')),
      type: indexed(required(enumeration('IndicatorType', 'Actual figure or target.'))),
      date: timeOf(indexed(date('Date to which the figure applies.'))),
      year: followsFrom(indexed(int('Year of `date`.')), 'date'),
      period: occasional(text('Period covered.')),
      scope: searched(text('Subject of the figure.'), 'text'),
    },
  }),
  Source: kind({
    singular: 'source',
    plural: 'sources',
    one: 'a source',
    many: 'sources',
    alsoCalled: ['来源'],
    description: 'A source of facts: an article, page, dataset or repository. Its `name` is the title.',
    properties: {
      publisher: searched(text('Publisher.'), 'text'),
      date: indexed(date('Date of publication.')),
      url: url('Web address. If `mirror` is true, show it as text, not as a link.'),
      repository: occasional(text('Repository that contains the source.')),
      path: occasional(text('Path in the repository.')),
      commit: occasional(text('Commit of the repository.')),
      locator: occasional(text('File number in a search index; used when the repository is unknown.')),
      licence: occasional(text('Licence; null if the source states none.')),
      language: indexed(text('Language (ISO 639 code).')),
      type: indexed(required(enumeration('SourceType', 'Type of source.'))),
      reliability: indexed(required(enumeration('Reliability', 'Reliability of the source.'))),
      reliabilityBasis: enumeration('SourceReliabilityBasis', 'How `reliability` was assessed.'),
      mirror: occasional(boolean('Whether the source is a repost, possibly on an unrelated domain.')),
      lowQuality: occasional(boolean('Whether the text is of low quality.')),
      addressMissing: occasional(boolean('Whether no web address is known.')),
      note: occasional(text('Editorial note.')),
    },
  }),
} as const satisfies Record<string, KindDefinition>;

export type Kind = keyof typeof kinds;

export const kindNames = Object.keys(kinds) as readonly Kind[];
