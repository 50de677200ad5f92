import type { StoredKind, StoredOntology, StoredProperties, StoredProperty, StoredRules } from './stored-form.ts';

/** Records that a changed ontology concerns: those that must not be there, or that are no longer served as they were. */
export interface Concern {
  /** The records, as `record`, with relations between `from` and `to`. */
  readonly match: string;
  /** A predicate on them; all if absent. */
  readonly where?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** What to say of a number of them, such as `3 relations`. */
  readonly describe: (records: string) => string;
  /** What one of them is called. */
  readonly one: 'entity' | 'relation';
  /** Such records may stay; they are only mentioned. */
  readonly isHarmless: boolean;
}

/** What the concerns of one kind or relation have in common. */
type Records = Pick<Concern, 'match' | 'one'> & { readonly of: string };

const entitiesOf = (of: string): Records => ({ of, match: `(record:${of})`, one: 'entity' });
const relationsOf = (of: string): Records => ({ of, match: `(from)-[record:${of}]->(to)`, one: 'relation' });

const formOf = ({ type, list }: StoredProperty) => (list ? `a list of ${type}` : type);

/** Values of an enumeration, as a property stores them; those of items are a list, in which an absent one is empty. */
interface Enumerated {
  readonly name: string;
  readonly stored: string;
  readonly list: boolean;
  readonly values?: readonly string[] | undefined;
  readonly before?: readonly string[] | undefined;
}

/** Records with a value that is none of an enumeration. */
function outside({ stored, list, values = [] }: Pick<Enumerated, 'stored' | 'list' | 'values'>) {
  const value = `record.${stored}`;
  const isUnknown = list ? `any(one IN ${value} WHERE NOT one IN $values)` : `NOT ${value} IN $values`;
  return {
    where: `${value} IS NOT NULL AND ${isUnknown}`,
    parameters: { values: list ? [...values, ''] : values },
  };
}

function* concernsOfValues(
  records: Pick<Concern, 'match' | 'one'>,
  { name, stored, list, values, before }: Enumerated,
): Generator<Concern> {
  if (!values || !before?.some((known) => !values.includes(known))) return;
  yield {
    ...records,
    ...outside({ stored, list, values }),
    describe: (number) =>
      `${name} has a value in ${number} that its enumeration no longer has. Put the value back, or change these records first.`,
    isHarmless: false,
  };
}

/** Values of another form than before. Neo4j compares integers and floats as numbers, and stores enumerations as text. */
function* concernsOfForm(
  { of, ...records }: Records,
  name: string,
  earlier: StoredProperty,
  now: StoredProperty,
): Generator<Concern> {
  const isAlike = earlier.list === now.list;
  if (isAlike && (earlier.type === now.type || (earlier.type === 'int' && now.type === 'float'))) return;
  const found = `${of}.${name} is ${formOf(now)} now, and was ${formOf(earlier)}`;
  if (isAlike && earlier.type === 'text' && now.values) {
    yield {
      ...records,
      ...outside({ stored: name, list: now.list, values: now.values }),
      describe: (number) =>
        `${found}. Its value in ${number} is none of the enumeration. Add these values to it, or change the records first.`,
      isHarmless: false,
    };
    return;
  }
  yield {
    ...records,
    where: `record.${name} IS NOT NULL`,
    describe: (number) => `${found} in ${number}. Give the new form another name, or delete these values first.`,
    isHarmless: false,
  };
}

function* concernsOfProperties(
  { of, ...records }: Records,
  before: StoredProperties,
  after: StoredProperties,
): Generator<Concern> {
  for (const [name, property] of Object.entries(after)) {
    if (property.isFormer) continue;
    const earlier = before[name];
    const value = `record.${name}`;
    if (earlier) yield* concernsOfForm({ of, ...records }, name, earlier, property);
    yield* concernsOfValues(records, { name: `${of}.${name}`, stored: name, ...property, before: earlier?.values });
    for (const [stored, values] of Object.entries(property.items ?? {})) {
      const item = { name: `${of}.${name}`, stored, list: true, values, before: earlier?.items?.[stored] };
      yield* concernsOfValues(records, item);
    }
    if (property.required && (!earlier?.required || earlier.isFormer)) {
      yield {
        ...records,
        where: `${value} IS NULL`,
        describe: (number) =>
          `${of}.${name} is required now, and absent in ${number}. Make it optional, or give it to these records first.`,
        isHarmless: false,
      };
    }
  }
  for (const name of Object.keys(before)) {
    if (!after[name]?.isFormer || before[name]?.isFormer) continue;
    yield {
      ...records,
      where: `record.${name} IS NOT NULL`,
      describe: (number) =>
        `The ontology no longer has ${of}.${name}. Its values in ${number} stay in the database and are not served.`,
      isHarmless: true,
    };
  }
}

