import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generate, loadContext } from '@graphql-codegen/cli';
import { describe, expect, it } from 'vitest';
import * as documents from '../../src/client/changes-document.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Made {
  readonly filename: string;
  readonly content: string;
}

describe('the types of the client', () => {
  it('are those that schema.graphql gives to what it asks; `npm run codegen` makes them anew', async () => {
    const context = await loadContext(`${root}src/client/codegen.yml`);
    const made: readonly Made[] = await generate({ ...context.getConfig(), cwd: root }, false);
    expect(made.map(({ filename }) => filename)).toEqual(['src/client/generated/changes.ts']);
    for (const { filename, content } of made) expect(content).toBe(readFileSync(`${root}${filename}`, 'utf8'));
    for (const text of Object.values(documents)) {
      const [, operation = '', name = ''] = /(subscription|query) (\w+)/.exec(text) ?? [];
      expect(made[0]?.content).toContain(`export type ${name}${operation[0]?.toUpperCase()}${operation.slice(1)} =`);
    }
  }, 60_000);
});
