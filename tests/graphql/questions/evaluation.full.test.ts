import { expect, it } from 'vitest';
import { silkgraph } from '../../setup/silkgraph.ts';
import { cooperationQuestions } from './cooperation-questions.ts';
import { givenAnswer, isSetAside, type Score, scoreOf, summaryOf } from './evaluate.ts';
import type { EvaluatedQuestion } from './facts.ts';
import { heldOutQuestions } from './held-out-questions.ts';

const { data } = silkgraph();

interface Scored {
  readonly asked: EvaluatedQuestion;
  readonly score: Score;
}

async function scored(questions: readonly EvaluatedQuestion[]): Promise<readonly Scored[]> {
  const scores: Scored[] = [];
  for (const asked of questions) {
    const { ask } = await data('query ($question: String!) { ask(question: $question) { answer variables } }', {
      question: asked.question,
    });
    scores.push({ asked, score: scoreOf(asked.expected, givenAnswer(ask.answer, ask.variables)) });
  }
  return scores;
}

function expectGoals(scores: readonly Scored[]): void {
  const wrong = scores.filter(({ score }) => !score.exact).map(({ asked }) => asked.question);
  const { first, recall, exact } = summaryOf(scores.map(({ score }) => score));
  expect(first, `first ones; wrong: ${wrong.join(' | ')}`).toBeGreaterThanOrEqual(0.92);
  expect(recall).toBeGreaterThanOrEqual(0.9);
  expect(exact, `exact; wrong: ${wrong.join(' | ')}`).toBeGreaterThanOrEqual(0.9);
}

it('ask answers the questions that its grammar was made with, in English and Chinese, and both halves of them', async () => {
  const scores = await scored(cooperationQuestions);
  for (const isAside of [false, true]) expectGoals(scores.filter(({ asked }) => isSetAside(asked) === isAside));
}, 120_000);

it('ask answers questions that were written without a look at its grammar, in each language', async () => {
  const scores = await scored(heldOutQuestions);
  for (const language of ['en', 'zh']) expectGoals(scores.filter(({ asked }) => asked.language === language));
}, 120_000);
