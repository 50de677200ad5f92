import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import type { Piece } from './piece.ts';
import { firstPlaces, type Point } from './place.ts';

/** How far apart two related entities like to be, in pixels; farther where one of them has many relations. */
const LENGTH = 125;

/** How strongly two entities push each other away. */
const PUSH = 2000;

/** How far a push reaches, in pixels: farther, it only takes time and room. */
const REACH = 12 * LENGTH;

/** Two entities are not nearer than this, in pixels, so that signs stay apart. */
const NEAREST = 46;

/** Labels are wide: so is the picture. */
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

/** What pulls related entities together: one for each two, however many relations they have. */
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
 * Where the entities of a graph stand after related ones have pulled one another and all have pushed one another away.
 * The same graph gives the same places. Entities that are held stay where they are.
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
    // A light pull to the middle keeps the whole together.
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
