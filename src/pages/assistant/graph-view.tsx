import { useEffect, useRef } from 'preact/hooks';
import { type Canvas, openCanvas } from '../drawing/canvas/canvas.ts';
import { hopKey, type Piece } from '../drawing/piece.ts';
import { say } from '../drawing/say.ts';
import { Glyph, styleOfKind } from './glyph.tsx';
import { asWritten, kindInWords, nameOf, relationInWords } from './language.ts';
import { SourceNumbers } from './sources.tsx';

/** Maximum number of relations for which all labels are drawn. */
const NAMED = 12;

interface GraphViewProps {
  readonly piece: Piece;
  readonly isDark: boolean;
  /** Slug of the entity that is selected. */
  readonly picked: string | undefined;
  readonly onPick: (slug: string | undefined) => void;
  readonly sourcesOf: ReadonlyMap<string, readonly number[]>;
}

/** Each relation as a sentence, for those who read, and for screen readers. */
function Sentences({ piece: { nodes, edges }, sourcesOf }: Pick<GraphViewProps, 'piece' | 'sourcesOf'>) {
  const cards = new Map(nodes.map((card) => [card.slug, card]));
  const Name = ({ slug }: { readonly slug: string }) => {
    const card = cards.get(slug);
    const name = card ? nameOf(card) : slug;
    return <strong {...asWritten(name)}>{name}</strong>;
  };
  return (
    <details class="sentences" open={edges.length <= NAMED}>
      <summary>{say('The relations as text')}</summary>
      <ul>
        {edges.map((edge) => (
          <li key={hopKey(edge)}>
            <Name slug={edge.from.slug} /> {relationInWords(edge.relation)} <Name slug={edge.to.slug} />
            <SourceNumbers numbers={sourcesOf.get(hopKey(edge)) ?? []} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The entities of an answer with their relations, drawn and as text. */
export function GraphView({ piece, isDark, picked, onPick, sourcesOf }: GraphViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<Canvas | undefined>(undefined);
  useEffect(() => {
    if (!place.current) return;
    const opened = openCanvas(
      place.current,
      { styleOfKind, nameOf, isWeak: () => false, namedRelations: NAMED },
      { pick: onPick, pickRelation: () => onPick(undefined), pickNothing: () => onPick(undefined), open: onPick },
    );
    canvas.current = opened;
    return () => opened.close();
  }, [onPick]);
  useEffect(() => canvas.current?.draw(piece, isDark), [piece, isDark]);
  useEffect(() => canvas.current?.emphasize({ picked }), [picked]);
  const kinds = [...new Set(piece.nodes.map(({ __typename }) => __typename))];
  return (
    <>
      <ul class="legend" aria-label={say('Kinds')}>
        {kinds.map((kind) => (
          <li key={kind}>
            <Glyph kind={kind} isDark={isDark} /> {kindInWords(kind)}
          </li>
        ))}
      </ul>
      <div class="frame">
        <div ref={place} class="canvas" role="img" aria-label={say('The graph, also listed below')} />
        <div class="tools">
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
      <Sentences piece={piece} sourcesOf={sourcesOf} />
    </>
  );
}
