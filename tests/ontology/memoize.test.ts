import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { memoizeOn } from '../../src/ontology/memoize.ts';

describe('memoizeOn', () => {
  it('makes a value once for each object, also one that is undefined', () => {
    const keys: object[] = [];
    const made = memoizeOn((key: object) => void keys.push(key));
    const [one, other] = [{}, {}];
    for (const key of [one, other, one]) expect(made(key)).toBeUndefined();
    expect(keys).toEqual([one, other]);
  });

  it('makes a value of its own for an object that inherits from another, and for a copy', () => {
    const made = memoizeOn((_: object) => ({}));
    const key = { name: 'one' };
    const own = made(key);
    for (const other of [Object.create(key), { ...key }]) expect(made(other)).not.toBe(own);
  });

  it('leaves nothing on the object that is listed or written', () => {
    const key = { name: 'one' };
    memoizeOn(() => 1)(key);
    expect(key).toEqual({ name: 'one' });
    expect(JSON.stringify(key)).toBe('{"name":"one"}');
    expect(Object.entries(key)).toEqual([['name', 'one']]);
  });

  it('refuses an object that is frozen', () => {
    expect(() => memoizeOn(() => 1)(Object.freeze({}))).toThrow(TypeError);
  });

  it('keeps values of several functions apart', () => {
    const key = {};
    const values = [memoizeOn(() => 1), memoizeOn(() => 2)].map((made) => made(key));
    expect(values).toEqual([1, 2]);
  });

  it('keeps nothing in memory for an object that nothing refers to any longer', async () => {
    const program = fileURLToPath(new URL('../setup/lasting-bytes.ts', import.meta.url));
    const args = ['--initial-old-space-size=1000', '--import', 'tsx', program];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    // In a `WeakMap`, nearly 1,000 bytes of each value would last.
    expect(Number(stdout)).toBeLessThan(50);
  });
});
