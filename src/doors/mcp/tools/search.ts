import { isObject } from '../../../graphql/internal-client/json.ts';
import { citedQuestion } from '../../../graphql/internal-client/root-question.ts';
import { briefSelection } from '../../../graphql/internal-client/selections.ts';
import { limits } from '../../../graphql/limits.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Tool } from '../tool.ts';
import { count, kinds, list, text } from './arguments.ts';

/** Marks in highlights; a tool returns plain text. */
const withoutMarks = (highlight: string) =>
  highlight
    .replace(/<\/?em>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** What search finds by its relations: `, also by what they are related to, such as laboratories by the name of a country`. */
function relatedWords({ relationTypes, relation, kind }: Ontology): string {
  const searched = relationTypes.map(relation).find((each) => each.searched !== undefined);
  if (!searched) return '';
  const [from, to] = [kind(searched.from), kind(searched.to)];
  return `, also by what they are related to, such as ${from.many} by the name of ${to.one}`;
}

export const createSearch = (ontology: Ontology): Tool => ({
  name: 'search',
  title: 'Search entities by name or text',
  drawn: true,
  description: `Finds entities by words in any language${relatedWords(ontology)}; allows for abbreviations, missing accents and typing errors. Start here: the other tools need the slugs that it returns. A score of 0.95 or more is an exact name, below 0.6 an uncertain match.`,
  properties: {
    query: text('A few words: a name, a kind, or names of what is related.', limits.queryLength),
    kinds: kinds(ontology, 'Only these kinds.'),
    first: count('Maximum number of results; default 10.', 50),
  },
  required: ['query'],
  answer: {
    total: { type: 'integer' },
    results: list('Entities, best first, with score, matching text and matching related entities.'),
  },
  async run(args, { find, ...asked }) {
    const selection = `{ totalCount edges { score highlight { text } matched { slug } node { ${briefSelection(ontology)} } } }`;
    const { value, sources = [] } = await find(citedQuestion(asked, 'search', { first: 10, ...args }, selection));
    const { total, items } = value.search as { total: number; items: Record<string, unknown>[] };
    const results = items.map(({ relation, ...entity }) => {
      const {
        score,
        highlight = [],
        matched = [],
      } = isObject(relation)
        ? (relation as { score: number; highlight?: { text: string }[]; matched?: { slug?: string | null }[] })
        : { score: 0 };
      const related = [...new Set(matched.flatMap(({ slug }) => slug ?? []))];
      const texts = highlight.map((each) => withoutMarks(each.text)).filter((each) => each !== entity.name);
      return {
        ...entity,
        score: Math.round(score * 100) / 100,
        ...(texts[0] === undefined ? {} : { match: texts[0] }),
        ...(related.length === 0 ? {} : { related }),
      };
    });
    return { value: { total, results }, sources };
  },
});
