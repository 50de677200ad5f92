import fc from 'fast-check';
import { type GraphQLEnumType, isEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { propertiesOf, relationFieldsOf } from '../../src/ontology/fields.ts';
import { type Kind, kinds } from '../../src/ontology/kinds.ts';
import { schema } from '../../src/schema/index.ts';
import { fits, relatedIn } from '../setup/model.ts';
import { byCodePoint, type SeedRecord, seeds } from '../setup/seeds.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const server = silkgraph();

type Input = Readonly<Record<string, unknown>>;
type Value = string | number | boolean | null;

const pascalCase = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const camelCase = (name: string) => name.toLowerCase().replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** How the types of groups of a kind begin. */
const prefix = (kind: Kind) => `${pascalCase(kinds[kind].plural)}Group`;

const valuesOf = (name: string): readonly string[] => {
  const type = schema.getType(name);
  return isEnumType(type) ? (type as GraphQLEnumType).getValues().map((value) => value.name) : [];
};

/** The values of a key at a record of the seeds, as they are compared; at least one, `null` for none. */
function keyValues(kind: Kind, record: SeedRecord, key: string): readonly Value[] {
  const name = camelCase(key);
  const field = relationFieldsOf(kind).get(name);
  if (field) {
    const slugs = new Set(relatedIn(record, field).map(({ far }) => far.id));
    return slugs.size > 0 ? [...slugs] : [null];
  }
  if (propertiesOf(kind)[name]) return [(record[name] as Value) ?? null];
  const date = record[name.replace(/(Year|Month)$/, '')] as string | undefined;
  if (name.endsWith('Year')) return [date?.slice(0, 4) ?? null];
  return [date && date.length >= 7 ? date.slice(0, 7) : null];
}

interface Metric {
  readonly name: string;
  readonly of: string | null;
}

/** What a metric is over some records, by its plain meaning. */
function measured(kind: Kind, records: readonly SeedRecord[], { name, of }: Metric): Value {
  if (name === 'count' || of === null) return records.length;
  if (name === 'distinct') {
    const values = records.flatMap((record) => keyValues(kind, record, of)).filter((value) => value !== null);
    return new Set(values).size;
  }
  const values = [...records]
    .sort((left, right) => byCodePoint(left.id, right.id))
    .flatMap((record) => (record[camelCase(of)] ?? []) as number);
  const sum = values.reduce((total, value) => total + value, 0);
  if (name === 'sum') return sum;
  if (values.length === 0) return null;
  if (name === 'avg') return sum / values.length;
  if (name === 'min') return Math.min(...values);
  if (name === 'max') return Math.max(...values);
  const dates = values.map(String).sort();
  return (name === 'earliest' ? dates[0] : dates.at(-1)) ?? null;
}

function compare(left: Value, right: Value): number {
  if (typeof left === 'string') return byCodePoint(left, String(right));
  return Number(left) - Number(right);
}

function fitsConditions(value: Value, conditions: Input): boolean {
  const meanings: Readonly<Record<string, (operand: Value) => boolean>> = {
    eq: (operand) => value !== null && compare(value, operand) === 0,
    ne: (operand) => value === null || compare(value, operand) !== 0,
    lt: (operand) => value !== null && compare(value, operand) < 0,
    gte: (operand) => value !== null && compare(value, operand) >= 0,
    exists: (operand) => (value !== null) === operand,
  };
  return Object.entries(conditions).every(([operator, operand]) => meanings[operator]?.(operand as Value));
}

interface Group {
  readonly keys: readonly Value[];
  readonly records: readonly SeedRecord[];
}

function fitsHaving(kind: Kind, group: Group, having: Input): boolean {
  return Object.entries(having).every(([name, operand]) => {
    if (name === 'and') return (operand as Input[]).every((part) => fitsHaving(kind, group, part));
    if (name === 'or') return (operand as Input[]).some((part) => fitsHaving(kind, group, part));
    if (name === 'not') return !fitsHaving(kind, group, operand as Input);
    if (name === 'count') return fitsConditions(group.records.length, operand as Input);
    return Object.entries(operand as Input).every(([property, conditions]) => {
      const of = property.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase();
      return fitsConditions(measured(kind, group.records, { name, of }), conditions as Input);
    });
  });
}

interface Question {
  readonly by: readonly string[];
  readonly filter: Input;
  readonly having: Input;
  readonly orderBy: readonly Input[];
  readonly metrics: readonly Metric[];
  readonly first: number;
}

/** All groups that a question asks for, by a plain reading of the seeds. */
function groupsIn(kind: Kind, { by, filter, having, orderBy }: Question): readonly Group[] {
  const groups = new Map<string, { keys: readonly Value[]; records: SeedRecord[] }>();
  for (const record of seeds.entities[kind]) {
    if (!fits(record, filter)) continue;
    const combinations = by.reduce<readonly (readonly Value[])[]>(
      (before, key) =>
        before.flatMap((values) => keyValues(kind, record, key).map((value): readonly Value[] => [...values, value])),
      [[]],
    );
    for (const keys of combinations) {
      const id = JSON.stringify(keys);
      const group = groups.get(id) ?? { keys, records: [] };
      group.records.push(record);
      groups.set(id, group);
    }
  }
  const order = [
    ...(orderBy.length > 0 ? orderBy : [{ count: 'DESC' }]),
    ...by.map((key) => ({ key: { by: key, direction: 'ASC' } })),
  ].map((input) => {
    const [[name, operand] = ['', null]] = Object.entries(input);
    const sort = (name === 'count' ? { direction: operand } : operand) as Readonly<Record<string, string>>;
    const sortValue = (group: Group): Value =>
      name === 'key'
        ? (group.keys[by.indexOf(String(sort.by))] ?? null)
        : measured(kind, group.records, { name, of: sort.of ?? null });
    return { sortValue, sign: sort.direction === 'DESC' ? -1 : 1 };
  });
  return [...groups.values()]
    .filter((group) => fitsHaving(kind, group, having))
    .map((group) => ({ group, values: order.map(({ sortValue }) => sortValue(group)) }))
    .sort((left, right) => {
      for (const [index, { sign }] of order.entries()) {
        const [a = null, b = null] = [left.values[index], right.values[index]];
        if (a === b) continue;
        if (a === null || b === null) return a === null ? 1 : -1;
        const difference = compare(a, b);
        if (difference !== 0) return sign * difference;
      }
      return 0;
    })
    .map(({ group }) => group);
}

/** So many entries would take the model too long. */
const tooMany = (kind: Kind, by: readonly string[]) =>
  seeds.entities[kind].reduce(
    (sum, record) => sum + by.reduce((product, key) => product * keyValues(kind, record, key).length, 1),
    0,
  ) > 20_000;

const metricsOf = (kind: Kind): readonly Metric[] => [
  ...['min', 'max', 'avg', 'sum'].flatMap((name) => valuesOf(`${kind}Measure`).map((of) => ({ name, of }))),
  ...['earliest', 'latest'].flatMap((name) => valuesOf(`${kind}Date`).map((of) => ({ name, of }))),
  ...valuesOf(`${prefix(kind)}Key`).map((of) => ({ name: 'distinct', of })),
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
      .map((conditions): Input => ({ [name]: { [property]: conditions } }));
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
        .map(([metric, to]): Input => ({ [metric.name]: { of: metric.of, direction: to } })),
    ),
    {
      maxLength: 3,
      selector: (input) => JSON.stringify(input).replace(/ASC|DESC/g, ''),
    },
  );
};

const questionOf = (kind: Kind): fc.Arbitrary<Question> =>
  fc
    .uniqueArray(fc.constantFrom(...valuesOf(`${prefix(kind)}Key`)), { minLength: 1, maxLength: 3 })
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
  query ($by: [${prefix(kind)}Key!]!, $filter: ${kind}Filter, $having: ${prefix(kind)}Filter,
      $orderBy: [${prefix(kind)}Order!], $first: Int, $after: String) {
    page: ${kinds[kind].plural}GroupBy(by: $by, filter: $filter, having: $having, orderBy: $orderBy, first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges { cursor node { count keys { by value entity { slug } }
        ${metrics.map(({ name, of }, index) => `m${index}: ${name}(of: ${of})`).join(' ')} } }
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
        { numRuns: 15 },
      );
    },
    240_000,
  );
});
