import type { Report } from '../../../doors/data/progress.ts';
import { one } from '../../../engine/changes/check/check-references.ts';
import type { NoParameters, Statement } from '../../../engine/graph/statement.ts';
import { type AdoptionPlan, countUp, emptyKindPlan, type KindPlan, type RelationPlan } from './adoption-plan.ts';
import { AdoptionRefused, collectFaults, type Faults } from './faults.ts';
import { entitiesWithoutKind, findLeftAlone } from './left-alone.ts';
import { type ReadNode, type ReadRelation, readNodes, readRelations, type Source } from './read-graph.ts';
import { relationFaults } from './relation-faults.ts';

const counts = (source: Source): Statement<NoParameters, readonly [count: number]> => {
  const { kindNames, relationTypes } = source.ontology;
  const all = [
    ...kindNames.map((kind) => `COUNT { (:${kind}) }`),
    ...relationTypes.map((type) => `COUNT { ()-[:${type}]->() }`),
  ];
  return { name: 'adoption-counts', text: `RETURN ${all.join(' + ')}` };
};

/** Number of nodes and relationships that the ontology knows. */
export const totalOf = async (source: Source): Promise<number> =>
  (await source.access.read(counts(source), {}))[0]?.[0] ?? 0;

const hasChanges = ({ changes }: { readonly changes: object }) => Object.keys(changes).length > 0;

/** Whether a node is to be written. */
export const isToWrite = ({ isEntity, record }: Pick<ReadNode, 'isEntity' | 'record'>): boolean =>
  !isEntity || hasChanges(record);

export const isRelationToWrite = ({ relation }: ReadRelation): boolean => hasChanges(relation);

function addNode(plan: KindPlan, node: ReadNode, faults: Faults): void {
  const { kind, isEntity, record, title, kinds } = node;
  const [, other] = kinds;
  if (other !== undefined)
    faults.add(kind, title, { expected: 'one kind of the ontology', found: `also ${one(other)}` });
  for (const fault of record.faults) faults.add(kind, title, fault);
  plan.nodes += 1;
  if (!isEntity) {
    plan.toAdopt += 1;
    countUp(plan.slugs, record.slugFrom);
    if (record.isNumbered) plan.numbered += 1;
  } else if (isToWrite(node)) plan.toUpdate += 1;
  if (record.nameFrom !== undefined) countUp(plan.names, record.nameFrom);
  for (const property of record.unknown) countUp(plan.unknown, property);
}

/**
 * Checks all data of a database against the ontology, and says what an adoption would write. Reads everything and writes
 * nothing.
 * @throws AdoptionRefused with every fault, by its sort
 */
export async function checkAdoption(source: Source, report: Report = () => {}): Promise<AdoptionPlan> {
  const { access, ontology } = source;
  const faults = collectFaults();
  const total = await totalOf(source);
  let done = 0;
  const advance = () => {
    done += 1;
    report({ phase: 'checking', done, total, unit: 'records' });
  };

  const kinds = new Map(ontology.kindNames.map((kind) => [kind, emptyKindPlan(kind)]));
  const cited = new Set<string>();
  for await (const node of readNodes(source, cited)) {
    const plan = kinds.get(node.kind);
    if (plan) addNode(plan, node, faults);
    advance();
  }

  const relations = new Map<string, RelationPlan>();
  for (const type of ontology.relationTypes) {
    relations.set(type, { type, relations: 0, toUpdate: 0, unknown: new Map() });
    for (const { title, count, fault } of await relationFaults(access, ontology, type))
      faults.add(type, title, fault, count);
  }
  for await (const read of readRelations(source, cited)) {
    const plan = relations.get(read.type);
    for (const fault of read.relation.faults) faults.add(read.type, read.title, fault);
    if (plan) {
      plan.relations += 1;
      if (isRelationToWrite(read)) plan.toUpdate += 1;
      for (const property of read.relation.unknown) countUp(plan.unknown, property);
    }
    advance();
  }

  const strange = await entitiesWithoutKind(access, ontology);
  if (strange > 0) {
    const found = `${strange.toLocaleString('en')} without one; Silkgraph uses this label itself, so rename it or add their kind`;
    faults.add('Entity', 'nodes', { expected: 'a kind of the ontology', found }, strange);
  }
  if (faults.total > 0) throw new AdoptionRefused(faults);
  return {
    kinds: [...kinds.values()],
    relations: [...relations.values()],
    leftAlone: await findLeftAlone(access, ontology),
  };
}
