import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVERYTHING } from '../../../src/engine/changes/log/graph-revisions.ts';
import { createAnswerCache } from '../../../src/server/answers/answer-cache.ts';
import { CachedAnswer } from '../../../src/server/answers/cached-answer.ts';
import { runs } from '../../setup/runs.ts';

const LIMIT = 100_000;

const made = {
  name: 'Laboratory',
  operation: { type: 'query', operation: 'Laboratory', documentHash: 'abc', fields: ['lab'] },
  cost: { estimated: 2, budget: 1_000 },
} as const;

const answer = (text: string, mark = 0) => new CachedAnswer(text, new Set(['Lab', 'LOCATED_IN']), mark, made);
const always = () => true;
const textOf = (found: CachedAnswer | undefined) => found && new TextDecoder().decode(found.text);

function filled(questions: number, length = 500) {
  const cache = createAnswerCache(LIMIT);
  for (let number = 0; number < questions; number += 1)
    cache.set(`question ${number}`, answer(`${number}`.padEnd(length)));
  return cache;
}

describe('an answer in the cache', () => {
  it('is found with all that was known of it, each time', () => {
    const cache = createAnswerCache(LIMIT);
    const text = '{"data":{"name":"联合实验室 “é”"}}';
    cache.set('谁?', answer(text, 7));
    for (const _ of [1, 2, 3]) {
      const found = cache.get('谁?', always);
      expect(textOf(found)).toBe(text);
      expect(found).toMatchObject({ mark: 7, made, dependencies: new Set(['Lab', 'LOCATED_IN']) });
    }
    expect(cache.answers).toBe(1);
  });

  it('may have been made of everything', () => {
    const cache = createAnswerCache(LIMIT);
    cache.set('all', new CachedAnswer('{}', EVERYTHING, 3, { ...made, revision: 12 }));
    expect(cache.get('all', always)).toMatchObject({ dependencies: EVERYTHING, made: { revision: 12 } });
  });

  it('takes the place of an earlier one, whether or not that was asked for', () => {
    const cache = createAnswerCache(LIMIT);
    cache.set('question', answer('first'));
    cache.set('question', answer('second'));
    expect(cache.answers).toBe(1);
    expect(textOf(cache.get('question', always))).toBe('second');
    cache.set('question', answer('third'));
    expect(textOf(cache.get('question', always))).toBe('third');
    expect(cache.answers).toBe(1);
  });

  it('is removed when it is asked for and not current, whether or not it was asked for before', () => {
    const cache = filled(3);
    cache.get('question 1', always);
    for (const number of [0, 1])
      expect(cache.get(`question ${number}`, ({ mark, dependencies }) => mark > 0 || dependencies === EVERYTHING)).toBe(
        undefined,
      );
    expect([0, 1, 2].map((number) => cache.has(`question ${number}`))).toEqual([false, false, true]);
    expect(cache.answers).toBe(1);
  });

  it('is not that to another question with the same hash', () => {
    const cache = createAnswerCache(LIMIT);
    cache.set('costarring', answer('first'));
    expect(cache.has('liquid')).toBe(false);
    expect(cache.get('liquid', always)).toBeUndefined();
    cache.set('liquid', answer('second'));
    expect(textOf(cache.get('liquid', always))).toBe('second');
    // The one stored before is forgotten.
    expect(cache.get('costarring', always)).toBeUndefined();
  });
});

it('a cache of 100 GB takes memory only as it is filled', () => {
  const cache = createAnswerCache(100 * 2 ** 30);
  cache.set('question', answer('first'));
  expect(cache.bytes).toBeLessThan(2 ** 29);
});

