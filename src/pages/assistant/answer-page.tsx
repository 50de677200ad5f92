import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Card } from '../drawing/answers.ts';
import { say } from '../drawing/say.ts';
import { inWords, numberInWords } from '../drawing/words.ts';
import { type Answer, answerOf, grownBy } from './answer.ts';
import { Glyph } from './glyph.tsx';
import { GraphView } from './graph-view.tsx';
import type { Call, Host } from './host.ts';
import { asWritten, kindInWords, kindsInWords, nameOf, relationOfField, typeOf, typeOfField } from './language.ts';
import { MapView } from './map-view.tsx';
import { type Places, placedCards, placesAsked, placesIn, spotsOf } from './places.ts';
import { Sources } from './sources.tsx';
import { Bars, TableView } from './table-view.tsx';
import { readableTables } from './tables.ts';

const naming = { typeOf, typeOfField, relationOfField };

/** How many relations around an entity are added to a graph at once. */
const AROUND = 30;

/** Places of entities: those that an answer names, and those that the graph knows. */
function usePlaces(answer: Answer, host: Host): Places {
  const own = useMemo(() => placesIn(answer.data), [answer.data]);
  const [places, setPlaces] = useState(own);
  useEffect(() => {
    setPlaces(own);
    const cards = placedCards(answer.piece.nodes, answer.groups).filter(({ slug }) => !own.has(slug));
    const asked = placesAsked(cards);
    if (!asked || !host.callTool) return;
    let isWanted = true;
    host.callTool('graphql', { ...asked, maxTokens: 20_000 }).then(
      (content) => isWanted && setPlaces(new Map([...own, ...placesIn(content)])),
      // Without places there is no map; the answer itself is there.
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [own, answer.piece.nodes, answer.groups, host]);
  return places;
}

/** How many entities there are, and of which kind. */
function Total({ answer: { total, piece, groups, data } }: { readonly answer: Answer }) {
  if (total === undefined || groups.length > 0) return null;
  const [listed = ''] = Object.keys(data);
  const found = new Set(piece.nodes.map(({ __typename }) => __typename));
  const kind = typeOfField(listed) ?? (found.size === 1 ? [...found][0] : undefined);
  const words = kind === undefined ? say('results') : total === 1 ? kindInWords(kind) : kindsInWords(kind);
  return (
    <p class="total">
      <strong>{numberInWords(total)}</strong> {words}
    </p>
  );
}

/** How a question was read. */
function Reading({ answer: { reading, remark } }: { readonly answer: Answer }) {
  if (reading.length === 0 && remark === undefined) return null;
  return (
    <section class="reading">
      {reading.length > 0 && (
        <ul aria-label={say('Read as')}>
          {reading.map(({ words, entity = words }, index) => (
            <li key={index}>
              <strong {...asWritten(words)}>{words}</strong>{' '}
              {entity !== words && <span {...asWritten(entity)}>{entity}</span>}
            </li>
          ))}
        </ul>
      )}
      {remark !== undefined && <p>{remark}</p>}
    </section>
  );
}

interface PickedProps {
  readonly card: Card;
  readonly isDark: boolean;
  readonly host: Host;
  readonly onGrow: (() => void) | undefined;
}

/** The entity that is selected, and what can be done with it. */
function Picked({ card, isDark, host: { send }, onGrow }: PickedProps) {
  const name = nameOf(card);
  return (
    <section class="chosen" role="status">
      <Glyph kind={card.__typename} isDark={isDark} /> <strong {...asWritten(name)}>{name}</strong>{' '}
      <span class="hint">{kindInWords(card.__typename)}</span>
      {onGrow && (
        <button type="button" onClick={onGrow}>
          {say('Find what is around it')}
        </button>
      )}
      {send && (
        <button
          type="button"
          onClick={() => send(say('Tell me more about {name} ({slug}), with its sources.', { name, slug: card.slug }))}
        >
          {say('Ask about it')}
        </button>
      )}
    </section>
  );
}

interface AnsweredProps {
  readonly whole: Answer;
  readonly isDark: boolean;
  readonly host: Host;
}

function Answered({ whole, isDark, host }: AnsweredProps) {
  const [answer, setAnswer] = useState(whole);
  const [picked, setPicked] = useState<string | undefined>();
  const [chosen, setChosen] = useState<string | undefined>();
  const [failure, setFailure] = useState<string | undefined>();
  const places = usePlaces(answer, host);
  const tables = useMemo(() => readableTables(whole.data), [whole]);
  const pick = useCallback((slug: string | undefined) => setPicked(slug), []);
  const { piece, groups } = answer;
  const spots = spotsOf(piece.nodes, groups, places);
  const isTable = groups.length > 0 || tables.length > 0;
  const views = [
    ...(piece.edges.length > 0 ? ['Graph'] : []),
    ...(isTable ? ['Table'] : []),
    ...(spots.length > 0 ? ['Map'] : []),
    // Entities alone are a graph to which others can be added.
    ...(piece.edges.length === 0 && piece.nodes.length > 0 && groups.length === 0 ? ['Graph'] : []),
  ];
  const view = chosen !== undefined && views.includes(chosen) ? chosen : views[0];
  const card = piece.nodes.find(({ slug }) => slug === picked);
  const { callTool } = host;

  async function grow(slug: string): Promise<void> {
    try {
      const content = await callTool?.('neighborhood', { of: [slug], limit: AROUND });
      setFailure(undefined);
      if (content) setAnswer((known) => grownBy(known, answerOf(content, naming)));
      setChosen('Graph');
    } catch (error) {
      setFailure(say('The host does not answer: {message}', { message: error instanceof Error ? error.message : '' }));
    }
  }

  return (
    <>
      <Reading answer={answer} />
      <Total answer={answer} />
      {views.length === 0 && answer.total === undefined && <p class="hint">{say('Nothing was found.')}</p>}
      {views.length > 1 && (
        <div role="tablist" aria-label={say('Views')}>
          {views.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-controls="view"
              aria-selected={name === view}
              onClick={() => setChosen(name)}
            >
              {say(name)}
            </button>
          ))}
        </div>
      )}
      {view !== undefined && (
        <div id="view" {...(views.length > 1 && { role: 'tabpanel', 'aria-labelledby': `tab-${view}` })}>
          {view === 'Graph' && (
            <GraphView piece={piece} isDark={isDark} picked={picked} onPick={pick} sourcesOf={answer.sourcesOf} />
          )}
          {view === 'Map' && <MapView spots={spots} picked={picked} onPick={pick} />}
          {view === 'Table' &&
            (groups.length > 0 ? (
              <Bars groups={groups} />
            ) : (
              tables.map((table) => <TableView key={table.path} {...table} />)
            ))}
        </div>
      )}
      {card && <Picked card={card} isDark={isDark} host={host} onGrow={callTool && (() => void grow(card.slug))} />}
      {failure !== undefined && <p role="alert">{failure}</p>}
      {answer.cut.length > 0 && (
        <p class="hint">
          {say('Cut to the size that was asked for: {what}.', {
            what: answer.cut
              .map(({ at, count }) => say('{count} of {at}', { count: numberInWords(count), at: inWords(at) }))
              .join(', '),
          })}
        </p>
      )}
      <Sources sources={answer.sources} open={host.open} />
    </>
  );
}

interface AnswerPageProps {
  readonly call: Call;
  readonly isDark: boolean;
  readonly host: Host;
}

/** An answer of a tool as graph, map or table, whichever it can be, with its sources. */
export function AnswerPage({ call, isDark, host }: AnswerPageProps) {
  if (call.state === 'waiting') return <p class="hint">{say('Waiting for the answer …')}</p>;
  if (call.state === 'cancelled') return <p class="hint">{say('The call was cancelled.')}</p>;
  if (call.state === 'failed') return <p role="alert">{call.message}</p>;
  const whole = answerOf(call.content, naming);
  return <Answered whole={whole} isDark={isDark} host={host} />;
}
