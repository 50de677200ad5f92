import type { Card } from '../../drawing/answers.ts';
import { capitalized, counted, numberInWords } from '../../drawing/words.ts';
import { AskError, type Asked } from '../api/ask.ts';
import { missingEntity } from '../api/missing-entity.ts';
import { askInOntology, kindNamed, relationNamed, relationOrder } from '../api/ontology.ts';
import { arrived, keyedResource } from '../api/resource.ts';
import { addressOf, firstView } from '../navigation/address.ts';
import { slugsIn, slugsText } from '../navigation/form.ts';
import { view } from '../navigation/navigation.ts';
import { rankOf, Value } from '../panels/properties.tsx';
import { EntityLink } from '../panels/relation-list.tsx';
import { textOfValue, typeOfProperty } from '../panels/text-of-value.ts';
import { Await, nameOf } from '../parts/parts.tsx';
import { ScrollSheet } from '../parts/scroll-sheet.tsx';
import type { Sheet } from '../parts/sheet.ts';
import { propertyInWords, queryNamed, relationTitle, settings } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { AnalysisPage } from './analysis-page.tsx';
import { changeForm } from './change-form.ts';
import { EntityChoice } from './entity-choice.tsx';
import { divideDiffering } from './shared-by-some.ts';
import { SharedItem, SharedThrough, sharedThrough } from './shared-through.tsx';

/** An entity that a relation leads to. */
interface Neighbor {
  readonly relation: string;
  readonly direction: string;
  readonly entity: Card;
}

interface Comparison {
  readonly entities: readonly Card[];
  readonly properties: readonly {
    readonly name: string;
    readonly same: boolean;
    readonly values: readonly { readonly value: unknown }[];
  }[];
  readonly shared: readonly Neighbor[];
  readonly differing: readonly {
    readonly entity: { readonly slug: string };
    readonly neighbors: readonly Neighbor[];
  }[];
  readonly truncated: { readonly leftOut: readonly { readonly count: number }[] } | null;
}

/** Most entities beside each other. */
const MOST = 6;

/** Most neighbours that a cell lists. */
const MOST_LISTED = 12;

const askedFor = (ids: readonly string[]): Asked => ({ query: queryNamed('compare'), variables: { ids } });

const comparison = keyedResource(async (key): Promise<Comparison> => {
  const ids = slugsIn(key);
  try {
    const { compare } = await askInOntology<{ compare: Comparison }>(askedFor(ids));
    return compare;
  } catch (error) {
    throw error instanceof AskError ? missingEntity(error, ids) : error;
  }
});

/** Relations of some neighbours, those first that say most. */
function relationsOf(neighbors: readonly Neighbor[]): readonly Pick<Neighbor, 'relation' | 'direction'>[] {
  const order = relationOrder();
  const found = new Map(
    neighbors.map(({ relation, direction }) => [`${relation} ${direction}`, { relation, direction }]),
  );
  return [...found.values()].toSorted(
    (a, b) => (order.get(a.relation) ?? order.size) - (order.get(b.relation) ?? order.size),
  );
}

const along = ({ relation, direction }: Pick<Neighbor, 'relation' | 'direction'>, neighbors: readonly Neighbor[]) =>
  neighbors.filter((each) => each.relation === relation && each.direction === direction);

const titleOf = ({ relation, direction }: Pick<Neighbor, 'relation' | 'direction'>) =>
  relationTitle(relation, direction === 'FORWARD', relationNamed(relation));

/** What the table of facts leaves out: the names stand above it. */
const named = new Set(['name', 'nameZh']);

/** Properties that are compared, in the order of the page of an entity. */
function comparedProperties({ entities, properties }: Comparison) {
  const known = new Map(
    entities
      .flatMap(({ __typename }) => kindNamed(__typename)?.properties ?? [])
      .map((property) => [property.name, rankOf(property)]),
  );
  return properties
    .filter(({ name }) => !named.has(name))
    .toSorted((a, b) => (known.get(a.name) ?? 0) - (known.get(b.name) ?? 0));
}

