import fc, { type Arbitrary } from 'fast-check';
import type { Kind } from '../../../src/cooperation/kinds.ts';
import type { RelationType } from '../../../src/cooperation/relations.ts';
import type { Operation } from '../../../src/engine/changes/operation.ts';
import { leastOf } from './changed-graph.ts';

/** A small world, so that operations meet: each kind with its slugs. */
const world = {
  Area: ['a1', 'a2', 'a3'],
  Country: ['ke', 'cn'],
  Institution: ['i1', 'i2'],
  Lab: ['l1', 'l2'],
  Source: ['s1', 's2'],
} as const satisfies Partial<Record<Kind, readonly string[]>>;

type Name = readonly [kind: Kind, slug: string];

const names: readonly Name[] = Object.entries(world).flatMap(([kind, slugs]) =>
  slugs.map((slug): Name => [kind as Kind, slug]),
);
const slugs = names.map(([, slug]) => slug);

const mostly = <Value>(usual: Arbitrary<Value>, other: Arbitrary<Value>) =>
  fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: other });

const labs = names.filter(([kind]) => kind === 'Lab');

/**
 * Mostly an entity of the world under its kind, a lab more often than others, since those have the most rules; at times
 * another kind, or no slug at all.
 */
const name: Arbitrary<Name> = mostly(
  fc.constantFrom(...names, ...labs, ...labs),
  fc.tuple(fc.constantFrom(...(Object.keys(world) as Kind[])), fc.constantFrom(...slugs, '__proto__', 'no slug')),
);

const citable = fc.option(
  fc.uniqueArray(mostly(fc.constantFrom('s1', 's2'), fc.constantFrom('ke', 'nowhere')), { maxLength: 2 }),
  {
    nil: undefined,
  },
);
const sources = fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: citable });
const revision = fc.oneof(
  { weight: 8, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 2 }) },
);

const milestones = fc.array(
  fc.record(
    {
      date: fc.constantFrom('2019', '2018-05', '2019-02-03'),
      text: fc.constantFrom('x', 'y'),
      source: fc.constantFrom('s1', 's2'),
    },
    { requiredKeys: ['text'] },
  ),
  { maxLength: 2 },
);

/** A few properties of a kind, at times wrong ones. */
function some(kind: Kind): Arbitrary<Record<string, unknown>> {
  const text = fc.constantFrom('É', 'b', null);
  const usual: Arbitrary<Record<string, unknown>> = fc.record(
    {
      nameZh: text,
      notes: fc.array(fc.constantFrom('n', 'm'), { maxLength: 2 }),
      ...(kind === 'Lab' ? { milestones } : {}),
    },
    { requiredKeys: [] },
  );
  return mostly(
    usual,
    fc.constantFrom<Record<string, unknown>[]>(
      { name: null },
      { constructor: 'x' },
      { nameZh: 3 },
      { firstMilestoneDate: '2019' },
    ),
  );
}

const entityOperation: Arbitrary<Operation> = name.chain(([kind, slug]) => {
  const named = { kind: fc.constant(kind), slug: fc.constant(slug) };
  const whole = some(kind).map((properties) => ({ ...leastOf(kind, slug), ...properties }));
  const create = fc.record({ action: fc.constant('CREATE' as const), ...named, properties: whole, sources });
  const changed = { ...named, sources, expectedRevision: revision };
  const update = fc.record({ action: fc.constant('UPDATE' as const), ...changed, properties: some(kind) });
  const upsert = fc.record({ action: fc.constant('UPSERT' as const), ...changed, properties: whole });
  const gone = { ...named, detach: fc.boolean(), expectedRevision: revision };
  const remove = fc.record({ action: fc.constant('DELETE' as const), ...gone });
  return fc.oneof(
    { weight: 1, arbitrary: create },
    { weight: 3, arbitrary: update },
    { weight: 3, arbitrary: upsert },
    { weight: 2, arbitrary: remove },
  );
});

const relations: readonly [RelationType, readonly string[], readonly string[]][] = [
  ['BROADER', world.Area, world.Area],
  ['UNIT_OF', world.Institution, world.Institution],
  ['BASED_IN', world.Institution, world.Country],
  ['HOSTED_BY', world.Lab, world.Institution],
  ['PARTNERS_WITH', world.Lab, world.Country],
  ['POSSIBLY_SAME_AS', world.Lab, world.Lab],
  ['CITES', world.Lab, world.Source],
];

const edgeProperties = (relation: RelationType): Arbitrary<Record<string, unknown>> => {
  if (relation === 'CITES') return fc.constant({ supports: ['NAME'] });
  if (relation === 'HOSTED_BY')
    return fc.constantFrom({}, { role: 'HOST' }, { role: null, roleNote: 'É' }, { side: 'CHINESE' }, { role: 'BOSS' });
  return mostly(fc.constant({}), fc.constant({ colour: 'red' }));
};

const relationOperation: Arbitrary<Operation> = fc.constantFrom(...relations).chain(([relation, starts, ends]) => {
  const from = mostly(fc.constantFrom(...starts), fc.constantFrom(...slugs));
  const to = mostly(fc.constantFrom(...ends), fc.constantFrom(...slugs));
  const between = { relation: fc.constant(relation), from, to, expectedRevision: revision };
  return fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({
        action: fc.constant('LINK' as const),
        ...between,
        properties: edgeProperties(relation),
        sources,
      }),
    },
    { weight: 1, arbitrary: fc.record({ action: fc.constant('UNLINK' as const), ...between }) },
  );
});

/** The operations of one request. */
export const someOperations = fc.array(fc.oneof(entityOperation, relationOperation), { minLength: 1, maxLength: 3 });

const linked: readonly [RelationType, string, string][] = [
  ['BROADER', 'a1', 'a2'],
  ['BASED_IN', 'i1', 'ke'],
  ['UNIT_OF', 'i2', 'i1'],
  ['HOSTED_BY', 'l1', 'i1'],
  ['POSSIBLY_SAME_AS', 'l2', 'l1'],
];

/** A request that makes most entities of the world, and some relations; each operation is one change. */
export const someWorld: readonly Operation[] = [
  ...names
    .filter(([, slug]) => slug !== 'a3' && slug !== 's2')
    .map(([kind, slug]): Operation => ({ action: 'CREATE', kind, slug, properties: leastOf(kind, slug) })),
  ...linked.map(([relation, from, to]): Operation => ({ action: 'LINK', relation, from, to, properties: {} })),
  { action: 'LINK', relation: 'PARTNERS_WITH', from: 'l2', to: 'ke', properties: {}, sources: ['s1'] },
];