describe('a full cache', () => {
  it('takes no more than its limit, and counts what it evicts', () => {
    const cache = filled(2_000);
    expect(cache.bytes).toBeLessThanOrEqual(LIMIT);
    expect(cache.bytes).toBeGreaterThan(LIMIT * 0.9);
    expect(cache.answers + cache.evictions).toBe(2_000);
    for (let number = 2_000; number < 2_200; number += 1) {
      cache.set(`question ${number}`, answer(`${number}`.padEnd(500)));
      expect(cache.bytes).toBeLessThanOrEqual(LIMIT);
      // One block makes room for another.
      expect(cache.bytes).toBeGreaterThan(LIMIT * 0.9);
    }
    expect(textOf(cache.get('question 2199', always))?.trim()).toBe('2199');
    expect(cache.get('question 0', always)).toBeUndefined();
  });

  it('keeps an answer that is asked for again, however many are asked for once', () => {
    const cache = filled(1);
    for (let number = 1; number < 2_000; number += 1) {
      expect(textOf(cache.get('question 0', always))?.trim()).toBe('0');
      cache.set(`question ${number}`, answer(`${number}`.padEnd(500)));
    }
    expect(cache.bytes).toBeLessThanOrEqual(LIMIT);
  });

  it('evicts the one asked for least recently, if all are asked for again', () => {
    const cache = filled(0);
    for (let number = 0; number < 200; number += 1) {
      cache.set(`question ${number}`, answer(`${number}`.padEnd(500)));
      cache.get(`question ${number}`, always);
      cache.get('question 0', always);
      expect(cache.bytes).toBeLessThanOrEqual(LIMIT);
    }
    expect([0, 1, 199].map((number) => cache.has(`question ${number}`))).toEqual([true, false, true]);
    expect(cache.answers + cache.evictions).toBe(200);
  });

  it('stores an answer of up to a quarter of it, and leaves those where they are that are asked again', () => {
    const cache = createAnswerCache(LIMIT);
    for (const number of [1, 2, 3]) cache.set(`question ${number}`, answer(`${number}`));
    for (const number of [1, 2, 3]) cache.get(`question ${number}`, always);
    for (let number = 0; number < 20; number += 1) cache.set(`large ${number}`, answer('x'.repeat(LIMIT / 5)));
    for (const number of [1, 2, 3]) expect(cache.has(`question ${number}`)).toBe(true);
    cache.set('large', answer('x'.repeat(LIMIT / 5)));
    cache.set('too large', answer('x'.repeat(LIMIT / 4)));
    expect(cache.get('large', always)?.text.byteLength).toBe(LIMIT / 5);
    expect(cache.get('too large', always)).toBeUndefined();
    expect(cache.bytes).toBeLessThanOrEqual(LIMIT);
  });

  it('counts what was compressed', async () => {
    const cache = filled(10);
    cache.set('compressible', answer('x'.repeat(5_000)));
    const found = cache.get('compressible', always);
    const before = cache.bytes;
    const encoded = await found?.encoded('gzip', () => cache.measure('compressible', found));
    expect(cache.get('compressible', always)).toBe(found);
    expect(cache.bytes).toBe(before + (encoded?.byteLength ?? 0));
  });
});

const question = fc.integer({ min: 0, max: 60 }).map((number) => `question ${number}`);
const length = fc.oneof({ weight: 19, arbitrary: fc.nat(600) }, { weight: 1, arbitrary: fc.nat(6_000) });
const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ get: question }) },
  { weight: 3, arbitrary: fc.record({ set: question, length }) },
  { weight: 1, arbitrary: fc.record({ remove: question }) },
);

it('whatever is asked, stored and removed, an answer found is the one stored last', () => {
  let found = 0;
  const property = fc.property(fc.array(action, { minLength: 500, maxLength: 1_000 }), (actions) => {
    const cache = createAnswerCache(20_000);
    const stored = new Map<string, string>();
    for (const [step, action] of actions.entries()) {
      if ('remove' in action) {
        cache.get(action.remove, () => false);
        stored.delete(action.remove);
      } else if ('set' in action) {
        const text = `${step}`.padEnd(action.length, 'é');
        cache.set(action.set, answer(text, step));
        stored.set(action.set, text);
      } else {
        const text = textOf(cache.get(action.get, always));
        if (text !== undefined) found += 1;
        expect(text ?? stored.get(action.get)).toBe(stored.get(action.get));
      }
      expect(cache.bytes).toBeLessThanOrEqual(20_000);
    }
  });
  fc.assert(property, runs(50));
  expect(found).toBeGreaterThan(500);
});