function* concernsOfSlugs(
  { of, ...records }: Records,
  before: StoredKind,
  { slugFrom }: StoredKind,
): Generator<Concern> {
  if (slugFrom === undefined || slugFrom === before.slugFrom) return;
  yield {
    ...records,
    where: `record.id <> toLower(toStringOrNull(record.${slugFrom}))`,
    describe: (number) =>
      `The slug of ${of} is its ${slugFrom} in lower case now, but differs from it in ${number}. Leave \`slugFrom\` as it was, or correct these records first.`,
    isHarmless: false,
  };
}

const isAmong = (node: string, kinds: readonly string[]) => `${node}:${kinds.join('|')}`;

/** A relation that the ontology did not have may be in the database all the same: nothing was known of it. */
const unknown: StoredRules = { from: [], to: [], toOne: false, symmetric: false, acyclic: false };

/** What is forbidden now among relations of a type, apart from cycles, and was not before. */
function* concernsOfRules(
  { of, ...records }: Records,
  before: StoredRules,
  { from, to, toOne, symmetric }: StoredRules,
): Generator<Concern> {
  const wasAllowed = (end: 'from' | 'to', now: readonly string[]) =>
    before[end].length > 0 && before[end].every((kind) => now.includes(kind));
  if (!wasAllowed('from', from) || !wasAllowed('to', to)) {
    yield {
      ...records,
      where: `NOT (${isAmong('from', from)} AND ${isAmong('to', to)})`,
      describe: (number) =>
        `${of} leads from ${from.join(', ')} to ${to.join(', ')} now, and has other ends in ${number}. Put the ends back, give the new relation another type, or unlink these first.`,
      isHarmless: false,
    };
  }
  if (toOne && !before.toOne) {
    yield {
      ...records,
      where: `COUNT { (from)-[:${of}]->() } > 1`,
      describe: (number) =>
        `${of} leads to one entity at most now, but ${number} start where another one of this type does. Leave \`toOne\` out, or unlink all but one first.`,
      isHarmless: false,
    };
  }
  if (symmetric && !before.symmetric) {
    yield {
      ...records,
      where: `EXISTS { (to)-[:${of}]->(from) }`,
      describe: (number) =>
        `${of} is symmetric now, but ${number} also exist in the opposite direction. Leave \`symmetric\` out, or unlink one of each two first.`,
      isHarmless: false,
    };
  }
  if (before.symmetric && !symmetric) {
    yield {
      ...records,
      describe: (number) =>
        `${of} is no longer symmetric. Its direction in ${number} is the one in which it was written.`,
      isHarmless: true,
    };
  }
}

const gone = ({ of, one, match }: Records): Concern => ({
  ...{ match, one, isHarmless: false },
  describe: (number) =>
    `The ontology no longer has ${of}, but the database has ${number} of it. Put the ${one === 'entity' ? 'kind' : 'relation'} back, delete these records with the ontology that has it, or name another database.`,
});

/** What of the records is to be looked at, if an ontology takes the place of another one. */
export function concernsOf(before: StoredOntology, after: StoredOntology): readonly Concern[] {
  const kinds = Object.entries(before.kinds).flatMap(([kind, earlier]) => {
    const [records, later] = [entitiesOf(kind), after.kinds[kind]];
    if (!later) return [gone(records)];
    return [
      ...concernsOfProperties(records, earlier.properties, later.properties),
      ...concernsOfSlugs(records, earlier, later),
    ];
  });
  const removed = Object.keys(before.relations).filter((type) => !after.relations[type]);
  const relations = Object.entries(after.relations).flatMap(([type, later]) => {
    const [records, earlier] = [relationsOf(type), before.relations[type]];
    return [
      ...concernsOfProperties(records, earlier?.properties ?? {}, later.properties),
      ...concernsOfRules(records, earlier ?? unknown, later),
    ];
  });
  return [
    ...kinds,
    ...removed.map((type) => gone(relationsOf(type))),
    ...relations,
    ...concernsOfSources(before, after),
  ];
}

function* concernsOfSources(
  { sources: before }: StoredOntology,
  { sources: after }: StoredOntology,
): Generator<Concern> {
  if (before === null || before === after) return;
  yield {
    ...{ match: '()-[record]->()', where: `record.${before} IS NOT NULL`, one: 'relation', isHarmless: true },
    describe: (number) =>
      `Relations no longer have their sources in ${before}. Those of ${number} stay in the database and are not served.`,
  };
}

/** The relations that must not form a cycle now, and were allowed to before. */
export const newlyAcyclic = (before: StoredOntology, after: StoredOntology): readonly string[] =>
  Object.entries(after.relations)
    .filter(([type, { acyclic }]) => acyclic && !before.relations[type]?.acyclic)
    .map(([type]) => type);
