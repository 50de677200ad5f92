import type { RelationType } from '../ontology/relations.ts';
import type { Statement } from './graph.ts';
import { type KnownEntity, KnownGraph } from './known-graph.ts';
import type { TimedReads } from './timed-reads.ts';
import { degreeOf, isOfKind, typesIn, type Walk, walkFile } from './walk.ts';

/** Over what paths may lead, beside their ends and those that they must pass. */
export interface PathWalk extends Walk {
  readonly avoid: readonly string[];
  /** Entities with more relations than this are passed over; `null` for none. */
  readonly avoidHubs: number | null;
}

export interface SurroundingsOptions {
  /** Entities that paths may always meet: the ends, and those to pass. */
  readonly anchors: readonly string[];
  /** Relations of an entity with more than so many are not all read. @default 1000 */
  readonly hubDegree?: number | undefined;
  /** How many entities have all of their relations read in one step. @default 2000 */
  readonly mostExpanded?: number | undefined;
}

type Far = readonly [slug: string, degree: number, relation: RelationType, leads: boolean];
type Expanded = readonly [slug: string, degree: number, steps: readonly Far[] | null];
type Inner = readonly [slug: string, degree: number];
type Crossing = readonly [relation: RelationType, leads: boolean];
type Bridge = readonly [near: string, far: string, inner: readonly Inner[], crossings: readonly Crossing[]];

interface Gap {
  readonly near: KnownEntity;
  readonly far: KnownEntity;
  readonly length: number;
}

const expandFile = walkFile('paths-expand');

/** Found for one gap, and looked for in one step: enough for any answer. */
const BRIDGES_PER_GAP = 60;
const MOST_BRIDGES = 1_500;
const MOST_GAPS = 3_000;

/**
 * Ways of a length between two entities that are not expanded themselves. Each step is forced to start where the last
 * one ended, so Neo4j finds one way after the other and stops at the limit.
 */
function bridgeStatement(length: number, { relations, kinds }: Walk): Statement {
  const types = typesIn(relations);
  const inner = Array.from({ length: length - 1 }, (_, index) => `inner${index}`);
  const steps = inner.map((node, index) => {
    const before = inner.slice(0, index);
    const names = ['near', 'far', ...before, ...before.map((_, at) => `relation${at}`)];
    const others = before.map((other) => ` AND ${node} <> ${other}`).join('');
    return `WITH ${names.join(', ')} MATCH (${inner[index - 1] ?? 'near'})-[relation${index}:${types}]-(${node})
      WHERE ${isOfKind(node, kinds)} AND NOT ${node}.id IN $blocked${others} AND ($avoidHubs IS NULL OR ${degreeOf(node, relations)} <= $avoidHubs)`;
  });
  const names = ['near', 'far', ...inner, ...inner.map((_, at) => `relation${at}`)].join(', ');
  const starts = ['near', ...inner];
  const last = length - 1;
  const crossings = starts.map((node, at) => `[type(relation${at}), startNode(relation${at}) = ${node}]`);
  return {
    name: `paths-bridge-${length}`,
    text: `UNWIND $gaps AS gap
MATCH (near:Entity {id: gap[0]})
CALL (gap) { MATCH (far:Entity {id: gap[1]}) RETURN far }
CALL (near, far) {
  ${steps.join('\n  ')}
  WITH ${names} MATCH (${starts[last]})-[relation${last}:${types}]-(far)
  RETURN [${inner.map((node) => `[${node}.id, ${degreeOf(node, relations)}]`).join(', ')}] AS inner, [${crossings.join(', ')}] AS crossings
  LIMIT ${BRIDGES_PER_GAP}
}
WITH near, far, inner, crossings LIMIT ${MOST_BRIDGES}
RETURN collect([near.id, far.id, inner, crossings])`,
  };
}

/**
 * What lies around the ends of the paths that are looked for. It is read from all ends at once, each entity at most once
 * and hubs never: a path that passes one hub is known from the entities on both sides of it. Where two entities that
 * were not expanded stand next to each other on a path, the ways between just these two are asked for.
 */
export class Surroundings {
  readonly known = new KnownGraph();
  readonly #walk: PathWalk;
  readonly #anchors: readonly string[];
  readonly #avoided: ReadonlySet<string>;
  readonly #hubDegree: number;
  readonly #mostExpanded: number;
  readonly #reads: TimedReads;
  readonly #bridged = new Set<string>();
  readonly #radius = new Map<string, number>();
  /** Gaps were left open, so that paths may be missing. */
  leftGaps = false;

  constructor(walk: PathWalk, reads: TimedReads, options: SurroundingsOptions) {
    const { anchors, hubDegree = 1_000, mostExpanded = 2_000 } = options;
    this.#walk = walk;
    this.#reads = reads;
    this.#anchors = anchors;
    this.#avoided = new Set(walk.avoid);
    this.#hubDegree = hubDegree;
    this.#mostExpanded = mostExpanded;
  }

  /** Reads the ends and what is next to them. @returns the ends that there are none of */
  async start(): Promise<readonly string[]> {
    await this.#expand(this.#anchors);
    for (const anchor of this.#anchors) this.#radius.set(anchor, 0);
    return this.#anchors.filter((anchor) => !this.known.entity(anchor));
  }

  /** Reads so far that paths of a length between any two ends are known, but for those that cross gaps. */
  async reach(length: number): Promise<void> {
    if (this.#anchors.length > 2) {
      const needed = Math.ceil((length - 2) / 2);
      for (let radius = 1; radius <= needed; radius += 1) {
        await Promise.all(this.#anchors.map((anchor) => this.#widen(anchor, radius)));
      }
      return;
    }
    const radiusOf = (anchor: string) => this.#radius.get(anchor) ?? 0;
    while (this.#anchors.reduce((sum, anchor) => sum + radiusOf(anchor), 0) < length - 2) {
      const sides = this.#anchors.map((anchor) => {
        const next = this.#expandable(anchor, radiusOf(anchor) + 1);
        return { anchor, cost: next.reduce((sum, { degree }) => sum + degree, 0) };
      });
      const [cheapest] = sides.toSorted((left, right) => left.cost - right.cost);
      if (!cheapest) return;
      await this.#widen(cheapest.anchor, radiusOf(cheapest.anchor) + 1);
    }
  }

