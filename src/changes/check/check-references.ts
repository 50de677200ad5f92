import { kindsAt } from '../../ontology/fields.ts';
import { type Kind, slugPropertyOf } from '../../ontology/kinds.ts';
import { provenance } from '../../ontology/provenance.ts';
import type { RelationType } from '../../ontology/relations.ts';
import type { RecordFields } from '../record-fields.ts';
import { type FieldFault, fieldOf, isFields, isSlug } from './check-properties.ts';
import { quoted } from './quoted.ts';

/** The kind of the entity that has a slug; nothing if none has that may be referred to. */
export type FindKind = (slug: string) => Kind | undefined;

/** A kind with its article. */
export const one = (kind: Kind): string => `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`;

const slugExpected = 'a slug: words of lower-case letters a-z and digits, joined by hyphens, at most 200 characters';

/** An error in the slug of a record, apart from its uniqueness. */
export function checkSlug(field: string, kind: Kind, slug: unknown, fields: RecordFields): FieldFault[] {
  if (!isSlug(slug)) return [{ field, expected: slugExpected, found: quoted(slug) }];
  const origin = slugPropertyOf(kind);
  const value = origin === undefined ? undefined : fieldOf(fields, origin);
  if (typeof value !== 'string' || slug === value.toLowerCase()) return [];
  return [{ field, expected: `its ${origin} in lower case, ${quoted(value.toLowerCase())}`, found: quoted(slug) }];
}

export function checkEnds(type: RelationType, from: unknown, to: unknown, find: FindKind): FieldFault[] {
  const faults = [
    ...checkReference('from', from, kindsAt(type, 'from'), find),
    ...checkReference('to', to, kindsAt(type, 'to'), find),
  ];
  if (faults.length > 0 || from !== to) return faults;
  return [{ field: 'to', expected: 'a different record from `from`', found: quoted(to) }];
}

/** The sources of a relation or entity, if it has any. */
export function checkSources(sources: unknown, find: FindKind): FieldFault[] {
  if (sources === undefined) return [];
  if (!Array.isArray(sources) || sources.length === 0)
    return [{ field: 'sources', expected: 'a non-empty list of source ids', found: quoted(sources) }];
  return sources.flatMap((source: unknown, index) => [
    ...checkReference(`sources[${index}]`, source, [provenance.kind], find),
    ...(sources.indexOf(source) < index
      ? [{ field: `sources[${index}]`, expected: 'no duplicate sources', found: quoted(source) }]
      : []),
  ]);
}

export function checkMilestoneSources(fields: RecordFields, find: FindKind): FieldFault[] {
  return milestoneSources(fields).flatMap(({ source, index }) =>
    typeof source === 'string' ? checkReference(`milestones[${index}].source`, source, [provenance.kind], find) : [],
  );
}

/** What the milestones of a record name as their sources. */
export function milestoneSources(
  fields: RecordFields,
): readonly { readonly source: unknown; readonly index: number }[] {
  const milestones = fieldOf(fields, 'milestones');
  if (!Array.isArray(milestones)) return [];
  return milestones.map((milestone: unknown, index) => ({
    source: isFields(milestone) ? fieldOf(milestone, 'source') : undefined,
    index,
  }));
}

function checkReference(field: string, slug: unknown, allowed: readonly Kind[], find: FindKind): FieldFault[] {
  const [kind] = allowed;
  const expected = `the id of ${kind && allowed.length === 1 ? one(kind) : `a record of any kind but ${provenance.kind}`}`;
  const found = typeof slug === 'string' ? find(slug) : undefined;
  if (found && allowed.includes(found)) return [];
  if (found) return [{ field, expected, found: `${quoted(slug)}, which is ${one(found)}` }];
  return [{ field, expected, found: isSlug(slug) ? `${quoted(slug)}, which does not exist` : quoted(slug) }];
}
