import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
// @ts-expect-error: it is JavaScript, as a user may write it.
import artCollection from '../../../examples/graphs/art-collection/graph.js';
import { importFiles } from '../../../src/doors/data/import/import-files.ts';
import { openDriver } from '../../../src/engine/database/open-driver.ts';
import { applySchemaChanges } from '../../../src/engine/database/schema/apply-schema-changes.ts';
import { createGraph } from '../../../src/engine/graph/graph.ts';
import { indexStatements } from '../../../src/engine/indexes/indexes.ts';
import type { Silkgraph } from '../../../src/service/silkgraph.ts';
import { ownDatabase } from '../../setup/own-database.ts';
import { silkgraph } from '../../setup/silkgraph.ts';
import { artBlindQuestions } from './art-blind-questions.ts';
import { artSeeds } from './art-facts.ts';
import { artQuestions } from './art-questions.ts';
import { givenAnswer, isSetAside, type Score, type Summary, scoreOf, summaryOf } from './evaluate.ts';
import type { EvaluatedQuestion } from './facts.ts';

const of: Silkgraph = artCollection;
const address = ownDatabase();

beforeAll(async () => {
  const driver = openDriver(address());
  try {
    await applySchemaChanges(driver, address(), { derived: indexStatements(of.ontology) });
    await importFiles(createGraph(driver, of.ontology, address()), [fileURLToPath(artSeeds)]);
  } finally {
    await driver.close();
  }
}, 120_000);

const { data } = silkgraph({ address, of });

type Answering = (question: EvaluatedQuestion) => Promise<Score>;

const asked: Answering = async ({ question, expected }) => {
  const { ask } = await data('query ($question: String!) { ask(question: $question) { answer variables } }', {
    question,
  });
  return scoreOf(expected, givenAnswer(ask.answer, ask.variables));
};

const searched: Answering = async ({ question, expected }) => {
  const answer = await data(
    'query ($question: String!) { search(query: $question, first: 10) { totalCount nodes { slug } } }',
    {
      question,
    },
  );
  return scoreOf(expected, givenAnswer(answer));
};

/** What each half of some questions scores: the one that words and grammar may be mended by, and the one set aside. */
async function halves(questions: readonly EvaluatedQuestion[], answer: Answering) {
  const scores: Record<'open' | 'aside', Score[]> = { open: [], aside: [] };
  const wrong: string[] = [];
  for (const question of questions) {
    const score = await answer(question);
    scores[isSetAside(question) ? 'aside' : 'open'].push(score);
    if (!score.exact) wrong.push(question.question);
  }
  return { open: summaryOf(scores.open), aside: summaryOf(scores.aside), wrong: wrong.join(' | ') };
}

type Floors = Omit<Summary, 'questions'>;

function expectFloors(summary: Summary, floors: Floors, wrong: string): void {
  for (const [name, floor] of Object.entries(floors) as [keyof Floors, number][])
    expect(summary[name], `${name}; not exact: ${wrong}`).toBeGreaterThanOrEqual(floor);
}

it('ask answers questions about another graph, by the words of its ontology alone', async () => {
  const { open, aside, wrong } = await halves(artQuestions, asked);
  expectFloors(open, { first: 0.92, five: 0.92, recall: 0.88, exact: 0.9 }, wrong);
  expectFloors(aside, { first: 0.9, five: 0.92, recall: 0.88, exact: 0.85 }, wrong);
}, 120_000);

it('ask answers questions that nobody saw while its grammar and the words were written', async () => {
  const { open, aside, wrong } = await halves(artBlindQuestions, asked);
  for (const half of [open, aside]) expectFloors(half, { first: 0.9, five: 0.9, recall: 0.88, exact: 0.9 }, wrong);
}, 120_000);

it('search finds first what the same questions ask for', async () => {
  const { open, aside, wrong } = await halves(
    artQuestions.filter(({ expected }) => 'entities' in expected),
    searched,
  );
  expectFloors(open, { first: 0.6, five: 0.6, recall: 0.55, exact: 0.5 }, wrong);
  expectFloors(aside, { first: 0.6, five: 0.6, recall: 0.55, exact: 0.5 }, wrong);
}, 120_000);