  /** Asks for the ways across gaps on paths of up to a length between any two ends. */
  async bridge(length: number): Promise<void> {
    const gaps = this.#gaps(length).toSorted(
      (left, right) => left.near.degree + left.far.degree - right.near.degree - right.far.degree,
    );
    if (gaps.length > MOST_GAPS) this.leftGaps = true;
    const byLength = new Map<number, Gap[]>();
    for (const gap of gaps.slice(0, MOST_GAPS)) byLength.set(gap.length, [...(byLength.get(gap.length) ?? []), gap]);
    const blocked = [...new Set([...this.#walk.avoid, ...this.#anchors])];
    await Promise.all(
      [...byLength].map(async ([steps, group]) => {
        const [row] = await this.#reads.read(bridgeStatement(steps, this.#walk), {
          gaps: group.map(({ near, far }) => [near.slug, far.slug]),
          blocked,
          avoidHubs: this.#walk.avoidHubs,
        });
        const bridges = (row?.[0] ?? []) as readonly Bridge[];
        for (const bridge of bridges) this.#cross(bridge);
        for (const gap of group) this.#bridged.add(keyOf(gap));
        if (bridges.length >= BRIDGES_PER_GAP) this.leftGaps = true;
      }),
    );
  }

  #gaps(length: number): readonly Gap[] {
    const gaps = new Map<string, Gap>();
    const around = this.#anchors.map((anchor) => this.#rings(anchor));
    for (const [index, rings] of around.entries()) {
      for (const others of around.slice(index + 1)) {
        for (const [before, nearOnes] of rings) {
          for (const [after, farOnes] of others) {
            for (let steps = 1; steps <= length - before - after; steps += 1)
              this.#addGaps(gaps, nearOnes, farOnes, steps);
          }
        }
      }
    }
    return [...gaps.values()];
  }

  /** Entities that are not expanded, by their distance. */
  #rings(anchor: string): ReadonlyMap<number, readonly KnownEntity[]> {
    const rings = new Map<number, KnownEntity[]>();
    for (const [entity, distance] of this.known.distancesFrom(anchor)) {
      if (entity.expanded) continue;
      const ring = rings.get(distance);
      if (ring) ring.push(entity);
      else rings.set(distance, [entity]);
    }
    return rings;
  }

  #addGaps(gaps: Map<string, Gap>, nearOnes: readonly KnownEntity[], farOnes: readonly KnownEntity[], length: number) {
    for (const near of nearOnes) {
      for (const far of farOnes) {
        if (near === far) continue;
        if (gaps.size > MOST_GAPS) return;
        // The end with fewer relations is where the search starts.
        const isTurned = near.degree > far.degree || (near.degree === far.degree && near.slug > far.slug);
        const gap = isTurned ? { near: far, far: near, length } : { near, far, length };
        if (!this.#bridged.has(keyOf(gap))) gaps.set(keyOf(gap), gap);
      }
    }
  }

  async #widen(anchor: string, radius: number): Promise<void> {
    if ((this.#radius.get(anchor) ?? 0) >= radius) return;
    const next = this.#expandable(anchor, radius)
      .toSorted((left, right) => left.degree - right.degree || (left.slug < right.slug ? -1 : 1))
      .slice(0, this.#mostExpanded);
    if (next.length > 0) await this.#expand(next.map(({ slug }) => slug));
    this.#radius.set(anchor, radius);
  }

  #expandable(anchor: string, radius: number): readonly KnownEntity[] {
    return [...this.known.distancesFrom(anchor)]
      .filter(([entity, distance]) => distance <= radius && !entity.expanded && entity.degree <= this.#hubDegree)
      .map(([entity]) => entity);
  }

  async #expand(slugs: readonly string[]): Promise<void> {
    const [row] = await this.#reads.read(expandFile(this.#walk), {
      slugs,
      ends: this.#anchors,
      bound: this.#hubDegree,
    });
    const expanded = (row?.[0] ?? []) as readonly Expanded[];
    for (const [slug, degree] of expanded) this.known.meet(slug, degree);
    for (const [slug, , steps] of expanded) {
      if (steps === null) continue;
      for (const [far, degree, relation, leads] of steps) {
        if (!this.#allows(far, degree)) continue;
        this.known.meet(far, degree);
        this.known.relate(relation, leads ? slug : far, leads ? far : slug);
      }
      this.known.markExpanded(slug);
    }
  }

  #cross([near, far, inner, crossings]: Bridge): void {
    for (const [slug, degree] of inner) this.known.meet(slug, degree);
    const way = [near, ...inner.map(([slug]) => slug), far];
    for (const [index, [relation, leads]] of crossings.entries()) {
      const [start, end] = [String(way[index]), String(way[index + 1])];
      this.known.relate(relation, leads ? start : end, leads ? end : start);
    }
  }

  #allows(slug: string, degree: number): boolean {
    if (this.#anchors.includes(slug)) return true;
    const { avoidHubs } = this.#walk;
    return !this.#avoided.has(slug) && (avoidHubs === null || degree <= avoidHubs);
  }
}

const keyOf = ({ near, far, length }: Gap) => `${near.slug} ${far.slug} ${length}`;
