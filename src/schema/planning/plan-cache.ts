import { type ASTNode, type FieldNode, type FragmentDefinitionNode, type GraphQLResolveInfo, visit } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Statistics } from '../../graph/reads/statistics.ts';

/** Requests with longer variables are unlikely to repeat, so their plans live for one operation only. */
const LONGEST_KEY = 4_000;

/**
 * Maximum number of characters of all cached plans: of their keys, and of the documents that they are made of. A plan takes
 * about 23 bytes for each character of its selection, so this is about 7 MB.
 */
export const KEPT_CHARACTERS = 300_000;

interface Kept {
  readonly statistics: Statistics;
  readonly plan: object;
  /** Characters of the text that the plan is made of. */
  readonly characters: number;
}

/** Plans are pure: the same selection with the same variables, under the same statistics, gives the same one. */
const kept = new LRUCache<string, Kept>({
  maxSize: KEPT_CHARACTERS,
  sizeCalculation: ({ characters }, key) => key.length + characters,
});

const keptOfOperations = new WeakMap<object, Map<string, Kept>>();

function keptOfOperation({ variableValues }: GraphQLResolveInfo): Map<string, Kept> {
  const known = keptOfOperations.get(variableValues) ?? new Map<string, Kept>();
  keptOfOperations.set(variableValues, known);
  return known;
}

/** How often a plan was found, and how often it had to be made. */
export const planCache = {
  hits: 0,
  misses: 0,
  /** Characters that all cached plans count. */
  get characters() {
    return kept.calculatedSize;
  },
};

/** Fields, and what of them a plan is made of. */
export interface PlannedFields {
  readonly nodes: readonly FieldNode[];
  /** Whether their own arguments count too, beside the selection below them. */
  readonly withArguments: boolean;
}

interface NodeFacts {
  readonly number: number;
  /** Variables used in its arguments and below it, without duplicates. */
  readonly all: readonly string[];
  /** Variables used in the selection below it, including fragments. */
  readonly below: readonly string[];
}

/** Documents are parsed once per text, so a node stands for its place in one text. */
const facts = new WeakMap<FieldNode, NodeFacts>();
let nodes = 0;

function factsOf(node: FieldNode, fragments: GraphQLResolveInfo['fragments']): NodeFacts {
  const known = facts.get(node);
  if (known) return known;
  nodes += 1;
  const own = (node.arguments ?? []).flatMap((argument) => [...variablesIn(argument, fragments)]);
  const below = node.selectionSet ? [...variablesIn(node.selectionSet, fragments)] : [];
  const found = { number: nodes, all: [...new Set([...own, ...below])], below };
  facts.set(node, found);
  return found;
}

/** What stands in a fragment is looked through once, however often the fragment is spread. */
const ofFragments = new WeakMap<FragmentDefinitionNode, ReadonlySet<string>>();

/** A document was validated before, so no fragment spreads itself. */
function variablesIn(node: ASTNode, fragments: GraphQLResolveInfo['fragments']): ReadonlySet<string> {
  const found = new Set<string>();
  visit(node, {
    Variable: ({ name }) => void found.add(name.value),
    FragmentSpread({ name: { value: name } }) {
      const fragment = fragments[name];
      if (!fragment) return;
      const known = ofFragments.get(fragment) ?? variablesIn(fragment, fragments);
      ofFragments.set(fragment, known);
      for (const variable of known) found.add(variable);
    },
  });
  return found;
}

const writtenValues = new WeakMap<object, Map<string, string>>();

/** The value of a variable as text, written once for each operation; nothing where it is absent. */
function writtenValue(name: string, variableValues: GraphQLResolveInfo['variableValues']): string | undefined {
  if (!(name in variableValues)) return undefined;
  const values = writtenValues.get(variableValues) ?? new Map<string, string>();
  writtenValues.set(variableValues, values);
  const known = values.get(name) ?? JSON.stringify(variableValues[name]) ?? '';
  values.set(name, known);
  return known;
}

/** Characters of the selection of some fields; of the whole document where it may spread fragments. */
function charactersOf({ nodes }: PlannedFields, { fragments }: GraphQLResolveInfo): number {
  const [first] = nodes;
  if (Object.keys(fragments).length > 0) return first?.loc?.source.body.length ?? 0;
  return nodes.reduce((sum, { loc }) => sum + (loc ? loc.end - loc.start : 0), 0);
}

interface Key {
  readonly text: string;
  /** Whether the values of the variables are part of it, so that it holds for other operations too. */
  readonly isWhole: boolean;
}

function keyOf({ nodes, withArguments }: PlannedFields, { fragments, variableValues }: GraphQLResolveInfo): Key {
  let names = String(withArguments);
  let values = '';
  for (const node of nodes) {
    const { number, all, below } = factsOf(node, fragments);
    names += ` ${number}`;
    for (const name of withArguments ? all : below) {
      const value = writtenValue(name, variableValues);
      if (value !== undefined && values.length <= LONGEST_KEY) values += ` ${name} ${value}`;
    }
  }
  const isWhole = names.length + values.length <= LONGEST_KEY;
  return { text: isWhole ? names + values : names, isWhole };
}

/**
 * The plan of fields, cached by the values of the variables it depends on. The compiled statement is cached beside the
 * plan. This saves 0.1 to 0.2 ms of a request of about 2 ms.
 *
 * @param purpose tells plans of the same fields apart
 */
export function planOnce<Plan extends object>(
  info: GraphQLResolveInfo,
  fields: PlannedFields,
  statistics: Statistics,
  purpose: string,
  make: () => Plan,
): Plan {
  // Two operations of one document may share a fragment, and one of them ask for more beside it.
  const { text, isWhole } = keyOf(fields, info);
  const key = `${purpose} ${text}`;
  const plans = isWhole ? kept : keptOfOperation(info);
  const found = plans.get(key);
  if (found?.statistics === statistics) {
    planCache.hits += 1;
    return found.plan as Plan;
  }
  planCache.misses += 1;
  const plan = make();
  plans.set(key, { statistics, plan, characters: charactersOf(fields, info) });
  return plan;
}
