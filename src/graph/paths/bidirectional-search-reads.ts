import type { Kind } from '../../ontology/kinds.ts';
import type { RelationType } from '../../ontology/relations.ts';
import type { Parameters, Row } from '../graph.ts';
import { rowOfProperties } from '../reads/compile.ts';
import type { TargetPlan } from '../reads/plan.ts';
import { type Entity, targetEntity } from '../reads/rows.ts';
import type { Statement } from '../statement.ts';
import type { TimedReads } from '../timed-reads.ts';
import type { StepTypes } from '../traversal/metapaths.ts';
import { kindOf, type Walk, walkFile } from '../walk.ts';
import { bridgeStatement, MOST_BRIDGES } from './bridge-statement.ts';

type End = readonly [row: Row, degree: number];
type NextTo = readonly [end: string, relation: RelationType, leads: boolean];
type Around = readonly [row: Row, degree: number | null, steps: readonly NextTo[]];
type Far = readonly [slug: string, labels: Labels, degree: number, relation: RelationType, leads: boolean];
type Expanded = readonly [near: string, steps: readonly Far[] | null];
type Within = readonly [far: string, relation: RelationType];
type Between = readonly [near: string, degree: number, relations: readonly Within[] | null];
type Labels = readonly string[];
type Meeting = readonly [near: string, far: string, relation: RelationType, leads: boolean];
type Inner = readonly [slug: string, labels: Labels, degree: number];
type Crossing = readonly [relation: RelationType, leads: boolean];
export type Bridge = readonly [near: string, far: string, inner: readonly Inner[], crossings: readonly Crossing[]];

async function readAnswer(reads: TimedReads, statement: Statement, parameters: Parameters): Promise<Row> {
  const [row] = await reads.read(statement, parameters);
  return (row?.[0] ?? []) as Row;
}

const readList = async <Item>(reads: TimedReads, statement: Statement, parameters: Parameters) =>
  (await readAnswer(reads, statement, parameters)) as readonly Item[];

const endsFile = walkFile('paths-ends');
const expandFile = walkFile('paths-expand');
const betweenFile = walkFile('paths-between');
const meetFile = walkFile('paths-meet');

/** The ends of paths and their neighbours, with the selected fields of either. @throws OutOfTime, GraphError */
export async function readEnds(reads: TimedReads, walk: Walk, wanted: TargetPlan | null, parameters: Parameters) {
  const row = (node: string) => (wanted ? rowOfProperties(wanted, node) : `[${node}.id, labels(${node})]`);
  const [ends, around, isPart] = await readAnswer(reads, endsFile(walk, row), parameters);
  return { ends: ends as readonly End[], around: around as readonly Around[], isPart: isPart === true };
}

/** The relations of entities, each with its far end. @throws OutOfTime, GraphError */
export const readExpanded = (reads: TimedReads, walk: Walk, parameters: Parameters) =>
  readList<Expanded>(reads, expandFile(walk), parameters);

/** The degrees of some entities, and their relations with each other. @throws OutOfTime, GraphError */
export const readBetween = (reads: TimedReads, walk: Walk, parameters: Parameters) =>
  readList<Between>(reads, betweenFile(walk), parameters);

/** The relations between the entities of two lists. @throws OutOfTime, GraphError */
export const readMeetings = (reads: TimedReads, walk: Walk, parameters: Parameters) =>
  readList<Meeting>(reads, meetFile(walk), parameters);

/** Connecting paths across gaps, by relations of these types. @throws OutOfTime, GraphError */
export const readBridges = (reads: TimedReads, walk: Walk, types: StepTypes, parameters: Parameters) =>
  readList<Bridge>(reads, bridgeStatement(types, walk), parameters);

/** Whether there may be more connecting paths than were found: across one gap, or across all together. */
export function areCut(bridges: readonly Bridge[], perGap: number): boolean {
  const byGap = new Map<string, number>();
  for (const [near, far] of bridges) {
    const gap = `${near} ${far}`;
    byGap.set(gap, (byGap.get(gap) ?? 0) + 1);
  }
  return bridges.length >= MOST_BRIDGES || Math.max(0, ...byGap.values()) >= perGap;
}

/** The slug that any row begins with. */
export const slugIn = ([slug]: Row): string => slug as string;

/** The selected fields of an entity in a row, or its slug and labels if none are selected. */
export function entityIn(
  row: Row,
  wanted: TargetPlan | null,
): { readonly slug: string; readonly kind: Kind | undefined; readonly read: Entity | null } {
  const read = wanted && targetEntity(wanted, row);
  return { slug: slugIn(row), kind: read?.kind ?? kindOf(row[1] as Labels), read };
}
