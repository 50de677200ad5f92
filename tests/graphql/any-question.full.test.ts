import { describe, expect, it } from 'vitest';
import { anyQuestions } from '../setup/any-question.ts';
import { neverPlanned } from '../setup/never-planned.ts';
import { runs } from '../setup/runs.ts';
import { allSlugs } from '../setup/seed-graph.ts';
import { served } from '../setup/served.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const whole = silkgraph({ costLimit: 1e9, sharedFrom: 0 });
const byParts = silkgraph({ costLimit: 1e9, tiers: neverPlanned });

/** What a question that the schema allows may be told. */
const codes = ['BAD_USER_INPUT', 'INVALID_CURSOR', 'NO_SUCH_REVISION', 'LIMIT_EXCEEDED'];

describe('a question of any shape', () => {
  const { numRuns, seed } = runs(200, 20);
  const questions = anyQuestions(served.schema, numRuns, { slugs: allSlugs, seed });

  it('is answered, or refused with a code that says what is wrong with it, and the same whole and by parts', async () => {
    let answered = 0;
    for (const query of questions) {
      const { data, errors = [] } = await whole.ask(query);
      for (const { message, extensions } of errors) expect(codes, `${message} ${query}`).toContain(extensions?.code);
      if (errors.length === 0) answered += 1;
      expect((await byParts.ask(query)).data, query).toEqual(data);
    }
    expect(answered).toBeGreaterThan(numRuns / 3);
  }, 240_000);
});
