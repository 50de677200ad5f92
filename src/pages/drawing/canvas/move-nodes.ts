import type { Core, LayoutOptions, NodeSingular } from 'cytoscape';
import type { Point } from '../layout/place.ts';

/** Milliseconds of the movement. */
const DURATION = 350;

/** The places of all nodes. */
export const placesOf = (cy: Core): ReadonlyMap<string, Point> =>
  new Map(cy.nodes().map((node): [string, Point] => [node.id(), { ...node.position() }]));

/** Moves all nodes to their places, step by step if that is wanted, and then calls back. */
export function moveNodes(cy: Core, places: ReadonlyMap<string, Point>, isAnimated: boolean, settle: () => void): void {
  if (!isAnimated) {
    cy.nodes().positions((node) => ({ ...(places.get(node.id()) ?? { x: 0, y: 0 }) }));
    settle();
    return;
  }
  const move = {
    name: 'preset',
    positions: (node: NodeSingular) => places.get(node.id()),
    animate: true,
    animationDuration: DURATION,
    stop: settle,
  };
  cy.layout(move as unknown as LayoutOptions).run();
}
