import type { Ontology } from '../../ontology/ontology.ts';
import { nameFields } from './fragments.ts';
import { page } from './lists.ts';
import { type Part, queryText } from './query-text.ts';

/** Kinds of gaps that a graph may have, each a field of `gaps` with what it names beside a kind. */
export function gapsOf({ provenance }: Ontology): Readonly<Record<string, readonly string[]>> {
  return {
    conflicts: [],
    ...(provenance && { withoutSource: [] }),
    ...(provenance?.reliability && { weakSourcesOnly: [] }),
    lowConfidence: ['property'],
    absentRelations: ['relation'],
    missing: ['property'],
  };
}

/** Each kind of gap can be left out, as the entities of one are listed alone: each costs statements of its own. */
function gapsQuery(ontology: Ontology): string {
  const wanted = Object.keys(gapsOf(ontology)).map((name) => `$${name}: Boolean = true`);
  const fields = Object.entries(gapsOf(ontology)).map(
    ([name, own]): Part => [
      `${name}(kinds: $kinds) @include(if: $${name})`,
      ['kind', ...own, 'count', 'of', ['entities(first: $first) @include(if: $withEntities)', ['...Card']]],
    ],
  );
  return queryText(
    'Where the graph knows little: what is missing, disputed or uncertain, by kind.',
    `query WhereLittleIsKnown($kinds: [EntityKind!], $withEntities: Boolean = false, $first: Int = 100, ${wanted.join(', ')})`,
    [['gaps', fields]],
  );
}

function differenceQuery(ontology: Ontology): string {
  const reference: readonly Part[] = ['slug', 'kind', ['entity', ['__typename', ...nameFields(ontology)]]];
  const counts: readonly Part[] = ['created', 'updated', 'deleted'];
  return queryText(
    'What differs between two states of the graph, property by property.',
    'query ChangesSince($from: RevisionInput!, $to: RevisionInput, $around: [ID!], $depth: Int = 1, $kinds: [EntityKind!], $first: Int = 50, $after: String)',
    [
      [
        'diff(from: $from, to: $to, around: $around, depth: $depth, kinds: $kinds, first: $first, after: $after)',
        [
          'totalCount',
          page,
          ['from', ['revision', 'at']],
          ['to', ['revision', 'at']],
          ['entities', counts],
          ['relations', counts],
          [
            'nodes',
            [
              'action',
              'relation',
              ['entity', reference],
              ['from', reference],
              ['to', reference],
              ['properties', ['name', 'before', 'after', ['change', ['at', 'author', 'reason']]]],
              ['changes', ['action', 'at', 'author', 'reason']],
            ],
          ],
        ],
      ],
    ],
  );
}

/** The queries behind the pages that compare, rank by likeness, look for gaps, changes and patterns. */
export function analysisQueries(ontology: Ontology): Readonly<Record<string, string>> {
  const neighbor: readonly Part[] = ['relation', 'direction', ['entity', ['...Card']]];
  return {
    named: queryText('Entities by their slugs.', 'query Named($of: [ID!]!, $limit: Int!)', [
      ['neighborhood(of: $of, limit: $limit)', [['nodes', ['...Card']]]],
    ]),
    compare: queryText('What entities share, and how they differ.', 'query Compare($ids: [ID!]!)', [
      [
        'compare(ids: $ids)',
        [
          ['entities', ['...Card']],
          ['properties', ['name', 'same', ['values', ['value']]]],
          ['shared', neighbor],
          [
            'differing',
            [
              ['entity', ['slug']],
              ['neighbors', neighbor],
            ],
          ],
          ['truncated', ['reason', ['leftOut', ['count']]]],
        ],
      ],
    ]),
    similar: queryText(
      'Entities that share neighbours with an entity; rare neighbours count most.',
      'query Similar($to: ID!, $limit: Int = 20)',
      [
        [
          'similar(to: $to, limit: $limit)',
          ['score', 'likeness', 'sharedCount', ['entity', ['...Card']], ['sharedBecause', ['relations', ...neighbor]]],
        ],
      ],
    ),
    gaps: gapsQuery(ontology),
    'first change': queryText('When the recorded history begins.', 'query HistoryBegins', [
      ['changes(first: 1)', [['nodes', ['sequence', 'at']]]],
    ]),
    difference: differenceQuery(ontology),
    pattern: queryText(
      'Sets of entities that match a pattern of kinds and relations.',
      'query Pattern($pattern: MatchPattern!, $first: Int = 50, $after: String)',
      [
        [
          'match(pattern: $pattern, first: $first, after: $after)',
          [
            'totalCount',
            page,
            [
              'nodes',
              [
                ['entities', ['as', ['entity', ['...Card']]]],
                ['relations', ['...Hop']],
              ],
            ],
          ],
        ],
      ],
    ),
  };
}
