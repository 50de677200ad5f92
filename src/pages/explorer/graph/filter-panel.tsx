import { Fragment } from 'preact';
import { useRef } from 'preact/hooks';
import type { Card } from '../../drawing/answers.ts';
import { type Degree, degrees } from '../../drawing/trust.ts';
import { capitalized, inWords, kindOf, nounAfter } from '../../drawing/words.ts';
import type { HighlightSettings, KindSettings } from '../../views/settings.ts';
import { kindInWords, kindNamed, ontologyResource, relationNamed } from '../api/ontology.ts';
import { arrived } from '../api/resource.ts';
import { passFocus } from '../keyboard/pass-focus.ts';
import { isFiltering } from '../navigation/filter.ts';
import { type Changes, change, view } from '../navigation/navigation.ts';
import { wholeNumber } from '../navigation/step.ts';
import { Glyph, withoutCode } from '../parts/parts.tsx';
import { hasDates, yearOf } from '../settings/dates.ts';
import { isChinese, relationDescription, relationTitle, settings, settingsOf } from '../settings/known.ts';
import { Said, say } from '../settings/say.tsx';
import { hasConfidence, highlightOf, isHighlighted } from '../settings/standing.ts';
import { count } from './count.ts';
import { shownGraph, wholeGraph } from './drawn.ts';
import { NearChoice } from './near-choice.tsx';
import { StandingSign } from './standing-sign.tsx';

const toggled = (list: readonly string[], word: string) =>
  list.includes(word) ? list.filter((other) => other !== word) : [...list, word];

const kindOfCard = (card: Card) => kindOf(card.__typename);

function Kinds() {
  const { hiddenKinds } = view.value;
  const held = count(wholeGraph.value.nodes, kindOfCard);
  const order = arrived(ontologyResource())?.kinds.map(({ kind }) => kind) ?? [...held.keys()];
  return (
    <fieldset>
      <legend>{say('Kinds')}</legend>
      {order
        .filter((kind) => held.has(kind))
        .map((kind) => (
          <label
            key={kind}
            class="choice"
            title={withoutCode(settingsOf(kind)?.description ?? kindNamed(kind)?.description)}
          >
            <input
              type="checkbox"
              checked={!hiddenKinds.includes(kind)}
              onChange={() => change({ hiddenKinds: toggled(hiddenKinds, kind) })}
            />
            <Glyph kind={kind} /> <span>{kindInWords(kind)}</span> <span class="count">{held.get(kind)}</span>
          </label>
        ))}
    </fieldset>
  );
}

function Relations() {
  const { hiddenRelations } = view.value;
  const held = count(wholeGraph.value.edges, ({ relation }) => relation);
  return (
    <details class="fold">
      <summary>
        {say('Relations')}{' '}
        <span class="count">{held.size - hiddenRelations.filter((name) => held.has(name)).length}</span>
      </summary>
      <fieldset>
        <legend class="visually-hidden">{say('Relations')}</legend>
        {[...held]
          .toSorted(([, a], [, b]) => b - a)
          .map(([relation, number]) => (
            <label
              key={relation}
              class="choice"
              title={withoutCode(relationDescription(relation, relationNamed(relation)?.description))}
            >
              <input
                type="checkbox"
                checked={!hiddenRelations.includes(relation)}
                onChange={() => change({ hiddenRelations: toggled(hiddenRelations, relation) })}
              />
              <span>{relationTitle(relation, true, relationNamed(relation))}</span> <span class="count">{number}</span>
            </label>
          ))}
      </fieldset>
    </details>
  );
}

