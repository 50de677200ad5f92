import { everything, type Filter } from '../../engine/reads/filter.ts';
import type { Gap } from '../../engine/reads/gaps.ts';
import { memoize } from '../../ontology/memoize.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Provenance } from '../../ontology/provenance.ts';
import { type Expectation, isListed, type RelationType } from '../../ontology/vocabulary.ts';
import { parseFilter } from '../arguments/filter-input.ts';

export interface PropertyGap extends Gap {
  readonly property: string;
}

export interface RelationGap extends Gap {
  readonly relation: RelationType;
}

const citedBy =
  ({ relation }: Provenance) =>
  (filter: Filter): Filter => ({
    relation: { relation, reading: 'FORWARD' },
    filter,
    some: true,
  });

/** Entities without a source. */
export const withoutSource = memoize(({ kindNames, provenance }: Ontology): readonly Gap[] => {
  if (!provenance) return [];
  const cites = citedBy(provenance);
  return kindNames
    .filter((kind) => kind !== provenance.kind)
    .map((kind) => ({ kind, filter: { not: cites(everything) } }));
});

/** Entities with sources of low reliability only. */
export const weakSourcesOnly = memoize(({ kindNames, provenance }: Ontology): readonly Gap[] => {
  if (!provenance?.reliability) return [];
  const { property, weak } = provenance.reliability;
  const cites = citedBy(provenance);
  const isStrong: Filter = { not: { property, is: '=', value: weak } };
  return kindNames
    .filter((kind) => kind !== provenance.kind)
    .map((kind) => ({ kind, filter: { all: [cites(everything), { not: cites(isStrong) }] } }));
});

/** Doubtful entities: those of low confidence. */
export const lowConfidence = memoize(({ kindNames, propertiesOf }: Ontology): readonly PropertyGap[] =>
  kindNames.flatMap((kind) =>
    Object.entries(propertiesOf(kind)).flatMap(([property, { doubtful: value }]) =>
      value === undefined ? [] : [{ kind, property, filter: { property, is: '=' as const, value } }],
    ),
  ),
);

/** Entities about which sources disagree. */
export const conflicting = memoize(({ kindNames, propertiesOf }: Ontology): readonly Gap[] =>
  kindNames.flatMap((kind) =>
    Object.entries(propertiesOf(kind)).flatMap(([property, { disputed }]) =>
      disputed ? [{ kind, filter: { property, exists: true } }] : [],
    ),
  ),
);

/** The entities that are expected to have a property. */
const expecting = ({ property, values }: Expectation): Filter =>
  values.length === 0 ? { property, exists: true } : { property, is: 'IN', value: values };

/** Single values that are missing where a record may be expected to have them. */
export const missing = memoize(({ kindNames, propertiesOf }: Ontology): readonly PropertyGap[] =>
  kindNames.flatMap((kind) =>
    Object.entries(propertiesOf(kind))
      .filter(([, { required, occasional, list }]) => !required && !occasional && !list)
      .filter(([, property]) => !isListed(property))
      .map(([property, { expectedWith }]) => ({
        ...{ kind, property, filter: { property, exists: false } },
        among: expectedWith && expecting(expectedWith),
      })),
  ),
);

/** Relations that the ontology expects of every entity of a kind, and that these entities lack. */
export const absentRelations = memoize(({ relationTypes, relation: definitionOf }: Ontology): readonly RelationGap[] =>
  relationTypes.flatMap((relation) => {
    const { from: kind, expected, symmetric } = definitionOf(relation);
    if (!expected || kind === 'Entity') return [];
    const reading = symmetric ? ('BOTH' as const) : ('FORWARD' as const);
    const some: Filter = { relation: { relation, reading }, filter: everything, some: true };
    return [{ kind, relation, filter: { not: some } }];
  }),
);

/** An official total, with the entities in the graph that it counts. */
export interface OfficialTotal extends Gap {
  /** Slug of the published figure. */
  readonly figure: string;
  readonly counted: string;
}

/** The official totals; none if the ontology names none. */
export const officialTotals = memoize((ontology: Ontology): readonly OfficialTotal[] =>
  (ontology.publishedTotals?.totals ?? []).map((total) => ({
    ...total,
    filter: parseFilter(ontology, total.kind, total.filter),
  })),
);
