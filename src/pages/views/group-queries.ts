import { pascalCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { wordingOf } from '../../ontology/wording.ts';
import { nameFields } from './fragments.ts';
import { groupSettings, queryNameOfGroups } from './group-settings.ts';
import { page } from './lists.ts';
import { queryText } from './query-text.ts';

/** The query for groups of a kind: by keys of its own, by keys that follow relations, or by both. */
function groupQuery(ontology: Ontology, kind: Kind): string {
  const { plural, many, singular } = ontology.kind(kind);
  const keys = `${kind}Facet`;
  const variables = [
    `$by: [${keys}!]`,
    `$keys: [${kind}Key!]`,
    `$filter: ${kind}Filter`,
    '$first: Int = 100',
    '$after: String',
    `$of: ${keys}`,
    '$withDistinct: Boolean = false',
  ];
  return queryText(`Groups of ${many} with counts.`, `query ${pascalCase(plural)}Groups(${variables.join(', ')})`, [
    [
      `${plural}GroupBy(by: $by, keys: $keys, filter: $filter, first: $first, after: $after)`,
      [
        'totalCount',
        page,
        [
          'nodes',
          [
            'count',
            `distinct(key: { ${singular}: { by: $of } }) @include(if: $withDistinct)`,
            ['keys', ['by', 'value', ['entity', ['__typename', ...nameFields(ontology)]]]],
          ],
        ],
      ],
    ],
  ]);
}

/** The queries for groups of all kinds that have keys. */
export const groupQueries = (ontology: Ontology): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ontology.kindNames
      .filter((kind) => groupSettings(ontology, kind, wordingOf(ontology, 'en')).keys.length > 0)
      .map((kind) => [queryNameOfGroups(kind), groupQuery(ontology, kind)]),
  );
