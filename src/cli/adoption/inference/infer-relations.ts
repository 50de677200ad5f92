import { escapedName } from '../../../engine/database/escaped-name.ts';
import { faultsOfOntology } from '../../../ontology/definition/check-ontology.ts';
import { pascalCase } from '../../../ontology/letter-case.ts';
import { counted, sentence, wordsOf } from '../english.ts';
import { camelName, constantName, isConstantName, misspelt } from '../names.ts';
import { type DraftKind, type DraftRelation, definitionOf } from './draft.ts';
import { inferProperties } from './infer-properties.ts';
import { renamedRelation } from './renaming.ts';
import type { SeenGraph, SeenPair, SeenRelation } from './seen.ts';

/** The relations of an ontology, and why some relationship types are none. */
export interface InferredRelations {
  readonly relations: readonly DraftRelation[];
  readonly leftOut: readonly string[];
}

interface Ends {
  readonly from: DraftKind;
  readonly to: DraftKind;
  readonly toOne: boolean;
}

/** The most frequent pair of kinds that a relation joins. */
function mainEnds(
  { pairs }: SeenRelation,
  kinds: readonly DraftKind[],
): (Ends & { readonly pair: SeenPair }) | undefined {
  const find = (name: string | undefined) => kinds.find((kind) => kind.name === name);
  for (const pair of pairs.toSorted((left, right) => right.count - left.count)) {
    const [from, to] = [find(pair.from), find(pair.to)];
    if (from && to) return { from, to, toOne: pair.toOne, pair };
  }
  return undefined;
}

const nameOf = ({ from = 'nodes without a kind', to = 'nodes without a kind' }: SeenPair) => `${from} → ${to}`;

/** A condition for the nodes of a kind or, without one, for those of none of the kinds. */
const isOfKind = (node: string, kind: string | undefined, { kinds }: SeenGraph) =>
  kind === undefined
    ? `NOT ${node}:${kinds.map(({ name }) => escapedName(name)).join('|')}`
    : `${node}:${escapedName(kind)}`;

/** What is said about pairs that the relation cannot join as well. */
const otherPairs = ({ type, pairs }: SeenRelation, main: SeenPair, graph: SeenGraph): readonly string[] =>
  pairs
    .filter((pair) => pair !== main)
    .map((pair) => {
      const { from, to, count } = pair;
      const better = `${type}_${constantName((to === main.to ? from : to) ?? '') ?? 'OTHER'}`;
      const where = `${isOfKind('from', from, graph)} AND ${isOfKind('to', to, graph)}`;
      const fix = `MATCH (from)-[old:${type}]->(to) WHERE ${where} CREATE (from)-[new:${better}]->(to) SET new = properties(old) DELETE old`;
      return `decide: ${type} also joins ${nameOf(pair)} (${count.toLocaleString('en')}), but a relation has one \`from\` and one \`to\`. Give these another type: ${fix}`;
    });

/** Names of the two fields of a relation: first the short ones, then longer ones for where those are taken. */
function* fieldNames({ type, forward: given }: SeenRelation, { from, to, toOne }: Ends) {
  const forward = given ?? camelName(type) ?? 'related';
  const target = pascalCase(toOne ? to.singular : to.plural);
  const backward = `${from.plural}${given === undefined ? '' : 'As'}${pascalCase(forward)}`;
  yield { forward, backward };
  yield { forward: `${forward}${target}`, backward };
  yield { forward: `${forward}${target}`, backward: `${backward}${pascalCase(to.singular)}` };
}

/** First drafts: a type is taken for a verb, a field for a noun. */
function descriptions({ type, forward }: SeenRelation, { from, to, toOne }: Ends) {
  const [one, target] = [wordsOf(from.name), wordsOf(to.name)];
  if (forward !== undefined) {
    const role = wordsOf(forward);
    return {
      description: sentence(`${from.one} has ${to.one} as its ${role}`),
      forwardDescription: sentence(
        `${toOne ? 'the ' : ''}${role} of the ${one}${toOne ? '; null if there is none' : ''}`,
      ),
      backwardDescription: sentence(`${from.many} that have the ${target} as their ${role}`),
    };
  }
  const verb = wordsOf(type);
  return {
    description: sentence(`${from.one} ${verb} ${to.one}`),
    forwardDescription: toOne
      ? sentence(`the ${target} that the ${one} ${verb}; null if there is none`)
      : sentence(`${to.many} that the ${one} ${verb}`),
    backwardDescription: sentence(`${from.many} that ${verb} the ${target}`),
  };
}

function draftRelation(
  seen: SeenRelation,
  ends: Ends & { readonly pair: SeenPair },
  fields: { forward: string; backward: string },
  graph: SeenGraph,
): DraftRelation {
  const { type, count, lookedAt, remarks = [] } = seen;
  const { from, to, toOne } = ends;
  const { properties, leftOut } = inferProperties(seen.properties, {
    name: type,
    lookedAt,
    isRelation: true,
    areTexts: graph.areTexts,
  });
  const some = lookedAt < count ? `, of which ${lookedAt.toLocaleString('en')} were looked at` : '';
  return {
    type,
    from: from.name,
    to: to.name,
    ...fields,
    ...(toOne ? { toOne } : {}),
    ...descriptions(seen, ends),
    properties,
    comments: [
      `${counted(count, 'relation')}${some}.`,
      ...(toOne ? [`decide: to-one, because no ${wordsOf(from.name)} has two.`] : []),
      ...(from === to ? ['decide: symmetric, acyclic or hierarchical?'] : []),
      ...otherPairs(seen, ends.pair, graph),
      ...remarks,
      ...leftOut,
    ],
  };
}

/** A relation for each relationship type that can be one. */
export function inferRelations(graph: SeenGraph, kinds: readonly DraftKind[]): InferredRelations {
  const relations: DraftRelation[] = [];
  const leftOut: string[] = [];

  function accepted(seen: SeenRelation): DraftRelation | string {
    const { type } = seen;
    if (!isConstantName(type)) {
      return misspelt('a relation', 'constantCase', constantName(type), (better) => renamedRelation(type, better));
    }
    const ends = mainEnds(seen, kinds);
    if (!ends) return `it joins no two kinds, but ${seen.pairs.map(nameOf).join(', ') || 'nothing'}.`;
    let reason = '';
    for (const fields of fieldNames(seen, ends)) {
      const drafted = draftRelation(seen, ends, fields, graph);
      const [fault] = faultsOfOntology(definitionOf({ kinds, relations: [...relations, drafted] }));
      if (fault === undefined) return drafted;
      reason = fault;
    }
    return reason;
  }

  for (const seen of graph.relations) {
    const drafted = accepted(seen);
    if (typeof drafted !== 'string') relations.push(drafted);
    else leftOut.push(`left out: ${seen.type} (${counted(seen.count, 'relation')}): ${drafted}`);
  }
  return { relations, leftOut };
}
