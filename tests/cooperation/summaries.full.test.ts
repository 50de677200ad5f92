import { expect, it } from 'vitest';
import { type Kind, kindNames, kinds } from '../../src/cooperation/kinds.ts';
import { recordsOf } from '../setup/seeds.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const server = silkgraph();

interface Sentences {
  readonly slug: string;
  readonly english: string | null;
  readonly chinese: string | null;
}

async function sentencesOf(kind: Kind): Promise<readonly Sentences[]> {
  const query = `query ($after: String) {
    list: ${kinds[kind].plural}(first: 100, after: $after) {
      nodes { slug english: generatedSummary chinese: generatedSummary(language: "zh-Hans") }
      pageInfo { hasNextPage endCursor }
    }
  }`;
  const found: Sentences[] = [];
  for (let after: string | null | undefined = null; after !== undefined; ) {
    const { list } = await server.data(query, { after });
    found.push(...list.nodes);
    after = list.pageInfo.hasNextPage ? list.pageInfo.endCursor : undefined;
  }
  return found;
}

const months = 'January February March April May June July August September October November December'.split(' ');

/** Names have their numbers by other rules, which the test of names holds. */
const names = kindNames
  .flatMap((kind) =>
    recordsOf(kind).flatMap(({ name, nameZh }) => [name, ...(typeof nameZh === 'string' ? [nameZh] : [])]),
  )
  .filter((name) => /\d/.test(name))
  .toSorted((left, right) => right.length - left.length);

/** The numbers in a sentence, those of months too. */
function numbersIn(sentence: string): readonly number[] {
  const unnamed = names.reduce((text, name) => text.replaceAll(name, ''), sentence);
  const inDigits = months.reduce((text, month, index) => text.replaceAll(`${month} `, `${index + 1} `), unnamed);
  return (inDigits.match(/\d+/g) ?? []).map(Number).toSorted((left, right) => left - right);
}

it.each(kindNames)(
  'every %s has one sentence in English and one in Chinese, which name the same numbers and dates',
  async (kind) => {
    const all = await sentencesOf(kind);
    expect(all.map(({ slug }) => slug).toSorted()).toEqual(
      recordsOf(kind)
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(all.some(({ english }) => numbersIn(english ?? '').length > 0)).toBe(true);
    for (const { slug, english, chinese } of all) {
      expect(english, slug).toMatch(/^\S.*[^ ]\.$/);
      expect(chinese, slug).toMatch(/^\S.*\p{Script=Han}.*。$/u);
      expect(numbersIn(chinese ?? ''), slug).toEqual(numbersIn(english ?? ''));
    }
  },
);
