import type { ExplorerOption } from '../pages/views/option.ts';
import { chineseExamples } from './chinese-examples.ts';
import { chineseTexts } from './chinese-texts.ts';
import type { Kind } from './kinds.ts';
import { questions } from './questions.ts';

const DESIGNATED = 'BELT_AND_ROAD_JOINT_LABORATORY';
const designated = `{ designation: { eq: ${DESIGNATED} } }`;
const inEach = 'A laboratory with several partner countries counts in each.';

/** A column of lists. */
const designatedLabs = {
  name: 'designatedLabs',
  title: 'Designated laboratories',
  field: 'labs',
  where: { designation: [DESIGNATED] },
} as const;

/** Kinds whose names are shorter in legends than in sentences. */
const names = {
  Lab: { one: 'lab', many: 'labs' },
  Area: { one: 'area', many: 'areas' },
} satisfies Partial<Record<Kind, { one: string; many: string }>>;

/** What the explorer shows of the graph. */
export const explorer: ExplorerOption = {
  notice: new URL('../../seeds/NOTICE', import.meta.url),
  title: 'Science and technology cooperation along the Belt and Road, with sources',
  introduction: {
    text: '**Only {designated} of the {labs} laboratories in this dataset are officially designated** *Belt and Road Joint Laboratories*. The rest are context: bilateral, planned and other joint laboratories, {context} of them outside the scope of the designation. Every count and chart says which laboratories it includes.',
    counts: {
      designated: { kind: 'Lab', filter: designated },
      labs: { kind: 'Lab' },
      context: { kind: 'Lab', filter: '{ inScope: { eq: false } }' },
    },
  },
  search: 'a laboratory, country or research area',
  questions,
  starters: { ke: 'Kenya', asean: 'ASEAN', 'artificial-intelligence': 'Artificial intelligence' },
  names,
  spelling: { bri: 'BRI', mou: 'MoU' },
  texts: { Area: 'definition' },
  // Most laboratories are joint laboratories, and the symbol shows the designation.
  shorter: [
    { find: '["“]?Belt and Road["”]? Joint (?=Laborator)', put: 'Joint ' },
    { find: 'Joint Laboratory', put: 'Joint Lab' },
    { find: '(?<=.)["“]一带一路["”]联合(?=实验室$|研究中心$)', put: '' },
  ],
  highlighted: { Lab: { property: 'designation', value: DESIGNATED, word: 'designated', others: 'context' } },
  dates: {
    Lab: [
      { property: 'yearRecognised', words: 'recognised', counted: 'by year of recognition', basis: 'yearBasis' },
      { property: 'firstMilestoneDate', words: 'first known milestone' },
    ],
    Platform: ['foundedYear'],
    Country: [{ property: 'briMouYear', filtered: false }],
    Program: ['launchedYear'],
    Park: ['establishedYear'],
    Event: ['year'],
    Indicator: ['year'],
  },
  timeline: {
    bars: ['Lab'],
    dots: {
      kind: 'Event',
      date: 'startDate',
      status: { property: 'status', open: ['PLANNED', 'ANNOUNCED'] },
      columns: [
        { title: 'Type', fields: ['type'] },
        { title: 'Status', fields: ['status'] },
        { title: 'First day', fields: ['startDate'] },
        { title: 'Last day', fields: ['endDate'] },
        { title: 'Place', fields: ['city', 'country'] },
      ],
    },
  },
  figures: {
    date: 'date',
    unit: 'unit',
    series: 'series',
    label: 'label',
    target: { property: 'type', value: 'TARGET' },
  },
  map: {
    kind: 'Country',
    code: 'codeNumeric',
    by: 'partner country',
    columns: { region: 'Region', briStatus: 'Belt and Road status' },
    counts: [
      {
        name: 'designated',
        field: 'labs',
        filter: designated,
        title: 'Designated laboratories',
        one: 'designated laboratory',
        said: `with a designated laboratory. ${inEach}`,
      },
      {
        field: 'labs',
        title: 'All laboratories (with context)',
        column: 'All laboratories',
        one: 'laboratory',
        said: `with a laboratory, designated or context. ${inEach}`,
      },
      {
        field: 'platforms',
        title: 'Technology-transfer platforms',
        column: 'Platforms serving it',
        said: 'that sources connect with a platform. This is not a list of members.',
      },
      { name: 'seated', field: 'seatedPlatforms', title: 'Platforms based there', tableOnly: true },
    ],
    lists: [
      { title: 'Designated laboratories', field: 'labs', filter: designated },
      { title: 'Other laboratories (context)', field: 'labs', filter: `{ designation: { ne: ${DESIGNATED} } }` },
      { title: 'Platforms serving it', field: 'platforms' },
      { title: 'Platforms based there', field: 'seatedPlatforms' },
    ],
    line: [
      { property: 'briStatus', before: 'Belt and Road: ' },
      { property: 'briMouDate', before: 'memorandum ' },
    ],
    remark: 'Circles mark countries, not the locations of laboratories.',
  },
  lists: {
    Lab: { through: ['partnerCountries.region'] },
    Platform: { through: ['servedCountries.region'] },
    Institution: {
      counts: [
        designatedLabs,
        {
          name: 'ledLabs',
          title: 'Laboratories led or hosted',
          field: 'labs',
          where: { 'edge.role': ['LEAD', 'HOST'] },
        },
      ],
    },
    Country: { counts: [designatedLabs] },
    Area: { counts: [designatedLabs] },
  },
  translations: { 'zh-Hans': { ...chineseTexts, ...chineseExamples } },
  attributions: {
    Country:
      'Belt and Road status and dates: Nedopil (2025), Green Finance & Development Center. Regions and income groups: © World Bank, CC BY 4.0, modified. Codes: datasets/country-codes.',
    CountryGroup:
      'Members of groups: Country-Codes-and-International-Organizations, © dieghernan, MIT License; countrygroups, CC0. Income groups: © World Bank, CC BY 4.0, modified.',
  },
  about: [
    {
      text: 'Facts about science and technology cooperation along the Belt and Road, collected from public sources. Unknown values are left out. Where sources disagree, the entity says so.',
    },
    {
      title: 'Designated laboratories and context',
      text: 'A laboratory is **designated** if a source reports it as an officially designated Belt and Road Joint Laboratory: its designation is “Belt and Road Joint Laboratory”. All others are included as context and marked as such. The dataset covers laboratories that the press and institutes have written about, so its counts by year, country or area are not representative of all laboratories. Official totals are compared with designated laboratories only.',
    },
    {
      title: 'Sources',
      text: 'Each relation shows its own sources or, if it has none, those of its parent record. Reliability is **high** for official, institutional and established sources, **medium** for ordinary press with a traceable origin, and **low** for re-posts, machine-altered copies and unknown sites. Re-posts are shown as text without a link.',
    },
    {
      title: 'Years',
      text: 'The year of a laboratory is the year of its recognition if known, otherwise the year of its first known milestone, which may be much later than its start. The timeline shows which of the two applies.',
    },
    {
      title: 'The map',
      text: 'Outlines come from Natural Earth (public domain) via the package world-atlas, simplified. No position on territorial status is implied. Circles that count by country stand in the middle of its largest part. Entities at their places stand where their coordinates are, which is mostly the middle of a city.',
    },
  ],
};
