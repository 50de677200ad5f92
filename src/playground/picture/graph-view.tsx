import { useGraphiQL } from '@graphiql/react';
import { useEffect, useMemo, useState } from 'react';
import type { Card } from '../../drawing/answers.ts';
import { hopKey, type Piece } from '../../drawing/piece.ts';
import { say } from '../../drawing/say.ts';
import { counted, fieldInWords, inWords, kindOf, numberInWords } from '../../drawing/words.ts';
import { asWritten } from '../language/as-written.ts';
import { useOpenQuestion } from '../questions/open-question.ts';
import type { Exchange } from '../requests/exchange.ts';
import { askAround } from './ask-around.ts';
import { CanvasFrame, nameInLanguage } from './canvas-frame.tsx';
import { useIsDark } from './editor-theme.ts';
import { hasSlug } from './from-result.ts';
import { hiddenKinds, sourceKindOf } from './hidden-kinds.ts';
import { Legend } from './legend.tsx';
import { loadKinds, looksOf } from './looks.ts';
import { usePicture } from './use-picture.ts';

/** Maximum number of entities drawn. */
const MOST = 1_500;

/** A graph without hidden kinds, limited to the maximum size. */
function shownOf({ nodes, edges }: Piece, hidden: ReadonlySet<string>): Piece {
  const others = nodes.filter(({ __typename }) => !hidden.has(__typename)).slice(0, MOST);
  const slugs = new Set(others.map(({ slug }) => slug));
  return { nodes: others, edges: edges.filter(({ from, to }) => slugs.has(from.slug) && slugs.has(to.slug)) };
}

const kindInWords = ({ __typename }: Card) => (__typename === '' ? say('entity') : inWords(kindOf(__typename)));

/** Details and actions of the selected entity. */
function PickedEntity({ card, onAround }: { readonly card: Card; readonly onAround: (slug: string) => void }) {
  const name = nameInLanguage(card);
  const other = name === card.name ? card.nameZh : card.name;
  return (
    <section className="picked" aria-label={name}>
      <h3>
        <bdi {...asWritten(name)}>{name}</bdi> {other && <span {...asWritten(other)}>{other}</span>}
      </h3>
      <p>{kindInWords(card)}</p>
      {hasSlug(card) ? (
        <p className="actions">
          <a
            href={`explore#/graph?do=open~${encodeURIComponent(card.slug)}&pick=${encodeURIComponent(card.slug)}`}
            target="_blank"
            rel="noopener"
          >
            {say('Open in the explorer')}
          </a>
          <button type="button" onClick={() => onAround(card.slug)}>
            {say('Query neighbours')}
          </button>
        </p>
      ) : (
        <p className="hint">{say('Select its slug in the query for more actions.')}</p>
      )}
    </section>
  );
}

/** The graph as text, also for screen readers. */
function AsList({ piece, onPick }: { readonly piece: Piece; readonly onPick: (slug: string) => void }) {
  const names = new Map(piece.nodes.map((card) => [card.slug, nameInLanguage(card)]));
  const kinds = new Map(piece.nodes.map((card) => [card.slug, card.__typename]));
  const nameOf = (slug: string) => <bdi {...asWritten(names.get(slug) ?? '')}>{names.get(slug)}</bdi>;
  return (
    <details className="as-list">
      <summary>
        {say('{entities}, {relations}', {
          entities: counted(piece.nodes.length, 'entity'),
          relations: counted(piece.edges.length, 'relation'),
        })}
      </summary>
      <div>
        <ul>
          {piece.nodes.map((card) => (
            <li key={card.slug}>
              <button
                type="button"
                className="link"
                onClick={() => onPick(card.slug)}
                {...asWritten(nameInLanguage(card))}
              >
                {nameInLanguage(card)}
              </button>{' '}
              <span className="hint">{kindInWords(card)}</span>
            </li>
          ))}
        </ul>
        <ul>
          {piece.edges.map((edge) => (
            <li key={hopKey(edge)}>
              {nameOf(edge.from.slug)} <em>{fieldInWords(edge.relation, kinds.get(edge.from.slug) ?? '')}</em>{' '}
              {nameOf(edge.to.slug)}
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}

/** The graph of a response. */
export function GraphView({ exchange }: { readonly exchange: Exchange | undefined }) {
  const { schema, queryEditor } = useGraphiQL(({ schema, queryEditor }) => ({ schema, queryEditor }));
  const [kinds, setKinds] = useState<readonly string[] | undefined>();
  useEffect(() => void loadKinds().then(setKinds), []);
  const looks = useMemo(() => looksOf(kinds ?? []), [kinds]);
  const isDark = useIsDark();
  const open = useOpenQuestion();
  const { piece, isLoading, note } = usePicture(exchange, schema);
  const [chosen, setChosen] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [picked, pick] = useState<string | undefined>();
  const hidden = useMemo(() => hiddenKinds(piece, chosen, sourceKindOf(schema)), [piece, chosen, schema]);
  const shown = useMemo(() => shownOf(piece, hidden), [piece, hidden]);
  const card = shown.nodes.find(({ slug }) => slug === picked);
  // A new graph starts without a selection.
  useEffect(() => pick(undefined), [piece]);

  function onAround(slug: string): void {
    const added = askAround(queryEditor?.getValue() ?? '', slug);
    open({ query: added.text, operationName: added.operationName, keepsVariables: true });
    queryEditor?.revealLineInCenter(added.text.split('\n').length);
  }

  if (isLoading || kinds === undefined) return <p className="hint">{say('Loading …')}</p>;
  if (!exchange?.result) return <p className="hint">{say('Run a query to draw its result.')}</p>;
  if (piece.nodes.length === 0) return <p className="hint">{say('The result contains no entities to draw.')}</p>;
  return (
    <>
      <Legend
        piece={piece}
        looks={looks}
        isDark={isDark}
        hidden={hidden}
        onChoose={(kind, isShown) => setChosen(new Map(chosen).set(kind, isShown))}
      />
      <CanvasFrame
        piece={shown}
        looks={looks}
        isDark={isDark}
        picked={card?.slug}
        onPick={pick}
        onOpen={(slug) => {
          if (hasSlug({ slug })) onAround(slug);
        }}
      />
      {card && <PickedEntity card={card} onAround={onAround} />}
      <AsList piece={shown} onPick={pick} />
      {piece.nodes.length > MOST && (
        <p className="hint">
          {say('Showing the first {count} of {entities}.', {
            count: numberInWords(MOST),
            entities: counted(piece.nodes.length, 'entity'),
          })}
        </p>
      )}
      {note && <p className="hint">{note}</p>}
    </>
  );
}
