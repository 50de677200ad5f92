import { OutOfTime } from '../../engine/graph/timed-reads.ts';
import type { Walk } from '../../engine/graph/walk.ts';
import type { Around, Expanded, PathReads } from '../../engine/paths/bidirectional-search-reads.ts';
import { type Bridge, type BridgeParameters, MOST_BRIDGES } from '../../engine/paths/bridge-statement.ts';
import type { StepTypes } from '../../engine/traversal/metapaths.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { RelationType } from '../../ontology/vocabulary.ts';
import { entityRow, type Pace } from '../memory/answer-plan.ts';
import type { GraphSnapshot, SnapshotEntity } from '../memory/graph-snapshot.ts';
import { stepsOf } from './in-turns.ts';

/** A relation of an entity: its far end, and whether it leads there. */
type SnapshotStep = readonly [far: SnapshotEntity, relation: RelationType, leads: boolean];

const labelsOf = ({ kind }: SnapshotEntity): readonly string[] => ['Entity', kind];

const isOf = ({ kinds }: Walk, { kind }: SnapshotEntity) => kinds === null || kinds.includes(kind);

/** The relations of an entity of some types; one with itself is there once. */
function* stepsAt(graph: GraphSnapshot, slug: string, relations: readonly RelationType[]): Generator<SnapshotStep> {
  for (const relation of relations) {
    for (const { to } of graph.relationsAt(slug, relation, 'from')) {
      const far = graph.entity(to);
      if (far) yield [far, relation, true];
    }
    for (const { from } of graph.relationsAt(slug, relation, 'to')) {
      const far = from === slug ? undefined : graph.entity(from);
      if (far) yield [far, relation, false];
    }
  }
}

/** Number of relations of an entity of some types. */
export function snapshotDegree(graph: GraphSnapshot, slug: string, relations: readonly RelationType[]): number {
  let degree = 0;
  for (const _ of stepsAt(graph, slug, relations)) degree += 1;
  return degree;
}

