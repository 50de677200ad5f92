import { useGraphiQL } from '@graphiql/react';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Card } from '../../drawing/answers.ts';
import { type Canvas, openCanvas } from '../../drawing/canvas/canvas.ts';
import { type KindStyle, styleOfKindAt } from '../../drawing/kind-styles.ts';
import { hopKey, type Piece } from '../../drawing/piece.ts';
import { say } from '../../drawing/say.ts';
import { counted, fieldInWords, inWords, kindOf, languageOfGraph, numberInWords } from '../../drawing/words.ts';
import { asWritten } from '../../views/languages.ts';
import { graphSettings } from '../language/graph-settings.ts';
import { language } from '../language/language.ts';
import type { Exchange } from '../requests/exchange.ts';
import { usePiece } from './use-piece.ts';

/** Maximum number of entities drawn. */
const MOST = 1_500;

/** Maximum number of relations for which all labels are shown. */
const NAMED = 12;

/** The name of an entity in the language of the page. */
const nameOf = ({ name, nameZh }: Card): string => (language === 'zh-Hans' ? (nameZh ?? name) : name);

const kindInWords = (typeName: string) => (typeName === '' ? say('entity') : inWords(kindOf(typeName)));

const inExplorer = (slug: string) =>
  `explore#/graph?do=open~${encodeURIComponent(slug)}&pick=${encodeURIComponent(slug)}`;

const device = matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  device.addEventListener('change', listener);
  return () => device.removeEventListener('change', listener);
}

/** Whether the page is dark, by choice or by the device setting. */
function useIsDark(): boolean {
  const theme = useGraphiQL((state) => state.theme);
  const deviceIsDark = useSyncExternalStore(subscribe, () => device.matches);
  return theme === null ? deviceIsDark : theme === 'dark';
}

/** Styles of kinds, by their place in the ontology as in the explorer; other types follow. Undefined while loading. */
function useKindStyles(): ((typeName: string) => KindStyle) | undefined {
  const [looks, setLooks] = useState<{ readonly of: (typeName: string) => KindStyle } | undefined>();
  useEffect(() => {
    void graphSettings().then((settings) => {
      const names = Object.keys(settings?.kinds ?? {});
      setLooks({
        of(typeName) {
          if (!names.includes(typeName)) names.push(typeName);
          return styleOfKindAt(names.indexOf(typeName));
        },
      });
    });
  }, []);
  return looks?.of;
}

interface DrawingProps {
  readonly piece: Piece;
  readonly styleOfKind: (typeName: string) => KindStyle;
  readonly isDark: boolean;
  readonly picked: string | undefined;
  readonly onPick: (slug: string | undefined) => void;
}

/** The drawing of a graph, with zoom controls. */
function Drawing({ piece, styleOfKind, isDark, picked, onPick }: DrawingProps) {
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<Canvas | undefined>(undefined);
  useEffect(() => {
    if (!place.current) return;
    const opened = openCanvas(
      place.current,
      // The reliability of a relation is known only if its sources are selected.
      { styleOfKind, nameOf, isWeak: () => false, namedRelations: NAMED },
      {
        pick: onPick,
        pickRelation: () => onPick(undefined),
        pickNothing: () => onPick(undefined),
        open: (slug) => void open(inExplorer(slug), '_blank', 'noopener'),
      },
    );
    canvas.current = opened;
    return () => opened.close();
  }, [styleOfKind, onPick]);
  useEffect(() => canvas.current?.draw(piece, isDark), [piece, isDark]);
  useEffect(() => canvas.current?.emphasize({ picked }), [picked]);
  return (
    <div className="canvas-frame">
      <div ref={place} className="canvas" role="img" aria-label={say('The graph, also listed below')} />
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

interface GlyphProps {
  readonly look: KindStyle;
  readonly isDark: boolean;
}

function Glyph({ look: { light, dark, corners }, isDark }: GlyphProps) {
  const fill = isDark ? dark : light;
  return (
    <svg width="12" height="12" viewBox="-1.15 -1.15 2.3 2.3" aria-hidden="true">
      {corners.length === 0 ? <circle r="1" fill={fill} /> : <polygon points={corners.join(' ')} fill={fill} />}
    </svg>
  );
}

/** An entity by its name, which leads to it in the explorer, and by its kind. */
function Entity({ card }: { readonly card: Card }) {
  const name = nameOf(card);
  return (
    <>
      <a href={inExplorer(card.slug)} target="_blank" rel="noopener" {...asWritten(name, language, languageOfGraph())}>
        {name}
      </a>{' '}
      <span className="hint">{kindInWords(card.__typename)}</span>
    </>
  );
}

/** The graph as text, also for screen readers. */
function AsList({ piece: { nodes, edges } }: { readonly piece: Piece }) {
  const cards = new Map(nodes.map((card) => [card.slug, card]));
  const nameAt = (slug: string) => {
    const card = cards.get(slug);
    return card ? nameOf(card) : slug;
  };
  return (
    <details className="as-list">
      <summary>
        {say('{entities}, {relations}', {
          entities: counted(nodes.length, 'entity'),
          relations: counted(edges.length, 'relation'),
        })}
      </summary>
      <div>
        <ul>
          {nodes.map((card) => (
            <li key={card.slug}>
              <Entity card={card} />
            </li>
          ))}
        </ul>
        <ul>
          {edges.map((edge) => (
            <li key={hopKey(edge)}>
              {nameAt(edge.from.slug)}{' '}
              <em>{fieldInWords(edge.relation, cards.get(edge.from.slug)?.__typename ?? '')}</em> {nameAt(edge.to.slug)}
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}

/** The first entities of a graph, and the relations between them. */
function firstOf({ nodes, edges }: Piece): Piece {
  const first = nodes.slice(0, MOST);
  const slugs = new Set(first.map(({ slug }) => slug));
  return { nodes: first, edges: edges.filter(({ from, to }) => slugs.has(from.slug) && slugs.has(to.slug)) };
}

/** The graph of a response. */
export function GraphView({ exchange }: { readonly exchange: Exchange | undefined }) {
  const picture = usePiece(exchange);
  const styleOfKind = useKindStyles();
  const isDark = useIsDark();
  const [picked, setPicked] = useState<string | undefined>();
  const shown = useMemo(() => picture && firstOf(picture.piece), [picture]);

  if (!picture || !shown || !styleOfKind) return <p className="hint">{say('Loading …')}</p>;
  if (!exchange?.result) return <p className="hint">{say('Run a query to draw its result.')}</p>;
  if (shown.nodes.length === 0) return <p className="hint">{say('The result contains no entities to draw.')}</p>;
  const { length } = picture.piece.nodes;
  const card = shown.nodes.find(({ slug }) => slug === picked);
  return (
    <>
      <ul className="legend" aria-label={say('Kinds')}>
        {[...new Set(shown.nodes.map(({ __typename }) => __typename))].map((kind) => (
          <li key={kind}>
            <Glyph look={styleOfKind(kind)} isDark={isDark} /> {kindInWords(kind)}
          </li>
        ))}
      </ul>
      <Drawing piece={shown} styleOfKind={styleOfKind} isDark={isDark} picked={card?.slug} onPick={setPicked} />
      {card && (
        <p className="picked" role="status">
          <Entity card={card} />
        </p>
      )}
      <AsList piece={shown} />
      {length > MOST && (
        <p className="hint">
          {say('Showing the first {count} of {entities}.', {
            count: numberInWords(MOST),
            entities: counted(length, 'entity'),
          })}
        </p>
      )}
      {picture.note && <p className="hint">{picture.note}</p>}
    </>
  );
}
