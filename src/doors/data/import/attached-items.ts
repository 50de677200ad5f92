import { basename } from 'node:path';
import { type FieldFault, fieldOf, isFields, isSlug } from '../../../engine/changes/check/check-properties.ts';
import { quoted } from '../../../engine/changes/check/quoted.ts';
import type { RecordFields } from '../../../engine/changes/record-fields.ts';
import { getOrInsert } from '../../../ontology/get-or-insert.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import { attachedItems, type DataFile, type Located } from '../files/data-file.ts';
import type { AttachedItems } from '../files/table-mapping.ts';

type LocatedValue = Extract<Located, { readonly holds: unknown }>;

/** An item of an entity that another file has. */
type LocatedItem = LocatedValue & { readonly holds: AttachedItems };

/** Where an item was read. */
export interface ReadItem<Item = LocatedItem> {
  readonly file: DataFile;
  /** Its place in the file, from 0. */
  readonly place: number;
  readonly located: Item;
}

export const isAttached = (located: Located): located is LocatedItem =>
  'holds' in located && (located.holds === 'identifiers' || located.holds === 'locations');

/** The record of an entity with its items of other files. */
export interface Joined {
  readonly record: unknown;
  /** An error of the record; one of an item of another file names its place there. */
  placed(fault: FieldFault): FieldFault;
}

/** Items that stand in files of their own, until their entities are read. */
export interface AttachedItemsOfData {
  /** Takes an item; it returns what is wrong with it. */
  collect(item: ReadItem): readonly FieldFault[];
  withItems(record: unknown): Joined;
  /** Items whose entities were not read. */
  left(): readonly (ReadItem & { readonly fault: FieldFault })[];
}

/** Joins the items of files of their own with the records of their entities, which are read after them. */
export function createAttachedItems(ontology: Ontology): AttachedItemsOfData {
  const names = attachedItems(ontology);
  const waiting = new Map<string, ReadItem[]>();

  return {
    collect(item) {
      const { value } = item.located;
      const entity = isFields(value) ? fieldOf(value, 'entity') : undefined;
      if (!isSlug(entity))
        return [{ field: 'entity', expected: 'the id of an entity', found: quoted(entity ?? value) }];
      getOrInsert(waiting, entity, () => []).push(item);
      return [];
    },

    withItems(record) {
      const id = isFields(record) ? fieldOf(record, 'id') : undefined;
      const items = typeof id === 'string' ? waiting.get(id) : undefined;
      if (!items || !isFields(record)) return { record, placed: (fault) => fault };
      waiting.delete(String(id));
      const origins = new Map<string, ReadItem>();
      const lists = names.flatMap((name) => {
        const own = fieldOf(record, name);
        const held = own === undefined ? [] : own;
        // What is no list is an error of the record, for its check to name.
        if (!Array.isArray(held)) return [];
        const added = items.filter(({ located }) => located.holds === name);
        for (const [index, item] of added.entries()) origins.set(`${name}[${held.length + index}]`, item);
        if (added.length === 0) return [];
        return [[name, [...held, ...added.map(({ located }) => itemOf(located.value))]] as const];
      });
      return {
        record: { ...record, ...Object.fromEntries(lists) },
        placed(fault) {
          const origin = origins.get(/^\w+\[\d+\]/.exec(fault.field ?? '')?.[0] ?? '');
          return origin ? { ...fault, found: `${fault.found} in ${placeOf(origin)}` } : fault;
        },
      };
    },

    left: () =>
      [...waiting].flatMap(([entity, items]) =>
        items.map((item) => ({
          ...item,
          fault: {
            field: 'entity',
            expected: 'an entity in the same files (or write its items into its own record)',
            found: quoted(entity),
          },
        })),
      ),
  };
}

function placeOf({ file, located: { line, record } }: ReadItem): string {
  return `${basename(file.path)}, ${line === undefined ? `record ${record}` : `line ${line}`}`;
}

function itemOf(value: unknown): unknown {
  if (!isFields(value)) return value;
  const { entity: _, ...item } = value as RecordFields;
  return item;
}
