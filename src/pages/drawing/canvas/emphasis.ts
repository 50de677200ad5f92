import type { Core } from 'cytoscape';
import { MOST_NEAR } from './interactions.ts';

/** Highlighted parts of the graph. */
export interface Emphasis {
  readonly picked?: string | undefined;
  /** Those that are selected together with it. */
  readonly also?: readonly string[] | undefined;
  readonly relation?: string | undefined;
  /** Keys of the relations of the selected path, in order. */
  readonly path?: readonly string[] | undefined;
}

/** Applies the highlighting. */
export function showEmphasis(cy: Core, { picked, also = [], relation, path }: Emphasis): void {
  cy.batch(() => {
    cy.elements('.picked, .near, .chosen, .on-path, .dim').removeClass('picked near chosen on-path dim crowded');
    const onPath = new Set(path ?? []);
    if (onPath.size > 0) {
      const edges = cy.edges().filter((edge) => onPath.has(edge.id()));
      const onIt = edges.union(edges.connectedNodes());
      onIt.addClass('on-path');
      cy.elements().not(onIt).addClass('dim');
    }
    if (relation !== undefined) {
      const edge = cy.getElementById(relation);
      edge.addClass('picked');
      edge.connectedNodes().removeClass('dim').addClass('near');
    }
    for (const slug of also) cy.getElementById(slug).removeClass('dim').addClass('chosen');
    if (picked === undefined) return;
    const node = cy.getElementById(picked);
    node.removeClass('dim').addClass('picked');
    if (node.connectedEdges().length <= MOST_NEAR && onPath.size === 0) node.connectedEdges().addClass('near');
  });
}
