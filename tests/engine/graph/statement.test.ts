import { describe, expect, expectTypeOf, it } from 'vitest';
import { createGraph, type Graph, type Run } from '../../../src/engine/graph/graph.ts';
import { queryFile } from '../../../src/engine/graph/query-files.ts';
import { inOneParameter, type NoParameters, type Row, type Statement } from '../../../src/engine/graph/statement.ts';
import { walkFile } from '../../../src/engine/graph/walk.ts';

interface Parameters {
  readonly slugs: readonly string[];
  readonly limit: number | null;
}

type Columns = readonly [slug: string, degree: number];

const degrees: Statement<Parameters, Columns> = { name: 'degrees', text: 'RETURN 1' };
const counts: Statement<NoParameters, readonly [count: number]> = { name: 'counts', text: 'RETURN 1' };

// What runs a statement is compiled and never called.
declare const graph: Graph;
declare const run: Run;

describe('a statement', () => {
  it('gives its rows their types', () => {
    const read = () => graph.read(degrees, { slugs: ['cn'], limit: null });
    expectTypeOf(read).returns.resolves.toEqualTypeOf<readonly Columns[]>();
    expectTypeOf(() => run(counts, {})).returns.resolves.toEqualTypeOf<readonly (readonly [count: number])[]>();
  });

  it('takes its parameters and no others', () => {
    // @ts-expect-error a list of slugs, not one
    void (() => graph.read(degrees, { slugs: 'cn', limit: 1 }));
    // @ts-expect-error without its limit
    void (() => graph.read(degrees, { slugs: [] }));
    // @ts-expect-error with a parameter that it does not have
    void (() => graph.read(degrees, { slugs: [], limit: 1, offset: 2 }));
    // @ts-expect-error without any
    void (() => run(degrees));
    // @ts-expect-error with one, where it has none
    void (() => run(counts, { slugs: [] }));
  });

  it('has no columns but its own', async () => {
    const read = async () => {
      const [[slug, degree] = ['', 0]] = await graph.read(degrees, { slugs: [], limit: 1 });
      expectTypeOf(slug).toBeString();
      // @ts-expect-error a number is no text
      const text: string = degree;
      return text;
    };
    expectTypeOf(read).returns.resolves.toBeString();
    const third = async () => {
      const [row] = await graph.read(degrees, { slugs: [], limit: 1 });
      // @ts-expect-error there are two columns
      return row?.[2];
    };
    expectTypeOf(third).toBeFunction();
  });

  it('is not another one, and any can be named', () => {
    // @ts-expect-error other parameters
    const other: Statement<{ readonly ids: readonly string[] }, Columns> = degrees;
    // @ts-expect-error other columns
    const columns: Statement<Parameters, readonly [slug: string]> = degrees;
    const any: Statement = degrees;
    expectTypeOf([other, columns]).toBeArray();
    // @ts-expect-error whose parameters nobody knows
    void (() => graph.read(any, {}));
  });

  it('has its types from where a file is bound to them', () => {
    expectTypeOf(queryFile<Parameters, Columns>).returns.toEqualTypeOf<Statement<Parameters, Columns>>();
    expectTypeOf(walkFile<Parameters, Columns>).returns.returns.toEqualTypeOf<Statement<Parameters, Columns>>();
  });

  it('without types has rows of which nothing is known', () => {
    const read = () => graph.read({ name: 'any', text: 'RETURN $one' }, { one: 1 });
    expectTypeOf(read).returns.resolves.toEqualTypeOf<readonly Row[]>();
    expectTypeOf(createGraph).returns.toEqualTypeOf<Graph>();
  });
});

describe('a statement as it is sent', () => {
  it('has its parameters as fields of one', () => {
    const parameters = { slugs: ['cn'], most: 3, page: { size: 2 } };
    const text =
      'UNWIND $slugs[0..$most] AS slug MATCH (n:$($page.label) {id: slug}) RETURN n LIMIT toInteger($page.size)';
    expect(inOneParameter(text, parameters)).toEqual({
      text: 'UNWIND $given.slugs[0..$given.most] AS slug MATCH (n:$($given.page.label) {id: slug}) RETURN n LIMIT toInteger($given.page.size)',
      parameters: { given: parameters },
    });
  });

  it('stays as it is where only fields of its parameters are read', () => {
    const parameters = { p0: { slugs: ['cn'] } };
    const text = 'UNWIND $p0.slugs AS slug RETURN slug';
    expect(inOneParameter(text, parameters)).toEqual({ text, parameters });
  });

  it('has a parameter as a whole at the start of a range', () => {
    expect(inOneParameter('RETURN [1, 2][$from..1]', { from: 0 }).text).toBe('RETURN [1, 2][$given.from..1]');
  });
});
