import type { Card } from '../../drawing/answers.ts';
import { isTitled } from '../../drawing/trust.ts';
import { dateInWords, inWords } from '../../drawing/words.ts';
import { type Asked, ask } from '../ask.ts';
import { DetailsPanel } from '../details.tsx';
import { change } from '../navigation.ts';
import { Notice } from '../notice.tsx';
import { Await, EntityLine, Glyph, GraphiqlLink, Name } from '../parts.tsx';
import { queries } from '../queries.ts';
import { keyedResource } from '../resource.ts';
import { openEntity } from '../top-bar.tsx';

interface CountryAnswer {
  readonly slug: string;
  readonly name: string;
  readonly nameZh: string | null;
  readonly briStatus: string;
  readonly briMouDate: string | null;
  readonly labs: { readonly totalCount: number; readonly nodes: readonly Card[] };
  readonly platforms: { readonly totalCount: number; readonly nodes: readonly Card[] };
  readonly seatedPlatforms: { readonly totalCount: number; readonly nodes: readonly Card[] };
}

const askedFor = (slug: string): Asked => ({ query: queries.country, variables: { slug } });

const countryOf = keyedResource(async (slug) => {
  const { country } = await ask<{ country: CountryAnswer | null }>(askedFor(slug));
  return country;
});

function List({ title, cards }: { readonly title: string; readonly cards: readonly Card[] }) {
  return (
    <section>
      <h3>
        {title} <span class="count">{cards.length}</span>
      </h3>
      {cards.length === 0 ? (
        <p class="empty">None is held.</p>
      ) : (
        <ul class="entity-list">
          {cards.map((card) => (
            <li key={card.slug}>
              <button type="button" class="link" onClick={() => change({ picked: card.slug })}>
                <EntityLine entity={card} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Country({ country }: { readonly country: CountryAnswer }) {
  const labs = country.labs.nodes;
  return (
    <>
      <p class="kind-line">
        <Glyph kind="COUNTRY" /> country
      </p>
      <h2>
        <Name of={country} />
      </h2>
      <p class="hint">
        Belt and Road: {inWords(country.briStatus)}
        {country.briMouDate && `, memorandum ${dateInWords(country.briMouDate)}`}
      </p>
      <p class="actions">
        <button type="button" class="primary" onClick={() => openEntity(country.slug)}>
          Show on the graph
        </button>
      </p>
      <List title="Titled laboratories" cards={labs.filter(isTitled)} />
      <List title="Other laboratories, held as context" cards={labs.filter((card) => !isTitled(card))} />
      <List title="Platforms that serve it" cards={country.platforms.nodes} />
      <List title="Platforms seated there" cards={country.seatedPlatforms.nodes} />
      <Notice of="Country" />
      <GraphiqlLink asked={askedFor(country.slug)} />
    </>
  );
}

/** The panel beside the map: a country with its laboratories and platforms, or what was picked out of them. */
export function CountryPanel({ slug }: { readonly slug: string }) {
  const resource = countryOf(slug);
  const loaded = resource.loaded.value;
  if (loaded.state === 'ready' && loaded.value === null) return <DetailsPanel slug={slug} />;
  return (
    <section class="panel" aria-label="Country">
      <button type="button" class="close" aria-label="Close the country" onClick={() => change({ picked: undefined })}>
        ×
      </button>
      <Await resource={resource} what="the country">
        {(country) => country && <Country country={country} />}
      </Await>
    </section>
  );
}
