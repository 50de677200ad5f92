import { randomInt } from 'node:crypto';
import { type Kind, kindNames } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import type { Attack } from './attack.ts';

const { relationFieldsOf } = cooperation;

const oneOf = <Item>(items: readonly Item[]): Item => items[randomInt(items.length)] as Item;

const properties = ['id', 'slug', 'name', 'nameZh', 'alsoKnownAs', 'notes', 'createdAt', 'revision'];

/** A selection of some properties, which makes nearly every statement a new one. */
const someProperties = () => [...new Set(Array.from({ length: 5 }, () => oneOf(properties)))].join(' ');

const listOf: Readonly<Partial<Record<Kind, string>>> = {
  Lab: 'labs',
  Country: 'countries',
  Institution: 'institutions',
};

/** Forty relations side by side, each with a selection of its own. */
function wideShape(): string {
  const kind = oneOf(kindNames.filter((name) => listOf[name] !== undefined));
  const lists = [...relationFieldsOf(kind)].filter(([, field]) => !field.toOne).map(([name]) => name);
  const relations = Array.from(
    { length: 40 },
    (_, at) => `r${at}: ${oneOf(lists)}(first: ${1 + randomInt(99)}) { nodes { ${someProperties()} } }`,
  );
  return `{ ${listOf[kind]}(first: 20) { nodes { ${someProperties()} ${relations.join(' ')} } } }`;
}

const word = () => String.fromCharCode(...Array.from({ length: 6 }, () => 97 + randomInt(26)));

const searches: readonly (() => string)[] = [
  () => Array.from({ length: 28 }, word).join(' '),
  () => Array.from({ length: 60 }, () => 'a*').join(' '),
  () => Array.from({ length: 40 }, () => oneOf(['lab', 'china', 'joint', 'of'])).join(' '),
  () => `"${Array.from({ length: 20 }, word).join(' ')}"~`,
  () => '实'.repeat(200),
];

const pattern = {
  entities: [
    { as: 'a', kind: 'LAB' },
    { as: 's', kind: 'SOURCE' },
    { as: 'b', kind: 'LAB' },
    { as: 'c', kind: 'AREA' },
  ],
  relations: [
    { from: 'a', to: 's', relation: 'CITES' },
    { from: 'b', to: 's', relation: 'CITES' },
    { from: 'b', to: 'c', relation: 'RESEARCHES' },
    { from: 'a', to: 'c', relation: 'RESEARCHES' },
  ],
};

const nearTheLimit = [
  '{ countries(first: 100) { nodes { labs(first: 100) { nodes { areas(first: 100) { nodes { labs(first: 20) { nodes { name } } } } } } } } }',
  '{ labsGroupBy(by: [STATUS, AREAS]) { nodes { count } } labs { totalCount facets(by: [STATUS, DESIGNATION], first: 100) { buckets { value count } } } }',
  '{ sources(first: 100) { nodes { citedBy(first: 100) { nodes { name sources(first: 20) { nodes { name } } } } } } }',
  'query @cite(styles: [APA, BIBTEX, CSL_JSON]) { labs(first: 100) { nodes { name sources(first: 20) { nodes { name } } } } }',
];

const ends = ['ke', 'cn', 'eg', 'rs', 'pk', 'belt-and-road-initiative'];

/** Questions that are allowed and expensive. */
export const questionAttacks: readonly Attack[] = [
  {
    name: 'new wide shapes',
    sends: '40 relations side by side, each time a new text, 25 at once, up to 300',
    run: ({ repeat, ask }) => repeat({ atOnce: 25, most: 300 }, () => ask(wideShape())),
  },
  {
    name: 'expensive questions',
    sends: 'lists, facets and citations below the cost limit, 25 at once, up to 1,000',
    run: ({ repeat, ask }) =>
      repeat({ atOnce: 25, most: 1_000 }, (count) => ask(nearTheLimit[count % nearTheLimit.length] ?? '')),
  },
  {
    name: 'searches',
    sends: 'searches of 200 characters: new words, wildcards, phrases, 25 at once, up to 1,000',
    run: ({ repeat, ask }) =>
      repeat({ atOnce: 25, most: 1_000 }, (count) =>
        ask('query ($q: String!) { search(query: $q, first: 100) { totalCount nodes { id name } } }', {
          q: searches[count % searches.length]?.().slice(0, 200),
        }),
      ),
  },
  {
    name: 'patterns',
    sends: 'patterns over the source that most entities cite, 25 at once, up to 500',
    run: ({ repeat, ask }) =>
      repeat({ atOnce: 25, most: 500 }, () =>
        ask('query ($p: MatchPattern!) { match(pattern: $p, first: 100) { totalCount nodes { entities { as } } } }', {
          p: pattern,
        }),
      ),
  },
  {
    name: 'paths between hubs',
    sends: 'all paths of up to 6 hops and neighbourhoods of hubs, 25 at once, up to 500',
    run: ({ repeat, ask }) =>
      repeat({ atOnce: 25, most: 500 }, (count) =>
        count % 2
          ? ask(`{ neighborhood(of: ["${oneOf(ends)}"], depth: 3, limit: 500) { nodes { id } } }`)
          : ask(`{ paths(from: "${oneOf(ends)}", to: "${oneOf(ends)}", maxHops: 6, limit: 20) { paths { length } } }`),
      ),
  },
  {
    name: 'large filters',
    sends: '100 conditions on new texts and 500 listed values, 8 at once, up to 500',
    run: ({ repeat, ask }) =>
      repeat({ atOnce: 8, most: 500 }, (count) =>
        ask('query ($f: LabFilter) { labs(filter: $f) { totalCount } }', {
          f:
            count % 2
              ? { slug: { in: Array.from({ length: 500 }, () => word().repeat(50)) } }
              : { or: Array.from({ length: 100 }, () => ({ name: { contains: word().repeat(500) } })) },
        }),
      ),
  },
];
