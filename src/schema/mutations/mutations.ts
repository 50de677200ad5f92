import type { GraphQLResolveInfo } from 'graphql';
import type { OperationAnswer } from '../../changes/answer.ts';
import { readStatedRelations } from '../../graph/reads/stated-relations.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { part, type SchemaBase } from '../builder.ts';
import type { Context } from '../context.ts';
import { readFound } from '../entities/relation-step.ts';
import { limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';
import { readEntities } from '../planning/read-selection.ts';
import { selectedAt } from '../planning/selected.ts';
import { change, checkMayWrite, type MutationAnswer, misplacedIn, refused, type Step } from './mutation-answer.ts';
import {
  descriptionOf,
  type EntityMutation,
  entityMutations,
  mutationDefinitions,
  type RelationMutation,
  relationMutations,
} from './mutation-definitions.ts';
import { inputRefOf, TransactionInput } from './mutation-inputs.ts';
import { readOperation, readRelationOperation } from './mutation-operations.ts';
import {
  DeletePayload,
  type LinkAnswer,
  LinkPayload,
  type OperationResult,
  payloadRefOf,
  TransactionPayload,
} from './mutation-payloads.ts';
import type { MutationInput, MutationInputRef } from './mutation-property-inputs.ts';

const inputArgument = ({ builder }: SchemaBase, type: MutationInputRef) =>
  builder.args((t) => ({ input: t.field({ type, required: true, description: 'Input of the mutation.' }) }));

type Resolve<Answer> = (context: Context, input: MutationInput, info: GraphQLResolveInfo) => Promise<Answer>;

/** Resolves every mutation, after checking that the caller may write. */
const forEditors =
  <Answer>(resolve: Resolve<Answer>) =>
  (_: unknown, { input }: { readonly input: MutationInput }, context: Context, info: GraphQLResolveInfo) => {
    checkMayWrite(context);
    return resolve(context, input, info);
  };

const linkPlaces = { entities: [['from'], ['to']], hops: ['relation'] } as const;

/** Current state of a relation that was changed. */
async function readLink(
  context: Context,
  info: GraphQLResolveInfo,
  { relation }: RelationMutation,
  { from, to }: { readonly from: string; readonly to: string },
  answer: MutationAnswer,
): Promise<LinkAnswer> {
  if (answer.errors.length > 0) return { ...answer, from: null, to: null, relation: null };
  const forward = { relation, from, to };
  const { symmetricRelations } = context.ontology;
  const possible = symmetricRelations.includes(relation) ? [forward, { relation, from: to, to: from }] : [forward];
  const isAsked = selectedAt(info, linkPlaces.hops).length > 0;
  const [stored] = isAsked ? await readStatedRelations(context.graph, possible, { sources: false }) : [];
  const found = await readFound(context, info, linkPlaces, [from, to], stored ? [stored] : []);
  return {
    ...answer,
    from: found.entity(from),
    to: found.entity(to),
    relation: stored ? found.hop(stored, 'FORWARD') : null,
  };
}

interface NamedStep extends Step {
  readonly name: string;
}

/** An operation is the only field of its input. */
function stepOf(ontology: Ontology, input: MutationInput, index: number): NamedStep {
  const [name = ''] = Object.keys(input);
  const mutation = mutationDefinitions(ontology).find((definition) => definition.name === name);
  if (!mutation) throw new Error(`No operation ${name}.`);
  const path = ['input', 'operations', String(index), name];
  const given = input[name] as MutationInput;
  const { operation, faults } = readOperation(ontology, mutation, given);
  return { name, path, operation, faults: [...faults, ...misplacedIn(given)] };
}

async function readResults(
  context: Context,
  info: GraphQLResolveInfo,
  steps: readonly NamedStep[],
  answers: readonly OperationAnswer[],
): Promise<readonly OperationResult[]> {
  const selection = selectedAt(info, ['results', 'entity']);
  const slugs = [...new Set(answers.map(({ entity }) => entity.slug))];
  const isRead = selection.length > 0 && slugs.length > 0;
  const entities = isRead ? await readEntities(context, info, 'Entity', slugs, selection) : [];
  const bySlug = new Map(entities.map((entity) => [entity?.slug, entity]));
  return answers.map(({ outcome, revision, entity }, index) => ({
    operation: steps[index]?.name ?? '',
    outcome,
    revision,
    entity: bySlug.get(entity.slug) ?? null,
  }));
}

function addEntityMutation(base: SchemaBase, mutation: EntityMutation): void {
  base.builder.mutationField(mutation.name, (t) =>
    t.field({
      type: mutation.action === 'DELETE' ? DeletePayload(base) : payloadRefOf(base, mutation.kind),
      nullable: true,
      args: inputArgument(base, inputRefOf(base, mutation)),
      description: descriptionOf(base.ontology, mutation),
      resolve: forEditors((context, input) =>
        change(context, input, [{ path: ['input'], ...readOperation(context.ontology, mutation, input) }]),
      ),
    }),
  );
}

function addRelationMutation(base: SchemaBase, mutation: RelationMutation): void {
  base.builder.mutationField(mutation.name, (t) =>
    t.field({
      type: LinkPayload(base),
      nullable: true,
      args: inputArgument(base, inputRefOf(base, mutation)),
      description: descriptionOf(base.ontology, mutation),
      resolve: forEditors(async (context, input, info) => {
        const read = readRelationOperation(context.ontology, mutation, input);
        const answer = await change(context, input, [{ path: ['input'], ...read }]);
        return readLink(context, info, mutation, read.operation, answer);
      }),
    }),
  );
}

function addTransaction(base: SchemaBase): void {
  base.builder.mutationField('transaction', (t) =>
    t.field({
      type: TransactionPayload(base),
      nullable: true,
      args: inputArgument(base, TransactionInput(base)),
      description: 'Executes several operations in one transaction: either all succeed or none.',
      resolve: forEditors(async (context, input, info) => {
        const operations = input.operations as readonly MutationInput[];
        if (operations.length > limits.operations) {
          throw limitExceeded(
            `A transaction has at most ${limits.operations} operations; this one has ${operations.length}. Split it, or import a file.`,
          );
        }
        if (operations.length === 0) {
          const message = 'The transaction is empty. Add at least one operation.';
          return { ...refused([{ path: ['input', 'operations'], message }], input.dryRun === true), results: [] };
        }
        const steps = operations.map((operation, index) => stepOf(context.ontology, operation, index));
        const answer = await change(context, input, steps);
        return { ...answer, results: await readResults(context, info, steps, answer.answers) };
      }),
    }),
  );
}

export const addMutations = part((base) => {
  const { builder, ontology } = base;
  builder.mutationType({
    description:
      'Changes to the graph, for editors. If a mutation fails, `errors` of its payload says why, and nothing is changed.',
  });
  for (const mutation of entityMutations(ontology)) addEntityMutation(base, mutation);
  for (const mutation of relationMutations(ontology)) addRelationMutation(base, mutation);
  addTransaction(base);
});
