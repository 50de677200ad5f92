import type { Core } from 'cytoscape';

export type Direction = 'left' | 'right' | 'up' | 'down';

const vectors: Readonly<Record<Direction, readonly [x: number, y: number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** The nearest node in a direction on the screen, or the one with the most relations if there is none to start from. */
export function nodeBeside(cy: Core, slug: string | undefined, direction: Direction): string | undefined {
  const from = cy.getElementById(slug ?? '');
  if (from.empty())
    return cy
      .nodes()
      .max((node) => Number(node.data('degree')))
      .ele?.id();
  const { x, y } = from.renderedPosition();
  const [alongX, alongY] = vectors[direction];
  let best: { id: string; cost: number } | undefined;
  cy.nodes().forEach((node) => {
    const there = node.renderedPosition();
    const ahead = (there.x - x) * alongX + (there.y - y) * alongY;
    const aside = Math.abs((there.x - x) * alongY) + Math.abs((there.y - y) * alongX);
    if (node.id() === slug || ahead <= 1 || aside > ahead * 2) return;
    const cost = ahead + 2 * aside;
    if (best === undefined || cost < best.cost) best = { id: node.id(), cost };
  });
  return best?.id;
}
