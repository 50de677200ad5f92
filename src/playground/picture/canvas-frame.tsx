import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { Card } from '../../drawing/answers.ts';
import { type Canvas, openCanvas } from '../../drawing/canvas/canvas.ts';
import type { Direction } from '../../drawing/canvas/node-beside.ts';
import type { Look } from '../../drawing/looks.ts';
import type { Piece } from '../../drawing/piece.ts';
import { say } from '../../drawing/say.ts';
import { counted } from '../../drawing/words.ts';
import { language } from '../language/language.ts';

/** The name of an entity in the language of the page. */
export const nameInLanguage = ({ name, nameZh }: Card): string => (language === 'zh-Hans' ? (nameZh ?? name) : name);

interface CanvasFrameProps {
  readonly piece: Piece;
  readonly looks: (typeName: string) => Look;
  readonly isDark: boolean;
  readonly picked: string | undefined;
  readonly onPick: (slug: string | undefined) => void;
  readonly onOpen: (slug: string) => void;
}

/** Maximum number of relations for which all labels are shown. */
const NAMED = 12;

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** The drawing of a graph, with zoom controls. */
export function CanvasFrame({ piece, looks, isDark, picked, onPick, onOpen }: CanvasFrameProps) {
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<Canvas | undefined>(undefined);
  /** Current callbacks: the canvas outlives many renderings. */
  const hands = useRef({ onPick, onOpen });
  hands.current = { onPick, onOpen };

  useEffect(() => {
    if (!place.current) return;
    const opened = openCanvas(
      place.current,
      // The reliability of a relation is known only if its sources are selected.
      { lookOf: looks, nameOf: nameInLanguage, isWeak: () => false, namedRelations: NAMED },
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
    // The browser zooms with Ctrl and +, and goes back with Alt and an arrow.
    if (event.ctrlKey || event.metaKey || event.altKey) return;
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
        aria-label={say('Graph of {entities} and {relations}. Arrow keys move, Enter queries the neighbours.', {
          entities: counted(piece.nodes.length, 'entity'),
          relations: counted(piece.edges.length, 'relation'),
        })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the graph is navigated by keyboard.
        tabIndex={0}
        onKeyDown={onKeyDown}
      />
      <div className="tools">
        <button type="button" aria-label={say('Zoom in')} onClick={() => canvas.current?.zoomBy(1.3)}>
          +
        </button>
        <button type="button" aria-label={say('Zoom out')} onClick={() => canvas.current?.zoomBy(1 / 1.3)}>
          −
        </button>
        <button type="button" onClick={() => canvas.current?.fit()}>
          {say('Fit')}
        </button>
      </div>
    </div>
  );
}
