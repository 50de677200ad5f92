import type { Operation } from '../../engine/changes/operation.ts';
import { queryFile } from '../../engine/graph/query-files.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { Context } from '../context.ts';
import { codedError } from '../errors.ts';
import { nameOfOne } from '../names.ts';

const namedFile = queryFile<
  { readonly slugs: readonly string[]; readonly reliability: null; readonly chinese: null },
  readonly [slug: string, labels: readonly string[], name: string, reliability: null, chinese: null]
>('named');

/** The kinds of entities at which relations of any kind start: those that the request creates, and those that exist. */
async function kindsOfStarts({ graph, ontology }: Context, operations: readonly Operation[]) {
  const kinds = new Map<string, Kind>();
  const wanted = new Set<string>();
  for (const operation of operations) {
    if ('kind' in operation) kinds.set(operation.slug, operation.kind);
    else if (ontology.relation(operation.relation).from === 'Entity') wanted.add(operation.from);
  }
  const unknown = [...wanted].filter((slug) => !kinds.has(slug));
  if (unknown.length === 0) return kinds;
  for (const [slug, labels] of await graph.read(namedFile, { slugs: unknown, reliability: null, chinese: null })) {
    const kind = ontology.kindOf(labels);
    if (kind !== undefined) kinds.set(slug, kind);
  }
  return kinds;
}

/**
 * Checks that a caller whose key is for some kinds writes no others. A relation belongs to the kind that it starts at, so a
 * deletion that would remove those of other entities is refused.
 * @throws GraphQLError FORBIDDEN; GraphError
 */
export async function checkScope(context: Context, operations: readonly Operation[]): Promise<void> {
  const { ontology, viewer } = context;
  const { writes } = viewer;
  if (!writes) return;
  const kinds = await kindsOfStarts(context, operations);
  const only = `Your key may write only these kinds: ${writes.join(', ')}.`;
  for (const operation of operations) {
    if ('kind' in operation) {
      if (!writes.includes(operation.kind)) {
        throw codedError('FORBIDDEN', `${only} This changes ${nameOfOne(ontology, operation.kind)}.`);
      }
      if (operation.action === 'DELETE' && operation.detach === true) {
        throw codedError('FORBIDDEN', `${only} \`detach\` would remove relations of others: unlink them first.`);
      }
      continue;
    }
    const { from } = ontology.relation(operation.relation);
    const kind = from === 'Entity' ? kinds.get(operation.from) : from;
    // An entity that does not exist is reported by the checks of the change itself.
    if (kind !== undefined && !writes.includes(kind)) {
      throw codedError('FORBIDDEN', `${only} ${operation.relation} starts at ${nameOfOne(ontology, kind)}.`);
    }
  }
}
