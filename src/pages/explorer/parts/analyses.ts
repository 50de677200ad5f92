import type { Analysis } from '../navigation/address.ts';
import { say } from '../settings/say.tsx';

/** What an analysis is called, and what it is for; as functions, since the language is known only later. */
export const wordsOfAnalyses: Readonly<
  Record<Analysis, { readonly title: () => string; readonly about: () => string }>
> = {
  pattern: {
    title: () => say('Patterns'),
    about: () => say('Find sets of entities by their kinds, the relations between them, and filters.'),
  },
  groups: {
    title: () => say('Groups'),
    about: () => say('Count entities by one or two properties or relations, with a chart and a table.'),
  },
  compare: {
    title: () => say('Compare'),
    about: () => say('Put two to six entities beside each other: what they share, and how they differ.'),
  },
  similar: {
    title: () => say('Similar'),
    about: () => say('Find the entities that are most like one, and see why.'),
  },
  gaps: {
    title: () => say('Gaps'),
    about: () => say('See where the graph knows little: what is missing, disputed or uncertain.'),
  },
  changes: {
    title: () => say('Changes'),
    about: () => say('See what changed since a date, in the whole graph or around one entity.'),
  },
};
