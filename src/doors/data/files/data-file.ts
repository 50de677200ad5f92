import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { RecordFields } from '../../../engine/changes/record-fields.ts';
import { kebabCase } from '../../../ontology/letter-case.ts';
import { memoize } from '../../../ontology/memoize.ts';
import type { Ontology } from '../../../ontology/ontology.ts';
import type { Kind, RelationType } from '../../../ontology/vocabulary.ts';
import type { Fault, Faults } from '../fault.ts';
import { type AttachedItems, type Mappings, plainMapping, type TableMapping } from './table-mapping.ts';

/** A file of records, or one of the readings of a file whose rows yield entities and relations. */
export interface DataFile {
  readonly path: string;
  readonly bytes: number;
  /** What this reading of the file gives. */
  readonly holds: Holds;
  /** How the rows of a `.csv` file become records. */
  readonly mapping?: TableMapping;
  /** Whether an earlier reading of the file reports the errors of its text. */
  readonly again?: true;
}

/** The kind of sources and `others`: readings of a file whose lines name their own kind. */
type Holds = Kind | 'relations' | 'others' | AttachedItems;

/** A record to check, or an error in the text, with its place in the file. */
export type Located = {
  /** Number of the record from 1; in a `.jsonl` file, that of its line; 0 for an error of the whole file. */
  readonly record: number;
  /** The line of a `.csv` file at which its row begins. */
  readonly line?: number;
} & (
  | {
      readonly holds: Kind | 'relations' | AttachedItems;
      readonly value: unknown;
      /** The columns that its fields come from, and the cells of its row by their columns. */
      readonly columns?: ReadonlyMap<string, string>;
      readonly row?: () => RecordFields;
    }
  | {
      readonly fault: Pick<Fault, 'expected' | 'found'>;
      /** The contents at that place, if known. */
      readonly text?: string;
    }
);

/** A `.json` file is read as a whole; larger data must come line by line. */
const LARGEST_JSON = 64 * 2 ** 20;

/** The name of the file of a kind, without its extension: `country-groups`. */
export const fileNameOf = ({ kind: definitionOf }: Ontology, kind: Kind): string =>
  kebabCase(definitionOf(kind).plural);

/** Name, without extension, of a file with entities of all kinds and relations. */
export const WHOLE_GRAPH = 'graph';

const byName = memoize(
  (ontology: Ontology): ReadonlyMap<string, Kind | 'relations'> =>
    new Map([
      ...ontology.kindNames.map((kind): [string, Kind] => [fileNameOf(ontology, kind), kind]),
      ['relations', 'relations'],
    ]),
);

/** The contents of a file with that name, without extension. */
export const heldIn = (ontology: Ontology, name: string): Kind | 'relations' | undefined => byName(ontology).get(name);

/** The kinds in the order in which they are read: records come before those that refer to them. */
export const kindsInOrder = memoize(({ kindNames, provenance }: Ontology): readonly Kind[] => [
  ...kindNames.filter((kind) => kind === provenance?.kind),
  ...kindNames.filter((kind) => kind !== provenance?.kind),
]);

/** The lists of items of an ontology that have files of their own. */
export const attachedItems = memoize(({ sharedProperties }: Ontology): readonly AttachedItems[] =>
  (['identifiers', 'locations'] as const).filter((name) => sharedProperties[name]?.items),
);

const attachedIn = (ontology: Ontology, name: string) => attachedItems(ontology).find((items) => items === name);

const readingOrder = memoize((ontology: Ontology): readonly Holds[] => [
  ...attachedItems(ontology),
  ...kindsInOrder(ontology),
  'others',
  'relations',
]);

/** The extension of a file in small letters: some systems write it in capitals. */
export const extensionOf = (path: string): string => extname(path).toLowerCase();

/** The name of a file without its extension. */
export const nameOf = (path: string): string => basename(path, extname(path));

const isData = (path: string) => ['.json', '.jsonl', '.csv'].includes(extensionOf(path));

const expectedFile = (ontology: Ontology) =>
  `a .json, .jsonl or .csv file named ${[...byName(ontology).keys(), ...attachedItems(ontology)].join(', ')}, a .json or .jsonl file named ${WHOLE_GRAPH}, or a .csv file of a mapping`;

export interface FindOptions {
  readonly mappings?: Mappings;
  /** Path of the mapping, which contains no data even if it is in a folder of data. */
  readonly mapping?: string | undefined;
  /** The file that rejects are to be written to: no data, unless it is named as data. */
  readonly rejects?: string | undefined;
}

/**
 * The data files among the given files and folders (in a folder, its `.json`, `.jsonl` and `.csv` files), in reading
 * order. A file that is missing, or has an unknown name and no mapping, is an error; so is a file for rejects that is
 * itself imported.
 */
