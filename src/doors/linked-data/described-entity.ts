import { entityState, relationState } from '../../engine/changes/apply/stored-form.ts';
import { relationKey, type StoredRelation } from '../../engine/graph/walk.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Milestone, RelationRecord } from '../../ontology/records.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import type { EntityReads, RelationPage, RelationRow } from './entity-reads.ts';
import type { EntityFields } from './triples.ts';

/** An entity that another one names. */
export interface NamedEntity {
  readonly kind: Kind;
  readonly slug: string;
  readonly name: string;
  /** Its name in Chinese, if it has one. */
  readonly nameZh?: string;
  /** It is a source that proves little. */
  readonly isWeak?: true;
}

/** A source that a page names. */
export interface NamedSource extends NamedEntity {
  readonly publisher?: string;
  /** As `2026`, `2026-01` or `2026-01-31`. */
  readonly date?: string;
}

/** A relation of an entity, with the entity at its far end. */
export interface DescribedRelation {
  readonly record: RelationRecord;
  readonly far: NamedEntity;
}

/** An entity with everything that its document says. */
export interface DescribedEntity extends NamedEntity {
  readonly record: EntityFields;
  /** Those that begin at it, by type and name of the far end. */
  readonly outgoing: readonly DescribedRelation[];
  /** Those that end at it. */
  readonly incoming: readonly DescribedRelation[];
  readonly page: RelationPage;
  /** Whether another page of relations follows. */
  readonly goesOn: boolean;
  /** The sources that it, its relations and its dated steps name, by slug. */
  readonly sources: ReadonlyMap<string, NamedSource>;
  /** What relations that begin elsewhere and have no sources of their own rest on, by key. @default not read */
  readonly restsOn?: ReadonlyMap<string, readonly NamedSource[]>;
}

/** Maximum number of relations on a page in each direction: all those of a hub would be a document of megabytes. */
export const MOST_RELATIONS = 1_000;

/** Sources that stand beside a fact or a relation; the rest are in the list. */
export const MOST_MARKS = 3;

export const firstPage: RelationPage = { number: 1, size: MOST_RELATIONS };

/** Reads an entity and a page of its relations; `null` if there is none. @throws GraphError */
export async function describeEntity(
  reads: EntityReads,
  slug: string,
  page = firstPage,
): Promise<DescribedEntity | null> {
  const { ontology } = reads;
  const row = await reads.entity(slug, page);
  if (!row) return null;
  const [labels, form, allOutgoing, allIncoming] = row;
  const kind = ontology.kindOf(labels);
  if (kind === undefined) return null;
  const record: EntityFields = { id: slug, ...entityState(ontology, kind, form) };
  const described = (rows: readonly RelationRow[], isOutgoing: boolean) =>
    rows
      .slice(0, page.size)
      .flatMap(([type, other, farLabels, name, reliability, chinese, properties]): DescribedRelation[] => {
        const farKind = ontology.kindOf(farLabels);
        if (farKind === undefined || !ontology.isRelationType(type)) return [];
        const [from, to] = isOutgoing ? [slug, other] : [other, slug];
        return [
          {
            record: { type, from, to, ...relationState(ontology, type, properties) },
            far: named(ontology, farKind, other, name, reliability, chinese),
          },
        ];
      });
  const [outgoing, incoming] = [described(allOutgoing, true), described(allIncoming, false)];
  const cited = new Set([
    ...outgoing.filter(({ record: { type } }) => type === ontology.provenance?.relation).map(({ far }) => far.slug),
    ...[...outgoing, ...incoming].flatMap((relation) => relation.record.sources ?? []),
    ...stepsOf(ontology.propertiesOf(kind), record).flatMap(({ source }) => source ?? []),
  ]);
  const sources = await readSources(reads, [...cited]);
  return {
    kind,
    slug,
    name: String(record.name ?? slug),
    ...(typeof record.nameZh === 'string' && { nameZh: record.nameZh }),
    record,
    outgoing,
    incoming,
    page,
    goesOn: Math.max(allOutgoing.length, allIncoming.length) > page.size,
    sources: new Map(sources.map((source) => [source.slug, source])),
  };
}

function named(
  { provenance }: Ontology,
  kind: Kind,
  slug: string,
  name: string,
  reliability: string | null,
  chinese: string | null,
): NamedEntity {
  const isWeak = kind === provenance?.kind && reliability !== null && reliability === provenance.reliability?.weak;
  return { kind, slug, name, ...(chinese === null ? {} : { nameZh: chinese }), ...(isWeak ? { isWeak: true } : {}) };
}

const stepsOf = (properties: Readonly<Record<string, { readonly type: string }>>, record: EntityFields) =>
  Object.entries(properties).flatMap(([name, { type }]) =>
    type === 'milestones' ? ((record[name] ?? []) as readonly Milestone[]) : [],
  );

async function readSources(reads: EntityReads, slugs: readonly string[]): Promise<readonly NamedSource[]> {
  if (slugs.length === 0) return [];
  const { ontology } = reads;
  const rows = await reads.named(slugs);
  return rows.flatMap(([slug, labels, name, reliability, chinese, publisher, date]): NamedSource[] => {
    const kind = ontology.kindOf(labels);
    if (kind === undefined) return [];
    return [
      {
        ...named(ontology, kind, slug, name, reliability, chinese),
        ...(publisher === null ? {} : { publisher }),
        ...(date === null ? {} : { date }),
      },
    ];
  });
}

/** Relations of one type whose start is asked for its sources. */
const MOST_ASKED = 25;

/** The same entity with what its relations rest on that begin elsewhere and have no sources of their own. @throws GraphError */
export async function withStarts(reads: EntityReads, entity: DescribedEntity): Promise<DescribedEntity> {
  const counts = new Map<RelationType, number>();
  const asked = entity.incoming.flatMap(({ record: { type, from, to, sources } }): readonly StoredRelation[] => {
    if (sources !== undefined || type === reads.ontology.provenance?.relation) return [];
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    return count > MOST_ASKED ? [] : [{ relation: type, from, to }];
  });
  const stated = await reads.sourcesOf(asked);
  const found = stated.map((one) => [relationKey(one), one.sources.slice(0, MOST_MARKS)] as const);
  const known = new Map(
    (await readSources(reads, [...new Set(found.flatMap(([, slugs]) => slugs))])).map((one) => [one.slug, one]),
  );
  return {
    ...entity,
    restsOn: new Map(found.map(([key, slugs]) => [key, slugs.flatMap((slug) => known.get(slug) ?? [])])),
  };
}
