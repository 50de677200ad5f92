import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import type { Piece } from '../piece.ts';
import { firstPlaces, type Point } from './place.ts';

/** Preferred distance of related entities in pixels; larger if one of them has many relations. */
const LENGTH = 125;

/** Strength of repulsion. */
const PUSH = 2000;

/** Maximum distance of repulsion in pixels. A larger one costs time and space. */
const REACH = 12 * LENGTH;

/** Minimum distance of entities in pixels, so that symbols do not overlap. */
const NEAREST = 46;

/** Horizontal stretch, because labels are wide. */
const WIDER = 1.25;

interface Body {
  readonly slug: string;
  x: number;
  y: number;
  readonly fx: number | undefined;
  readonly fy: number | undefined;
  degree: number;
}

interface Pull {
  readonly source: Body;
  readonly target: Body;
}

const lengthOf = ({ source, target }: Pull) =>
  LENGTH * Math.max(1, Math.sqrt(Math.max(source.degree, target.degree)) / 4);

/** Attractions: one for each pair of related entities. */
function pulls({ edges }: Piece, bodies: readonly Body[]): Pull[] {
  const bodyOf = new Map(bodies.map((body) => [body.slug, body]));
  const pairs = new Map<string, Pull>();
  for (const { from, to } of edges) {
    const [source, target] = [from.slug, to.slug].sort().map((slug) => bodyOf.get(slug));
    if (source && target && source !== target) pairs.set(`${source.slug} ${target.slug}`, { source, target });
  }
  for (const { source, target } of pairs.values()) {
    source.degree += 1;
    target.degree += 1;
  }
  return [...pairs.values()];
}

/**
 * Force-directed layout: related entities attract each other, and all repel each other. The result is deterministic. Fixed
 * entities are not moved.
 */
export function forcedPlaces(graph: Piece, held: ReadonlyMap<string, Point> = new Map()): ReadonlyMap<string, Point> {
  const first = firstPlaces(graph);
  const bodies = graph.nodes.map(({ slug }): Body => {
    const hand = held.get(slug);
    const { x, y } = hand ?? first.get(slug) ?? { x: 0, y: 0 };
    return { slug, x, y, fx: hand?.x, fy: hand?.y, degree: 0 };
  });
  const rounds = Math.round(Math.max(35, Math.min(200, 25_000 / Math.max(1, bodies.length))));
  forceSimulation(bodies)
    .stop()
    .alphaDecay(1 - 0.001 ** (1 / rounds))
    .force('push', forceManyBody().strength(-PUSH).theta(1.2).distanceMax(REACH))
    .force('pull', forceLink(pulls(graph, bodies)).distance(lengthOf))
    // A weak attraction to the centre keeps the graph together.
    .force('across', forceX().strength(0.04))
    .force('down', forceY().strength(0.04))
    .tick(rounds);
  for (const body of bodies) body.x = body.fx ?? body.x * WIDER;
  forceSimulation(bodies)
    .stop()
    .force('apart', forceCollide(NEAREST / 2))
    .tick(20);
  return new Map(bodies.map(({ slug, x, y }) => [slug, { x, y }]));
}
