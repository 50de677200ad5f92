import { entityState, relationState, type StoredForm } from '../../engine/changes/apply/stored-form.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { queryFile } from '../../engine/graph/query-files.ts';
import { walkFile } from '../../engine/graph/walk.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Milestone, RelationRecord } from '../../ontology/records.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
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

/** Which of its relations a document of an entity has: those of one page in each direction. */
export interface RelationPage {
  /** From 1. */
  readonly number: number;
  /** Number of relations in each direction. */
  readonly size: number;
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
}

/** Maximum number of relations on a page in each direction: all those of a hub would be a document of megabytes. */
export const MOST_RELATIONS = 1_000;

export const firstPage: RelationPage = { number: 1, size: MOST_RELATIONS };

type RelationRow = readonly [
  type: RelationType,
  slug: string,
  labels: readonly string[],
  name: string,
  reliability: string | null,
  chinese: string | null,
  form: StoredForm,
];

/** Properties of the far ends that are read, where the graph has them. */
interface FarProperties {
  readonly reliability: string | null;
  readonly chinese: string | null;
}

const CHINESE = 'nameZh';

const farProperties = ({ provenance, sharedProperties }: Ontology): FarProperties => ({
  reliability: provenance?.reliability?.property ?? null,
  chinese: Object.hasOwn(sharedProperties, CHINESE) ? CHINESE : null,
});

const describedFile = walkFile<
  { readonly slug: string; readonly skip: number; readonly limit: number } & FarProperties,
  readonly [
    labels: readonly string[],
    form: StoredForm,
    outgoing: readonly RelationRow[],
    incoming: readonly RelationRow[],
  ]
>('described');

const namedFile = queryFile<
  {
    readonly slugs: readonly string[];
    readonly publisher: string | null;
    readonly date: string | null;
  } & FarProperties,
  readonly [
    slug: string,
    labels: readonly string[],
    name: string,
    reliability: string | null,
    chinese: string | null,
    publisher: string | null,
    date: string | null,
  ]
>('named');

/** Reads an entity and a page of its relations; `null` if there is none. @throws GraphError */
export async function describeEntity(graph: Graph, slug: string, page = firstPage): Promise<DescribedEntity | null> {
  const { ontology } = graph;
  const [row] = await graph.read(describedFile({ ontology, relations: ontology.relationTypes, kinds: null }), {
    slug,
    skip: (page.number - 1) * page.size,
    limit: page.size + 1,
    ...farProperties(ontology),
  });
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
  const sources = await readSources(graph, [...cited]);
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

async function readSources(graph: Graph, slugs: readonly string[]): Promise<readonly NamedSource[]> {
  if (slugs.length === 0) return [];
  const { citation } = graph.ontology.provenance ?? {};
  const rows = await graph.read(namedFile, {
    slugs,
    publisher: citation?.publisher ?? null,
    date: citation?.date ?? null,
    ...farProperties(graph.ontology),
  });
  return rows.flatMap(([slug, labels, name, reliability, chinese, publisher, date]): NamedSource[] => {
    const kind = graph.ontology.kindOf(labels);
    if (kind === undefined) return [];
    return [
      {
        ...named(graph.ontology, kind, slug, name, reliability, chinese),
        ...(publisher === null ? {} : { publisher }),
        ...(date === null ? {} : { date }),
      },
    ];
  });
}
