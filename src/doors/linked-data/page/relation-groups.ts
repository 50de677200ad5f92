import { getOrInsert } from '../../../ontology/get-or-insert.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import type { DescribedEntity, DescribedRelation } from '../described-entity.ts';
import type { Page } from './page-view.ts';

/** The relations of one type in one direction. */
export interface RelationGroup {
  readonly type: RelationType;
  readonly isForward: boolean;
  /** What they lead to: `partner countries`. */
  readonly title: string;
  readonly relations: readonly DescribedRelation[];
}

/**
 * The relations of an entity in the order of the ontology, which puts first what says most about it. Those to sources are left
 * out: they stand beside what they support.
 */
export function relationGroups(
  { vocabulary: { ontology }, wording }: Page,
  entity: DescribedEntity,
): readonly RelationGroup[] {
  const groups = new Map<string, DescribedRelation[]>();
  const add = (relation: DescribedRelation, isOutgoing: boolean) => {
    const { type } = relation.record;
    if (type === ontology.provenance?.relation && isOutgoing) return;
    const isForward = isOutgoing || ontology.relation(type).symmetric === true;
    getOrInsert(groups, `${type} ${isForward}`, () => []).push(relation);
  };
  for (const relation of entity.outgoing) add(relation, true);
  for (const relation of entity.incoming) add(relation, false);
  return ontology.relationTypes.flatMap((type) =>
    [true, false].flatMap((isForward): readonly RelationGroup[] => {
      const relations = groups.get(`${type} ${isForward}`);
      return relations ? [{ type, isForward, title: wording.relation(type, isForward), relations }] : [];
    }),
  );
}

/** Path of the list of what a group leads to, in the explorer; `undefined` if it leads to entities of several kinds. */
export function listOf(
  { vocabulary: { ontology, base }, view: { language } }: Page,
  slug: string,
  group: RelationGroup,
) {
  const [first] = group.relations;
  const { from, to, forward, backward, symmetric } = ontology.relation(group.type);
  const target: Kind = group.isForward ? to : from;
  if (!first || !ontology.isKind(target)) return undefined;
  const reverse = group.isForward && !symmetric ? backward : forward;
  return `${base}/explore?lang=${language}#/list?of=${ontology.kind(target).plural}&where=${reverse}~${encodeURIComponent(slug)}`;
}
