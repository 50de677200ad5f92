import {
  checkProperties,
  type FieldFault,
  type Fields,
  fieldOf,
  isFields,
  isSlug,
} from '../changes/check-properties.ts';
import { checkEnds, checkMilestoneSources, checkSlug, checkSources, one } from '../changes/check-references.ts';
import { nearest } from '../changes/nearest.ts';
import { isSymmetric, isToOne, ordersItsKind, wayBack } from '../changes/relation-rules.ts';
import { shown } from '../changes/shown.ts';
import { edgePropertiesOf, propertiesOf } from '../ontology/fields.ts';
import type { Kind } from '../ontology/kinds.ts';
import { isRelationType, type RelationType, relationTypes } from '../ontology/relations.ts';
import { idsIn, type KnownEntities } from './known-entities.ts';
import { ownText } from './own-text.ts';

export interface Checker {
  /** What is wrong with one record. What is not, counts for those after it. */
  check(holds: Kind | 'relations', record: unknown): readonly FieldFault[];
  /** Whether this relation was among the records, in either direction where it is symmetric. */
  hasRelation(type: RelationType, from: string, to: string): boolean;
}

export interface CheckerOptions {
  readonly known: KnownEntities;
  /**
   * Records with faults are left out, and those that need them have a fault too. Otherwise nothing is imported where
   * there is a fault, so that it is told once, and not again for every record that needs it.
   */
  readonly rejecting: boolean;
}

const relationFields = ['type', 'from', 'to', 'properties', 'sources'] as const;

/**
 * Checks records one by one, against the ontology and against those before them. What a record names has to be looked
 * up in the graph before it is checked.
 */
