import {
  dayIn,
  kebabCase,
  placeAt,
  type Random,
  type SyntheticShape,
  syntheticName,
  TOPS,
  type Words,
} from '../index.ts';
import type { Kind } from './kinds.ts';
import type { RelationType } from './relations.ts';

/** How many entities a kind has: other kinds grow with the laboratories up to the medium scale, and more slowly beyond. */
function countOf(kind: string, labs: number): number {
  const medium = 20_000;
  const growth = labs <= medium ? labs / medium : (labs / medium) ** 0.55;
  const grown = (atMedium: number, least: number) => Math.max(least, Math.round(atMedium * growth));
  switch (kind as Kind) {
    case 'Source':
      return grown(41_000, 30);
    case 'Country':
      return 200;
    case 'CountryGroup':
      return 20;
    case 'Lab':
      return labs;
    case 'Area':
      return Math.max(24, Math.round(3.5 * Math.sqrt(labs)));
    case 'Platform':
    case 'Park':
      return grown(1_000, 4);
    case 'Program':
      return grown(2_000, 6);
    case 'Event':
      return grown(6_000, 6);
    case 'Indicator':
      return grown(15_000, 12);
    default:
      return grown(5_000, 12);
  }
}

const averages: Readonly<Partial<Record<RelationType, number>>> = {
  PARTNERS_WITH: 1.4,
  PARTNERS_WITH_GROUP: 0.1,
  HOSTED_BY: 2.4,
  RESEARCHES: 3,
  UNIT_OF: 0.2,
  SERVES: 3,
  MEMBER_OF: 2,
  COVERS: 3,
  PART_OF: 0.5,
  STATED_AT: 0.5,
  ANNOUNCED: 0.5,
  CONCERNS_PLATFORM: 0.2,
  POSSIBLY_SAME_AS: 0.02,
  CITES: 1.8,
};

function averageOf(type: string, starts: number, ends: number): number {
  switch (type as RelationType) {
    case 'PARTICIPATES_IN':
      return Math.max(1, (10 * ends) / starts);
    case 'SUPPORTS_LAB':
      return Math.max(1, (0.5 * ends) / starts);
    default:
      return averages[type as RelationType] ?? (type.startsWith('MEASURES') ? 0.15 : 0.9);
  }
}

const hubs: Readonly<Partial<Record<RelationType, number>>> = { RESEARCHES: 0.75, BASED_IN: 0.4 };

const evenlyReached: readonly string[] = ['Source', 'Lab', 'Event'] satisfies Kind[];

const codeOf = (index: number) => String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26));

const forms: Readonly<Partial<Record<Kind, Words>>> = {
  CountryGroup: [
    ['Association of %', '%联盟'],
    ['Community of %', '%共同体'],
  ],
  Lab: [
    ['% Joint Laboratory on #', '%#联合实验室'],
    ['% Joint Research Centre for #', '%#联合研究中心'],
    ['% Key Laboratory of #', '%#重点实验室'],
  ],
  Institution: [
    ['University of %', '%大学'],
    ['% Institute of #', '%#研究所'],
    ['% Academy of Sciences', '%科学院'],
    ['% # Company', '%#公司'],
  ],
  Area: [['#', '#']],
  Platform: [['% Technology Transfer Centre for #', '%#技术转移中心']],
  Program: [
    ['% Action Plan on #', '%#行动计划'],
    ['% # Programme', '%#计划'],
  ],
  Park: [['% # Science Park', '%#科技园']],
  Event: [
    ['% Conference on #', '%#大会'],
    ['% Forum on #', '%#论坛'],
  ],
  Indicator: [['Number of # projects in %', '%#项目数']],
  Source: [
    ['% and partners open centre for #', '%#中心成立'],
    ['# in %: a report', '%#报告'],
  ],
};

function ownValues(kind: string, index: number, random: Random): Readonly<Record<string, unknown>> {
  if (kind === 'Area') return { keyArea: index < 6, topArea: index < TOPS };
  if (kind === 'Country') {
    const code = codeOf(index);
    return { code, codeAlpha3: `${code}X`, codeNumeric: String(index + 1).padStart(3, '0') };
  }
  if (kind !== 'Event') return {};
  const startDate = dayIn(2013 + random.below(13), random);
  const lastDay = Math.min(28, Number(startDate.slice(8)) + random.below(4));
  const endDate = `${startDate.slice(0, 8)}${String(lastDay).padStart(2, '0')}`;
  return { startDate, endDate, year: Number(startDate.slice(0, 4)) };
}

/** Synthetic cooperation: a few countries, areas and institutions that very many others lead to. */
export const syntheticShape: SyntheticShape = {
  countOf,
  averageOf,
  shareOfHub: (type) => hubs[type as RelationType] ?? 0,
  hasEvenTargets: (kind) => evenlyReached.includes(kind),
  slugOf: (kind, index) => (kind === 'Country' ? codeOf(index).toLowerCase() : `${kebabCase(kind)}-${index + 1}`),
  nameOf: (kind, index, random) =>
    // Two of one kind may be alike, but no two countries.
    kind === 'Country' ? placeAt(index) : syntheticName(forms[kind as Kind] ?? [['% #', '%#']], index, random),
  ownValues,
};
