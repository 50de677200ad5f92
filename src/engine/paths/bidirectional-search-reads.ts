import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../ontology/vocabulary.ts';
import type { TimedReads } from '../graph/timed-reads.ts';
import { type Walk, walkFile } from '../graph/walk.ts';
import { rowOfProperties } from '../reads/compile.ts';
import type { EntityRow, TargetPlan } from '../reads/plan.ts';
import { type Entity, targetEntity } from '../reads/rows.ts';
import type { StepTypes } from '../traversal/metapaths.ts';
import { type Bridge, type BridgeParameters, bridgeStatement, MOST_BRIDGES } from './bridge-statement.ts';

type Labels = readonly string[];

export type End = readonly [row: EntityRow, degree: number];
export type NextTo = readonly [end: string, relation: RelationType, leads: boolean];
export type Around = readonly [row: EntityRow, degree: number | null, steps: readonly NextTo[]];
export type Far = readonly [slug: string, labels: Labels, degree: number, relation: RelationType, leads: boolean];
export type Expanded = readonly [near: string, steps: readonly Far[] | null];
export type Within = readonly [far: string, relation: RelationType];
export type Between = readonly [near: string, degree: number, relations: readonly Within[] | null];
export type Meeting = readonly [near: string, far: string, relation: RelationType, leads: boolean];

export interface EndsParameters {
  readonly ends: readonly string[];
  readonly bound: number;
  readonly few: number;
  readonly measured: boolean;
  readonly enough: number | null;
}

export interface ExpandParameters {
  readonly slugs: readonly string[];
  readonly ends: readonly string[];
  readonly bound: number;
}

export interface BetweenParameters {
  readonly slugs: readonly string[];
  readonly bound: number;
}

export interface MeetParameters {
  readonly nears: readonly string[];
  readonly fars: readonly string[];
  readonly limit: number;
}

/** What `isPart` says, stands with `paths-ends`. */
export interface EndsFound {
  readonly ends: readonly End[];
  readonly around: readonly Around[];
  readonly isPart: boolean;
}

const endsFile = walkFile<
  EndsParameters,
  readonly [ends: readonly End[], around: readonly Around[], isPart: boolean | null]
>('paths-ends');
const expandFile = walkFile<ExpandParameters, readonly [expanded: readonly Expanded[]]>('paths-expand');
const betweenFile = walkFile<BetweenParameters, readonly [between: readonly Between[]]>('paths-between');
const meetFile = walkFile<MeetParameters, readonly [meetings: readonly Meeting[]]>('paths-meet');

/** What a search for paths reads, of whichever state of the graph. */
export interface PathReads {
  readonly isOver: () => boolean;
  /** The ends of paths and their neighbours, with the selected fields of either. @throws OutOfTime, GraphError */
  ends(walk: Walk, wanted: TargetPlan | null, parameters: EndsParameters): Promise<EndsFound>;
  /** The relations of entities, each with its far end. @throws OutOfTime, GraphError */
  expanded(walk: Walk, parameters: ExpandParameters): Promise<readonly Expanded[]>;
  /** The degrees of some entities, and their relations with each other. @throws OutOfTime, GraphError */
  between(walk: Walk, parameters: BetweenParameters): Promise<readonly Between[]>;
  /** The relations between the entities of two lists. @throws OutOfTime, GraphError */
  meetings(walk: Walk, parameters: MeetParameters): Promise<readonly Meeting[]>;
  /** Connecting paths across gaps, by relations of these types. @throws OutOfTime, GraphError */
  bridges(walk: Walk, types: StepTypes, parameters: BridgeParameters): Promise<readonly Bridge[]>;
}

/** Reads the database. */
export const databasePathReads = (reads: TimedReads): PathReads => ({
  isOver: reads.isOver,
  async ends(walk, wanted, parameters) {
    const row = (node: string) =>
      wanted ? rowOfProperties(walk.ontology, wanted, node) : `[${node}.id, labels(${node})]`;
    const [[ends, around, isPart] = [[], [], null]] = await reads.read(endsFile(walk, row), parameters);
    return { ends, around, isPart: isPart === true };
  },
  async expanded(walk, parameters) {
    const [[expanded] = [[]]] = await reads.read(expandFile(walk), parameters);
    return expanded;
  },
  async between(walk, parameters) {
    const [[between] = [[]]] = await reads.read(betweenFile(walk), parameters);
    return between;
  },
  async meetings(walk, parameters) {
    const [[meetings] = [[]]] = await reads.read(meetFile(walk), parameters);
    return meetings;
  },
  async bridges(walk, types, parameters) {
    const [[bridges] = [[]]] = await reads.read(bridgeStatement(types, walk), parameters);
    return bridges;
  },
});

/** Whether there may be more connecting paths than were found: across one gap, or across all together. */
export function areCut(bridges: readonly Bridge[], perGap: number): boolean {
  const byGap = new Map<string, number>();
  for (const [near, far] of bridges) {
    const gap = `${near} ${far}`;
    byGap.set(gap, (byGap.get(gap) ?? 0) + 1);
  }
  return bridges.length >= MOST_BRIDGES || Math.max(0, ...byGap.values()) >= perGap;
}

/** The selected fields of an entity in a row, or its slug and labels if none are selected. */
export function entityIn(
  ontology: Ontology,
  row: EntityRow,
  wanted: TargetPlan | null,
): { readonly slug: string; readonly kind: Kind | undefined; readonly read: Entity | null } {
  const read = wanted && targetEntity(wanted, row);
  return { slug: row[0], kind: read?.kind ?? ontology.kindOf(row[1] as Labels), read };
}
