import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import type { RecordFields } from '../record-fields.ts';
import { type FieldFault, fieldOf, isFields, isSlug } from './check-properties.ts';
import { milestonePropertiesOf } from './milestone-properties.ts';
import { quoted } from './quoted.ts';

/** The kind of the entity that has a slug; nothing if none has that may be referred to. */
export type FindKind = (slug: string) => Kind | undefined;

/** A kind with its article. */
export const one = (kind: Kind): string => `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`;

const slugExpected = 'a slug: words of lower-case letters a-z and digits, joined by hyphens, at most 200 characters';

/** An error in the slug of a record, apart from its uniqueness. */
export function checkSlug(
  { slugPropertyOf }: Ontology,
  field: string,
  kind: Kind,
  slug: unknown,
  fields: RecordFields,
): FieldFault[] {
  if (!isSlug(slug)) return [{ field, expected: slugExpected, found: quoted(slug) }];
  const origin = slugPropertyOf(kind);
  const value = origin === undefined ? undefined : fieldOf(fields, origin);
  if (typeof value !== 'string' || slug === value.toLowerCase()) return [];
  return [{ field, expected: `its ${origin} in lower case, ${quoted(value.toLowerCase())}`, found: quoted(slug) }];
}

export function checkEnds(
  ontology: Ontology,
  type: RelationType,
  from: unknown,
  to: unknown,
  find: FindKind,
): FieldFault[] {
  const { kindsAt } = ontology;
  const faults = [
    ...checkReference(ontology, 'from', from, kindsAt(type, 'from'), find),
    ...checkReference(ontology, 'to', to, kindsAt(type, 'to'), find),
  ];
  if (faults.length > 0 || from !== to) return faults;
  return [{ field: 'to', expected: 'a different record from `from`', found: quoted(to) }];
}

/** The sources of a relation or entity, if it has any. */
export function checkSources(ontology: Ontology, sources: unknown, find: FindKind): FieldFault[] {
  if (sources === undefined) return [];
  const { provenance } = ontology;
  if (!provenance)
    return [{ field: 'sources', expected: 'no such field (this graph has no sources)', found: quoted(sources) }];
  if (!Array.isArray(sources) || sources.length === 0)
    return [{ field: 'sources', expected: 'a non-empty list of source ids', found: quoted(sources) }];
  return sources.flatMap((source: unknown, index) => [
    ...checkReference(ontology, `sources[${index}]`, source, [provenance.kind], find),
    ...(sources.indexOf(source) < index
      ? [{ field: `sources[${index}]`, expected: 'no duplicate sources', found: quoted(source) }]
      : []),
  ]);
}

export function checkMilestoneSources(ontology: Ontology, fields: RecordFields, find: FindKind): FieldFault[] {
  const { provenance } = ontology;
  if (!provenance) return [];
  return milestoneSources(ontology, fields).flatMap(({ field, source }) =>
    typeof source === 'string' ? checkReference(ontology, field, source, [provenance.kind], find) : [],
  );
}

/** What the milestones of a record name as their sources, with the path of each, such as `milestones[2].source`. */
export function milestoneSources(
  ontology: Ontology,
  fields: RecordFields,
): readonly { readonly field: string; readonly source: unknown }[] {
  return milestonePropertiesOf(ontology).names.flatMap((name) => {
    const milestones = fieldOf(fields, name);
    if (!Array.isArray(milestones)) return [];
    return milestones.map((milestone: unknown, index) => ({
      field: `${name}[${index}].source`,
      source: isFields(milestone) ? fieldOf(milestone, 'source') : undefined,
    }));
  });
}

function checkReference(
  { provenance }: Ontology,
  field: string,
  slug: unknown,
  allowed: readonly Kind[],
  find: FindKind,
): FieldFault[] {
  const [kind] = allowed;
  const expected = `the id of ${kind && allowed.length === 1 ? one(kind) : `a record of any kind but ${provenance?.kind}`}`;
  const found = typeof slug === 'string' ? find(slug) : undefined;
  if (found && allowed.includes(found)) return [];
  if (found) return [{ field, expected, found: `${quoted(slug)}, which is ${one(found)}` }];
  return [{ field, expected, found: isSlug(slug) ? `${quoted(slug)}, which does not exist` : quoted(slug) }];
}
