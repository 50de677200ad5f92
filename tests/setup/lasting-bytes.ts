import { getHeapSpaceStatistics } from 'node:v8';
import { memoizeOn } from '../../src/ontology/memoize.ts';

/**
 * A program: writes how many bytes of what `memoizeOn` makes for an object outlive V8's quick garbage collections, while
 * nothing refers to the object any longer. It needs a heap so large that no full collection runs.
 */

const OBJECTS = 100_000;

const made = memoizeOn((key: object) => ({ key, more: new Array(100).fill(0) }));

const used = () => getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space')?.space_used_size ?? 0;

function useObjects(): void {
  for (let index = 0; index < OBJECTS; index += 1) made({});
}

useObjects();
const before = used();
useObjects();
process.stdout.write(`${Math.round((used() - before) / OBJECTS)}\n`);