/** Choice of the entities of a kind by the property that makes some of them stand out. */
function Standings({ kind, highlight }: { readonly kind: KindSettings; readonly highlight: HighlightSettings }) {
  const { standings } = view.value;
  const cards = wholeGraph.value.nodes.filter(({ __typename }) => settingsOf(__typename) === kind);
  const held = count(cards, (card) => highlightOf(card)?.own ?? '');
  const all = highlight.values.filter((value) => held.has(value));
  if (all.length === 0) return null;
  const others = standings.filter((value) => !highlight.values.includes(value));
  const chosen = standings.filter((value) => highlight.values.includes(value));
  const shown = chosen.length === 0 ? all : all.filter((value) => chosen.includes(value));
  function toggle(value: string) {
    const next = toggled(chosen.length === 0 ? all : chosen, value);
    change({ standings: [...others, ...(all.every((each) => next.includes(each)) ? [] : next)] });
  }
  return (
    <details class="fold" open>
      <summary>
        {say('{kinds} by {property}', {
          kinds: capitalized(kind.full),
          property: inWords(highlight.property),
        })}
      </summary>
      <fieldset>
        <legend class="visually-hidden">{capitalized(inWords(highlight.property))}</legend>
        {all.map((value) => (
          <label key={value} class="choice">
            <input
              type="checkbox"
              checked={shown.includes(value)}
              // An empty selection means all.
              disabled={shown.length === 1 && shown.includes(value)}
              onChange={() => toggle(value)}
            />
            <span>
              {inWords(value)}
              {value === highlight.value && <span class="mark highlighted">{highlight.word}</span>}
            </span>{' '}
            <span class="count">{held.get(value)}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}

/** The word between a number and what is counted, in Chinese. */
const measureWord = () => (isChinese() ? '个' : '');

/** How many entities of a kind stand out. */
function StandingCounts({ kind, highlight }: { readonly kind: KindSettings; readonly highlight: HighlightSettings }) {
  const cards = shownGraph.value.nodes.filter(({ __typename }) => settingsOf(__typename) === kind);
  const outstanding = cards.filter(isHighlighted).length;
  if (cards.length === 0) return null;
  return (
    <>
      {isChinese() ? '' : ' '}
      <Said
        text="{kinds}: {outstanding}, {others}."
        with={{
          kinds: capitalized(kind.full),
          outstanding: (
            <strong>
              {outstanding} {measureWord()}
              {highlight.word}
            </strong>
          ),
          others: `${cards.length - outstanding} ${measureWord()}${highlight.others}`,
        }}
      />
    </>
  );
}

/** The meaning of marks on the graph. */
function Marks({ highlighted }: { readonly highlighted: readonly Outstanding[] }) {
  const isSourced = settings().provenance?.reliability;
  if (highlighted.length === 0 && !isSourced) return null;
  return (
    <ul class="marks">
      {highlighted.map(({ kind, highlight }) => (
        <Fragment key={kind.full}>
          <li>
            <StandingSign kind={kind} isHighlighted />{' '}
            {say('{word} {kinds}', { word: highlight.word, kinds: kind.fullOne })}
          </li>
          <li>
            <StandingSign kind={kind} isHighlighted={false} /> {highlight.others}
          </li>
        </Fragment>
      ))}
      {isSourced && (
        <li>
          <span class="sign weak-sign" /> {say('low reliability only')}
        </li>
      )}
    </ul>
  );
}

function Least({ label, name }: { readonly label: string; readonly name: 'confidence' | 'reliability' }) {
  return (
    <label class="field">
      {label}
      <select
        value={view.value[name] ?? ''}
        onChange={(event) =>
          change({ [name]: degrees.find((degree): degree is Degree => degree === event.currentTarget.value) })
        }
      >
        <option value="">{say('Any')}</option>
        <option value="MEDIUM">{say('Medium or high')}</option>
        <option value="HIGH">{say('High only')}</option>
      </select>
    </label>
  );
}

function Year({ label, name }: { readonly label: string; readonly name: 'since' | 'until' }) {
  const years = wholeGraph.value.nodes.flatMap((card) => yearOf(card) ?? []);
  return (
    <label class="field">
      {label}
      <input
        type="number"
        {...(years.length > 0 && { min: Math.min(...years), max: Math.max(...years) })}
        inputMode="numeric"
        value={view.value[name] ?? ''}
        onChange={({ currentTarget: { value } }) => change({ [name]: wholeNumber(value) })}
      />
    </label>
  );
}

const noFilter: Changes = {
  near: undefined,
  since: undefined,
  until: undefined,
  confidence: undefined,
  reliability: undefined,
};

interface Outstanding {
  readonly kind: KindSettings;
  readonly highlight: HighlightSettings;
}

const highlightedKinds = (): readonly Outstanding[] =>
  Object.values(settings().kinds).flatMap((kind) => (kind.highlight ? [{ kind, highlight: kind.highlight }] : []));

function YearsAndReliability() {
  const isSourced = settings().provenance?.reliability?.hasDegrees === true;
  const isGraded = isSourced || hasConfidence();
  if (!hasDates() && !isGraded) return null;
  return (
    <details class="fold">
      <summary>{hasDates() ? (isGraded ? say('Years and reliability') : say('Years')) : say('Reliability')}</summary>
      <div class="fields">
        {hasDates() && <Year label={say('From year')} name="since" />}
        {hasDates() && <Year label={say('To year')} name="until" />}
        {hasConfidence() && <Least label={say('Minimum confidence of entities')} name="confidence" />}
        {isSourced && <Least label={say('Minimum reliability of relations')} name="reliability" />}
      </div>
    </details>
  );
}

/** A number, and of how many where some are hidden. */
function Share({ shown, whole, noun }: { readonly shown: number; readonly whole: number; readonly noun: string }) {
  const number = <strong>{shown}</strong>;
  return (
    <>
      {shown < whole ? <Said text="{shown} of {whole}" with={{ shown: number, whole }} /> : number}{' '}
      {nounAfter(whole, noun)}
    </>
  );
}

/** Legend and filters: what the symbols mean, how many entities each has, and which are shown. */
export function FilterPanel() {
  const [shown, whole] = [shownGraph.value, wholeGraph.value];
  const highlighted = highlightedKinds();
  const panel = useRef<HTMLElement>(null);
  return (
    <section ref={panel} class="filters" tabIndex={-1} aria-label={say('Legend and filters')}>
      <p class="shown" role="status">
        <Said
          text="{entities}, {relations} shown."
          with={{
            entities: <Share shown={shown.nodes.length} whole={whole.nodes.length} noun="entity" />,
            relations: <Share shown={shown.edges.length} whole={whole.edges.length} noun="relation" />,
          }}
        />
        {highlighted.map(({ kind, highlight }) => (
          <StandingCounts key={kind.full} kind={kind} highlight={highlight} />
        ))}
      </p>
      <Kinds />
      <Marks highlighted={highlighted} />
      {highlighted.map(({ kind, highlight }) => (
        <Standings key={kind.full} kind={kind} highlight={highlight} />
      ))}
      <NearChoice />
      <Relations />
      <YearsAndReliability />
      {isFiltering(view.value) && (
        <button
          type="button"
          class="small"
          onClick={() => {
            passFocus(() => panel.current);
            change({ ...noFilter, hiddenKinds: [], hiddenRelations: [], standings: [] });
          }}
        >
          {say('Clear filters')}
        </button>
      )}
    </section>
  );
}
