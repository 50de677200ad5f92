import { expect, it } from 'vitest';
import { createAdmissionQueue } from '../../../src/server/limits/admission-queue.ts';
import { leavePlace, takePlace } from '../../../src/server/limits/take-place.ts';

const options = { places: 2, capacity: 1, timeout: 1_000 };

it('gives back the place of a request once, however often it is asked to', async () => {
  const queue = createAdmissionQueue(options);
  const [one, other] = [new Request('http://silkgraph/one'), new Request('http://silkgraph/other')];
  leavePlace(one);
  expect(queue.atWork).toBe(0);
  await Promise.all([takePlace(queue, one), takePlace(queue, other)]);
  expect(queue.atWork).toBe(2);
  leavePlace(one);
  leavePlace(one);
  expect(queue.atWork).toBe(1);
});

it('gives back a place to the queue that it was last taken from', async () => {
  const [first, second] = [createAdmissionQueue(options), createAdmissionQueue(options)];
  const request = new Request('http://silkgraph/graphql');
  await takePlace(first, request);
  leavePlace(request);
  await takePlace(second, request);
  expect([first.atWork, second.atWork]).toEqual([0, 1]);
  leavePlace(request);
  expect(second.atWork).toBe(0);
});