export function createChecker({ known, rejecting }: CheckerOptions): Checker {
  const pairs = new Map(relationTypes.map((type) => [type, new Set<number>()]));
  const targets = new Map(relationTypes.map((type) => [type, new Map<number, string>()]));
  /** Of relations that may not lead in a circle: where they lead. */
  const links = new Map(relationTypes.filter(ordersItsKind).map((type) => [type, new Map<string, string[]>()]));

  const findKind = (id: string) => known.find(id)?.kind;

  // What is wrong in a record by itself comes first where records are left out: only one that is right claims its id
  // or its pair of ends. So the same records of the same data are left out, whatever of it the graph holds already.
  const mayClaim = (faults: readonly FieldFault[]) => !rejecting || faults.length === 0;

  function checkEntity(kind: Kind, fields: Fields): readonly FieldFault[] {
    const id = fieldOf(fields, 'id');
    const inRecord = [
      ...checkSlug('id', kind, id, fields),
      ...checkProperties(propertiesOf(kind), fields, ['id']),
      ...explained(fields, checkMilestoneSources(fields, findKind)),
    ];
    if (!isSlug(id)) return inRecord;
    const faults = [...(mayClaim(inRecord) ? checkOwner(kind, id) : []), ...inRecord];
    if (rejecting && faults.length > 0) known.reject(id);
    return faults;
  }

  /** Says so where what is not known is among the data, but is left out. */
  function explained(fields: Fields, faults: readonly FieldFault[]): readonly FieldFault[] {
    if (!rejecting || faults.length === 0) return faults;
    const reasons = new Map(
      idsIn(fields)
        .filter(known.isRejected)
        .map((id) => [`${shown(id)}, which is not known`, `${shown(id)}, which is rejected`]),
    );
    return faults.map((fault) => ({ ...fault, found: reasons.get(fault.found) ?? fault.found }));
  }

  function checkOwner(kind: Kind, id: string): FieldFault[] {
    const owner = known.add(id, kind);
    if (!owner) return [];
    const found = `${shown(id)}, which is ${one(owner.kind)} already`;
    return [{ field: 'id', expected: 'an id that no other record has', found }];
  }

  function checkRelation(fields: Fields): readonly FieldFault[] {
    const [type, from, to] = [fieldOf(fields, 'type'), fieldOf(fields, 'from'), fieldOf(fields, 'to')];
    const unknown = checkProperties({}, fields, relationFields);
    if (typeof type !== 'string' || !isRelationType(type)) {
      const meant = typeof type === 'string' ? nearest(type, relationTypes) : undefined;
      const expected = `a type of relation${meant ? ` (did you mean ${meant}?)` : ''}`;
      return [{ field: 'type', expected, found: shown(type) }, ...unknown];
    }
    const ends = checkEnds(type, from, to, findKind);
    const within = [
      ...checkEdgeProperties(type, fieldOf(fields, 'properties')),
      ...checkSources(fieldOf(fields, 'sources'), findKind),
    ];
    const claimed = ends.length === 0 && mayClaim([...unknown, ...within]);
    const taken = claimed ? checkPair(type, String(from), String(to)) : [];
    return explained(fields, [...unknown, ...ends, ...taken, ...within]);
  }

  function checkPair(type: RelationType, from: string, to: string): readonly FieldFault[] {
    const held = pairs.get(type);
    const pair = numberOf(type, from, to);
    if (held?.has(pair))
      return [{ field: 'to', expected: `${type} once between the two`, found: 'the same relation again' }];
    const faults = [...checkOnlyTarget(type, from, to), ...checkCircle(type, from, to)];
    if (faults.length === 0 || !rejecting) {
      held?.add(pair);
      if (isToOne(type)) targets.get(type)?.set(known.find(from)?.number ?? 0, ownText(to));
    }
    if (faults.length === 0) keepLink(type, from, to);
    return faults;
  }

  function checkOnlyTarget(type: RelationType, from: string, to: string): readonly FieldFault[] {
    if (!isToOne(type)) return [];
    const inData = targets.get(type)?.get(known.find(from)?.number ?? 0);
    const target = inData ?? known.targetOf(type, from);
    if (target === undefined || target === to) return [];
    const place = inData === undefined ? 'in the graph (unlink it there, or change the record)' : 'already';
    const expected = `one ${type} from ${shown(from)}, which leads to ${shown(target)} ${place}`;
    return [{ field: 'to', expected, found: shown(to) }];
  }

  function checkCircle(type: RelationType, from: string, to: string): readonly FieldFault[] {
    const ofType = links.get(type);
    const back = ofType && wayBack(from, to, (slug) => [...(ofType.get(slug) ?? []), ...known.linksOf(type, slug)]);
    if (!back) return [];
    const found = `${shown(to)}, from where it leads back: ${back.map(shown).join(' → ')}`;
    return [{ field: 'to', expected: `${type} to lead in no circle`, found }];
  }

  function keepLink(type: RelationType, from: string, to: string): void {
    const ofType = links.get(type);
    ofType?.set(ownText(from), [...(ofType.get(from) ?? []), ownText(to)]);
  }

  /** One number for a pair: there are far fewer than 2 ** 26 entities. */
  function numberOf(type: RelationType, from: string, to: string): number {
    const ends = [known.find(from)?.number ?? 0, known.find(to)?.number ?? 0];
    const [first = 0, second = 0] = isSymmetric(type) ? ends.sort((a, b) => a - b) : ends;
    return first * 2 ** 26 + second;
  }

  function checkEdgeProperties(type: RelationType, properties: unknown): FieldFault[] {
    const within = (fault: FieldFault) => ({ ...fault, field: `properties.${fault.field}` });
    const definitions = edgePropertiesOf(type);
    if (properties === undefined) return checkProperties(definitions, {}).map(within);
    if (isFields(properties) && Object.keys(properties).length > 0)
      return checkProperties(definitions, properties).map(within);
    return [{ field: 'properties', expected: 'an object, not empty', found: shown(properties) }];
  }

  const isKnown = (id: string) => known.find(id) !== undefined;

  return {
    check(holds, record) {
      if (!isFields(record)) return [{ expected: 'a record, { … }', found: shown(record) }];
      return holds === 'relations' ? checkRelation(record) : checkEntity(holds, record);
    },
    hasRelation(type, from, to) {
      return isKnown(from) && isKnown(to) && pairs.get(type)?.has(numberOf(type, from, to)) === true;
    },
  };
}

/** How a record is called in a fault: by its id, or by what it connects. */
export function nameOf(fields: unknown): string | undefined {
  if (!isFields(fields)) return undefined;
  const [id, type, from, to] = ['id', 'type', 'from', 'to'].map((name) => fieldOf(fields, name));
  if (typeof id === 'string') return id;
  return typeof from === 'string' && typeof to === 'string' ? `${String(type)} ${from} → ${to}` : undefined;
}
