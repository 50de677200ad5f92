import { expect, it } from 'vitest';
import { silkgraph } from '../../setup/silkgraph.ts';
import { cooperationQuestions } from './cooperation-questions.ts';
import { givenAnswer, isSetAside, type Score, scoreOf, summaryOf } from './evaluate.ts';

const { data } = silkgraph();

it('ask answers questions in English and Chinese, also of the half that was set aside', async () => {
  const scores: { score: Score; isAside: boolean; question: string }[] = [];
  for (const asked of cooperationQuestions) {
    const { ask } = await data('query ($question: String!) { ask(question: $question) { answer variables } }', {
      question: asked.question,
    });
    const score = scoreOf(asked.expected, givenAnswer(ask.answer, ask.variables));
    scores.push({ score, isAside: isSetAside(asked), question: asked.question });
  }
  const wrong = scores.filter(({ score }) => !score.exact).map(({ question }) => question);
  for (const isAside of [false, true]) {
    const { first, recall, exact } = summaryOf(
      scores.filter((one) => one.isAside === isAside).map(({ score }) => score),
    );
    expect(first, `first ones; wrong: ${wrong.join(' | ')}`).toBeGreaterThanOrEqual(0.92);
    expect(recall).toBeGreaterThanOrEqual(0.9);
    expect(exact).toBeGreaterThanOrEqual(0.9);
  }
});
