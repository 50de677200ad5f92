import type { Card } from '../../drawing/answers.ts';
import { capitalized, counted, dateInWords, inLine, inWords } from '../../drawing/words.ts';
import { type Asked, ask } from '../api/ask.ts';
import { kindInWords } from '../api/ontology.ts';
import { keyedResource } from '../api/resource.ts';
import { change } from '../navigation/navigation.ts';
import { DetailsPanel } from '../panels/details.tsx';
import { Notice } from '../panels/notice.tsx';
import { Panel } from '../panels/panel.tsx';
import { Await, EntityLine, Glyph, GraphiqlLink, Name } from '../parts/parts.tsx';
import { openEntity } from '../parts/top-bar.tsx';
import { queryNamed } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { mapSettings } from './by-country.ts';

/** The first items of a list, and its total count. */
interface Cards {
  readonly totalCount: number;
  readonly nodes: readonly Card[];
}

type CountryAnswer = { readonly slug: string; readonly name: string; readonly nameZh?: string | null } & Readonly<
  Record<string, unknown>
>;

interface ListProps {
  readonly title: string;
  /** Singular noun for the listed items. */
  readonly noun: string;
  readonly cards: Cards;
}

const askedFor = (slug: string): Asked => ({ query: queryNamed('place'), variables: { slug } });

const countryOf = keyedResource(async (slug) => {
  const answer = await ask<Readonly<Record<string, CountryAnswer | null>>>(askedFor(slug));
  return answer[mapSettings().fieldOfOne] ?? null;
});

function List({ title, noun, cards: { totalCount, nodes } }: ListProps) {
  return (
    <section>
      <h3>
        {title} <span class="count">{totalCount}</span>
      </h3>
      {totalCount === 0 ? (
        <p class="empty">{say('None recorded.')}</p>
      ) : (
        <ul class="entity-list">
          {nodes.map((card) => (
            <li key={card.slug}>
              <button type="button" class="link" onClick={() => change({ picked: card.slug })}>
                <EntityLine entity={card} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {nodes.length < totalCount && (
        <p class="hint">{say('Not listed: {count}.', { count: counted(totalCount - nodes.length, noun) })}</p>
      )}
    </section>
  );
}

function Country({ country }: { readonly country: CountryAnswer }) {
  const { kind, lists, line } = mapSettings();
  const said = line.flatMap(({ property, before, isDate }) => {
    const value = country[property];
    return value ? [`${before}${isDate ? dateInWords(String(value)) : inWords(String(value))}`] : [];
  });
  return (
    <>
      <p class="kind-line">
        <Glyph kind={kind} /> {kindInWords(kind)}
      </p>
      <h2>
        <Name of={country} />
      </h2>
      {said.length > 0 && <p class="hint">{inLine(said)}</p>}
      <p class="actions">
        <button type="button" class="primary" onClick={() => openEntity(country.slug)}>
          {say('Show on graph')}
        </button>
      </p>
      {lists.map(({ name, title, one }) => (
        <List key={name} title={title} noun={one} cards={country[name] as Cards} />
      ))}
      <Notice of={kind} />
      <GraphiqlLink asked={askedFor(country.slug)} />
    </>
  );
}

/** The panel beside the map: a country with what is counted in it, or the entity selected from these. */
export function CountryPanel({ slug }: { readonly slug: string }) {
  const resource = countryOf(slug);
  const one = kindInWords(mapSettings().kind);
  const loaded = resource.loaded.value;
  if (loaded.state === 'ready' && loaded.value === null) return <DetailsPanel slug={slug} />;
  return (
    <Panel key={slug} name={capitalized(one)} close={{ name: say('Close'), run: () => change({ picked: undefined }) }}>
      <Await resource={resource} what={say('the details')}>
        {(country) => country && <Country country={country} />}
      </Await>
    </Panel>
  );
}
