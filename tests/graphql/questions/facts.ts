import type { RelationRecord } from '../../../src/ontology/records.ts';
import type { SeedRecord } from '../../setup/seeds.ts';

/** Records and relations of a graph, with what questions about them need: nothing of the product. */
export function factsOf(
  entities: Readonly<Record<string, readonly SeedRecord[]>>,
  relations: readonly Pick<RelationRecord, 'type' | 'from' | 'to' | 'properties'>[],
) {
  const forward = new Map<string, RelationRecord[]>();
  const backward = new Map<string, RelationRecord[]>();
  const put = (map: Map<string, RelationRecord[]>, key: string, relation: RelationRecord) =>
    map.set(key, [...(map.get(key) ?? []), relation]);
  for (const relation of relations as readonly RelationRecord[]) {
    put(forward, `${relation.type} ${relation.from}`, relation);
    put(backward, `${relation.type} ${relation.to}`, relation);
  }
  const records = new Map(Object.values(entities).flatMap((all) => all.map((record) => [record.id, record] as const)));
  const to = (type: string, from: string) => (forward.get(`${type} ${from}`) ?? []).map((one) => one.to);
  const from = (type: string, end: string) => (backward.get(`${type} ${end}`) ?? []).map((one) => one.from);
  const narrower = (type: string, top: string): readonly string[] => [
    top,
    ...from(type, top).flatMap((one) => narrower(type, one)),
  ];
  return {
    record: (slug: string): SeedRecord => records.get(slug) ?? { id: slug, name: slug },
    /** The slugs of the records of a kind that meet a condition. */
    those: (kind: string, meets: (record: SeedRecord) => boolean = () => true): readonly string[] =>
      (entities[kind] ?? []).filter(meets).map(({ id }) => id),
    to,
    from,
    edgesTo: (type: string, end: string) => backward.get(`${type} ${end}`) ?? [],
    edgesFrom: (type: string, start: string) => forward.get(`${type} ${start}`) ?? [],
    /** An entity and all below it in a hierarchy. */
    narrower,
    /** Whether an entity leads by a relation to one of some others. */
    leads: (type: string, start: string, ends: readonly string[]) => to(type, start).some((end) => ends.includes(end)),
  };
}

/** What a good answer to a question has: entities, a number, groups by their keys, or nothing. */
export type Expected =
  | { readonly entities: readonly string[] }
  | { readonly number: number }
  | { readonly groups: Readonly<Record<string, number>> }
  | { readonly first: readonly string[] }
  | { readonly value: unknown }
  | { readonly paths: readonly [string, string] }
  | { readonly compared: readonly string[] };

export interface EvaluatedQuestion {
  readonly language: 'en' | 'zh';
  /** Class of questions that are counted together. */
  readonly of: string;
  readonly question: string;
  readonly expected: Expected;
}
