import { describe, expect, it } from 'vitest';
import { withDependencies } from '../../../src/pages/bundling/pack.ts';

describe('what a package brings along', () => {
  const packages = {
    '': { dependencies: { a: '1', d: '1' } },
    'node_modules/a': { version: '1.0.0', dependencies: { b: '1', c: '1', missing: '1' } },
    'node_modules/a/node_modules/c': { version: '2.0.0', dependencies: { b: '1', a: '1' } },
    'node_modules/b': { version: '1.0.0' },
    'node_modules/c': { version: '1.0.0', dependencies: { d: '1' } },
    'node_modules/d': { version: '1.0.0' },
  };

  it('is all that it depends on, each where it finds it, and nothing else', () => {
    expect(withDependencies(packages, ['a'])).toEqual([
      'node_modules/a',
      'node_modules/b',
      'node_modules/a/node_modules/c',
    ]);
  });

  it('is found at the top from within', () => {
    expect(withDependencies(packages, ['c', 'd'])).toEqual(['node_modules/c', 'node_modules/d']);
  });
});
