import { type DocumentNode, isObjectType, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { earlierStatesOf } from '../../../src/graphql/declarations/earlier-states.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { createSilkgraph } from '../../../src/index.ts';
import { createEstimator } from '../../../src/server/limits/use-cost.ts';
import library from '../../graphs/library.ts';
import { readingRows } from '../../setup/graph-double.ts';
import { schema } from '../../setup/served.ts';
import { statisticsOf } from '../../setup/statistics-of.ts';

const statistics = statisticsOf();
const estimate = createEstimator();
const costOf = (query: string, variableValues = {}, of = schema) => {
  const document: DocumentNode = parse(query);
  return estimate({ schema: of, document, variableValues }, statistics)?.estimated ?? 0;
};
const refusal = { message: expect.stringContaining('about today alone'), extensions: { code: 'BAD_USER_INPUT' } };

describe('a root field', () => {
  it.each([
    ['of the product', schema],
    ['of another graph', library.schema],
  ])('%s declares whether it answers of earlier states', (_, of) => {
    const fields = Object.values(of.getQueryType()?.getFields() ?? {});
    expect(fields.length).toBeGreaterThan(30);
    for (const field of fields) expect(earlierStatesOf(field), field.name).toBeDefined();
  });

  it('written by hand is refused at the start if it does not declare it', () => {
    const untyped: object = { nullable: true, resolve: () => 'now' };
    expect(() =>
      createSilkgraph({
        ontology: cooperation,
        fields: ({ builder }) => {
          builder.queryField('time', (t) => t.string(untyped as never));
        },
      }),
    ).toThrow('The field time of Query must declare whether it answers of earlier states');
  });

  it('that answers of today alone is refused before anything runs, by its name', () => {
    const query =
      'query ($at: DateTime) @asOf(at: $at) { labs { totalCount } once: similar(to: "x") { truncated { reason } } }';
    const at = '2026-01-01T00:00:00Z';
    expect(() => costOf(query, { at })).toThrow(
      expect.objectContaining({ ...refusal, message: expect.stringContaining('`similar`') }),
    );
    expect(costOf(query, { at: null })).toBeGreaterThan(0);
    expect(costOf(query.replace('(to: "x")', '(to: "x") @skip(if: true)'), { at })).toBeGreaterThan(0);
  });
});

describe('a field of an entity', () => {
  const own = createSilkgraph({
    ontology: cooperation,
    fields: ({ builder, refs }) => {
      builder.objectField(refs.Lab, 'visitors', (t) =>
        t.int({ earlierStates: false, nullable: true, resolve: () => 3 }),
      );
    },
  }).schema;

  it('that is computed from properties answers of any state', () => {
    const author = library.schema.getType('Author');
    const field = isObjectType(author) ? author.getFields().ageAtDeath : undefined;
    expect(field && earlierStatesOf(field)).toBe(true);
  });

  it('that answers of today alone is refused wherever it is selected, by its type and name', () => {
    const query =
      '@asOf(revision: 1) { country(slug: "ke") { labs { nodes { ...more } } } } fragment more on Lab { visitors }';
    expect(() => costOf(`query ${query}`, {}, own)).toThrow(
      expect.objectContaining({ ...refusal, message: expect.stringContaining('`Lab.visitors`') }),
    );
    expect(costOf(`query ${query.replace('@asOf(revision: 1)', '')}`, {}, own)).toBeGreaterThan(0);
  });
});

describe('an operation about an earlier state', () => {
  it('costs what its fields declare to look at in memory', () => {
    const query = '{ entity(identifier: { scheme: ROR, value: "https://ror.org/05qbk4x57" }) { slug } }';
    const few = statisticsOf();
    const many = statisticsOf({ Lab: 1_000_000 });
    const costIn = (given: typeof few) =>
      createEstimator()({ schema, document: parse(`query @asOf(revision: 1) ${query}`) }, given)?.estimated ?? 0;
    expect(costIn(many) - costIn(few)).toBe(1_000_000 - 100);
  });

  it('cannot read today by accident', async () => {
    const graph = {
      ontology: cooperation,
      read: readingRows(async () => []),
      write: () => Promise.reject(new Error('It is read only.')),
    };
    const context = createContext(graph, async () => statistics);
    const statement = { name: 'any', text: 'RETURN 1' };
    await expect(context.graph.read(statement, {})).resolves.toEqual([]);
    context.readerOfToday();
    context.past.name = { revision: 1 };
    await expect(context.graph.read(statement, {})).rejects.toMatchObject(refusal);
    expect(() => context.readerOfToday()).toThrow(expect.objectContaining(refusal));
  });
});
