import type { GraphQLResolveInfo } from 'graphql';
import type { MatchedGroup, MatchMetric } from '../../engine/match/match-groups.ts';
import { entitiesOf, type Pattern } from '../../engine/match/match-pattern.ts';
import type { Scalar } from '../../engine/reads/plan.ts';
import { readsOf } from '../as-of/graph-reads.ts';
import { lazyType, type SchemaBase } from '../builder.ts';
import type { Context } from '../context.ts';
import { badUserInput, limitExceeded } from '../errors.ts';
import { finiteNumber } from '../finite-number.ts';
import { limits } from '../limits.ts';
import { named, SelectionReader } from '../planning/selection.ts';
import { quoted } from './match-kinds.ts';
import { valueNamed } from './match-rows.ts';
import { MatchValue } from './match-value-input.ts';
import { ValueReader } from './match-values.ts';
import type { ValueInput } from './pattern-input.ts';

const metrics = {
  min: 'Smallest or earliest of the values; null if there are none.',
  max: 'Greatest or latest of the values; null if there are none.',
  sum: 'Sum of the values; 0 if there are none.',
  avg: 'Arithmetic mean of the values; null if there are none.',
  median: 'Median of the values, between the middle two if their number is even; null if there are none.',
} as const;

type MetricName = keyof typeof metrics;

interface GroupNode extends MatchedGroup {
  readonly metric: (name: MetricName, of: string) => Scalar;
}

const MatchGroupRef = lazyType(({ builder }) =>
  builder.objectRef<GroupNode>('MatchGroup').implement({
    description: 'Matches with the same value of each key.',
    fields: (t) => ({
      keys: t.field({
        type: ['JSON'],
        nullable: { list: false, items: true },
        description: 'Value of each key, in the order of `by`; null in the group of matches without it.',
        resolve: ({ keys }) => keys.map((key, at) => finiteNumber(key, `Key ${at + 1} of the group`)),
      }),
      count: t.exposeInt('count', { nullable: false, description: 'Number of matches in the group.' }),
      ...Object.fromEntries(
        Object.entries(metrics).map(([name, description]) => [
          name,
          t.field({
            type: 'JSON',
            nullable: true,
            args: { of: t.arg.string({ required: true, description: 'Name of a value of the pattern.' }) },
            description,
            resolve: ({ metric }, { of }) =>
              finiteNumber(metric(name as MetricName, of), `\`${name}\` of ${quoted(of)}`),
          }),
        ]),
      ),
    }),
  }),
);

interface Groups {
  readonly nodes: readonly GroupNode[];
  readonly totalCount: number;
}

export const MatchGroupsRef = lazyType((base) =>
  base.builder.objectRef<Groups>('MatchGroups').implement({
    description: 'Groups of matches.',
    fields: (t) => ({
      nodes: t.expose('nodes', {
        type: [MatchGroupRef(base)],
        nullable: { list: false, items: false },
        description: 'The largest groups.',
      }),
      totalCount: t.exposeInt('totalCount', { nullable: false, description: 'Total number of groups.' }),
    }),
  }),
);

export const matchGroupArguments = (base: SchemaBase) =>
  base.builder.args((t) => ({
    by: t.field({
      type: [MatchValue(base)],
      required: true,
      description: `Keys of the groups, 1 to ${limits.groupKeys}: values about entities in the result.`,
    }),
    first: t.int({
      description: `Number of groups; default ${limits.defaultPageSize}, maximum ${limits.pageSize}.`,
    }),
  }));

interface GroupArguments {
  readonly by: readonly ValueInput[];
  readonly first?: number | null | undefined;
}

/** Metrics that are selected, once each. */
function selectedMetrics(info: GraphQLResolveInfo): ReadonlyMap<string, readonly [MetricName, string]> {
  const reader = new SelectionReader(info);
  const groups = reader.fields('MatchGroups', info.fieldNodes);
  const nodes = named(groups, 'nodes');
  const selected = nodes.length === 0 ? [] : [...reader.fields('MatchGroup', nodes).values()].flat();
  return new Map(
    selected.flatMap((node) => {
      const name = node.name.value;
      if (!Object.hasOwn(metrics, name)) return [];
      const { of } = reader.arguments('MatchGroup', [node]);
      return [[`${name} ${of}`, [name as MetricName, String(of)] as const] as const];
    }),
  );
}

function metricOf(pattern: Pattern, shown: readonly number[], [name, of]: readonly [MetricName, string]): MatchMetric {
  const value = valueNamed(pattern, shown, of);
  if (value.type !== 'number' && name !== 'min' && name !== 'max') {
    throw badUserInput(
      `\`${name}\` takes numbers, and the value ${JSON.stringify(of)} is none. Use \`min\` or \`max\`.`,
    );
  }
  return { aggregate: name.toUpperCase() as MatchMetric['aggregate'], value };
}

/** Groups the matches of a pattern. @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED */
export async function groupsOf(
  { pattern, shown }: { readonly pattern: Pattern; readonly shown: readonly number[] },
  { by, first }: GroupArguments,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Groups> {
  if (by.length === 0 || by.length > limits.groupKeys) {
    throw badUserInput(`\`by\` of \`groups\` takes 1 to ${limits.groupKeys} keys; got ${by.length}.`);
  }
  const size = first ?? limits.defaultPageSize;
  if (size < 0 || size > limits.pageSize) {
    throw badUserInput(`\`first\` of \`groups\` must be from 0 to ${limits.pageSize}; got ${size}.`);
  }
  const reader = new ValueReader(context.ontology, pattern.entities, pattern.values);
  const visible = { where: 'by', entities: shown, relations: [] };
  const keys = by.map((key) => reader.read(key, visible).value);
  const hidden = keys.flatMap(entitiesOf).find((position) => !shown.includes(position));
  if (hidden !== undefined) {
    throw badUserInput(
      `A key of \`groups\` is about ${quoted(pattern.entities[hidden]?.name ?? '')}, which \`show\` leaves out. Add that to \`show\`.`,
    );
  }
  const selected = selectedMetrics(info);
  if (selected.size > limits.groupMetrics) {
    throw limitExceeded(`Groups have at most ${limits.groupMetrics} metrics; got ${selected.size}. Split the query.`);
  }
  const wanted = [...selected.values()].map((metric) => metricOf(pattern, shown, metric));
  const { groups, totalCount } = await (await readsOf(context)).matchGroups({
    pattern,
    shown,
    keys,
    metrics: wanted,
    size,
  });
  const columns = [...selected.keys()];
  return {
    totalCount,
    nodes: groups.map((group) => ({
      ...group,
      metric: (name, of) => group.metrics[columns.indexOf(`${name} ${of}`)] ?? null,
    })),
  };
}
