import type { Card } from '../../drawing/answers.ts';
import { bracketed, capitalized, kindOf, numberInWords } from '../../drawing/words.ts';
import { kindInWords } from '../api/ontology.ts';
import { change, view } from '../navigation/navigation.ts';
import { nameOf } from '../parts/parts.tsx';
import { say } from '../settings/say.tsx';
import { asWritten } from '../settings/written.tsx';
import { count } from './count.ts';
import { wholeGraph } from './drawn.ts';

/** With more entities of a kind than this, those with most relations are offered. */
const MOST_NEAR = 60;

const kindOfCard = (card: Card) => kindOf(card.__typename);

/** Choice of an entity: only what is related to it is shown. */
export function NearChoice() {
  const { nodes, edges } = wholeGraph.value;
  const degrees = count(
    edges.flatMap(({ from, to }) => [from.slug, to.slug]),
    (slug) => slug,
  );
  const near = nodes.filter(({ slug }) => (degrees.get(slug) ?? 0) > 1 || slug === view.value.near);
  if (near.length < 3) return null;
  const kinds = [...new Set(near.map(kindOfCard))];
  const degreeOf = ({ slug }: Card) => degrees.get(slug) ?? 0;
  return (
    <label class="field">
      {say('Related to')}
      <select
        value={view.value.near ?? ''}
        onChange={({ currentTarget: { value } }) => change({ near: value === '' ? undefined : value })}
      >
        <option value="">{say('Any')}</option>
        {kinds.map((kind) => (
          <optgroup key={kind} label={capitalized(kindInWords(kind))}>
            {near
              .filter((card) => kindOfCard(card) === kind)
              .toSorted((a, b) => degreeOf(b) - degreeOf(a))
              .slice(0, MOST_NEAR)
              .map((card) => (
                <option key={card.slug} value={card.slug} {...asWritten(nameOf(card))}>
                  {nameOf(card)}
                  {bracketed(numberInWords(degreeOf(card)))}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
