import { everything, type Filter } from '../../graph/reads/filter.ts';
import type { Gap } from '../../graph/reads/gaps.ts';
import { propertiesOf } from '../../ontology/fields.ts';
import { type Kind, kindNames } from '../../ontology/kinds.ts';
import { provenance } from '../../ontology/provenance.ts';
import { definitionOf, type RelationType, relationTypes } from '../../ontology/relations.ts';
import { type FilterInput, parseFilter } from '../arguments/filter-input.ts';

export interface PropertyGap extends Gap {
  readonly property: string;
}

export interface RelationGap extends Gap {
  readonly relation: RelationType;
}

const { reliability } = provenance;

const withSources = kindNames.filter((kind) => kind !== provenance.kind);

const cites = (filter: Filter): Filter => ({
  relation: { relation: provenance.relation, reading: 'FORWARD' },
  edge: everything,
  filter,
  some: true,
});

/** Entities without a source. */
export const withoutSource: readonly Gap[] = withSources.map((kind) => ({ kind, filter: { not: cites(everything) } }));

/** Entities with sources of low reliability only. */
export const weakSourcesOnly: readonly Gap[] = withSources.map((kind) => ({
  kind,
  filter: {
    all: [
      cites(everything),
      { not: cites({ not: { property: reliability.property, is: '=', value: reliability.weak } }) },
    ],
  },
}));

/** Doubtful entities: those of low confidence. */
export const lowConfidence: readonly PropertyGap[] = kindNames.flatMap((kind) =>
  Object.entries(propertiesOf(kind)).flatMap(([property, { doubtful: value }]) =>
    value === undefined ? [] : [{ kind, property, filter: { property, is: '=' as const, value } }],
  ),
);

/** Entities about which sources disagree. */
export const conflicting: readonly Gap[] = kindNames.flatMap((kind) =>
  Object.entries(propertiesOf(kind)).flatMap(([property, { disputed }]) =>
    disputed ? [{ kind, filter: { property, exists: true } }] : [],
  ),
);

/** Optional single values that are missing. */
export const missing: readonly PropertyGap[] = kindNames.flatMap((kind) =>
  Object.entries(propertiesOf(kind))
    .filter(([, { required, list, type }]) => !required && !list && type !== 'milestones')
    .map(([property]) => ({ kind, property, filter: { property, exists: false } })),
);

/** Relations that the ontology expects of every entity of a kind, and that these entities lack. */
export const absentRelations: readonly RelationGap[] = relationTypes.flatMap((relation) => {
  const { from: kind, expected, symmetric } = definitionOf(relation);
  if (!expected || kind === 'Entity') return [];
  const reading = symmetric ? ('BOTH' as const) : ('FORWARD' as const);
  const some: Filter = { relation: { relation, reading }, edge: everything, filter: everything, some: true };
  return [{ kind, relation, filter: { not: some } }];
});

/** An official total, with the entities in the graph that it counts. */
export interface OfficialTotal extends Gap {
  /** Slug of the indicator with the figure. */
  readonly indicator: string;
  readonly counted: string;
}

const total = (indicator: string, kind: Kind, filter: FilterInput, counted: string): OfficialTotal => ({
  indicator,
  kind,
  filter: parseFilter(kind, filter),
  counted,
});

const designated = { designation: { eq: 'BELT_AND_ROAD_JOINT_LABORATORY' } };

/** The totals of the press report of September 2025 whose entities the graph records individually. */
export const officialTotals: readonly OfficialTotal[] = [
  total(
    'joint-labs-2025-09-18',
    'Lab',
    designated,
    'Officially designated Belt and Road Joint Laboratories. Other laboratories, recorded as context, are not counted.',
  ),
  total(
    'joint-lab-countries-2025-09-18',
    'Country',
    { labs: { some: designated } },
    'Partner countries of the officially designated laboratories.',
  ),
  total(
    'tech-transfer-platforms-2025-09-18',
    'Platform',
    { level: { eq: 'NATIONAL' } },
    'Platforms set up at national level. No list of the official platforms was found, so these may be different ones.',
  ),
];
