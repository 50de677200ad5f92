import { type KeyboardEvent, useEffect, useRef } from 'react';
import { type Canvas, type Direction, openCanvas } from '../../drawing/canvas.ts';
import type { Look } from '../../drawing/looks.ts';
import type { Piece } from '../../drawing/piece.ts';
import { counted } from '../../drawing/words.ts';

interface CanvasFrameProps {
  readonly piece: Piece;
  readonly looks: (typeName: string) => Look;
  readonly isDark: boolean;
  readonly picked: string | undefined;
  readonly onPick: (slug: string | undefined) => void;
  readonly onOpen: (slug: string) => void;
}

/** Up to so many relations are named all the time. */
const NAMED = 12;

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** The picture of a graph, with the ways to move it. */
export function CanvasFrame({ piece, looks, isDark, picked, onPick, onOpen }: CanvasFrameProps) {
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<Canvas | undefined>(undefined);
  /** What to do is asked when it is done: the picture outlives many renderings. */
  const hands = useRef({ onPick, onOpen });
  hands.current = { onPick, onOpen };

  useEffect(() => {
    if (!place.current) return;
    const opened = openCanvas(
      place.current,
      // How far a relation can be trusted is known only where its sources were asked for.
      { lookOf: looks, isWeak: () => false, namedRelations: NAMED },
      {
        pick: (slug) => hands.current.onPick(slug),
        pickRelation: () => hands.current.onPick(undefined),
        pickNothing: () => hands.current.onPick(undefined),
        open: (slug) => hands.current.onOpen(slug),
      },
    );
    canvas.current = opened;
    return () => {
      canvas.current = undefined;
      opened.close();
    };
  }, [looks]);
  useEffect(() => canvas.current?.draw(piece, isDark), [piece, isDark]);
  useEffect(() => canvas.current?.emphasize({ picked }), [picked]);

  function onKeyDown(event: KeyboardEvent): void {
    const direction = directions[event.key];
    if (direction) {
      const next = canvas.current?.beside(picked, direction);
      if (next !== undefined) {
        onPick(next);
        canvas.current?.reveal(next);
      }
    } else if (event.key === 'Enter' && picked !== undefined) onOpen(picked);
    else if (event.key === '+') canvas.current?.zoomBy(1.3);
    else if (event.key === '-') canvas.current?.zoomBy(1 / 1.3);
    else if (event.key === '0') canvas.current?.fit();
    else return;
    event.preventDefault();
  }

  return (
    <div className="canvas-frame">
      <div
        ref={place}
        className="canvas"
        role="application"
        aria-label={`Graph of ${counted(piece.nodes.length, 'entity')} and ${counted(piece.edges.length, 'relation')}. Arrow keys go from one to the next, Enter asks what is around it.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys go from entity to entity.
        tabIndex={0}
        onKeyDown={onKeyDown}
      />
      <div className="tools">
        <button type="button" aria-label="Zoom in" onClick={() => canvas.current?.zoomBy(1.3)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => canvas.current?.zoomBy(1 / 1.3)}>
          −
        </button>
        <button type="button" onClick={() => canvas.current?.fit()}>
          Fit
        </button>
      </div>
    </div>
  );
}
