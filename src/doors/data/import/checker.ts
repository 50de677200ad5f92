import {
  checkProperties,
  type FieldFault,
  fieldOf,
  isFields,
  isSlug,
} from '../../../engine/changes/check/check-properties.ts';
import {
  checkEnds,
  checkMilestoneSources,
  checkSlug,
  checkSources,
  one,
} from '../../../engine/changes/check/check-references.ts';
import { didYouMean } from '../../../engine/changes/check/did-you-mean.ts';
import { quoted } from '../../../engine/changes/check/quoted.ts';
import { isSymmetric, isToOne, wayBack } from '../../../engine/changes/check/relation-rules.ts';
import type { RecordFields } from '../../../engine/changes/record-fields.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import { ownText } from '../own-text.ts';
import { idsIn, type KnownEntities } from './known-entities.ts';

/** Takes a check that needs all records. */
export type Later = (check: () => readonly FieldFault[]) => void;

export interface Checker {
  /**
   * Errors in one record. A valid record counts for those after it. What these may still mend is left to `later`, for the
   * end of all records; without it, nothing is left.
   */
  check(holds: Kind | 'relations', record: unknown, later?: Later): readonly FieldFault[];
  /** Whether this relation was among the records, in either direction if it is symmetric. */
  hasRelation(type: RelationType, from: string, to: string): boolean;
}

export interface CheckerOptions {
  readonly known: KnownEntities;
  /**
   * Whether to leave out records with errors, and those that depend on them. Otherwise any error stops the import, so
   * it is reported once, and not again for every record that depends on it.
   */
  readonly rejecting: boolean;
}

const relationFields = ['type', 'from', 'to', 'properties', 'sources'] as const;

/**
 * Checks records one by one, against the ontology and those before them. The records they refer to must be looked up in
 * the graph before.
 */
