import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { silkgraph } from './setup/silkgraph.ts';

const server = silkgraph();
const folder = new URL('../examples/', import.meta.url);
const examples = readdirSync(folder).filter((name) => name.endsWith('.graphql'));

describe('the examples', () => {
  it.each(examples)('%s asks a question in words', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    expect(text).toMatch(/^# [A-Z][^?{]*\?/);
    expect(parse(text).definitions).toHaveLength(1);
  });

  it.each(examples)('%s has the answer that is written beside it', async (name) => {
    const answer = await server.data(readFileSync(new URL(name, folder), 'utf8'));
    await expect(`${JSON.stringify(answer, null, 2)}\n`).toMatchFileSnapshot(
      new URL(name.replace(/graphql$/, 'json'), folder).pathname,
    );
  });
});
