import type { Card } from '../../drawing/answers.ts';
import { capitalized, counted, numberInWords } from '../../drawing/words.ts';
import { kindNamed } from '../api/ontology.ts';
import { arrived } from '../api/resource.ts';
import { addressOf, firstView } from '../navigation/address.ts';
import { slugsIn, slugsText } from '../navigation/form.ts';
import { view } from '../navigation/navigation.ts';
import { Value } from '../panels/properties.tsx';
import { EntityLink } from '../panels/relation-list.tsx';
import { Await, nameOf } from '../parts/parts.tsx';
import { ScrollSheet } from '../parts/scroll-sheet.tsx';
import { propertyInWords, settings } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { AnalysisPage } from './analysis-page.tsx';
import { changeForm } from './change-form.ts';
import {
  along,
  askedFor,
  type Comparison,
  comparedProperties,
  comparison,
  relationsOf,
  sheetOf,
  titleOf,
} from './comparison.ts';
import { EntityChoice } from './entity-choice.tsx';
import { divideDiffering } from './shared-by-some.ts';
import { SharedItem, SharedThrough } from './shared-through.tsx';

/** Most entities beside each other. */
const MOST = 6;

/** Most neighbours that a cell lists. */
const MOST_LISTED = 12;

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
