import type { PathWalk } from '../graph/walk.ts';
import { type EntityRow, isSlight, type TargetPlan } from '../reads/plan.ts';
import { type Metapaths, metapaths } from '../traversal/metapaths.ts';
import { areCut, entityIn, type PathReads } from './bidirectional-search-reads.ts';
import { type Bridge, MOST_BRIDGES } from './bridge-statement.ts';
import { byDegree, type ExploredStep, ExploredSubgraph, type KnownEntity } from './explored-subgraph.ts';
import { byCost, type FrontierGap, frontierGapOf, gapsByTypes, keyOf } from './frontier-gap.ts';

export interface BidirectionalSearchOptions {
  /** Entities that paths may always meet: the ends, and those to pass. */
  readonly anchors: readonly string[];
  /** Maximum number of relations read per entity. @default 1000 */
  readonly hubDegree?: number | undefined;
  /** How many entities have all of their relations read in one step. @default 2000 */
  readonly mostExpanded?: number | undefined;
  /** Fields read of the ends and their neighbours, if they are only a few properties: this saves a statement. */
  readonly wanted?: TargetPlan | undefined;
}

/** Maximum number of connecting paths found for one gap, and searched in one step: enough for any result. */
const BRIDGES_PER_GAP = 60;
const MOST_GAPS = 3_000;

/** Maximum number of properties of an entity read before it is known whether it is on a path. */
const MOST_WANTED = 8;

/** Gaps that are crossed together to begin with: of one step, and of more. */
const FIRST_STEPS = 200;
const FIRST_BRIDGES = 12;

/** Number of hubs next to an end behind which a further path is searched first. */
const LIKELY_HUBS = 2;

/**
 * If the ends have at most this many relations, more is read of their neighbours: the selected fields and, for longer
 * paths, the relations between them. Only then are all their relations counted.
 */
const FEW = 200;

/** Number of relations read in a first look behind the nearest entities. */
const GLANCE = 300;

/**
 * The explored surroundings of the ends of paths. They are read from all ends at once, each entity at most once and
 * hubs never: a path through one hub is known from the entities on both sides of it, if both were read. If two
 * unexpanded entities are adjacent on a path, the connecting paths between just these two are searched.
 */
export class BidirectionalSearch {
  readonly known = new ExploredSubgraph();
  readonly #walk: PathWalk;
  readonly #anchors: readonly string[];
  readonly #avoided: ReadonlySet<string>;
  readonly #hubDegree: number;
  readonly #few: number;
  readonly #mostExpanded: number;
  readonly #wanted: TargetPlan | null;
  readonly #reads: PathReads;
  readonly #ways: Metapaths;
  readonly #bridged = new Set<string>();
  /** Neighbours of the ends whose relations with each other are all known. */
  readonly #settled = new Set<string>();
  #hasSettled = false;
  /** Only the neighbours that connect the ends are known. */
  #isPart = false;
  readonly #radius = new Map<string, number>();
  /** Gaps were left open, so that paths may be missing. */
  leftGaps = false;

  constructor(walk: PathWalk, reads: PathReads, options: BidirectionalSearchOptions) {
    const { anchors, hubDegree = 1_000, mostExpanded = 2_000, wanted } = options;
    this.#walk = walk;
    this.#reads = reads;
    this.#ways = metapaths(walk);
    this.#anchors = anchors;
    this.#avoided = new Set(walk.avoid);
    this.#hubDegree = hubDegree;
    this.#few = Math.min(FEW, hubDegree);
    this.#mostExpanded = mostExpanded;
    this.#wanted = wanted && isSlight(wanted, MOST_WANTED) ? wanted : null;
  }

