import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Reading } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import { pattern } from '../graph/pattern.ts';
import type { Statement } from '../graph/statement.ts';
import type { TimedReads } from '../graph/timed-reads.ts';
import { byText, isOfKind, type Walk, walkFile } from '../graph/walk.ts';
import { relationCount, type Statistics } from '../reads/statistics.ts';

/** The relations of one type of an entity, read from its end. */
export interface Branch {
  readonly relation: RelationType;
  readonly reading: Reading;
  /** Number of relations of this type. */
  readonly degree: number;
  /** Far ends that are not yet known, by slug. */
  readonly slugs: readonly string[];
  /** Whether there may be more far ends that were not read. */
  readonly isCut: boolean;
}

export interface Adjacency {
  readonly slug: string;
  readonly kind: Kind;
  readonly branches: readonly Branch[];
}

/** What to read around some entities. */
export interface AdjacenciesWanted {
  readonly slugs: readonly string[];
  /** Far ends to ignore. */
  readonly known: ReadonlySet<string>;
  /** Maximum number of far ends read per relation of a hub. */
  readonly capacity: number;
  /** Whether these far ends will be expanded next. */
  readonly goesOn: boolean;
}

/** The neighbours of entities, and the prefetched neighbours of these, each by slug. */
export interface Adjacencies {
  readonly branchings: readonly Adjacency[];
  readonly ahead: ReadonlyMap<string, Adjacency>;
}

/**
 * An entity with more relations than this is a hub: each of its relations is read only up to the limit. Prefetched
 * entities can be many, so they count as hubs sooner.
 */
const HUB_DEGREE = { usual: 1_000, ahead: 200 } as const;

/** Share of the limit prefetched from one relation of a hub, so that others get their turns. */
const SHARE_AHEAD = 1 / 4;

/** Kinds with more relations than this may contain hubs; each makes the statement longer. */
const RELATIONS_WITH_HUBS = 1_000;

/** A relation of an entity: its far end, and whether it leads there. */
export type Step = readonly [far: string, relation: RelationType, leads: boolean];
type BranchRow = readonly [degree: number, slugs: readonly string[]];
type ExpandedRow = readonly [
  slug: string,
  labels: readonly string[],
  steps: readonly Step[] | null,
  branches: readonly BranchRow[] | null,
];

interface ExpandParameters {
  readonly slugs: readonly string[];
  readonly ahead: boolean;
  readonly capacity: number;
  /** Maximum number of far ends of a branch: the one parameter of the cases of the kinds with hubs. */
  readonly look: number;
  readonly bound: number;
  readonly boundAhead: number;
}

type ExpandColumns = readonly [expanded: readonly ExpandedRow[]];

const expandFile = walkFile<ExpandParameters, ExpandColumns>('neighborhood-expand');

const byRelation = (left: Pick<Branch, 'relation' | 'reading'>, right: Pick<Branch, 'relation' | 'reading'>) =>
  byText(left.relation, right.relation) || byText(left.reading, right.reading);

/** The relations that a kind can have within a traversal, with the kinds still to be checked. */
const readingsOf = (kind: Kind, { ontology, relations, kinds }: Walk) =>
  [...ontology.relationFieldsOf(kind).values()]
    .filter(({ relation }) => relations.includes(relation))
    .filter(({ target }) => kinds === null || target === 'Entity' || kinds.includes(target))
    .map(({ relation, reading, target }) => ({ relation, reading, kinds: target === 'Entity' ? kinds : null }))
    .sort(byRelation);

/** The degree of each relation of a node of a kind, and its first far ends. */
function branchesText(kind: Kind, walk: Walk): string {
  const branches = readingsOf(kind, walk).map(({ kinds, ...reading }) => {
    const far = pattern(reading, 'near', '', 'far');
    const counted = kinds === null ? pattern(reading, 'near', '', '') : `MATCH ${far} WHERE ${isOfKind('far', kinds)}`;
    // Two of them may be related in this way twice, once from each end.
    const distinct = reading.reading === 'BOTH' ? 'DISTINCT ' : '';
    return `[COUNT { ${counted} }, COLLECT { MATCH ${far} WHERE ${isOfKind('far', kinds)}
      WITH ${distinct}far LIMIT toInteger($look) RETURN far.id }]`;
  });
  return `[${branches.join(', ')}]`;
}

const hubStatement = (
  kind: Kind,
  walk: Walk,
): Statement<
  { readonly slugs: readonly string[]; readonly look: number },
  readonly [hubs: readonly (readonly [slug: string, branches: readonly BranchRow[]])[]]
> => ({
  name: `neighborhood-hubs-${kind}`,
  text: `UNWIND $slugs AS slug MATCH (near:${kind} {id: slug}) RETURN collect([near.id, ${branchesText(kind, walk)}]) AS hubs`,
});

