import { edgePropertiesOf, kindsAt, propertiesOf } from '../ontology/fields.ts';
import type { Kind } from '../ontology/kinds.ts';
import { isRelationType, type RelationType, relations, relationTypes } from '../ontology/relations.ts';
import type { RelationDefinition } from '../ontology/vocabulary.ts';
import { checkProperties, type FieldFault, type Fields, fieldOf, isFields, isSlug } from './check-properties.ts';
import type { DataFile, Located } from './data-file.ts';
import { type Faults, shown } from './fault.ts';
import type { KnownEntities } from './known-entities.ts';
import { nearest } from './nearest.ts';

export interface Checker {
  /** Checks one record of a file. */
  check(file: DataFile, located: Located): void;
  /** Whether this relation was among the records, in either direction where it is symmetric. */
  hasRelation(type: RelationType, from: string, to: string): boolean;
}

const slugExpected = 'a slug: words of small letters a-z and digits, joined by hyphens, of at most 200 characters';

const relationFields = ['type', 'from', 'to', 'properties', 'sources'] as const;

/**
 * Checks records one by one, against the ontology and against those before them; faults go to `faults`. What a record
 * names has to be looked up in the graph before it is checked.
 */
export function createChecker(known: KnownEntities, faults: Faults): Checker {
  const pairs = new Map(relationTypes.map((type) => [type, new Set<number>()]));
  const targets = new Map(relationTypes.map((type) => [type, new Map<number, string>()]));

  function checkEntity(kind: Kind, fields: Fields): FieldFault[] {
    const id = fieldOf(fields, 'id');
    return [
      ...(isSlug(id) ? checkId(kind, id, fields) : [{ field: 'id', expected: slugExpected, found: shown(id) }]),
      ...checkProperties(propertiesOf(kind), fields, ['id']),
      ...checkMilestoneSources(fieldOf(fields, 'milestones')),
    ];
  }

  function checkId(kind: Kind, id: string, fields: Fields): FieldFault[] {
    const owner = known.add(id, kind);
    const code = fieldOf(fields, 'code');
    const faultsFound: FieldFault[] = [];
    if (owner)
      faultsFound.push({
        field: 'id',
        expected: 'an id that no other record has',
        found: `${shown(id)}, which is ${one(owner.kind)} already`,
      });
    if (kind === 'Country' && typeof code === 'string' && id !== code.toLowerCase())
      faultsFound.push({
        field: 'id',
        expected: `the code of the country in small letters, ${shown(code.toLowerCase())}`,
        found: shown(id),
      });
    return faultsFound;
  }

  function checkMilestoneSources(milestones: unknown): FieldFault[] {
    if (!Array.isArray(milestones)) return [];
    return milestones.flatMap((milestone: unknown, index) => {
      const source = isFields(milestone) ? fieldOf(milestone, 'source') : undefined;
      return typeof source === 'string' ? checkReference(`milestones[${index}].source`, source, ['Source']) : [];
    });
  }

  function checkReference(field: string, id: unknown, allowed: readonly Kind[]): FieldFault[] {
    const [kind] = allowed;
    const expected = `the id of ${kind && allowed.length === 1 ? one(kind) : 'a record that is no Source'}`;
    const entity = typeof id === 'string' ? known.find(id) : undefined;
    if (entity && allowed.includes(entity.kind)) return [];
    const found = entity ? `${shown(id)}, which is ${one(entity.kind)}` : shown(id);
    return [{ field, expected, found: entity || !isSlug(id) ? found : `${found}, which is not known` }];
  }

  function checkRelation(fields: Fields): FieldFault[] {
    const [type, from, to] = [fieldOf(fields, 'type'), fieldOf(fields, 'from'), fieldOf(fields, 'to')];
    const unknown = checkProperties({}, fields, relationFields);
    if (typeof type !== 'string' || !isRelationType(type)) {
      const meant = typeof type === 'string' ? nearest(type, relationTypes) : undefined;
      const expected = `a type of relation${meant ? ` (did you mean ${meant}?)` : ''}`;
      return [{ field: 'type', expected, found: shown(type) }, ...unknown];
    }
    const ends = [
      ...checkReference('from', from, kindsAt(type, 'from')),
      ...checkReference('to', to, kindsAt(type, 'to')),
    ];
    return [
      ...unknown,
      ...ends,
      ...(ends.length === 0 ? checkPair(type, String(from), String(to)) : []),
      ...checkEdgeProperties(type, fieldOf(fields, 'properties')),
      ...checkSources(fieldOf(fields, 'sources')),
    ];
  }

  function checkPair(type: RelationType, from: string, to: string): FieldFault[] {
    if (from === to) return [{ field: 'to', expected: 'another record than `from`', found: shown(to) }];
    const definition: RelationDefinition = relations[type];
    const held = pairs.get(type);
    const pair = numberOf(type, from, to);
    if (held?.has(pair))
      return [{ field: 'to', expected: `${type} once between the two`, found: 'the same relation again' }];
    held?.add(pair);
    if (!definition.toOne) return [];
    const number = known.find(from)?.number ?? 0;
    const target = targets.get(type)?.get(number) ?? known.targetOf(type, from);
    targets.get(type)?.set(number, to);
    if (target === undefined || target === to) return [];
    const expected = `one ${type} from ${shown(from)}, which leads to ${shown(target)} already`;
    return [{ field: 'to', expected, found: shown(to) }];
  }

  /** One number for a pair: there are far fewer than 2 ** 26 entities. */
  function numberOf(type: RelationType, from: string, to: string): number {
    const definition: RelationDefinition = relations[type];
    const ends = [known.find(from)?.number ?? 0, known.find(to)?.number ?? 0];
    const [first = 0, second = 0] = definition.symmetric ? ends.sort((a, b) => a - b) : ends;
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

  function checkSources(sources: unknown): FieldFault[] {
    if (sources === undefined) return [];
    if (!Array.isArray(sources) || sources.length === 0)
      return [{ field: 'sources', expected: 'a list, not empty, of ids of sources', found: shown(sources) }];
    return sources.flatMap((source: unknown, index) => [
      ...checkReference(`sources[${index}]`, source, ['Source']),
      ...(sources.indexOf(source) < index
        ? [{ field: `sources[${index}]`, expected: 'each source once', found: shown(source) }]
        : []),
    ]);
  }

  const isKnown = (id: string) => known.find(id) !== undefined;

  return {
    check(file, located) {
      const where = { file: file.path, ...(located.record > 0 ? { record: located.record } : {}) };
      if ('fault' in located) faults.add({ ...where, ...located.fault });
      else if (!isFields(located.value))
        faults.add({ ...where, expected: 'a record, { … }', found: shown(located.value) });
      else {
        const { value } = located;
        const id = nameOf(value);
        const found = file.holds === 'relations' ? checkRelation(value) : checkEntity(file.holds, value);
        for (const fault of found) faults.add({ ...where, ...(id === undefined ? {} : { id }), ...fault });
      }
    },
    hasRelation(type, from, to) {
      return isKnown(from) && isKnown(to) && pairs.get(type)?.has(numberOf(type, from, to)) === true;
    },
  };
}

const one = (kind: Kind) => `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`;

/** How a record is called in a fault: by its id, or by what it connects. */
function nameOf(fields: Fields): string | undefined {
  const [id, type, from, to] = ['id', 'type', 'from', 'to'].map((name) => fieldOf(fields, name));
  if (typeof id === 'string') return id;
  return typeof from === 'string' && typeof to === 'string' ? `${String(type)} ${from} → ${to}` : undefined;
}
