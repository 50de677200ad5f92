import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { nameFields } from './fragments.ts';
import { allOf, count, page } from './lists.ts';
import type { ExplorerMap, ExplorerOption, MapCount } from './option.ts';
import { argumentsOf, type Part, queryText } from './query-text.ts';
import { datesOf, fieldOf, mainKinds } from './traits.ts';

export const nameOfCount = ({ name, field }: MapCount): string => name ?? field;

/** The name of the query for the places of a kind. */
export const queryNameOfPlaces = (kind: Kind): string => `places of ${kind}`;

/** Kinds that may be drawn at their places; those that the map counts by are drawn as a whole. */
export const placedKinds = (ontology: Ontology, map: ExplorerMap): readonly Kind[] =>
  ontology.positioning ? mainKinds(ontology).filter((kind) => kind !== map.kind) : [];

/** The queries of entities at their places. */
function placeQueries(ontology: Ontology, map: ExplorerMap): Readonly<Record<string, string>> {
  const kinds = placedKinds(ontology, map);
  if (kinds.length === 0) return {};
  const isPlaced = '{ locations: { isEmpty: false } }';
  const queries = kinds.map((kind) => {
    const { plural, many } = ontology.kind(kind);
    return [
      queryNameOfPlaces(kind),
      queryText(
        `A page of ${many} with their places.`,
        `query PlacesOf${kind}($filter: ${kind}Filter = {}, $after: String)`,
        [
          [
            `${plural}(filter: { and: [$filter, ${isPlaced}] }, first: 100, after: $after)`,
            [
              'totalCount',
              page,
              ['nodes', ['...Card', ['locations', ['latitude', 'longitude', 'precision', 'place']]]],
            ],
          ],
          [`all: ${plural}(filter: $filter, first: 0)`, count],
        ],
      ),
    ] as const;
  });
  return {
    placed: queryText(
      'How many entities of each kind have a known place.',
      'query Placed',
      kinds.map((kind) => {
        const { plural } = ontology.kind(kind);
        return [`${plural}(filter: ${isPlaced}, first: 0)`, count];
      }),
    ),
    ...Object.fromEntries(queries),
  };
}

/** The name of the query for the years of what a count counts. */
export const queryNameOfCountYears = (count: MapCount): string => `years of ${nameOfCount(count)}`;

/** The field of what a count counts that leads back to its countries; `undefined` if years are not known of it. */
export function countryFieldOf(
  ontology: Ontology,
  option: ExplorerOption,
  map: ExplorerMap,
  { field, filter = '', tableOnly }: MapCount,
): RelationField | undefined {
  const { relation, reading, target } = fieldOf(ontology, map.kind, field);
  // A condition on the relation itself has no meaning without its country.
  if (tableOnly || target === 'Entity' || /\bedge\b/.test(filter) || datesOf(option, target).length === 0)
    return undefined;
  return [...ontology.relationFieldsOf(target).values()].find(
    (back) => back.relation === relation && back.reading !== reading && back.target === map.kind,
  );
}

/** The queries of what the map counts with its years and countries. */
function yearQueries(ontology: Ontology, option: ExplorerOption, map: ExplorerMap): Readonly<Record<string, string>> {
  const queries = map.counts.flatMap((each) => {
    const back = countryFieldOf(ontology, option, map, each);
    if (!back) return [];
    const { plural, many } = ontology.kind(fieldOf(ontology, map.kind, each.field).target);
    const head = `${plural}${argumentsOf({ filter: each.filter, first: 100, after: '$after' })}`;
    const countries: Part = back.toOne
      ? [`countries: ${back.name}`, ['slug']]
      : [`countries: ${back.name}(first: 100)`, [['nodes', ['slug']]]];
    const text = queryText(
      `A page of ${many} that the map counts, with their years and ${ontology.kind(map.kind).many}.`,
      'query Years($after: String)',
      [[head, ['totalCount', page, ['nodes', ['...Card', countries]]]]],
    );
    return [[queryNameOfCountYears(each), text] as const];
  });
  return Object.fromEntries(queries);
}

/** The queries of the map. */
export function mapQueries(
  ontology: Ontology,
  option: ExplorerOption,
  map: ExplorerMap,
): Readonly<Record<string, string>> {
  const { kind, code, counts, columns, lists, line } = map;
  const { one, many, singular } = ontology.kind(kind);
  const listed = lists ?? counts.map(({ field, filter }) => ({ field, filter }));
  return {
    ...placeQueries(ontology, map),
    ...yearQueries(ontology, option, map),
    counts: queryText(
      'Total numbers of what the map counts.',
      'query Counts',
      counts
        .filter(({ tableOnly }) => !tableOnly)
        .map((each) => {
          const { plural } = ontology.kind(fieldOf(ontology, kind, each.field).target);
          return [`${nameOfCount(each)}: ${plural}${argumentsOf({ filter: each.filter, first: 0 })}`, count];
        }),
    ),
    places: allOf(ontology, kind, `A page of ${many} with what the map counts.`, 'Places', [
      ...nameFields(ontology),
      code,
      ...Object.keys(columns ?? {}),
      ...counts.map(
        (each): Part => [`${nameOfCount(each)}: ${each.field}${argumentsOf({ filter: each.filter, first: 0 })}`, count],
      ),
    ]),
    place: queryText(`What the map lists for ${one}.`, 'query Place($slug: String!)', [
      [
        `${singular}(slug: $slug)`,
        [
          ...nameFields(ontology),
          ...(line ?? []).map(({ property }) => property),
          ...listed.map(
            ({ field, filter }, index): Part => [
              `list${index}: ${field}${argumentsOf({ filter, first: 100 })}`,
              ['totalCount', ['nodes', ['...Card']]],
            ],
          ),
        ],
      ],
    ]),
  };
}
