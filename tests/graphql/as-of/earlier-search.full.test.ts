import { beforeAll, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { randomOf } from '../../../src/doors/data/generate/random.ts';
import { mayNameKinds } from '../../../src/graphql/questions/read-question.ts';
import { recordsOf } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph({ costLimit: 1e9 });

interface Edge {
  readonly score: number;
  readonly node: { readonly slug: string };
  readonly highlight: readonly { readonly field: string; readonly text: string }[];
}

let newest: number;

beforeAll(async () => {
  newest = (await server.data('{ revision { revision } }')).revision.revision;
});

/** Scores that only names have: what is related scores at most 0.5, and texts less. */
const BY_NAMES = 0.51;

const random = randomOf(50, 'names', 0);
const kinds = ['Lab', 'Country', 'Area', 'Institution', 'Program', 'Source'] as const;
const all = Array.from({ length: 30 }, (_, index): readonly string[] => {
  const records = recordsOf(kinds[index % kinds.length] ?? 'Lab');
  const record = records[random.below(records.length)];
  if (!record) throw new Error('The seeds lack records of a kind.');
  const { id, name, nameZh }: { id: string; name: string; nameZh?: unknown } = record;
  const words = name.split(' ');
  const word = words[random.below(words.length)] ?? '';
  const chinese = typeof nameZh === 'string' ? [nameZh.slice(0, 2 + random.below(3))] : [];
  return [name, id, word.slice(0, 4), words.slice(0, 3).join(' ').toUpperCase(), ...chinese].filter(
    // Words that may name a kind are read as a question today; of an earlier state they are names.
    (text) => /[\p{L}\p{N}]/u.test(text) && !mayNameKinds(cooperation, text),
  );
});

const names = all.filter((texts) => texts.length > 1);

it('are names enough, although some may name kinds', () => {
  expect(names.length).toBeGreaterThan(12);
});

const asked = async (query: string, directive: string): Promise<readonly Edge[]> => {
  const question = `query ($query: String!) ${directive} {
    search(query: $query, first: 100) { edges { score node { slug } highlight { field text } } }
  }`;
  return (await server.data(question, { query })).search.edges;
};

const withoutMarks = ({ score, node }: Edge) => ({ score, node });

it.each(names)(
  '%s has the results of today by names, with the same scores and marks',
  async (...texts) => {
    let found = 0;
    for (const text of texts) {
      const today = (await asked(text, '')).filter(({ score }) => score >= BY_NAMES);
      const then = (await asked(text, `@asOf(revision: ${newest})`)).filter(({ score }) => score >= BY_NAMES);
      // Today, Chinese is marked in the parts that mean something.
      const compared = /\p{Script=Han}/u.test(text) ? today.map(withoutMarks) : today;
      expect(compared === today ? then : then.map(withoutMarks), text).toEqual(compared);
      found += today.length;
    }
    expect(found).toBeGreaterThanOrEqual(texts.length - 1);
  },
  120_000,
);
