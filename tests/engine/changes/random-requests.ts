import fc, { type Arbitrary } from 'fast-check';
import type { Kind } from '../../../src/cooperation/kinds.ts';
import type { RelationType } from '../../../src/cooperation/relations.ts';
import type { Operation } from '../../../src/engine/changes/operation.ts';
import { relationTypeName } from '../../../src/graphql/names.ts';
import { oneMutation, operation as operationNamed } from '../../setup/one-mutation.ts';
import { schema } from '../../setup/served.ts';
import { leastOf } from './changed-graph.ts';

/** A mutation as it is sent, as often as it takes. */
export interface MutationRequest {
  /** Also the reason of its changes, by which the log tells whose they are. */
  readonly key: string;
  readonly query: string;
  readonly variables: { readonly input: Readonly<Record<string, unknown>> };
}

const named = (kind: Kind, count: number) =>
  Array.from({ length: count }, (_, index) => `${kind.toLowerCase()}-${index + 1}`);

/** What the requests are about: few enough to meet each other. */
const world = {
  Area: named('Area', 8),
  Institution: named('Institution', 6),
  Lab: named('Lab', 8),
  Source: named('Source', 4),
} as const satisfies Partial<Record<Kind, readonly string[]>>;

type WorldKind = keyof typeof world;

/** Entities of the seeds, which keep what hangs at them besides. */
const seeded = {
  countries: ['cn', 'ke', 'eg', 'th'],
  labs: ['algeria-china-laboratory-for-building-materials', 'belarus-china-joint-laboratory-of-laser-physics'],
};
const labs = [...world.Lab, ...seeded.labs];

/** Makes whatever is done twice be seen: the second time it would be a change again. */
const anew = fc.integer({ min: 1, max: 1e9 }).map((number) => `No. ${number}`);

const oneIn = <Value>(count: number, value: Arbitrary<Value>) =>
  fc.oneof({ weight: count - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const sources = oneIn(4, fc.subarray([...world.Source], { minLength: 1, maxLength: 2 }));
const expectedRevision = oneIn(12, fc.integer({ min: 1, max: 3 }));

const changed = fc.record(
  { nameZh: anew, notes: fc.array(anew, { maxLength: 2 }), alsoKnownAs: fc.array(anew, { maxLength: 2 }) },
  { requiredKeys: ['nameZh'] },
);

const entityOperation: Arbitrary<Operation> = fc
  .constantFrom(...(Object.keys(world) as WorldKind[]), 'Lab' as const)
  .chain((kind) => fc.tuple(fc.constant(kind), fc.constantFrom(...(kind === 'Lab' ? labs : world[kind]))))
  .chain(([kind, slug]): Arbitrary<Operation> => {
    const subject = { kind: fc.constant(kind), slug: fc.constant(slug) };
    const cited = kind === 'Source' ? fc.constant(undefined) : sources;
    const whole = changed.map((properties) => ({ ...leastOf(kind, slug), ...properties }));
    const of = <Action extends Operation['action']>(action: Action) => ({ ...subject, action: fc.constant(action) });
    return fc.oneof(
      { weight: 2, arbitrary: fc.record({ ...of('CREATE'), properties: whole, sources: cited }) },
      { weight: 6, arbitrary: fc.record({ ...of('UPDATE'), properties: changed, sources: cited, expectedRevision }) },
      { weight: 5, arbitrary: fc.record({ ...of('UPSERT'), properties: whole, sources: cited, expectedRevision }) },
      {
        weight: 2,
        arbitrary: fc.record({ ...of('DELETE'), detach: fc.constantFrom(true, true, false), expectedRevision }),
      },
    );
  });

const nothing = fc.constant({});
const noted = fc.record({ note: anew });

const relations: readonly [RelationType, readonly string[], readonly string[], Arbitrary<Record<string, unknown>>][] = [
  ['PARTNERS_WITH', labs, seeded.countries, nothing],
  ['HOSTED_BY', labs, world.Institution, fc.record({ roleNote: anew })],
  ['RESEARCHES', labs, world.Area, nothing],
  ['POSSIBLY_SAME_AS', labs, labs, noted],
  ['BROADER', world.Area, world.Area, nothing],
  ['UNIT_OF', world.Institution, world.Institution, nothing],
  ['BASED_IN', world.Institution, seeded.countries, noted],
  ['CITES', labs, world.Source, noted.map((properties) => ({ ...properties, supports: ['NAME'] }))],
];

const relationOperation: Arbitrary<Operation> = fc
  .constantFrom(...relations)
  .chain(([relation, starts, ends, properties]): Arbitrary<Operation> => {
    const between = {
      relation: fc.constant(relation),
      from: fc.constantFrom(...starts),
      to: fc.constantFrom(...ends),
      expectedRevision,
    };
    return fc.oneof(
      { weight: 5, arbitrary: fc.record({ action: fc.constant('LINK' as const), ...between, properties, sources }) },
      { weight: 1, arbitrary: fc.record({ action: fc.constant('UNLINK' as const), ...between }) },
    );
  });

const operation = fc.oneof(entityOperation, relationOperation);

const operations = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(operation) },
  { weight: 1, arbitrary: fc.array(operation, { minLength: 2, maxLength: 3 }) },
);

/** An operation as a mutation's name and input. */
function mutationOf(asked: Operation): readonly [name: string, input: Record<string, unknown>] {
  const { action } = asked;
  if ('relation' in asked) {
    const { relation, action: _, ...input } = asked;
    const { properties, ...rest } = { properties: {}, ...input };
    return [`${action.toLowerCase()}${relationTypeName(relation)}`, { ...rest, ...properties }];
  }
  const { kind, slug, action: _, ...input } = asked;
  const { properties, ...rest } = { properties: {}, ...input };
  const subject = action === 'UPDATE' || action === 'DELETE' ? { id: slug } : { slug };
  return [`${action.toLowerCase()}${kind}`, { ...subject, ...rest, ...properties }];
}

/** The mutation that executes these operations, without a transaction if there is only one. */
export function requestOf(key: string, asked: readonly Operation[]): MutationRequest {
  const mutations = asked.map(mutationOf);
  const [first, ...others] = mutations;
  const isOne = first !== undefined && others.length === 0;
  const operations = mutations.map((mutation) => {
    const { field, given } = operationNamed(...mutation);
    return { [field]: given };
  });
  const { field, input: given } = isOne ? oneMutation(...first) : { field: 'transaction', input: { operations } };
  const [argument] = schema.getMutationType()?.getFields()[field]?.args ?? [];
  const answer = isOne ? 'outcome revision' : 'results { outcome revision entity { slug } }';
  const query = `mutation ($input: ${argument?.type}) {
    payload: ${field}(input: $input) { errors { code path message } repeated changes { sequence transaction } ${answer} }
  }`;
  return { key, query, variables: { input: { ...given, reason: key, idempotencyKey: key } } };
}

/** Makes the entities that the requests are about. */
export const worldRequest = (): MutationRequest =>
  requestOf(
    'world',
    (Object.keys(world) as WorldKind[]).flatMap((kind) =>
      world[kind].map((slug): Operation => ({ action: 'CREATE', kind, slug, properties: leastOf(kind, slug) })),
    ),
  );

/** A number of requests, the same for the same seed. */
export const randomRequests = (count: number, seed: number): readonly MutationRequest[] =>
  fc.sample(operations, { numRuns: count, seed }).map((asked, index) => requestOf(`request ${index}`, asked));