export async function findDataFiles(
  ontology: Ontology,
  paths: readonly string[],
  faults: Pick<Faults, 'add'>,
  { mappings = new Map(), mapping, rejects }: FindOptions = {},
): Promise<readonly DataFile[]> {
  const found: DataFile[] = [];
  const expected = expectedFile(ontology);
  const [isMapping, isRejects] = [await samePlace(mapping), await samePlace(rejects)];
  const isFolderOfRejects = await samePlace(rejects && dirname(rejects));
  const isNamedAsData = (path: string) => readingsOf(ontology, path, mappings).length > 0;
  let isRead = rejects !== undefined && (await isMapping(rejects));

  async function addFolder(path: string) {
    const all = (await readdir(path)).filter(isData).sort();
    const names: string[] = [];
    for (const name of all) {
      const file = join(path, name);
      if (!((await isMapping(file)) || ((await isRejects(file)) && !isNamedAsData(file)))) names.push(name);
    }
    if (names.length === 0) faults.add({ file: path, expected, found: 'a folder without such files' });
    for (const name of names) await add(join(path, name), true);
    // It may not be there yet, but would be read the next time.
    if (rejects !== undefined && isNamedAsData(rejects) && (await isFolderOfRejects(path))) isRead = true;
  }

  async function add(path: string, inFolder: boolean) {
    const status = await stat(path).catch(() => undefined);
    if (!status) faults.add({ file: path, expected: 'a file or folder', found: 'nothing readable' });
    else if (status.isDirectory()) {
      if (!inFolder) await addFolder(path);
    } else if (!status.isFile())
      faults.add({ file: path, expected: 'a file, as it is read more than once', found: 'a pipe or a device' });
    else if (await isRejects(path)) isRead = true;
    else if (extensionOf(path) === '.json' && status.size > LARGEST_JSON)
      faults.add({
        file: path,
        expected: 'at most 64 MB in one .json file; use .jsonl',
        found: `${status.size} bytes`,
      });
    else {
      const readings = readingsOf(ontology, path, mappings);
      if (readings.length === 0) faults.add({ file: path, expected, found: basename(path) });
      for (const [index, reading] of readings.entries())
        found.push({ path, bytes: status.size, ...reading, ...(index > 0 ? { again: true } : {}) });
    }
  }

  for (const path of new Set(paths)) await add(path, false);
  if (rejects !== undefined && isRead)
    faults.add({ file: rejects, expected: 'a file for rejects that is not itself imported', found: 'one that is' });
  const order = ({ holds }: DataFile) => readingOrder(ontology).indexOf(holds);
  return found.sort((a, b) => order(a) - order(b));
}

/** Tests whether paths lead to the same file or folder as this one, if it exists. */
async function samePlace(path: string | undefined): Promise<(other: string) => Promise<boolean>> {
  const identity = async (path: string) => {
    const status = await stat(path, { bigint: true }).catch(() => undefined);
    return status && `${status.dev} ${status.ino}`;
  };
  const own = path === undefined ? undefined : await identity(path);
  return async (other) => own !== undefined && (await identity(other)) === own;
}

type Reading = Pick<DataFile, 'holds' | 'mapping'>;

/**
 * The readings of a file: one for records that others refer to, and one for those that refer to them, if it contains
 * both.
 */
function readingsOf(ontology: Ontology, path: string, mappings: Mappings): readonly Reading[] {
  if (!isData(path)) return [];
  const name = nameOf(path);
  if (extensionOf(path) !== '.csv') {
    const { provenance } = ontology;
    if (name === WHOLE_GRAPH)
      return [...(provenance ? [{ holds: provenance.kind }] : []), { holds: 'others' }, { holds: 'relations' }];
    const holds = heldIn(ontology, name) ?? attachedIn(ontology, name);
    return holds ? [{ holds }] : [];
  }
  const mapping = mappings.get(basename(path)) ?? plainMappingOf(ontology, name);
  if (!mapping) return [];
  const { kind, items, relations } = mapping;
  if (items) return [{ holds: items, mapping }];
  if (!kind) return [{ holds: 'relations', mapping }];
  return [{ holds: kind, mapping }, ...(relations.length > 0 ? [{ holds: 'relations' as const, mapping }] : [])];
}

function plainMappingOf(ontology: Ontology, name: string): TableMapping | undefined {
  const holds: Kind | 'relations' | RelationType | AttachedItems | undefined =
    heldIn(ontology, name) ?? attachedIn(ontology, name) ?? ontology.relationTypes.find((type) => type === name);
  return holds === undefined ? undefined : plainMapping(ontology, holds);
}
