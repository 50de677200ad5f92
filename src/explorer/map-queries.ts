import type { Ontology } from '../ontology/ontology.ts';
import { nameFields } from './fragments.ts';
import { allOf, count } from './lists.ts';
import type { ExplorerMap, MapCount } from './option.ts';
import { argumentsOf, type Part, queryText } from './query-text.ts';
import { fieldOf } from './traits.ts';

export const nameOfCount = ({ name, field }: MapCount): string => name ?? field;

/** The queries of the map. */
export function mapQueries(ontology: Ontology, map: ExplorerMap): Readonly<Record<string, string>> {
  const { kind, code, counts, columns, lists, line } = map;
  const { one, many, singular } = ontology.kind(kind);
  const listed = lists ?? counts.map(({ field, filter }) => ({ field, filter }));
  return {
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
