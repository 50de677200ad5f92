import { type Reading, relationFieldsOf } from '../ontology/fields.ts';
import { type Kind, kindNames } from '../ontology/kinds.ts';
import type { RelationType } from '../ontology/relations.ts';
import type { Statement } from './graph.ts';
import { pattern } from './pattern.ts';
import type { TimedReads } from './timed-reads.ts';
import { byText, isOfKind, symmetricRelations, type Walk, walkFile } from './walk.ts';

/** What an entity has by one relation, read from its end. */
export interface Branch {
  readonly relation: RelationType;
  readonly reading: Reading;
  /** How many of the relation it has. */
  readonly degree: number;
  /** Far ends that are not known yet, by slug. */
  readonly slugs: readonly string[];
}

export interface Branching {
  readonly slug: string;
  readonly branches: readonly Branch[];
}

/** Of entities with more relations than this, each relation is read only as far as there is room. */
const HUB_DEGREE = 1_000;

type Step = readonly [far: string, relation: RelationType, leads: boolean];
type ExpandedRow = readonly [slug: string, labels: readonly string[], steps: readonly Step[] | null];
type HubRow = readonly [slug: string, branches: readonly (readonly [degree: number, slugs: readonly string[]])[]];

const expandFile = walkFile('neighborhood-expand');

const byRelation = (left: Pick<Branch, 'relation' | 'reading'>, right: Pick<Branch, 'relation' | 'reading'>) =>
  byText(left.relation, right.relation) || byText(left.reading, right.reading);

/** The relations that a kind can have within a walk; with kinds that are still to be asked for. */
const readingsOf = (kind: Kind, { relations, kinds }: Walk) =>
  [...relationFieldsOf(kind).values()]
    .filter(({ relation }) => relations.includes(relation))
    .filter(({ target }) => kinds === null || target === 'Entity' || kinds.includes(target))
    .map(({ relation, reading, target }) => ({ relation, reading, kinds: target === 'Entity' ? kinds : null }))
    .sort(byRelation);

/** The degree of each relation of hubs of a kind, and the first so many of its far ends that are not known. */
function hubStatement(kind: Kind, walk: Walk): Statement {
  const branches = readingsOf(kind, walk).map(({ kinds, ...reading }) => {
    const far = pattern(reading, 'near', '', 'far');
    const counted = kinds === null ? pattern(reading, 'near', '', '') : `MATCH ${far} WHERE ${isOfKind('far', kinds)}`;
    return `[COUNT { ${counted} }, COLLECT { MATCH ${far} WHERE ${isOfKind('far', kinds)} AND NOT far.id IN $known
      WITH DISTINCT far LIMIT ${HUB_DEGREE} WITH far ORDER BY far.id LIMIT toInteger($room) RETURN far.id }]`;
  });
  return {
    name: `neighborhood-hubs-${kind}`,
    text: `UNWIND $slugs AS slug MATCH (near:${kind} {id: slug}) RETURN collect([near.id, [${branches.join(', ')}]])`,
  };
}

function branchesOf(steps: readonly Step[], known: ReadonlySet<string>): readonly Branch[] {
  const byKey = new Map<string, { relation: RelationType; reading: Reading; degree: number; slugs: Set<string> }>();
  for (const [far, relation, leads] of steps) {
    const reading = symmetricRelations.includes(relation) ? 'BOTH' : leads ? 'FORWARD' : 'BACKWARD';
    const key = `${relation} ${reading}`;
    const branch = byKey.get(key) ?? { relation, reading, degree: 0, slugs: new Set() };
    byKey.set(key, branch);
    branch.degree += 1;
    if (!known.has(far)) branch.slugs.add(far);
  }
  return [...byKey.values()].sort(byRelation).map((branch) => ({ ...branch, slugs: [...branch.slugs].sort(byText) }));
}

/**
 * What lies next to entities, in their order; those that there are none of are left out. One statement, and one more for
 * each kind of hub among them, of which no more is read than there is room for.
 * @throws OutOfTime, GraphError
 */
export async function readBranches(
  reads: TimedReads,
  walk: Walk,
  slugs: readonly string[],
  known: ReadonlySet<string>,
  room: number,
): Promise<readonly Branching[]> {
  const [row] = await reads.read(expandFile(walk), { slugs, bound: HUB_DEGREE });
  const rows = (row?.[0] ?? []) as readonly ExpandedRow[];
  const hubs = new Map<Kind, string[]>();
  for (const [slug, labels, steps] of rows) {
    const kind = kindNames.find((name) => labels.includes(name));
    if (steps === null && kind) hubs.set(kind, [...(hubs.get(kind) ?? []), slug]);
  }
  const ofHubs = new Map<string, readonly Branch[]>();
  await Promise.all(
    [...hubs].map(async ([kind, group]) => {
      const readings = readingsOf(kind, walk);
      const [answer] = await reads.read(hubStatement(kind, walk), { slugs: group, known: [...known], room });
      for (const [slug, branches] of (answer?.[0] ?? []) as readonly HubRow[]) {
        const named = readings.map(({ relation, reading }, index) => {
          const [degree, found] = branches[index] ?? [0, []];
          return { relation, reading, degree, slugs: found };
        });
        ofHubs.set(slug, named);
      }
    }),
  );
  return rows.map(([slug, , steps]) => ({
    slug,
    branches: steps === null ? (ofHubs.get(slug) ?? []) : branchesOf(steps, known),
  }));
}
