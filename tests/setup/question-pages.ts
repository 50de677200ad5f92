import { readFileSync } from 'node:fs';
import { cypherCounts } from './cypher-counts.ts';
import { questionTopics } from './question-topics.ts';

/** Items of a list that are shown; the answer beside it has all. */
const SHOWN = 3;
const WIDTH = 110;

const onOneLine = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}: ${onOneLine(field)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
};

/** JSON as a person would write it, with the first items of long lists. */
function shortened(value: unknown, indent = ''): string {
  const line = onOneLine(value);
  const isLong = Array.isArray(value) && value.length > SHOWN;
  if (!isLong && line.length + indent.length <= WIDTH && !/\[.*\[/.test(line)) return line;
  if (typeof value !== 'object' || value === null) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.slice(0, SHOWN).map((item) => `${inner}${shortened(item, inner)}`);
    const more = isLong ? `\n${inner}// and ${value.length - SHOWN} more` : '';
    return `[\n${items.join(',\n')}${more}\n${indent}]`;
  }
  const fields = Object.entries(value).map(
    ([name, field]) => `${inner}${JSON.stringify(name)}: ${shortened(field, inner)}`,
  );
  return `{\n${fields.join(',\n')}\n${indent}}`;
}

/** The question of an example in words: its first comment, up to the question mark. */
const wordsOf = (query: string) =>
  query
    .slice(0, query.indexOf('?') + 1)
    .replaceAll(/^# ?/gm, '')
    .replaceAll('\n', ' ');

const withoutWords = (query: string) => query.replace(/^(?:#.*\n)+/, '').trim();

const anchorOf = (words: string) =>
  words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

/** An example with the page, under `docs/questions`, that has it. */
interface Question {
  readonly number: string;
  readonly name: string;
  readonly query: string;
  readonly words: string;
  readonly wanted: string;
  readonly link: string;
}

/**
 * The pages of `docs` about questions, by their names in it, for these examples, which are in a folder by their names.
 * @param index what `docs/questions.md` is now; only the table under its first heading is made
 * @throws Error if an example stands in no topic or in several
 */
export function questionPages(folder: URL, names: readonly string[], index: string): ReadonlyMap<string, string> {
  const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
  const numbers = questionTopics.flatMap(({ examples }) => examples.map(([number]) => number));
  if (String(numbers.toSorted()) !== String(names.map((name) => name.slice(0, 2)).toSorted()))
    throw new Error('Each example stands in one topic of question-topics.ts once; not so.');

  const topics = questionTopics.map(({ file, title, text, examples }) => ({
    file,
    title,
    text,
    questions: examples.map(([number, wanted]): Question => {
      const name = names.find((name) => name.startsWith(number)) ?? '';
      const query = read(`${name}.graphql`);
      const words = wordsOf(query);
      return { number, name, query, words, wanted, link: `questions/${file}.md#${anchorOf(words)}` };
    }),
  }));
  const pages = topics.map(({ file, title, text, questions }) => [
    `questions/${file}.md`,
    [
      `# ${title}`,
      `${text} [All questions](../questions.md).`,
      ...questions.flatMap(({ name, words, query }) => [
        `## ${words}`,
        `\`\`\`graphql\n${withoutWords(query)}\n\`\`\``,
        `\`\`\`jsonc\n${shortened(JSON.parse(read(`${name}.json`)))}\n\`\`\``,
        `[Query](../../examples/${name}.graphql), [whole answer](../../examples/${name}.json), or ask it in the playground: \`/graphql?example=${name}\`.`,
      ]),
    ].join('\n\n'),
  ]);
  const rows = topics.flatMap(({ file, title, questions }) => [
    `| **[${title}](questions/${file}.md)** | |`,
    ...questions.map(({ wanted, words, link }) => `| ${wanted} | [${words}](${link}) |`),
  ]);
  const table = ['| I want to know … | question |', '|---|---|', ...rows].join('\n');
  const counted = topics.flatMap(({ questions }) => questions.map((each) => ({ ...each, link: `../${each.link}` })));
  const beside = [
    '# Lines beside hand-written Cypher',
    'A test runs a statement written by hand for each question that plain Cypher can answer, and compares its values with the answer. Comments and blank lines are not counted. GraphQL takes more lines, as each field and bracket has its own: the answer comes in the shape of the query, with pages, limits and sources at hand, and needs no code in the client. A statement returns rows of values without names, and its author must know how the graph is stored.',
    cypherCounts(folder, counted),
  ].join('\n\n');
  const withTable = index.replace(/^\| I want to know[\s\S]*?(?=\n\n)/m, () => table);
  return new Map([
    ['questions.md', withTable],
    ...[...pages, ['design/cypher.md', beside]].map(([name = '', text = '']) => [name, `${text}\n`] as const),
  ]);
}
