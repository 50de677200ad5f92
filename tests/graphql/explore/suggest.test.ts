import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from '../../../src/engine/search/folding.ts';
import { explain } from '../../setup/explain.ts';
import { runs } from '../../setup/runs.ts';
import { seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const server = silkgraph();

interface Suggestion {
  readonly kind: string;
  readonly slug: string;
  readonly name: string;
  readonly text: string;
}

const QUESTION =
  'query ($prefix: String!, $kinds: [EntityKind!], $limit: Int) { suggest(prefix: $prefix, kinds: $kinds, limit: $limit) { kind slug name text } }';

const suggest = async (prefix: string, variables: Record<string, unknown> = {}): Promise<readonly Suggestion[]> =>
  (await server.data(QUESTION, { prefix, ...variables })).suggest;

describe('suggestions', () => {
  it('begin with entities whose name begins as typed, the shortest first', async () => {
    const [first] = await suggest('ken');
    expect(first).toEqual({ kind: 'COUNTRY', slug: 'ke', name: 'Kenya', text: 'Kenya' });
  });

  it('go on with those that have the words in their names, the last of them unfinished', async () => {
    const slugs = (await suggest('crop molec')).map(({ slug }) => slug);
    expect(slugs).toContain('china-kenya-joint-laboratory-for-crop-molecular-biology');
  });

  it('tell which of the names was typed', async () => {
    expect(await suggest('Kenya-China')).toContainEqual({
      kind: 'LAB',
      slug: 'china-kenya-joint-laboratory-for-crop-molecular-biology',
      name: 'China-Kenya Joint Laboratory for Crop Molecular Biology',
      text: 'Kenya-China Joint Laboratory for Crop Molecular Biology',
    });
    expect((await suggest('中国'))[0]).toMatchObject({ name: 'China', text: '中国' });
  });

  it.each([
    ['cote d', 'ci'],
    ["CÔTE D'", 'ci'],
    ['ivoi', 'ci'],
    ['asean', 'asean'],
    ['KEN', 'ke'],
    ['农', 'alliance-agriculture'],
    ['塞爾維亞', 'rs'],
  ])('for %s have %s among them', async (prefix, slug) => {
    expect((await suggest(prefix, { limit: 50 })).map((suggestion) => suggestion.slug)).toContain(slug);
  });

  it('are of the requested kinds', async () => {
    const labs = await suggest('china', { kinds: ['LAB'] });
    expect(labs).toHaveLength(10);
    expect(new Set(labs.map(({ kind }) => kind))).toEqual(new Set(['LAB']));
    expect(await suggest('china', { kinds: [] })).toEqual([]);
  });

  it('are limited to the number requested, ten by default, without duplicates', async () => {
    expect(await suggest('c')).toHaveLength(10);
    expect(await suggest('c', { limit: 3 })).toEqual((await suggest('c')).slice(0, 3));
    expect(await suggest('c', { limit: 0 })).toEqual([]);
    const many = (await suggest('ch', { limit: 50 })).map(({ slug }) => slug);
    expect(new Set(many).size).toBe(50);
  });

  it('are empty for empty input, without a statement', async () => {
    for (const prefix of ['', '  ', '.', '"']) {
      expect(await suggest(prefix)).toEqual([]);
      expect(server.ran).toEqual([]);
    }
  });

  it('cost one statement, which looks into indexes alone', async () => {
    await suggest('chi');
    expect(server.ran.map(({ name }) => name)).toEqual(['suggest']);
    const [statement] = server.ran;
    const operators = statement ? await explain(server.driver, statement) : [];
    expect(operators).toContain('NodeIndexSeekByRange');
    expect(operators.filter((operator) => operator.endsWith('Scan'))).toEqual([]);
  });

  it.each([
    [{ prefix: 'x'.repeat(201) }, 'the maximum is 200'],
    [{ prefix: 'x', limit: -1 }, 'from 0 to 50'],
    [{ prefix: 'x', limit: 51 }, 'from 0 to 50'],
  ])('are rejected with a clear message if they exceed a limit', async (variables, sentence) => {
    const { errors, data } = await server.ask(QUESTION, variables);
    expect(data).toEqual({ suggest: null });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.message).toContain(sentence);
  });

  it('have every entity by the whole of its name, however far it is typed', async () => {
    const records = Object.values(seeds.entities)
      .flat()
      .filter(({ name }) => /\p{L}/u.test(foldText(name).slice(0, 3)));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...records), fc.integer({ min: 3, max: 200 }), async ({ name }, length) => {
        const prefix = name.slice(0, length);
        const texts = (await suggest(prefix, { limit: 50 })).map(({ text }) => foldText(text));
        expect(texts.length).toBeGreaterThan(0);
        if (prefix === name) expect(texts).toContain(foldText(name));
      }),
      runs(60),
    );
  });

  it('are never an error, for any input', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 40 }),
          fc.string({ unit: fc.constantFrom(...'+-&|!(){}[]^"~*?:\\/. a中\'é'), maxLength: 40 }),
        ),
        async (prefix) => {
          const { errors } = await server.ask(QUESTION, { prefix });
          expect(errors).toBeUndefined();
        },
      ),
      runs(100),
    );
  }, 60_000);
});
