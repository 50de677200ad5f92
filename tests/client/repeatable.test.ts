import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import fc from 'fast-check';
import { Kind, parse, type ValueNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { isRepeatable } from '../../src/client/repeatable.ts';
import { runs } from '../setup/runs.ts';

/** The same, as a parser of the whole language sees it. */
function isRepeatableByParser(text: string, variables: Record<string, unknown>): boolean {
  const isKey = (value: unknown) => typeof value === 'string' && value !== '';
  const carriesKey = (value: ValueNode): boolean => {
    if (value.kind === Kind.VARIABLE)
      return isKey((variables[value.name.value] as Record<string, unknown> | undefined)?.idempotencyKey);
    const key = value.kind === Kind.OBJECT && value.fields.find(({ name }) => name.value === 'idempotencyKey')?.value;
    if (!key) return false;
    return key.kind === Kind.VARIABLE ? isKey(variables[key.name.value]) : key.kind === Kind.STRING && key.value !== '';
  };
  return parse(text).definitions.every(
    (definition) =>
      definition.kind !== Kind.OPERATION_DEFINITION ||
      definition.operation !== 'mutation' ||
      definition.selectionSet.selections.every(
        (field) =>
          field.kind === Kind.FIELD &&
          (field.name.value === '__typename' || field.arguments?.some(({ value }) => carriesKey(value))),
      ),
  );
}

const value = fc.oneof(
  fc.constantFrom(
    '1',
    '-2.5e3',
    'MEDIA',
    'null',
    'true',
    '"idempotencyKey: {"',
    '"""a } \\""" b"""',
    '[1, {a: "}"}]',
    '$input',
    '$key',
    '{}',
  ),
  fc.constantFrom(
    '{idempotencyKey: "k"}',
    '{idempotencyKey: ""}',
    '{a: {idempotencyKey: "k"}}',
    '{b: 1, idempotencyKey: $key}',
    '{idempotencyKey: 5}',
    '{idempotencyKey: null c: [1]}',
  ),
);
const field = fc
  .tuple(
    fc.constantFrom('', 'alias: ', 'mutation: '),
    fc.constantFrom('updateLab', 'query', '__typename', 'idempotencyKey'),
    fc.array(fc.tuple(fc.constantFrom('input', 'first', 'idempotencyKey'), value), { maxLength: 2 }),
    fc.constantFrom('', ' @include(if: true)', ' @skip(if: $key) @a'),
    fc.constantFrom('', ' { outcome }', ' { a { b(c: {d: "}"}) } }'),
  )
  .map(([alias, name, args, directives, below]) => {
    const given = args.length === 0 ? '' : `(${args.map(([key, each]) => `${key}: ${each}`).join(', ')})`;
    return `${alias}${name}${given}${directives}${below}`;
  });
const definition = fc
  .tuple(
    fc.constantFrom(
      '',
      'query',
      'query mutation',
      'mutation',
      'mutation query',
      'mutation M($input: In = {a: "{"}, $key: [String!]) @live',
      'subscription S',
      'fragment F on Mutation',
    ),
    fc.array(fc.oneof({ arbitrary: field, weight: 9 }, { arbitrary: fc.constant('...F'), weight: 1 }), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.constantFrom('', '# mutation {\n', ',,\n'),
  )
  .map(([head, fields, before]) => `${before}${head} { ${fields.join(' ')} }`);

describe('an operation', () => {
  it.each<[string, object?]>([
    ['{ labs { totalCount } }'],
    ['# no mutation\nquery mutation { labs { totalCount } }'],
    ['mutation { updateLab: update(input: { entity: { lab: { id: "a" } }, idempotencyKey: "k" }) { outcome } }'],
    ['mutation ($input: UpdateInput!) { update(input: $input) { outcome } }', { input: { idempotencyKey: 'k' } }],
    [
      'mutation ($key: String) { __typename updateLab: update(input: { entity: { lab: { id: "a" } }, idempotencyKey: $key }) { outcome } }',
      { key: 'k' },
    ],
  ])('may be repeated: %s', (text, variables) => {
    expect(isRepeatable(text, variables)).toBe(true);
  });

  it.each<[string, object?]>([
    ['mutation { updateLab: update(input: { entity: { lab: { id: "a" } } }) { outcome } }'],
    ['mutation { updateLab: update(input: { entity: { lab: { id: "a" } }, idempotencyKey: "" }) { outcome } }'],
    ['mutation { updateLab: update(input: { entity: { lab: { id: "a" } }, idempotencyKey: null }) { outcome } }'],
    ['mutation ($input: UpdateInput!) { update(input: $input) { outcome } }', { input: { id: 'a' } }],
    ['mutation ($input: UpdateInput!) { update(input: $input) { outcome } }'],
    [
      'mutation ($key: String) { updateLab: update(input: { entity: { lab: { id: "a" } }, idempotencyKey: $key }) { outcome } }',
      { other: 'k' },
    ],
    ['mutation ($constructor: String) { updateLab: update(input: { idempotencyKey: $constructor }) { outcome } }'],
    // One of two has none.
    [
      'mutation { a: update(input: { idempotencyKey: "k" }) { outcome } b: update(input: { entity: { lab: { id: "b" } } }) { outcome } }',
    ],
    // What a fragment asks for is not looked at.
    ['mutation { ...F } fragment F on Mutation { updateLab: update(input: { idempotencyKey: "k" }) { outcome } }'],
    // A word in a text is no key.
    [
      'mutation { updateLab: update(input: { entity: { lab: { id: "a" } }, reason: "idempotencyKey: 1" }) { outcome } }',
    ],
    [
      'query A { labs { totalCount } } mutation B { deleteLab: delete(input: { entity: { kind: LAB, id: "a" } }) { outcome } }',
    ],
    ['mutation {'],
  ])('must not be repeated: %s', (text, variables) => {
    expect(isRepeatable(text, variables)).toBe(false);
  });

  it('is seen as by a parser of the whole language', () => {
    fc.assert(
      fc.property(fc.array(definition, { minLength: 1, maxLength: 3 }), fc.boolean(), (definitions, isGiven) => {
        const text = definitions.join('\n');
        const variables = isGiven ? { key: 'k', input: { idempotencyKey: 'k' } } : {};
        expect(isRepeatable(text, variables), text).toBe(isRepeatableByParser(text, variables));
      }),
      runs(2_000),
    );
  });
});

describe('the client', () => {
  it('is less than 5 kB in one file, compressed', async () => {
    const options = { bundle: true, minify: true, format: 'esm', platform: 'neutral', write: false } as const;
    const { outputFiles } = await build({ ...options, entryPoints: ['src/client/index.ts'] });
    expect(gzipSync(outputFiles[0]?.contents ?? '').byteLength).toBeLessThan(5_000);
  });
});
