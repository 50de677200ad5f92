import type { GraphQLResolveInfo } from 'graphql';
import type { OperationAnswer } from '../../engine/changes/answer.ts';
import { readStatedRelations } from '../../engine/reads/stated-relations.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import { lazyType, type SchemaBase } from '../builder.ts';
import type { Context } from '../context.ts';
import { readFound } from '../entities/relation-step.ts';
import { limitExceeded } from '../errors.ts';
import { limits } from '../limits.ts';
import { readEntities } from '../planning/read-selection.ts';
import { selectedAt } from '../planning/selected.ts';
import { change, checkMayWrite, type MutationAnswer, refused, type Step } from './mutation-answer.ts';
import { type ActionName, actionNames, actions, namedMutation, type RelationMutation } from './mutation-definitions.ts';
import { inputRefOf, TransactionInput } from './mutation-inputs.ts';
import { readOperation, readRelationOperation } from './mutation-operations.ts';
import {
  DeletePayload,
  EntityPayload,
  type LinkAnswer,
  LinkPayload,
  type OperationResult,
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
function stepOf(ontology: Ontology, operation: MutationInput, index: number): NamedStep {
  const [[name, given] = ['', {}]] = Object.entries(operation);
  const { mutation, input, path } = namedMutation(ontology, name as ActionName, given as MutationInput);
  return {
    name,
    path: ['input', 'operations', String(index), name, ...path],
    ...readOperation(ontology, mutation, input),
  };
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

function addEntityMutation(base: SchemaBase, name: ActionName): void {
  const { action, description } = actions[name];
  base.builder.mutationField(name, (t) =>
    t.field({
      type: action === 'DELETE' ? DeletePayload(base) : EntityPayload(base),
      nullable: true,
      args: inputArgument(base, inputRefOf(base, name)),
      description,
      resolve: forEditors((context, input) => {
        const named = namedMutation(context.ontology, name, input.entity as MutationInput);
        const read = readOperation(context.ontology, named.mutation, named.input);
        return change(context, input, [{ path: ['input', 'entity', ...named.path], ...read }]);
      }),
    }),
  );
}

function addRelationMutation(base: SchemaBase, name: ActionName): void {
  base.builder.mutationField(name, (t) =>
    t.field({
      type: LinkPayload(base),
      nullable: true,
      args: inputArgument(base, inputRefOf(base, name)),
      description: actions[name].description,
      resolve: forEditors(async (context, input, info) => {
        const named = namedMutation(context.ontology, name, input.relation as MutationInput);
        const mutation = named.mutation as RelationMutation;
        const read = readRelationOperation(context.ontology, mutation, named.input);
        const answer = await change(context, input, [{ path: ['input', 'relation', ...named.path], ...read }]);
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

export const addMutations = lazyType((base) => {
  const { builder, ontology } = base;
  builder.mutationType({
    description:
      'Changes to the graph, for editors. If a mutation fails, `errors` of its payload says why, and nothing is changed.',
  });
  for (const name of actionNames(ontology)) {
    if (actions[name].of === 'entity') addEntityMutation(base, name);
    else addRelationMutation(base, name);
  }
  addTransaction(base);
});
