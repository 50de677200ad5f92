import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);

const filesIn = (folder: string, extension: RegExp) =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => extension.test(name))
    .map((name) => `${folder}/${name}`);

/** All texts that clients, users and contributors read. */
const paths = [
  'schema.graphql',
  'README.md',
  'CONTRIBUTING.md',
  'bench/README.md',
  'seeds/README.md',
  ...filesIn('docs', /\.md$/),
  ...filesIn('examples', /^[^/]*\.graphql$/),
  ...filesIn('examples/apps', /^[^/]*\/README\.md$/),
  ...filesIn('src', /\.(?:tsx?|html|css|graphql)$/).filter((name) => !name.startsWith('src/client/generated/')),
];

/** Phrases that read like a translation, each with the term to use instead. */
const phrases: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\btitled lab|\bcarr(?:y|ies|ied) (?:the|a|that|its) title\b/i, 'designated laboratory'],
  [/\bwho(?:m)?(?:so)?ever\b|\bwho asks\b|\bwho shows\b/i, 'the client, the caller, the request'],
  [/\b(?:is|are|was|were|be|been) told\b|\bunless told\b|\bwhere told\b/i, 'listed, reported; by default'],
  [/\bso (?:many|often)\b|\bas many as fit\b/i, 'number of; maximum; all matching'],
  [/\bby (?:itself|themselves)\b/i, 'automatically'],
  [/(?<!event )\b(?:is|are|be) held\b(?! with\b)/i, 'in the dataset; recorded; stored'],
  [
    /\b(?:is|are) gone\b|\b(?:gone|is there|are there) (?:no longer|since|meanwhile)\b|\bany more\b/i,
    'deleted, removed',
  ],
  [/\bfor good\b/i, 'permanently'],
  [/\bnobody knows\b/i, 'unknown'],
  [/\bline of time\b/i, 'timeline'],
  [/\bwell made\b/i, 'well-formed'],
  [/\bthat there (?:is|are) none of\b|\bwhere there (?:is|are) none\b/i, 'missing; if there is none'],
  [/\bWithout it:/, 'Default:'],
  [/\b(?:Which|What|How many)\b[^.?\n]*? (?:has|have) [A-Z][a-z]+\b[^.\n]*\?/, 'do not invert: "does Kenya have"'],
  [/\ba (?:Area|Event|Institution|Indicator|Entity)\b/, 'an'],
];

/** Every phrase to avoid in a text, with its line. */
function faultsOf(path: string): readonly string[] {
  const lines = readFileSync(new URL(path, root), 'utf8').split('\n');
  return lines.flatMap((line, index) =>
    phrases.flatMap(([pattern, instead]) => {
      const found = pattern.exec(line)?.[0];
      return found === undefined ? [] : [`${path}:${index + 1}: "${found}" → ${instead}`];
    }),
  );
}

describe('the wording', () => {
  it('covers the texts that clients and contributors read', () => {
    expect(paths).toContain('schema.graphql');
    expect(paths.length).toBeGreaterThan(100);
  });

  it('is idiomatic English with the terms of the field', () => {
    expect(paths.flatMap(faultsOf)).toEqual([]);
  });
});
