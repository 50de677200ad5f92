import type { Card } from '../../drawing/answers.ts';
import { capitalized } from '../../drawing/words.ts';
import { AskError, type Asked } from '../api/ask.ts';
import { missingEntity } from '../api/missing-entity.ts';
import { askInOntology, kindNamed, relationNamed, relationOrder } from '../api/ontology.ts';
import { keyedResource } from '../api/resource.ts';
import { slugsIn } from '../navigation/form.ts';
import { rankOf } from '../panels/properties.tsx';
import { textOfValue, typeOfProperty } from '../panels/text-of-value.ts';
import { nameOf } from '../parts/parts.tsx';
import type { Sheet } from '../parts/sheet.ts';
import { propertyInWords, queryNamed, relationTitle } from '../settings/known.ts';
import { say } from '../settings/say.tsx';
import { sharedThrough } from './shared-through.tsx';

/** An entity that a relation leads to. */
export interface Neighbor {
  readonly relation: string;
  readonly direction: string;
  readonly entity: Card;
}

export interface Comparison {
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

export const askedFor = (ids: readonly string[]): Asked => ({ query: queryNamed('compare'), variables: { ids } });

export const comparison = keyedResource(async (key): Promise<Comparison> => {
  const ids = slugsIn(key);
  try {
    const { compare } = await askInOntology<{ compare: Comparison }>(askedFor(ids));
    return compare;
  } catch (error) {
    throw error instanceof AskError ? missingEntity(error, ids) : error;
  }
});

/** Relations of some neighbours, those first that say most. */
export function relationsOf(neighbors: readonly Neighbor[]): readonly Pick<Neighbor, 'relation' | 'direction'>[] {
  const order = relationOrder();
  const found = new Map(
    neighbors.map(({ relation, direction }) => [`${relation} ${direction}`, { relation, direction }]),
  );
  return [...found.values()].toSorted(
    (a, b) => (order.get(a.relation) ?? order.size) - (order.get(b.relation) ?? order.size),
  );
}

export const along = (
  { relation, direction }: Pick<Neighbor, 'relation' | 'direction'>,
  neighbors: readonly Neighbor[],
) => neighbors.filter((each) => each.relation === relation && each.direction === direction);

export const titleOf = ({ relation, direction }: Pick<Neighbor, 'relation' | 'direction'>) =>
  relationTitle(relation, direction === 'FORWARD', relationNamed(relation));

/** What the table of facts leaves out: the names stand above it. */
const named = new Set(['name', 'nameZh']);

/** Properties that are compared, in the order of the page of an entity. */
export function comparedProperties({ entities, properties }: Comparison) {
  const known = new Map(
    entities
      .flatMap(({ __typename }) => kindNamed(__typename)?.properties ?? [])
      .map((property) => [property.name, rankOf(property)]),
  );
  return properties
    .filter(({ name }) => !named.has(name))
    .toSorted((a, b) => (known.get(a.name) ?? 0) - (known.get(b.name) ?? 0));
}

/** The comparison as a table, for files. */
export function sheetOf(compared: Comparison): Sheet {
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
