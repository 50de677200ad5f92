import type { Core } from 'cytoscape';

/** Calls back with the entity of a double click. Cytoscape takes any two quick clicks for one, wherever they are. */
export function onDoubleClick(cy: Core, open: (id: string) => void): void {
  let lastTwo: readonly [before?: unknown, last?: unknown] = [];
  cy.on('tap', ({ target }) => {
    lastTwo = [lastTwo[1], target];
  });
  cy.on('dbltap', 'node', ({ target }) => {
    if (lastTwo[0] === target) open(target.id());
  });
}
