import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Kind, kinds } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import {
  camelCase,
  type Group,
  groupsIn,
  type Input,
  keysOf,
  type Metric,
  measured,
  measuredOf,
  ofMetric,
  type Question,
  tooMany,
} from '../../setup/grouping.ts';
import { runs } from '../../setup/runs.ts';
import { seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { propertiesOf, relationFieldsOf } = cooperation;

const server = silkgraph();

const metricsOf = (kind: Kind): readonly Metric[] => [
  ...['min', 'max', 'avg', 'sum'].flatMap((name) => measuredOf(kind, 'number').map((of) => ({ name, of }))),
  ...['earliest', 'latest'].flatMap((name) => measuredOf(kind, 'date').map((of) => ({ name, of }))),
  ...keysOf(kind).map((of) => ({ name: 'distinct', of })),
];

const occurring = (kind: Kind, name: string) =>
  fc.constantFrom(...seeds.entities[kind].flatMap((record) => record[name] ?? []).slice(0, 200));

const filterOf = (kind: Kind): fc.Arbitrary<Input> => {
  const properties = Object.entries(propertiesOf(kind)).filter(
    ([name, { list, type }]) =>
      !list && type !== 'milestones' && seeds.entities[kind].some((record) => record[name] !== undefined),
  );
  const relations = [...relationFieldsOf(kind).values()].filter(({ target }) => target !== 'Entity');
  const ofProperty = fc
    .constantFrom(...properties)
    .chain(([name]) =>
      fc
        .oneof(
          fc.record({ ne: occurring(kind, name) }),
          fc.record({ eq: occurring(kind, name) }),
          fc.record({ exists: fc.boolean() }),
        )
        .map((conditions): Input => ({ [name]: conditions })),
    );
  const ofRelation = fc
    .tuple(fc.constantFrom(...relations), fc.constantFrom('some', 'none'))
    .map(([{ name }, quantifier]): Input => ({ [name]: { [quantifier]: {} } }));
  return fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, ofProperty, ofRelation);
};

const havingOf = (kind: Kind): fc.Arbitrary<Input> => {
  const count = fc
    .tuple(fc.constantFrom('gte', 'lt', 'eq', 'ne'), fc.integer({ min: 1, max: 6 }))
    .map(([operator, operand]): Input => ({ count: { [operator]: operand } }));
  const metric = fc.constantFrom(...metricsOf(kind)).chain(({ name, of }) => {
    const property = camelCase(String(of));
    const operand =
      name === 'distinct'
        ? fc.integer({ min: 0, max: 5 })
        : name === 'earliest' || name === 'latest'
          ? fc.integer({ min: 2010, max: 2026 }).map(String)
          : occurring(kind, property).map(Number);
    return fc
      .oneof(fc.record({ gte: operand }), fc.record({ lt: operand }), fc.record({ exists: fc.boolean() }))
      .map((is): Input => ({ [name]: { ...ofMetric(kind, { name, of }), is } }));
  });
  const single = fc.oneof(count, metric);
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 3, arbitrary: single },
    { weight: 1, arbitrary: single.map((not): Input => ({ not })) },
    { weight: 1, arbitrary: fc.array(single, { maxLength: 2 }).map((or): Input => ({ or })) },
    { weight: 1, arbitrary: fc.tuple(single, single).map((and): Input => ({ and, count: { gte: 1 } })) },
  );
};

const orderOf = (kind: Kind, by: readonly string[]): fc.Arbitrary<readonly Input[]> => {
  const direction = fc.constantFrom('ASC', 'DESC');
  return fc.uniqueArray(
    fc.oneof(
      direction.map((count): Input => ({ count })),
      fc.record({ by: fc.constantFrom(...by), direction }).map((key): Input => ({ key })),
      fc
        .tuple(fc.constantFrom(...metricsOf(kind)), direction)
        .map(([metric, to]): Input => ({ [metric.name]: { ...ofMetric(kind, metric), direction: to } })),
    ),
    {
      maxLength: 3,
      selector: (input) => JSON.stringify(input).replace(/ASC|DESC/g, ''),
    },
  );
};

const questionOf = (kind: Kind): fc.Arbitrary<Question> =>
  fc
    .uniqueArray(fc.constantFrom(...keysOf(kind)), { minLength: 1, maxLength: 3 })
    .filter((by) => !tooMany(kind, by))
    .chain((by) =>
      fc.record({
        by: fc.constant(by),
        filter: filterOf(kind),
        having: havingOf(kind),
        orderBy: orderOf(kind, by),
        metrics: fc.uniqueArray(fc.constantFrom(...metricsOf(kind)), { maxLength: 4 }),
        first: fc.integer({ min: 1, max: 100 }),
      }),
    );

const document = (kind: Kind, metrics: readonly Metric[]) => `
  query ($by: [${kind}Facet!]!, $filter: ${kind}Filter, $having: EntityGroupFilter,
      $orderBy: [EntityGroupOrder!], $first: Int, $after: String) {
    page: ${kinds[kind].plural}GroupBy(by: $by, filter: $filter, having: $having, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges { cursor node { count keys { by value entity { slug } }
        ${metrics.map(({ name, of }, index) => `m${index}: ${name}(${name === 'distinct' ? `key: { ${kinds[kind].singular}: { by: ${of} } }` : `of: ${of}`})`).join(' ')} } }
    }
  }`;

/** A group as an answer has it. */
function answered(kind: Kind, { by, metrics }: Question, { keys, records }: Group) {
  return {
    count: records.length,
    keys: by.map((key, index) => {
      const value = keys[index] ?? null;
      const isEntity = value !== null && relationFieldsOf(kind).has(camelCase(key));
      return { by: key, value: value === null ? null : String(value), entity: isEntity ? { slug: value } : null };
    }),
    ...Object.fromEntries(metrics.map((metric, index) => [`m${index}`, measured(kind, records, metric)])),
  };
}

/** Deeper pages of long lists are left out. */
const PAGES = 4;

describe('grouping', () => {
  it.each(['Lab', 'Country', 'Event', 'Indicator'] as const)(
    '%s by anything, page by page, gives what a plain grouping of the seeds gives',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(questionOf(kind), async (question) => {
          const expected = groupsIn(kind, question).map((group) => answered(kind, question, group));
          const { metrics, ...variables } = question;
          let after: string | null = null;
          for (let page = 0; page < PAGES; page += 1) {
            const data = await server.data(document(kind, metrics), { ...variables, after });
            const start = page * question.first;
            const wanted = expected.slice(start, start + question.first);
            expect(data.page.edges.map(({ node }: { node: unknown }) => node)).toEqual(wanted);
            expect(data.page.totalCount).toBe(expected.length);
            expect(data.page.pageInfo).toEqual({
              hasNextPage: expected.length > start + question.first,
              hasPreviousPage: page > 0,
              startCursor: data.page.edges[0]?.cursor ?? null,
              endCursor: data.page.edges.at(-1)?.cursor ?? null,
            });
            expect(server.ran.length).toBeLessThanOrEqual(2);
            if (!data.page.pageInfo.hasNextPage) break;
            after = data.page.pageInfo.endCursor;
          }
        }),
        runs(15, 1),
      );
    },
    240_000,
  );
});