export function createChecker(ontology: Ontology, { known, rejecting }: CheckerOptions): Checker {
  const { relationTypes, isRelationType, propertiesOf, edgePropertiesOf } = ontology;
  const pairs = new Map(relationTypes.map((type) => [type, new Set<number>()]));
  const targets = new Map(relationTypes.map((type) => [type, new Map<number, string>()]));
  /** Targets of relations that must not form cycles. */
  const links = new Map(relationTypes.filter(ontology.isAcyclic).map((type) => [type, new Map<string, string[]>()]));

  const findKind = (id: string) => known.find(id)?.kind;

  // If records are left out, errors within a record come first: only a valid record claims its id or its pair of ends.
  // So the same records of the same data are left out, whatever the graph contains.
  const mayClaim = (faults: readonly FieldFault[]) => !rejecting || faults.length === 0;

  function checkEntity(kind: Kind, fields: RecordFields): readonly FieldFault[] {
    const id = fieldOf(fields, 'id');
    const inRecord = [
      ...checkSlug(ontology, 'id', kind, id, fields),
      ...checkProperties(ontology, propertiesOf(kind), fields, ['id']),
      ...explained(fields, checkMilestoneSources(ontology, fields, findKind)),
    ];
    if (!isSlug(id)) return inRecord;
    const faults = [...(mayClaim(inRecord) ? checkOwner(kind, id) : []), ...inRecord];
    if (rejecting && faults.length > 0) known.reject(id);
    return faults;
  }

  /** Notes if a missing record is part of the data but left out. */
  function explained(fields: RecordFields, faults: readonly FieldFault[]): readonly FieldFault[] {
    if (!rejecting || faults.length === 0) return faults;
    const reasons = new Map(
      idsIn(ontology, fields)
        .filter(known.isRejected)
        .map((id) => [`${quoted(id)}, which does not exist`, `${quoted(id)}, which is rejected`]),
    );
    return faults.map((fault) => ({ ...fault, found: reasons.get(fault.found) ?? fault.found }));
  }

  function checkOwner(kind: Kind, id: string): FieldFault[] {
    const owner = known.add(id, kind);
    if (!owner) return [];
    const found = `${quoted(id)}, which is already ${one(owner.kind)}`;
    return [{ field: 'id', expected: 'a unique id', found }];
  }

  function checkRelation(fields: RecordFields, later: Later | undefined): readonly FieldFault[] {
    const [type, from, to] = [fieldOf(fields, 'type'), fieldOf(fields, 'from'), fieldOf(fields, 'to')];
    const unknown = checkProperties(ontology, {}, fields, relationFields);
    if (typeof type !== 'string' || !isRelationType(type)) {
      const meant = typeof type === 'string' ? didYouMean(type, relationTypes) : undefined;
      const expected = `a type of relation${meant ? ` (did you mean ${meant}?)` : ''}`;
      return [{ field: 'type', expected, found: quoted(type) }, ...unknown];
    }
    const ends = checkEnds(ontology, type, from, to, findKind);
    const within = [
      ...checkEdgeProperties(type, fieldOf(fields, 'properties')),
      ...checkSources(ontology, fieldOf(fields, 'sources'), findKind),
    ];
    const claimed = ends.length === 0 && mayClaim([...unknown, ...within]);
    const taken = claimed ? checkPair(type, String(from), String(to), later) : [];
    const misplaced = unknown.map((fault) =>
      Object.hasOwn(edgePropertiesOf(type), fault.field ?? '')
        ? { ...fault, expected: 'no such field beside the ends (put it into `properties`)' }
        : fault,
    );
    return explained(fields, [...misplaced, ...ends, ...taken, ...within]);
  }

  function checkPair(type: RelationType, from: string, to: string, later: Later | undefined): readonly FieldFault[] {
    const held = pairs.get(type);
    const pair = numberOf(type, from, to);
    if (held?.has(pair))
      return [{ field: 'to', expected: `at most one ${type} between the two`, found: 'a duplicate' }];
    const faults = [...checkOnlyTarget(type, from, to), ...checkCircle(type, from, to, later)];
    if (faults.length === 0 || !rejecting) {
      held?.add(pair);
      if (isToOne(ontology, type)) targets.get(type)?.set(known.find(from)?.number ?? 0, ownText(to));
    }
    if (faults.length === 0) keepLink(type, from, to);
    return faults;
  }

  function checkOnlyTarget(type: RelationType, from: string, to: string): readonly FieldFault[] {
    if (!isToOne(ontology, type)) return [];
    const inData = targets.get(type)?.get(known.find(from)?.number ?? 0);
    const target = inData ?? known.targetOf(type, from);
    if (target === undefined || target === to) return [];
    const place = inData === undefined ? 'in the graph (unlink it there, or change the record)' : 'already';
    const expected = `only one ${type} from ${quoted(from)}, which leads to ${quoted(target)} ${place}`;
    return [{ field: 'to', expected, found: quoted(to) }];
  }

  function checkCircle(type: RelationType, from: string, to: string, later: Later | undefined): readonly FieldFault[] {
    const ofType = links.get(type);
    const back = ofType && wayBack(from, to, (slug) => linksFrom(type, slug));
    if (!back) return [];
    if (later && isToOne(ontology, type) && back.slice(0, -1).some((slug) => !ofType.has(slug))) {
      later(() => {
        const faults = checkCircle(type, from, to, undefined);
        // One record of a cycle is reported.
        if (faults.length > 0) ofType.set(from, []);
        return faults;
      });
      return [];
    }
    const found = `a cycle through ${quoted(to)}: ${back.map(quoted).join(' → ')}`;
    return [{ field: 'to', expected: `no cycle of ${type}`, found }];
  }

  /** Links after the import: a to-one relation of the data takes the place of that in the graph. */
  function linksFrom(type: RelationType, slug: string): readonly string[] {
    const inData = links.get(type)?.get(slug);
    return inData && isToOne(ontology, type) ? inData : [...(inData ?? []), ...known.linksOf(type, slug)];
  }

  function keepLink(type: RelationType, from: string, to: string): void {
    const ofType = links.get(type);
    ofType?.set(ownText(from), [...(ofType.get(from) ?? []), ownText(to)]);
  }

  /** One number for a pair: there are far fewer than 2 ** 26 entities. */
  function numberOf(type: RelationType, from: string, to: string): number {
    const ends = [known.find(from)?.number ?? 0, known.find(to)?.number ?? 0];
    const [first = 0, second = 0] = isSymmetric(ontology, type) ? ends.sort((a, b) => a - b) : ends;
    return first * 2 ** 26 + second;
  }

  function checkEdgeProperties(type: RelationType, properties: unknown): FieldFault[] {
    const within = (fault: FieldFault) => ({ ...fault, field: `properties.${fault.field}` });
    const definitions = edgePropertiesOf(type);
    if (properties === undefined) return checkProperties(ontology, definitions, {}).map(within);
    if (isFields(properties) && Object.keys(properties).length > 0)
      return checkProperties(ontology, definitions, properties).map(within);
    return [{ field: 'properties', expected: 'a non-empty object', found: quoted(properties) }];
  }

  const isKnown = (id: string) => known.find(id) !== undefined;

  return {
    check(holds, record, later) {
      if (!isFields(record)) return [{ expected: 'a record, { … }', found: quoted(record) }];
      return holds === 'relations' ? checkRelation(record, later) : checkEntity(holds, record);
    },
    hasRelation(type, from, to) {
      return isKnown(from) && isKnown(to) && pairs.get(type)?.has(numberOf(type, from, to)) === true;
    },
  };
}

/** Name of a record in an error: its id, or its type, if it has one, and ends. */
export function nameOf(fields: unknown): string | undefined {
  if (!isFields(fields)) return undefined;
  const [id, type, from, to] = ['id', 'type', 'from', 'to'].map((name) => fieldOf(fields, name));
  if (typeof id === 'string') return id;
  if (typeof from !== 'string' || typeof to !== 'string') return undefined;
  return `${type === undefined ? '' : `${String(type)} `}${from} → ${to}`;
}