function sheetOf(compared: Comparison): Sheet {
  const { entities, shared, differing } = compared;
  const owner = entities[0]?.__typename ?? '';
  const names = (neighbors: readonly Neighbor[]) => neighbors.map(({ entity }) => nameOf(entity)).join('; ');
  return {
    name: say('Compare'),
    columns: [say('What is compared'), say('Same'), ...entities.map((entity) => `${nameOf(entity)} (${entity.slug})`)],
    rows: [
      ...comparedProperties(compared).map(({ name, same, values }) => [
        capitalized(propertyInWords(owner, name)),
        same ? say('Yes') : say('No'),
        ...values.map(({ value }, index) =>
          textOfValue(value, typeOfProperty(entities[index]?.__typename ?? '', name)),
        ),
      ]),
      ...relationsOf(shared).map((relation) => [
        titleOf(relation),
        say('Yes'),
        ...entities.map(() => names(along(relation, shared))),
      ]),
      ...sharedThrough(entities).flatMap(({ title, shared: through }) =>
        through.length === 0
          ? []
          : [
              [
                title,
                through.every(({ by }) => by.length === entities.length) ? say('Yes') : say('No'),
                ...entities.map(({ slug }) =>
                  through
                    .filter(({ by }) => by.includes(slug))
                    .map(({ entity }) => nameOf(entity))
                    .join('; '),
                ),
              ],
            ],
      ),
      ...relationsOf(differing.flatMap(({ neighbors }) => neighbors)).map((relation) => [
        titleOf(relation),
        say('No'),
        ...differing.map(({ neighbors }) => names(along(relation, neighbors))),
      ]),
    ],
  };
}

const nameIn = (entities: readonly Card[], slug: string): string =>
  entities.filter((entity) => entity.slug === slug).map(nameOf)[0] ?? slug;

