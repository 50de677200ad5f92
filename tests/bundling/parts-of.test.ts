import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../src/bundling/parts-of.ts';

const files: Readonly<Record<string, string>> = {
  '/main.ts': "import './shared.ts'; import('./large.ts'); import('./small.ts'); import('./seldom.ts');",
  '/shared.ts': 'console.log("shared");',
  '/large.ts': `import './shared.ts'; import './common.ts'; console.log("${'large '.repeat(50)}");`,
  '/small.ts': "import './common.ts'; console.log('small');",
  '/common.ts': 'console.log("common");',
  '/seldom.ts': 'console.log("seldom");',
};

const { metafile } = await build({
  entryPoints: ['/main.ts'],
  outdir: '/out',
  bundle: true,
  splitting: true,
  format: 'esm',
  write: false,
  metafile: true,
  plugins: [
    {
      name: 'files',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /\.ts$/ }, ({ path }) => ({ path: path.replace('./', '/'), namespace: 'files' }));
        onLoad({ filter: /.*/, namespace: 'files' }, ({ path }) => ({ contents: files[path] ?? '' }));
      },
    },
  ],
});

describe('the parts of a page', () => {
  it('are what it is sure to import, each once, the largest first, without what it has already', () => {
    const { first, later } = partsOf(metafile, '/main.ts', ['/small.ts', '/large.ts']);
    expect(first).toHaveLength(1);
    expect(later).not.toContain(first[0]);
    expect(later.map((name) => name.replace(/-\w+\.js$/, ''))).toEqual(['large', 'small', 'chunk']);
  });

  it('are refused where a module is no longer imported apart', () => {
    expect(() => partsOf(metafile, '/main.ts', ['/common.ts'])).toThrow('No script was built of /common.ts.');
  });
});
