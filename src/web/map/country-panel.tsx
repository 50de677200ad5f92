import type { Card } from '../../drawing/answers.ts';
import { counted, dateInWords, inWords } from '../../drawing/words.ts';
import { type Asked, ask } from '../api/ask.ts';
import { queries } from '../api/queries.ts';
import { keyedResource } from '../api/resource.ts';
import { change } from '../navigation/navigation.ts';
import { DetailsPanel } from '../panels/details.tsx';
import { Notice } from '../panels/notice.tsx';
import { Panel } from '../panels/panel.tsx';
import { Await, EntityLine, Glyph, GraphiqlLink, Name } from '../parts/parts.tsx';
import { openEntity } from '../parts/top-bar.tsx';

/** The first items of a list, and its total count. */
interface Cards {
  readonly totalCount: number;
  readonly nodes: readonly Card[];
}

interface CountryAnswer {
  readonly slug: string;
  readonly name: string;
  readonly nameZh: string | null;
  readonly briStatus: string;
  readonly briMouDate: string | null;
  readonly designatedLabs: Cards;
  readonly otherLabs: Cards;
  readonly platforms: Cards;
  readonly seatedPlatforms: Cards;
}

interface ListProps {
  readonly title: string;
  /** Singular noun for the listed items. */
  readonly noun: string;
  readonly cards: Cards;
}

const askedFor = (slug: string): Asked => ({ query: queries.country, variables: { slug } });

const countryOf = keyedResource(async (slug) => {
  const { country } = await ask<{ country: CountryAnswer | null }>(askedFor(slug));
  return country;
});

function List({ title, noun, cards: { totalCount, nodes } }: ListProps) {
  return (
    <section>
      <h3>
        {title} <span class="count">{totalCount}</span>
      </h3>
      {totalCount === 0 ? (
        <p class="empty">None recorded.</p>
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
      {nodes.length < totalCount && <p class="hint">Not listed: {counted(totalCount - nodes.length, noun)}.</p>}
    </section>
  );
}

function Country({ country }: { readonly country: CountryAnswer }) {
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
          Show on graph
        </button>
      </p>
      <List title="Designated laboratories" noun="laboratory" cards={country.designatedLabs} />
      <List title="Other laboratories (context)" noun="laboratory" cards={country.otherLabs} />
      <List title="Platforms serving it" noun="platform" cards={country.platforms} />
      <List title="Platforms based there" noun="platform" cards={country.seatedPlatforms} />
      <Notice of="Country" />
      <GraphiqlLink asked={askedFor(country.slug)} />
    </>
  );
}

/** The panel beside the map: a country with its laboratories and platforms, or the entity selected from these. */
export function CountryPanel({ slug }: { readonly slug: string }) {
  const resource = countryOf(slug);
  const loaded = resource.loaded.value;
  if (loaded.state === 'ready' && loaded.value === null) return <DetailsPanel slug={slug} />;
  return (
    <Panel key={slug} name="Country" close={{ name: 'Close the country', run: () => change({ picked: undefined }) }}>
      <Await resource={resource} what="the country">
        {(country) => country && <Country country={country} />}
      </Await>
    </Panel>
  );
}