function Heads({ entities, first }: { readonly entities: readonly Card[]; readonly first: string }) {
  return (
    <thead>
      <tr>
        <th scope="col" class="plain">
          {first}
        </th>
        {entities.map((entity) => (
          <th key={entity.slug} scope="col" class="plain">
            <EntityLink entity={entity} />
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Shared({ shared }: Comparison) {
  return (
    <section>
      <h2>
        {say('What they share')} <span class="count">{shared.length}</span>
      </h2>
      {shared.length === 0 && <p class="empty">{say('No relation leads from all of them to the same entity.')}</p>}
      {relationsOf(shared).map((relation) => (
        <div key={titleOf(relation)} class="shared-by">
          <h3>{titleOf(relation)}</h3>
          <ul class="entity-row">
            {along(relation, shared).map(({ entity }) => (
              <li key={entity.slug}>
                <EntityLink entity={entity} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function SharedBySome({ entities, differing }: Comparison) {
  const { some } = divideDiffering(differing);
  if (some.length === 0) return null;
  return (
    <section>
      <h2>
        {say('What some of them share')} <span class="count">{some.length}</span>
      </h2>
      {relationsOf(some.map(({ neighbor }) => neighbor)).map((relation) => (
        <div key={titleOf(relation)} class="shared-by">
          <h3>{titleOf(relation)}</h3>
          <ul>
            {some
              .filter(({ neighbor }) => along(relation, [neighbor]).length > 0)
              .map(({ neighbor, by }) => (
                <SharedItem key={neighbor.entity.slug} entity={neighbor.entity} entities={entities} by={by} />
              ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Differences({ entities, differing: all }: Comparison) {
  const differing = divideDiffering(all).own;
  const relations = relationsOf(differing.flatMap(({ neighbors }) => neighbors));
  if (relations.length === 0) return null;
  return (
    <section>
      <h2>{say('What only one of them has')}</h2>
      <ScrollSheet name={say('What only one of them has')} look="list-sheet compare-sheet">
        <table>
          <Heads entities={entities} first={say('Relation')} />
          <tbody>
            {relations.map((relation) => (
              <tr key={titleOf(relation)}>
                <th scope="row">{titleOf(relation)}</th>
                {differing.map(({ entity, neighbors }) => {
                  const found = along(relation, neighbors);
                  return (
                    <td key={entity.slug} class="long" data-of={nameIn(entities, entity.slug)}>
                      {found.length > 0 && (
                        <ul>
                          {found.slice(0, MOST_LISTED).map((each) => (
                            <li key={each.entity.slug}>
                              <EntityLink entity={each.entity} />
                            </li>
                          ))}
                        </ul>
                      )}
                      {found.length > MOST_LISTED && (
                        <span class="hint">{say('{count} more', { count: found.length - MOST_LISTED })}</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollSheet>
    </section>
  );
}

function Facts({ of }: { readonly of: Comparison }) {
  const { entities } = of;
  const properties = comparedProperties(of);
  const { unlinked } = settings().provenance ?? {};
  const unlinkedValues = of.properties.find(({ name }) => name === unlinked)?.values ?? [];
  if (properties.length === 0) return null;
  return (
    <section>
      <h2>{say('Facts')}</h2>
      <ScrollSheet name={say('Facts')} look="list-sheet compare-sheet">
        <table>
          <Heads entities={entities} first={say('Property')} />
          <tbody>
            {properties.map(({ name, same, values }) => (
              <tr key={name} class={same ? 'same' : undefined}>
                <th scope="row">
                  <span aria-hidden="true">{same ? '= ' : '≠ '}</span>
                  {capitalized(propertyInWords(entities[0]?.__typename ?? '', name))}
                  <span class="visually-hidden"> ({same ? say('the same') : say('different')})</span>
                </th>
                {values.map(({ value }, index) => {
                  const entity = entities[index];
                  const kind = entity && kindNamed(entity.__typename);
                  const property = kind?.properties.find((each) => each.name === name);
                  const degrees = (entity && settings().kinds[entity.__typename]?.degrees) ?? [];
                  return (
                    <td key={entity?.slug} class="long" data-of={entity && nameOf(entity)}>
                      {property && value !== null && (
                        <Value
                          property={property}
                          value={value}
                          isLinked={unlinkedValues[index]?.value !== true}
                          isDegree={degrees.includes(name)}
                        />
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollSheet>
    </section>
  );
}

/** How many relations are not compared; without a number where the time was up. */
function leftOutInWords({ leftOut }: NonNullable<Comparison['truncated']>): string {
  const count = leftOut.reduce((sum, each) => sum + each.count, 0);
  return count === 0
    ? say('Some relations were left out, because there are too many.')
    : say('{count} relations are left out, as at most 100 of each entity are compared.', {
        count: numberInWords(count),
      });
}

/** Address of the graph with some entities and what they are related to. */
const graphOf = (slugs: readonly string[]): string =>
  addressOf({ ...firstView, page: 'graph', steps: slugs.map((slug) => ({ do: 'open', slug })) });

/** The page that compares: two to six entities beside each other, what they share, and how they differ. */
export function ComparePage() {
  const slugs = slugsIn(view.value.form.with).slice(0, MOST);
  const isAsked = slugs.length > 1;
  const key = slugsText(slugs);
  const compared = isAsked ? arrived(comparison(key)) : undefined;
  return (
    <AnalysisPage
      name="compare"
      title={compared?.entities.map(nameOf).join(' · ') ?? ''}
      sheet={compared && (() => sheetOf(compared))}
      asked={isAsked ? askedFor(slugs) : undefined}
      form={
        <EntityChoice
          label={say('Add an entity')}
          slugs={slugs}
          most={MOST}
          onChange={(chosen) => changeForm({ with: slugsText(chosen) })}
        />
      }
    >
      {isAsked ? (
        <Await resource={comparison(key)} what={say('the comparison')}>
          {(loaded) => (
            <>
              <p class="hint">
                {say('{entities} in common.', { entities: counted(loaded.shared.length, 'entity') })}{' '}
                {loaded.truncated && leftOutInWords(loaded.truncated)}{' '}
                <a href={graphOf(slugs)}>{say('Show on graph')}</a>
              </p>
              <Shared {...loaded} />
              <SharedBySome {...loaded} />
              <SharedThrough entities={loaded.entities} />
              <Differences {...loaded} />
              <Facts of={loaded} />
            </>
          )}
        </Await>
      ) : (
        <p class="empty">
          {slugs.length === 0
            ? say('Choose two to six entities. They may be of different kinds.')
            : say('Choose at least one more entity.')}
        </p>
      )}
    </AnalysisPage>
  );
}
