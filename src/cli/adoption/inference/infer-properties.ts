import { reservedEdgeProperties, reservedProperties } from '../../../ontology/definition/reserved-names.ts';
import { constantCase } from '../../../ontology/letter-case.ts';
import { counted, sentence, wordsOf } from '../english.ts';
import { camelName, isCamelName, misspelt } from '../names.ts';
import type { DraftProperty } from './draft.ts';
import { asStored, type Holder, renamedProperty } from './renaming.ts';
import type { SeenProperty, SeenType } from './seen.ts';

type StoredType = DraftProperty['type'];

/** What the properties belong to: a kind or a relation. */
export interface Owner extends Holder {
  readonly lookedAt: number;
  /** Whether all values are texts in the files, whatever they look like. */
  readonly areTexts: boolean;
}

/** The properties of an owner that Silkgraph can store, and why the others are left out. */
export interface InferredProperties {
  readonly properties: readonly DraftProperty[];
  readonly leftOut: readonly string[];
}

const MOST_CONSTANTS = 12;
const proseNames = /(?:description|summary|abstract|biography|bio|tagline|plot|text|body|notes?|comments?)$/i;

/** The type of a property whose values have these types, and what there is to say about it. */
export function inferType(
  { types, holders }: Pick<SeenProperty, 'types' | 'holders'>,
  areTexts = false,
): {
  readonly type: StoredType;
  readonly comments: readonly string[];
} {
  const found = Object.entries(types).filter(([, number]) => number > 0) as [SeenType, number][];
  const names = found.map(([type]) => type).sort();
  const [only] = names;
  if (only !== undefined && only !== 'other' && names.length === 1) return { type: only, comments: [] };
  const told = found.map(([type, number]) => `${number.toLocaleString('en')} ${type}`).join(', ');
  // Whole numbers are numbers.
  if (names.join(' ') === 'float int') return { type: 'float', comments: [] };
  const isAllText = areTexts || names.every((type) => ['text', 'date', 'url'].includes(type));
  if (holders === 0) return { type: 'text', comments: ['decide: the type; there are no values.'] };
  if (isAllText) return { type: 'text', comments: [`decide: text, of which some look like another type (${told}).`] };
  return { type: 'text', comments: [`decide: values of several types (${told}); only texts are accepted.`] };
}

function inferProperty(seen: SeenProperty, { lookedAt, areTexts }: Owner): DraftProperty {
  const { name, holders, empty, lists, constants, indexed } = seen;
  const { type, comments } = inferType(seen, areTexts);
  const list = lists > 0;
  const isWhole = holders === lookedAt && lookedAt > 0;
  const isEnumerable = type === 'text' && constants > 0 && constants <= MOST_CONSTANTS && holders >= 3 * constants;
  return {
    name,
    type,
    list,
    required: isWhole && !list,
    indexed: indexed && !list,
    ...(type === 'text' && (list ? false : proseNames.test(name)) ? { searched: 'text' as const } : {}),
    description: sentence(wordsOf(name)),
    comments: [
      ...comments,
      ...(list && lists < holders
        ? [`decide: a list in ${lists} of ${holders} records, a single value in the others.`]
        : []),
      ...(empty > 0 ? [`decide: empty in ${counted(empty, 'record')}; empty values are refused, so remove them.`] : []),
      ...(isEnumerable ? [`decide: ${counted(constants, 'value')} in all; an enumeration?`] : []),
    ],
  };
}

const reservedFor = ({ isRelation }: Owner) => (isRelation ? reservedEdgeProperties : reservedProperties);

/** A name that no other property has, so that renaming one replaces none. */
type Free = (better: string) => string;

/** Why a property cannot be in the ontology; `undefined` if it can. */
function reasonAgainst(seen: SeenProperty, owner: Owner, free: Free): string | undefined {
  const { name, types, otherTypes } = seen;
  if (!isCamelName(name)) {
    const better = camelName(name);
    return misspelt('a property', 'camelCase', better && free(better), (other) => renamedProperty(owner, name, other));
  }
  if (!owner.isRelation && name === 'id') {
    return 'Silkgraph uses it for the slug (small letters, digits and hyphens, unique in the graph).';
  }
  if (reservedFor(owner).has(name))
    return `a name that Silkgraph uses itself. ${renamedProperty(owner, name, free(`${name}Value`))}`;
  const isStored = Object.keys(types).some((type) => type !== 'other');
  return isStored || otherTypes.length === 0
    ? undefined
    : `values of the type ${otherTypes.join(', ')}, which Silkgraph does not store. ${asStored(owner, seen)}`;
}

/** The properties of a kind but for `name`, or those of a relation. */
export function inferProperties(seen: readonly SeenProperty[], owner: Owner): InferredProperties {
  const properties: DraftProperty[] = [];
  const leftOut: string[] = [];
  const names = new Set([...seen.map(({ name }) => name), ...reservedFor(owner)]);
  const free: Free = (better) => {
    let name = better;
    while (names.has(name)) name = `${name}Value`;
    names.add(name);
    return name;
  };
  const inCapitals = new Map<string, string>();
  for (const property of seen) {
    if (property.name === 'name' && !owner.isRelation) continue;
    const { name } = property;
    const like = inCapitals.get(constantCase(name));
    const reason =
      reasonAgainst(property, owner, free) ??
      (like === undefined
        ? undefined
        : `in capitals, it is the same as ${like}. ${renamedProperty(owner, name, free(name))}`);
    if (reason === undefined) inCapitals.set(constantCase(name), name);
    if (reason === undefined) properties.push(inferProperty(property, owner));
    else leftOut.push(`left out: the property ${property.name}: ${reason}`);
  }
  return { properties, leftOut };
}
