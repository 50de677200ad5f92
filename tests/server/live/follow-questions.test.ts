import type { ExecutionResult } from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import type { ChangeFeed, FeedEvent } from '../../../src/engine/changes/log/change-feed.ts';
import { createLiveQuestions, type LiveQuestion } from '../../../src/server/live/live-questions.ts';

/** A feed whose events a test sends. */
function createFeed() {
  const sent: FeedEvent[] = [];
  let wake = () => {};
  const state = { followers: 0 };
  async function* events() {
    state.followers += 1;
    try {
      for (;;) {
        const event = sent.shift();
        if (event) yield event;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      state.followers -= 1;
    }
  }
  const feed = { follow: async () => events() } as unknown as ChangeFeed;
  const change = () => {
    sent.push({ subject: 'LAGGED', after: 0, behind: 0 });
    wake();
  };
  return { feed, change, state };
}

function question(
  feed: ChangeFeed,
  answer: () => ExecutionResult | Promise<ExecutionResult>,
  key = 'key',
): LiveQuestion {
  return {
    key,
    caller: 'somebody',
    dependencies: new Set(['Lab']),
    feed,
    execute: async () => answer(),
    transientErrorCode: ({ data }) => (data === null ? 'DATABASE_UNAVAILABLE' : undefined),
  };
}

const following = async (questions: ReturnType<typeof createLiveQuestions>, asked: LiveQuestion) => {
  const answers = await questions.follow(asked);
  if (!(Symbol.asyncIterator in answers)) throw new Error(JSON.stringify(answers));
  return answers;
};

describe('followed questions', () => {
  it('give a slow reader the latest answer only', async () => {
    const { feed, change } = createFeed();
    const questions = createLiveQuestions();
    let number = 0;
    const asked = question(feed, () => ({ data: { number } }));
    const [slow, quick] = [await following(questions, asked), await following(questions, asked)];
    await slow.next();
    await quick.next();
    for (number of [1, 2, 3]) {
      change();
      expect((await quick.next()).value).toEqual({ data: { number } });
    }
    expect((await slow.next()).value).toEqual({ data: { number: 3 } });
  });

  it('outlast an outage: the answer comes when the database is back', async () => {
    const { feed, change } = createFeed();
    const questions = createLiveQuestions({ pause: 5 });
    let isThere = true;
    let tries = 0;
    let number = 1;
    const asked = question(feed, () => {
      tries += 1;
      return { data: isThere ? { number } : null };
    });
    const answers = await following(questions, asked);
    await answers.next();
    isThere = false;
    number = 2;
    change();
    const next = answers.next();
    await vi.waitFor(() => expect(tries).toBeGreaterThan(3));
    isThere = true;
    expect((await next).value).toEqual({ data: { number: 2 } });
  });

  it('have a bound in memory, for each caller and in all', async () => {
    const { feed, change } = createFeed();
    const questions = createLiveQuestions({ bytes: { each: 1_000, all: 5_000 } });
    let text = 'short';
    const answers = await following(
      questions,
      question(feed, () => ({ data: { text } })),
    );
    const refused = await questions.follow(question(feed, () => ({ data: { text: 'x'.repeat(990) } }), 'other'));
    expect(refused).toMatchObject({ errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }] });
    expect(questions.count).toBe(1);
    await answers.next();
    text = 'x'.repeat(2_000);
    change();
    expect((await answers.next()).value).toMatchObject({ errors: [{ extensions: { code: 'LIMIT_EXCEEDED' } }] });
    expect((await answers.next()).done).toBe(true);
    expect(questions.count).toBe(0);
  });

  it('are read a few at a time', async () => {
    const { feed } = createFeed();
    const questions = createLiveQuestions({ atOnce: 2 });
    let running = 0;
    let most = 0;
    const reading = Array.from({ length: 8 }, (_, index) =>
      questions.follow(
        question(
          feed,
          async () => {
            running += 1;
            most = Math.max(most, running);
            await new Promise(setImmediate);
            running -= 1;
            return { data: { index } };
          },
          String(index),
        ),
      ),
    );
    await Promise.all(reading);
    expect(most).toBe(2);
  });

  it('leave a feed that is only found again when nobody follows any longer', async () => {
    const { feed, state } = createFeed();
    let found = () => {};
    let follows = 0;
    const breaking = {
      async follow() {
        follows += 1;
        const events = await feed.follow({});
        if (follows > 1)
          await new Promise<void>((resolve) => {
            found = resolve;
          });
        return follows > 1 ? events : ended();
      },
    } as unknown as ChangeFeed;
    async function* ended(): AsyncGenerator<FeedEvent> {
      yield* [];
    }
    const questions = createLiveQuestions({ pause: 1 });
    const answers = await following(
      questions,
      question(breaking, () => ({ data: {} })),
    );
    await vi.waitFor(() => expect(follows).toBe(2));
    await answers.return?.();
    found();
    await new Promise(setImmediate);
    expect(state.followers).toBe(0);
  });

  it('leave the feed with the last follower', async () => {
    const { feed, change, state } = createFeed();
    const questions = createLiveQuestions();
    const asked = question(feed, () => ({ data: {} }));
    const both = [await following(questions, asked), await following(questions, asked)];
    const ended = both.map((answers) => answers.next().then(() => answers.next()));
    for (const answers of both) await answers.return?.();
    for (const { done } of await Promise.all(ended)) expect(done).toBe(true);
    expect(questions.count).toBe(0);
    // The generator of this feed ends with its next event.
    change();
    await vi.waitFor(() => expect(state.followers).toBe(0));
  });
});