/** Reads a state of the graph for a search of paths, in turns, and at most until `timeLeft` is over. */
export function snapshotPathReads(graph: GraphSnapshot, pace: Pace, timeLeft: () => number): PathReads {
  const isOver = () => timeLeft() <= 0;
  const step = stepsOf(() => {
    if (isOver()) throw new OutOfTime();
    return pace();
  });
  const present = (slugs: readonly string[]) => slugs.flatMap((slug) => graph.entity(slug) ?? []);
  const degrees = new Map<string, number>();
  const degreeIn = ({ relations }: Walk, { slug }: SnapshotEntity) =>
    getOrInsert(degrees, slug, () => snapshotDegree(graph, slug, relations));

  /** What lies next to the ends with few relations, by slug. */
  async function aroundEnds(walk: Walk, ends: readonly SnapshotEntity[], named: ReadonlySet<string>) {
    const around = new Map<
      string,
      { readonly far: SnapshotEntity; readonly steps: [SnapshotEntity, RelationType, boolean][] }
    >();
    for (const near of ends) {
      for (const [far, relation, leads] of stepsAt(graph, near.slug, walk.relations)) {
        await step();
        if (!isOf(walk, far) && !named.has(far.slug)) continue;
        getOrInsert(around, far.slug, () => ({ far, steps: [] })).steps.push([near, relation, leads]);
      }
    }
    return [...around.values()];
  }

  /** Extends a connecting path step by step, and hands on those that are complete. */
  async function* across(
    walk: Walk,
    types: StepTypes,
    [near, far]: readonly [SnapshotEntity, SnapshotEntity],
    { blocked, avoidHubs }: { readonly blocked: ReadonlySet<string>; readonly avoidHubs: number | null },
    inner: readonly SnapshotEntity[] = [],
    crossings: Bridge[3] = [],
  ): AsyncGenerator<Bridge> {
    const at = inner.at(-1) ?? near;
    const isLast = inner.length === types.length - 1;
    for (const [next, relation, leads] of stepsAt(graph, at.slug, types[inner.length] ?? [])) {
      await step();
      const crossed: Bridge[3] = [...crossings, [relation, leads]];
      if (isLast) {
        if (next.slug !== far.slug) continue;
        yield [
          near.slug,
          far.slug,
          inner.map((one) => [one.slug, labelsOf(one), degreeIn(walk, one)] as const),
          crossed,
        ];
        continue;
      }
      if (!isOf(walk, next) || blocked.has(next.slug)) continue;
      if ([near, far, ...inner].some(({ slug }) => slug === next.slug)) continue;
      if (avoidHubs !== null && degreeIn(walk, next) > avoidHubs) continue;
      yield* across(walk, types, [near, far], { blocked, avoidHubs }, [...inner, next], crossed);
    }
  }

  return {
    isOver,

    async ends(walk, wanted, { ends: slugs, bound, few, measured, enough }) {
      const ends = present(slugs);
      const most = Math.max(0, ...ends.map((end) => degreeIn(walk, end)));
      const open = ends.filter((end) => degreeIn(walk, end) <= bound);
      const found = await aroundEnds(walk, open, new Set(slugs));
      const joining = found.filter(
        ({ far, steps }) => slugs.includes(far.slug) || new Set(steps.map(([near]) => near)).size > 1,
      );
      const isPart = ends.length > 0 && most <= bound && enough !== null && joining.length >= enough;
      const areMeasured = measured || most > few;
      const rowOf = (entity: SnapshotEntity) =>
        wanted ? entityRow(graph, wanted, entity) : ([entity.slug, labelsOf(entity)] as const);
      const around = (isPart ? joining : found).map(({ far, steps }): Around => {
        const isNextToFew = steps.some(([near]) => degreeIn(walk, near) <= few);
        return [
          isNextToFew ? rowOf(far) : [far.slug, labelsOf(far)],
          areMeasured || steps.length > 1 ? degreeIn(walk, far) : null,
          steps.map(([near, relation, leads]) => [near.slug, relation, leads]),
        ];
      });
      return { ends: ends.map((end) => [rowOf(end), degreeIn(walk, end)] as const), around, isPart };
    },

    async expanded(walk, { slugs, ends, bound }) {
      const named = new Set(ends);
      const expanded: Expanded[] = [];
      for (const near of present(slugs)) {
        await step();
        if (degreeIn(walk, near) > bound) {
          expanded.push([near.slug, null]);
          continue;
        }
        const far = [...stepsAt(graph, near.slug, walk.relations)].filter(
          ([entity]) => isOf(walk, entity) || named.has(entity.slug),
        );
        expanded.push([
          near.slug,
          far.map(([entity, relation, leads]) => [
            entity.slug,
            labelsOf(entity),
            degreeIn(walk, entity),
            relation,
            leads,
          ]),
        ]);
      }
      return expanded;
    },

    async between(walk, { slugs, bound }) {
      const all = new Set(slugs);
      const between: Awaited<ReturnType<PathReads['between']>>[number][] = [];
      for (const near of present(slugs)) {
        await step();
        const leading = walk.relations.flatMap((type) => graph.relationsAt(near.slug, type, 'from'));
        const within = leading.filter(({ to }) => all.has(to)).map(({ to, type }) => [to, type] as const);
        between.push([near.slug, degreeIn(walk, near), leading.length > bound ? null : within]);
      }
      return between;
    },

    async meetings(walk, { nears, fars, limit }) {
      const wanted = new Set(fars);
      const meetings: Awaited<ReturnType<PathReads['meetings']>>[number][] = [];
      for (const near of present(nears)) {
        for (const [far, relation, leads] of stepsAt(graph, near.slug, walk.relations)) {
          await step();
          if (far === near || !wanted.has(far.slug)) continue;
          meetings.push([near.slug, far.slug, relation, leads]);
          if (meetings.length === limit) return meetings;
        }
      }
      return meetings;
    },

    async bridges(walk, types, { gaps, blocked, avoidHubs, perGap }: BridgeParameters) {
      const bridges: Bridge[] = [];
      const hidden = { blocked: new Set(blocked), avoidHubs };
      for (const ends of gaps) {
        const [near, far] = present(ends);
        if (!near || !far) continue;
        let found = 0;
        for await (const bridge of across(walk, types, [near, far], hidden)) {
          bridges.push(bridge);
          found += 1;
          if (bridges.length === MOST_BRIDGES) return bridges;
          if (found === perGap) break;
        }
      }
      return bridges;
    },
  };
}
