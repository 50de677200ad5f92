import type { ExplorerQuestion } from '../pages/views/option.ts';
import { type Part, queryText } from '../pages/views/query-text.ts';

const DESIGNATED = '{ designation: { eq: BELT_AND_ROAD_JOINT_LABORATORY } }';

/** A relation of an entity, with its sources and its far ends. */
const related = (list: string, ...properties: readonly string[]): Part => [
  list,
  [['edges', [...properties, 'ownSources', ['sources', ['...SourceCard']], ['node', ['...Card']]]]],
];

/** A question that a list of entities with their relations answers. */
function asked(title: string, name: string, list: string, relations: readonly Part[]): ExplorerQuestion {
  const operation = name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return {
    title,
    name,
    query: queryText(title, `query ${operation}`, [[list, [['nodes', ['...Card', ...relations]]]]]),
  };
}

/** The questions that the explorer begins with. */
export const questions: readonly ExplorerQuestion[] = [
  asked(
    'Which laboratories are designated, and with which partner countries?',
    'designated-labs',
    `labs(filter: ${DESIGNATED}, first: 100)`,
    [related('partnerCountries(first: 20)')],
  ),
  asked(
    'Which laboratories work on artificial intelligence, and with which partners?',
    'labs-on-artificial-intelligence',
    'labs(filter: { areas: { some: { within: "artificial-intelligence" } } }, first: 100)',
    [
      related('areas(filter: { within: "artificial-intelligence" }, first: 20)'),
      related('partnerCountries(first: 20)'),
    ],
  ),
  { title: 'How is Kenya connected with crop science?', paths: ['ke', 'crop-science'] },
  asked(
    'Which technology-transfer platforms exist, and which countries do they serve?',
    'platforms',
    'platforms(first: 100)',
    [related('servedCountries(first: 50)'), related('servedGroups(first: 50)')],
  ),
  asked(
    'Which institutions take part in more than one designated laboratory?',
    'hosts-of-several-designated-labs',
    `institutions(filter: { labs: { count: { gte: 2, filter: ${DESIGNATED} } } }, first: 50)`,
    [related(`labs(filter: ${DESIGNATED}, first: 20)`, 'role', 'side')],
  ),
  { title: 'How are Kenya and Thailand connected?', paths: ['ke', 'th'] },
  { title: 'Which members, programmes and events does the African Union have?', open: 'african-union' },
  { title: 'Where are the partner countries?', page: 'map' },
  { title: 'What has happened when, and what was announced?', page: 'timeline' },
];
