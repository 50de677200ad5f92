import { endLabel } from '../../../engine/changes/apply/end-label.ts';
import type { FieldFault } from '../../../engine/changes/check/check-properties.ts';
import { isSymmetric, isToOne } from '../../../engine/changes/check/relation-rules.ts';
import { findCycle } from '../../../engine/graph/find-cycle.ts';
import type { NoParameters, Statement } from '../../../engine/graph/statement.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { RelationType } from '../../../ontology/vocabulary.ts';
import { counted } from '../english.ts';
import type { Access } from '../neo4j-access.ts';

/** Relations of one type that break a rule: an example, and how many there are like it. */
export interface RelationFault {
  readonly title: string;
  readonly count: number;
  readonly fault: FieldFault;
}

type Read = Statement<NoParameters, readonly [title: string, count: number]>;

const MOST = 20;

const nameOf = (node: string) =>
  `coalesce(toStringOrNull(${node}.name), toStringOrNull(${node}.title), elementId(${node}))`;

const labelsAt = ({ kindsAt }: Ontology, type: RelationType, end: 'from' | 'to') => kindsAt(type, end).join('|');

const otherEnds = (ontology: Ontology, type: RelationType): Read => ({
  name: 'adoption-other-ends',
  text: `MATCH (from)-[:${type}]->(to)
WHERE NOT (from:${labelsAt(ontology, type, 'from')} AND to:${labelsAt(ontology, type, 'to')})
WITH [label IN labels(from) WHERE NOT label IN ['Entity']] AS starts, [label IN labels(to) WHERE NOT label IN ['Entity']] AS ends,
  count(*) AS number
RETURN reduce(text = '', label IN starts | text + ':' + label) + ' → ' + reduce(text = '', label IN ends | text + ':' + label),
  number ORDER BY number DESC LIMIT ${MOST}`,
});

const loops = (type: RelationType): Read => ({
  name: 'adoption-loops',
  text: `MATCH (node)-[:${type}]->(node) RETURN ${nameOf('node')}, 1 LIMIT ${MOST}`,
});

// For each start on its own, so that memory does not grow with the graph.
const duplicates = (ontology: Ontology, type: RelationType): Read => ({
  name: 'adoption-duplicates',
  text: `MATCH (from:${labelsAt(ontology, type, 'from')})
CALL (from) {
  MATCH (from)-[:${type}]-${isSymmetric(ontology, type) ? '' : '>'}(to)
  WITH to, count(*) AS number WHERE number > 1 AND to <> from
  RETURN to, number
}
RETURN ${nameOf('from')} + ' → ' + ${nameOf('to')}, number - 1 LIMIT ${MOST}`,
});

const severalTargets = (ontology: Ontology, type: RelationType): Read => ({
  name: 'adoption-several-targets',
  text: `MATCH (from:${labelsAt(ontology, type, 'from')})
WITH from, COUNT { (from)-[:${type}]->() } AS number WHERE number > 1
RETURN ${nameOf('from')}, number - 1 LIMIT ${MOST}`,
});

const links = (
  ontology: Ontology,
  type: RelationType,
): Statement<NoParameters, readonly [from: string, to: string]> => ({
  name: 'adoption-links',
  text: `MATCH (from:${endLabel(ontology, type, 'from')})-[:${type}]->(to) RETURN elementId(from), elementId(to)`,
});

const titleOfElement: Statement<{ readonly element: string }, readonly [title: string]> = {
  name: 'adoption-title',
  text: `MATCH (node) WHERE elementId(node) = $element RETURN ${nameOf('node')}`,
};

/** A rule, what breaks it, and whether that counts those beyond the first. */
type Rule = readonly [expected: string, broken: Read, isOver: boolean];

/** The rules that a type must follow. */
function rulesOf(ontology: Ontology, type: RelationType): readonly Rule[] {
  const { from, to } = ontology.relation(type);
  const mayLoop = from === to || from === 'Entity';
  return [
    [
      `only ${from} → ${to} (give other relationships another type: Silkgraph would return them as well)`,
      otherEnds(ontology, type),
      false,
    ],
    ...(mayLoop ? [['two different ends', loops(type), false] as const] : []),
    ['at most one between two nodes, in either direction if it is symmetric', duplicates(ontology, type), true],
    ...(isToOne(ontology, type)
      ? [[`at most one from each ${from}`, severalTargets(ontology, type), true] as const]
      : []),
  ];
}

async function cycleOf(access: Access, ontology: Ontology, type: RelationType): Promise<readonly RelationFault[]> {
  if (!ontology.isAcyclic(type)) return [];
  const cycle = await findCycle(access.stream(links(ontology, type), {}));
  if (!cycle) return [];
  const titles: string[] = [];
  for (const element of cycle.slice(0, MOST))
    titles.push((await access.read(titleOfElement, { element }))[0]?.[0] ?? '');
  return [{ title: titles.join(' → '), count: 1, fault: { expected: 'no cycle', found: 'a cycle' } }];
}

/** What is wrong with the relations of a type, apart from their properties. */
export async function relationFaults(
  access: Access,
  ontology: Ontology,
  type: RelationType,
): Promise<readonly RelationFault[]> {
  const faults: RelationFault[] = [];
  for (const [expected, broken, isOver] of rulesOf(ontology, type)) {
    for (const [title, count] of await access.read(broken, {})) {
      const found = `${counted(count, 'relationship')}${isOver ? ' too many' : ''}`;
      faults.push({ title, count, fault: { expected, found } });
    }
  }
  return [...faults, ...(await cycleOf(access, ontology, type))];
}
