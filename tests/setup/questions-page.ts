import { readFileSync } from 'node:fs';
import { cypherCounts } from './cypher-counts.ts';

/** Sections of `docs/questions.md`, from easy to hard, with the examples of each by their numbers. */
const sections: readonly { readonly title: string; readonly text: string; readonly numbers: readonly string[] }[] = [
  {
    title: 'Look something up',
    text: 'A field that begins at one entity and follows its relations. Each fact can show its `sources`.',
    numbers: ['01', '02', '04', '03', '05'],
  },
  {
    title: 'Find by words',
    text: 'Filters and `search` ignore case and accents; `search` forgives typing errors too.',
    numbers: ['06', '16'],
  },
  {
    title: 'Filter',
    text: '`some`, `none` and `every` ask for related entities, `edge` for the properties of the relation, and `within` for what is narrower.',
    numbers: ['07', '10', '13', '08', '11', '14', '36', '34', '35'],
  },
  {
    title: 'Count and rank',
    text: 'Groups and facets count what a list would show; an order by a count makes a ranking. Keys of groups may follow relations, and a metric may have a filter of its own.',
    numbers: ['12', '17', '09', '25', '22', '33', '31', '29', '30', '32'],
  },
  {
    title: 'Connect',
    text: 'Paths, neighbourhoods and what is alike, each with the reason.',
    numbers: ['18', '24', '20', '21'],
  },
  {
    title: 'Match shapes',
    text: '`match` finds entities that stand to one another as a pattern says. `negated` takes away what has a further relation, `optional` shows it where it exists, and `maxHops` lets a relation be followed several times. `values` are computed of each match: counts of a shape, differences and times, which comparisons, orders and groups use.',
    numbers: ['23', '19', '28', '26', '39', '37', '38'],
  },
  {
    title: 'See what is missing or disputed',
    text: 'The graph also says what it does not know, and where its sources disagree.',
    numbers: ['15', '27'],
  },
];

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

/** `docs/questions.md` for these examples, which are in a folder by their names. @throws Error if a section misses one */
export function questionsPage(folder: URL, names: readonly string[]): string {
  const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
  const examples = new Map(names.map((name) => [name.slice(0, 2), { name, query: read(`${name}.graphql`) }]));
  const named = sections.flatMap(({ numbers }) => numbers);
  const missing = [...examples.keys()].filter((number) => !named.includes(number));
  if (missing.length > 0 || new Set(named).size < named.length || named.length !== examples.size)
    throw new Error(`Each example stands in one section of questions-page.ts once; not so: ${missing.join(', ')}.`);
  const exampleOf = (number: string) => examples.get(number) ?? { name: '', query: '' };

  const contents = sections.map(({ title, numbers }) => {
    const links = numbers.map((number) => wordsOf(exampleOf(number).query)).map((w) => `  - [${w}](#${anchorOf(w)})`);
    return [`- **${title}**`, ...links].join('\n');
  });
  const parts = sections.flatMap(({ title, text, numbers }) => [
    `## ${title}`,
    text,
    ...numbers
      .map(exampleOf)
      .flatMap(({ name, query }) => [
        `### ${wordsOf(query)}`,
        `\`\`\`graphql\n${withoutWords(query)}\n\`\`\``,
        `\`\`\`jsonc\n${shortened(JSON.parse(read(`${name}.json`)))}\n\`\`\``,
        `[Query](../examples/${name}.graphql), [whole answer](../examples/${name}.json), or ask it in the playground: \`/graphql?example=${name}\`.`,
      ]),
  ]);
  const counted = named.map((number) => {
    const { name, query } = exampleOf(number);
    const words = wordsOf(query);
    return { number, name, words, anchor: anchorOf(words), query };
  });
  return `${[
    '# Questions',
    'From easy to hard, each with its query and its answer. A test asks each of them and compares the answer. The playground offers them as its cookbook, and its Graph tab draws any answer that contains entities. Ask one on the command line by its number: `npx silkgraph query 14`.',
    contents.join('\n'),
    ...parts,
    '## Lines beside hand-written Cypher',
    'A test runs a statement written by hand for each question that plain Cypher can answer, and compares its values with the answer. Comments and blank lines are not counted. GraphQL takes more lines, as each field and bracket has its own: the answer comes in the shape of the query, with pages, limits and sources at hand, and needs no code in the client. A statement returns rows of values without names, and its author must know how the graph is stored.',
    cypherCounts(folder, counted),
  ].join('\n\n')}\n`;
}
