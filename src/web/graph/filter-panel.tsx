import type { Card } from '../../drawing/answers.ts';
import { type Degree, degrees, isDesignated } from '../../drawing/trust.ts';
import { inWords, kindOf } from '../../drawing/words.ts';
import { kindInWords, kindNamed, ontologyResource, relationNamed, valuesOf } from '../api/ontology.ts';
import { arrived } from '../api/resource.ts';
import type { View } from '../navigation/address.ts';
import { isFiltering } from '../navigation/filter.ts';
import { change, view } from '../navigation/navigation.ts';
import { Glyph, withoutCode } from '../parts/parts.tsx';
import { shownGraph, wholeGraph } from './drawn.ts';

const toggled = (list: readonly string[], word: string) =>
  list.includes(word) ? list.filter((other) => other !== word) : [...list, word];

function count<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

const kindOfCard = (card: Card) => kindOf(card.__typename);

function Kinds() {
  const { hiddenKinds } = view.value;
  const held = count(wholeGraph.value.nodes, kindOfCard);
  const order = arrived(ontologyResource())?.kinds.map(({ kind }) => kind) ?? [...held.keys()];
  return (
    <fieldset>
      <legend>Kinds</legend>
      {order
        .filter((kind) => held.has(kind))
        .map((kind) => (
          <label key={kind} class="choice" title={withoutCode(kindNamed(kind)?.description)}>
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
        Relations <span class="count">{held.size - hiddenRelations.filter((name) => held.has(name)).length}</span>
      </summary>
      <fieldset>
        <legend class="visually-hidden">Relations</legend>
        {[...held]
          .toSorted(([, a], [, b]) => b - a)
          .map(([relation, number]) => (
            <label key={relation} class="choice" title={withoutCode(relationNamed(relation)?.description)}>
              <input
                type="checkbox"
                checked={!hiddenRelations.includes(relation)}
                onChange={() => change({ hiddenRelations: toggled(hiddenRelations, relation) })}
              />
              <span>{inWords(relation)}</span> <span class="count">{number}</span>
            </label>
          ))}
      </fieldset>
    </details>
  );
}

function Designations() {
  const { designations } = view.value;
  const held = count(
    wholeGraph.value.nodes.filter(({ designation }) => designation !== undefined),
    ({ designation = '' }) => designation,
  );
  if (held.size === 0) return null;
  const all = valuesOf('LAB', 'designation').filter((value) => held.has(value));
  const shown = designations.length === 0 ? all : all.filter((value) => designations.includes(value));
  function toggle(value: string) {
    const now = designations.length === 0 ? all : designations;
    const next = toggled(now, value);
    change({ designations: all.every((each) => next.includes(each)) ? [] : next });
  }
  return (
    <details class="fold" open>
      <summary>Laboratories by designation</summary>
      <fieldset>
        <legend class="visually-hidden">Designation of laboratories</legend>
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
              {isDesignated({ designation: value }) && <span class="mark designated">designated</span>}
            </span>{' '}
            <span class="count">{held.get(value)}</span>
          </label>
        ))}
      </fieldset>
    </details>
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
        <option value="">Any</option>
        <option value="MEDIUM">Medium or high</option>
        <option value="HIGH">High only</option>
      </select>
    </label>
  );
}

function Year({ label, name }: { readonly label: string; readonly name: 'since' | 'until' }) {
  return (
    <label class="field">
      {label}
      <input
        type="number"
        min="1900"
        max="2100"
        inputMode="numeric"
        value={view.value[name] ?? ''}
        onChange={(event) => {
          const year = event.currentTarget.valueAsNumber;
          change({ [name]: Number.isInteger(year) ? year : undefined });
        }}
      />
    </label>
  );
}

const noFilter: Partial<Record<keyof View, undefined>> = {
  since: undefined,
  until: undefined,
  confidence: undefined,
  reliability: undefined,
};

/** Legend and filters: what the symbols mean, how many entities each has, and which are shown. */
export function FilterPanel() {
  const [shown, whole] = [shownGraph.value, wholeGraph.value];
  const labs = shown.nodes.filter(({ designation }) => designation !== undefined);
  const designated = labs.filter(isDesignated).length;
  return (
    <section class="filters" aria-label="Legend and filters">
      <p class="shown" role="status">
        <strong>{shown.nodes.length}</strong>
        {shown.nodes.length < whole.nodes.length && ` of ${whole.nodes.length}`} entities,{' '}
        <strong>{shown.edges.length}</strong>
        {shown.edges.length < whole.edges.length && ` of ${whole.edges.length}`} relations shown.
        {labs.length > 0 && (
          <>
            {' '}
            Laboratories: <strong>{designated} designated</strong>, {labs.length - designated} context.
          </>
        )}
      </p>
      <Kinds />
      <ul class="marks">
        <li>
          <span class="sign designated-sign" /> designated laboratory
        </li>
        <li>
          <span class="sign context-sign" /> context
        </li>
        <li>
          <span class="sign weak-sign" /> low reliability only
        </li>
      </ul>
      <Designations />
      <Relations />
      <details class="fold">
        <summary>Years and reliability</summary>
        <div class="fields">
          <Year label="From year" name="since" />
          <Year label="To year" name="until" />
          <Least label="Minimum confidence of entities" name="confidence" />
          <Least label="Minimum reliability of relations" name="reliability" />
        </div>
      </details>
      {isFiltering(view.value) && (
        <button
          type="button"
          class="small"
          onClick={() => change({ ...noFilter, hiddenKinds: [], hiddenRelations: [], designations: [] })}
        >
          Clear filters
        </button>
      )}
    </section>
  );
}
