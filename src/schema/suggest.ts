import { findSuggestions, type Suggestion } from '../graph/suggest.ts';
import { builder } from './builder.ts';
import { EntityKind } from './enumerations.ts';
import { badUserInput } from './errors.ts';
import { limits } from './limits.ts';
import { checkLength, wantedKinds } from './search.ts';

const SuggestionRef = builder.objectRef<Suggestion>('Suggestion').implement({
  description: 'An entity that may be the one that is being typed.',
  fields: (t) => ({
    kind: t.expose('kind', { type: EntityKind, nullable: false, description: 'Its kind.' }),
    slug: t.exposeString('slug', {
      nullable: false,
      description: 'Its slug, which every argument for an entity takes.',
    }),
    name: t.exposeString('name', { nullable: false, description: 'Its name.' }),
    text: t.exposeString('text', {
      nullable: false,
      description: 'The name that was typed: its name, its Chinese name, or another.',
    }),
  }),
});

const DEFAULT_LIMIT = 10;

builder.queryField('suggest', (t) =>
  t.field({
    type: [SuggestionRef],
    nullable: { list: true, items: false },
    args: {
      prefix: t.arg.string({
        required: true,
        description: `What has been typed so far, at most ${limits.queryLength} characters; nothing yet suggests nothing.`,
      }),
      kinds: t.arg({
        type: [EntityKind],
        description: 'Only entities of these kinds; an empty list suggests none. Without it: all.',
      }),
      limit: t.arg.int({
        defaultValue: DEFAULT_LIMIT,
        description: `How many at most: ${DEFAULT_LIMIT} unless told, up to ${limits.suggestions}.`,
      }),
    },
    description:
      'Entities for a search box, cheap enough for each key press: those whose name begins as typed, then those another of whose names does, then those with words in their names that do; short names first, sources last. Case and accents do not count. Typing errors do: `search` forgives them.',
    resolve: (_, { prefix, kinds, limit }, { graph }) => {
      checkLength('prefix', prefix);
      const size = limit ?? DEFAULT_LIMIT;
      if (size < 0 || size > limits.suggestions) {
        throw badUserInput(`\`limit\` is from 0 to ${limits.suggestions}; got ${size}.`);
      }
      return findSuggestions(graph, { prefix, kinds: wantedKinds(kinds), limit: size });
    },
  }),
);