  /**
   * Reads the ends and their neighbours: at first only those that connect two ends, if that is enough, and the rest
   * when longer paths are requested.
   * @returns the ends that do not exist
   */
  async start(enough: number | null = null): Promise<readonly string[]> {
    const { ends, around, isPart } = await this.#reads.ends(this.#walk, this.#wanted, {
      ends: this.#anchors,
      bound: this.#hubDegree,
      few: this.#few,
      measured: this.#anchors.length > 2 || this.#walk.avoidHubs !== null,
      enough,
    });
    this.#isPart = isPart;
    for (const [row, degree] of ends) {
      this.#note(row, degree, this.#wanted);
      if (degree <= this.#hubDegree && !isPart) this.known.markExpanded(row[0]);
    }
    for (const [row, degree, steps] of around) {
      const [far] = row;
      if (!this.#allows(far, degree ?? 0)) continue;
      const isNextToFew = steps.some(([end]) => this.#hasFew(end));
      this.#note(row, degree ?? 0, isNextToFew ? this.#wanted : null);
      for (const [end, relation, leads] of steps) this.known.relate(end, far, relation, leads);
    }
    return this.#anchors.filter((anchor) => !this.known.entity(anchor));
  }

  /**
   * Reads a little, to learn whether there is any unknown path of up to a length: first between the neighbours of the
   * ends, then between hubs among these, if there are any, otherwise behind those with the fewest relations.
   */
  async glance(length: number, isEnough: () => boolean): Promise<void> {
    if (length < 3) return;
    await this.#settle();
    if (isEnough()) return;
    const likely = length < 4 ? [] : this.#likelyGaps();
    if (likely.length > 0) return void (await this.#span(likely, 1));
    const next = new Set(this.#anchors.flatMap((anchor) => this.#expandable(anchor, 1)));
    const few: string[] = [];
    let relations = 0;
    for (const { slug, degree } of [...next].toSorted(byDegree)) {
      relations += degree;
      if (relations > GLANCE) break;
      few.push(slug);
    }
    if (few.length > 0) await this.#expand(few);
  }

  /** Some gaps of two steps between hubs next to two ends, all with the same relations. */
  #likelyGaps(): readonly FrontierGap[] {
    const isHub = ({ expanded, degree }: KnownEntity) => !expanded && degree > this.#hubDegree;
    const hubs = this.#anchors.map((anchor) =>
      this.known.nextTo(anchor).filter(isHub).toSorted(byDegree).slice(-LIKELY_HUBS),
    );
    const gaps = new Map<string, FrontierGap>();
    const [nearOnes = [], ...others] = hubs;
    for (const farOnes of others) this.#addGaps(gaps, nearOnes, farOnes, 2);
    const [first, ...more] = gaps.values();
    return first ? [first, ...more.filter(({ types }) => String(types) === String(first.types))] : [];
  }

  /** Reads so far that paths of a length between any two ends are known, but for those that cross gaps. */
  async reach(length: number): Promise<void> {
    if (this.#anchors.length > 2) {
      const needed = Math.ceil((length - 2) / 2);
      for (let radius = 1; radius <= needed; radius += 1) await this.#widen(this.#anchors, radius);
      return;
    }
    if (length >= 3) await this.#settle();
    if (this.isWhole(length)) return;
    const radiusOf = (anchor: string) => this.#radius.get(anchor) ?? 0;
    while (this.#anchors.reduce((sum, anchor) => sum + radiusOf(anchor), 0) < length - 2) {
      const sides = this.#anchors.map((anchor) => {
        const next = this.#expandable(anchor, radiusOf(anchor) + 1);
        return { anchor, cost: next.reduce((sum, { degree }) => sum + degree, 0) };
      });
      const [cheapest] = sides.toSorted((left, right) => left.cost - right.cost);
      if (!cheapest) return;
      await this.#widen([cheapest.anchor], radiusOf(cheapest.anchor) + 1);
    }
  }

  /** Whether all paths of a length between two ends are known from their neighbours. */
  isWhole(length: number): boolean {
    const isSettled = ({ far: { slug } }: ExploredStep) => this.#settled.has(slug) || this.#anchors.includes(slug);
    if (this.#isPart) return length <= 2;
    return (
      length <= 3 &&
      this.#anchors.length === 2 &&
      this.#anchors.every((anchor) => {
        const { expanded = false, steps = [] } = this.known.entity(anchor) ?? {};
        return expanded && (length < 3 || steps.every(isSettled));
      })
    );
  }

  /**
   * Searches the connecting paths across gaps on paths of up to a length between any two ends: first those of one step,
   * until there are enough.
   */
  async bridge(length: number, isEnough: () => boolean): Promise<void> {
    const gaps = this.#gaps(length).toSorted(byCost);
    if (gaps.length > MOST_GAPS) this.leftGaps = true;
    const crossed = gaps.slice(0, MOST_GAPS);
    for (let steps = 1; steps <= length; steps += 1) {
      const group = crossed.filter((gap) => gap.length === steps);
      // Few at first: paths between entities with few relations are worth most.
      let from = 0;
      for (let size = steps === 1 ? FIRST_STEPS : FIRST_BRIDGES; from < group.length; size *= 4) {
        await this.#close(group.slice(from, from + size));
        from += size;
        if (isEnough()) return;
      }
    }
  }

  async #close(gaps: readonly FrontierGap[]): Promise<void> {
    const isSmall = ({ near, length }: FrontierGap) => length === 1 && near.degree <= this.#hubDegree;
    await Promise.all([
      this.#meet(gaps.filter(isSmall)),
      ...gapsByTypes(gaps.filter((gap) => !isSmall(gap))).map(async (alike) => {
        if (await this.#span(alike, BRIDGES_PER_GAP)) this.leftGaps = true;
      }),
    ]);
    for (const gap of gaps) this.#bridged.add(keyOf(gap));
  }

  /** Finds which entities with few relations are related to the others. */
  async #meet(gaps: readonly FrontierGap[]): Promise<void> {
    if (gaps.length === 0) return;
    const meetings = await this.#reads.meetings(this.#walk, {
      nears: [...new Set(gaps.map(({ near }) => near.slug))],
      fars: [...new Set(gaps.map(({ far }) => far.slug))],
      limit: MOST_BRIDGES,
    });
    for (const [near, far, relation, leads] of meetings) this.known.relate(near, far, relation, leads);
    if (meetings.length >= MOST_BRIDGES) this.leftGaps = true;
  }

  /**
   * Searches the connecting paths across gaps of one length that allow the same relations.
   * @returns whether there may be more
   */
  async #span(gaps: readonly FrontierGap[], perGap: number): Promise<boolean> {
    const bridges = await this.#reads.bridges(this.#walk, gaps[0]?.types ?? [], {
      gaps: gaps.map(({ near, far }) => [near.slug, far.slug]),
      blocked: [...new Set([...this.#walk.avoid, ...this.#anchors])],
      avoidHubs: this.#walk.avoidHubs,
      perGap,
    });
    for (const bridge of bridges) this.#cross(bridge);
    return areCut(bridges, perGap);
  }

  #gaps(length: number): readonly FrontierGap[] {
    const gaps = new Map<string, FrontierGap>();
    const around = this.#anchors.map((anchor) => this.known.openAround(anchor));
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

  #addGaps(
    gaps: Map<string, FrontierGap>,
    nearOnes: readonly KnownEntity[],
    farOnes: readonly KnownEntity[],
    length: number,
  ) {
    for (const near of nearOnes) {
      for (const far of farOnes) {
        if (near === far) continue;
        if (length === 1 && this.#settled.has(near.slug) && this.#settled.has(far.slug)) continue;
        if (gaps.size > MOST_GAPS) return;
        const gap = frontierGapOf(near, far, length, this.#ways);
        if (gap && !this.#bridged.has(keyOf(gap))) gaps.set(keyOf(gap), gap);
      }
    }
  }

  async #widen(anchors: readonly string[], radius: number): Promise<void> {
    const open = anchors.filter((anchor) => (this.#radius.get(anchor) ?? 0) < radius);
    const next = new Set(
      open.flatMap((anchor) => this.#expandable(anchor, radius).toSorted(byDegree).slice(0, this.#mostExpanded)),
    );
    if (next.size > 0) await this.#expand([...next].map(({ slug }) => slug));
    for (const anchor of open) this.#radius.set(anchor, radius);
  }

  #expandable(anchor: string, radius: number): readonly KnownEntity[] {
    return [...this.known.distancesFrom(anchor)]
      .filter(([entity, distance]) => distance <= radius && !entity.expanded && entity.degree <= this.#hubDegree)
      .map(([entity]) => entity);
  }

  async #expand(slugs: readonly string[]): Promise<void> {
    const expanded = await this.#reads.expanded(this.#walk, {
      slugs,
      ends: this.#anchors,
      bound: this.#hubDegree,
    });
    for (const [slug, steps] of expanded) {
      if (steps === null) continue;
      for (const [far, labels, degree, relation, leads] of steps) {
        if (!this.#allows(far, degree)) continue;
        this.known.meet(far, this.#walk.ontology.kindOf(labels), degree);
        this.known.relate(slug, far, relation, leads);
      }
      this.known.markExpanded(slug);
    }
  }

  #note(row: EntityRow, degree: number, wanted: TargetPlan | null): void {
    const { slug, kind, read } = entityIn(this.#walk.ontology, row, wanted);
    this.known.meet(slug, kind, degree, read);
  }

  /** Reads, once, the relations between the entities next to two ends that have few: what paths of three need. */
  async #settle(): Promise<void> {
    if (this.#hasSettled || this.#anchors.length > 2) return;
    this.#hasSettled = true;
    const ends = this.#anchors.filter((anchor) => this.#hasFew(anchor));
    const next = new Set(ends.flatMap((end) => this.known.nextTo(end).map(({ slug }) => slug)));
    if (next.size === 0) return;
    const between = await this.#reads.between(this.#walk, { slugs: [...next], bound: this.#hubDegree });
    for (const [slug, degree, relations] of between) {
      this.known.count(slug, degree);
      if (relations === null) continue;
      for (const [far, relation] of relations) this.known.relate(slug, far, relation);
      this.#settled.add(slug);
    }
  }

  #cross([near, far, inner, crossings]: Bridge): void {
    for (const [slug, labels, degree] of inner) this.known.meet(slug, this.#walk.ontology.kindOf(labels), degree);
    const way = [near, ...inner.map(([slug]) => slug), far];
    for (const [index, [relation, leads]] of crossings.entries()) {
      this.known.relate(String(way[index]), String(way[index + 1]), relation, leads);
    }
  }

  #hasFew(end: string): boolean {
    return (this.known.entity(end)?.degree ?? 0) <= this.#few;
  }

  #allows(slug: string, degree: number): boolean {
    if (this.#anchors.includes(slug)) return true;
    const { avoidHubs } = this.#walk;
    return !this.#avoided.has(slug) && (avoidHubs === null || degree <= avoidHubs);
  }
}
