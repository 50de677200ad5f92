import type { Core, NodeSingular } from 'cytoscape';
import type { Point } from '../layout/place.ts';
import { onDoubleClick } from './on-double-click.ts';

/** Callbacks for user actions. */
export interface Hands {
  pick(slug: string): void;
  /** Adds to what is selected. */
  choose?(slugs: readonly string[]): void;
  /** Entities were moved by hand: the places of all. */
  moved?(places: ReadonlyMap<string, Point>): void;
  /** The visible part was changed by hand; undefined for the whole. */
  framed?(at: string | undefined): void;
  pickRelation(key: string): void;
  pickNothing(): void;
  open(slug: string): void;
}

/** With more relations than this, those of an entity do not stand out: they would cover the rest. */
export const MOST_NEAR = 40;

/** Calls back when the user picks entities and relations, or nothing. */
export function onPicks(cy: Core, hands: Hands): void {
  cy.on('tap', 'node', ({ target, originalEvent }) => {
    const isAdded = originalEvent?.shiftKey || originalEvent?.ctrlKey || originalEvent?.metaKey;
    if (isAdded && hands.choose) hands.choose([target.id()]);
    else hands.pick(target.id());
  });
  // Where there are no keys, a long touch adds.
  cy.on('taphold', 'node', ({ target, originalEvent }) => {
    if (originalEvent?.type.startsWith('touch')) hands.choose?.([target.id()]);
  });
  cy.on('boxend', () =>
    queueMicrotask(() => {
      const slugs = cy.nodes(':selected').map((node) => node.id());
      cy.elements(':selected').unselect();
      if (slugs.length > 0) hands.choose?.(slugs);
    }),
  );
  onDoubleClick(cy, hands.open);
  cy.on('tap', 'edge', ({ target }) => hands.pickRelation(target.id()));
  cy.on('tap', ({ target }) => {
    if (target === cy) hands.pickNothing();
  });
}

/** Marks what the pointer is over, and the relations of an entity that it is over. */
export function markHovered(cy: Core): void {
  cy.on('mouseover', 'node', ({ target }) => {
    target.addClass('hovered');
    if (target.connectedEdges().length <= MOST_NEAR) target.connectedEdges().addClass('hovered');
  });
  cy.on('mouseover', 'edge', ({ target }) => target.addClass('hovered'));
  cy.on('mouseout', 'node, edge', () => cy.elements('.hovered').removeClass('hovered'));
}

/** Calls back when the user has moved an entity. */
export const onMoves = (cy: Core, moved: (node: NodeSingular) => void): void => {
  cy.on('dragfree', 'node', ({ target }) => moved(target));
};
