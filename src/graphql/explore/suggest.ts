import { findSuggestions, type Suggestion } from '../../engine/search/suggest.ts';
import { within } from '../arguments/walk-arguments.ts';
import { lazyType } from '../builder.ts';
import { EntityKind } from '../enumerations.ts';
import { limits } from '../limits.ts';
import { nameOfMany } from '../names.ts';
import { checkLength, wantedKinds } from './search.ts';

const SuggestionRef = lazyType((base) =>
  base.builder.objectRef<Suggestion>('Suggestion').implement({
    description: 'A suggestion for a search box.',
    fields: (t) => ({
      kind: t.expose('kind', { type: EntityKind(base), nullable: false, description: 'Kind of the entity.' }),
      slug: t.exposeString('slug', {
        nullable: false,
        description: 'Slug of the entity, which every argument for an entity accepts.',
      }),
      name: t.exposeString('name', { nullable: false, description: 'Name of the entity.' }),
      text: t.exposeString('text', {
        nullable: false,
        description: 'Name that matches the input: `name` or another name.',
      }),
    }),
  }),
);

const limitBounds = { least: 0, most: limits.suggestions, usual: 10 };

export const addSuggest = lazyType((base) => {
  const { provenance } = base.ontology;
  const sourcesLast = provenance ? `, ${nameOfMany(base.ontology, provenance.kind)} last` : '';
  base.builder.queryField('suggest', (t) =>
    t.field({
      earlierStates: false,
      type: [SuggestionRef(base)],
      nullable: { list: true, items: false },
      args: {
        prefix: t.arg.string({
          required: true,
          description: `Input so far; at most ${limits.queryLength} characters. Empty input yields no suggestions.`,
        }),
        kinds: t.arg({
          type: [EntityKind(base)],
          description: 'Only entities of these kinds; an empty list matches nothing. Default: all.',
        }),
        limit: t.arg.int({
          defaultValue: limitBounds.usual,
          description: `Maximum number of suggestions; default ${limitBounds.usual}, maximum ${limitBounds.most}.`,
        }),
      },
      description: `Suggestions for a search box, fast enough for every keystroke: entities whose name begins with the input, then those with another such name, then those whose names contain such a word; short names first${sourcesLast}. Ignores case, accents, and whether Chinese is traditional or simplified, but does not correct typing errors; use \`search\` for that.`,
      resolve: (_, { prefix, kinds, limit }, { graph }) => {
        checkLength('prefix', prefix);
        const most = within('limit', limit, limitBounds);
        return findSuggestions(graph, { prefix, kinds: wantedKinds(kinds), limit: most });
      },
    }),
  );
});