function expandStatement(hubKinds: readonly Kind[], walk: Walk): Statement<ExpandParameters, ExpandColumns> {
  const { name, text } = expandFile(walk);
  const cases = hubKinds.map((kind) => `WHEN near:${kind} THEN ${branchesText(kind, walk)}`);
  return { name, text: text.replace('__BRANCHES(near)__', cases.join('\n    ')) };
}

/** The relations of an entity, by type and by the end from which they are read. */
export function branchesOf({ ontology }: Walk, steps: readonly Step[], known: ReadonlySet<string>): readonly Branch[] {
  const byKey = new Map<string, { relation: RelationType; reading: Reading; degree: number; slugs: Set<string> }>();
  for (const [far, relation, leads] of steps) {
    const reading: Reading = ontology.symmetricRelations.includes(relation) ? 'BOTH' : leads ? 'FORWARD' : 'BACKWARD';
    const key = `${relation} ${reading}`;
    const branch = getOrInsert(byKey, key, () => ({ relation, reading, degree: 0, slugs: new Set<string>() }));
    branch.degree += 1;
    if (!known.has(far)) branch.slugs.add(far);
  }
  return [...byKey.values()]
    .sort(byRelation)
    .map((branch) => ({ ...branch, slugs: [...branch.slugs].sort(byText), isCut: false }));
}

/** Converts rows with a limited number of far ends per relation. */
function branchesOfHub(
  kind: Kind,
  walk: Walk,
  rows: readonly BranchRow[],
  { known, look }: { readonly known: ReadonlySet<string>; readonly look: number },
): readonly Branch[] {
  return readingsOf(kind, walk).map(({ relation, reading }, index) => {
    const [degree, read] = rows[index] ?? [0, []];
    const slugs = read.filter((slug) => !known.has(slug)).sort(byText);
    return { relation, reading, degree, slugs, isCut: read.length >= look };
  });
}

/**
 * The neighbours of entities, in the order given; missing entities are left out. One statement, and one more for each
 * kind of hub among them that was not expected, or of which more must be read.
 * @throws OutOfTime, GraphError
 */
export async function readAdjacencies(
  reads: TimedReads,
  walk: Walk,
  { slugs, known, capacity, goesOn }: AdjacenciesWanted,
  statistics: Statistics,
): Promise<Adjacencies> {
  const relationsOf = (kind: Kind) =>
    readingsOf(kind, walk).reduce((sum, { relation }) => sum + relationCount(statistics, relation), 0);
  const hubKinds = walk.ontology.kindNames.filter((kind) => relationsOf(kind) > RELATIONS_WITH_HUBS);
  // Known entities do not count towards the limit.
  const whole = capacity + known.size;
  const look = goesOn ? Math.ceil(capacity * SHARE_AHEAD) : whole;
  const [[expanded] = [[]]] = await reads.read(expandStatement(hubKinds, walk), {
    slugs,
    ahead: goesOn,
    capacity,
    look,
    bound: HUB_DEGREE.usual,
    boundAhead: HUB_DEGREE.ahead,
  });

  const asked = new Set(slugs);
  const found = new Map<string, Adjacency>();
  const ahead = new Map<string, Adjacency>();
  const hubs = new Map<Kind, string[]>();
  for (const [slug, labels, steps, rows] of expanded) {
    const kind = walk.ontology.kindOf(labels);
    if (!kind) continue;
    const branches = steps ? branchesOf(walk, steps, known) : rows && branchesOfHub(kind, walk, rows, { known, look });
    const isEnough = branches !== null && (!goesOn || branches.every(({ isCut }) => !isCut));
    if (!asked.has(slug)) {
      if (branches) ahead.set(slug, { slug, kind, branches });
    } else if (isEnough) found.set(slug, { slug, kind, branches });
    else getOrInsert(hubs, kind, () => []).push(slug);
  }

  const readHubs = async (kind: Kind, group: readonly string[]) => {
    const [[read] = [[]]] = await reads.read(hubStatement(kind, walk), { slugs: group, look: whole });
    for (const [slug, rows] of read) {
      found.set(slug, { slug, kind, branches: branchesOfHub(kind, walk, rows, { known, look: whole }) });
    }
  };
  await Promise.all([...hubs].map(([kind, group]) => readHubs(kind, group)));
  return { branchings: slugs.flatMap((slug) => found.get(slug) ?? []), ahead };
}

/** The prefetched neighbours of entities, without those known by now; `undefined` if some of them were not read. */
export function readAhead(
  ahead: ReadonlyMap<string, Adjacency>,
  slugs: readonly string[],
  known: ReadonlySet<string>,
): readonly Adjacency[] | undefined {
  const branchings = slugs.flatMap((slug) => ahead.get(slug) ?? []);
  if (branchings.length < slugs.length) return undefined;
  return branchings.map(({ branches, ...branching }) => ({
    ...branching,
    branches: branches.map((branch) => ({ ...branch, slugs: branch.slugs.filter((far) => !known.has(far)) })),
  }));
}
