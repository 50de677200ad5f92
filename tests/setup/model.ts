import type { Kind } from '../../src/cooperation/kinds.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { foldText } from '../../src/engine/search/folding.ts';
import { getOrInsert } from '../../src/ontology/get-or-insert.ts';
import type { RelationField } from '../../src/ontology/ontology.ts';
import type { Qualification } from '../../src/ontology/qualification.ts';
import type { RelationRecord } from '../../src/ontology/records.ts';
import type { Properties, Property } from '../../src/ontology/vocabulary.ts';
import { byCodePoint, type SeedRecord, seeds } from './seeds.ts';

const { edgePropertiesOf, propertiesOf, relationFieldsOf } = cooperation;

type Input = Readonly<Record<string, unknown>>;

/** What a model reads: the entities of each kind, and the relations between them. */
export interface Records {
  readonly entities: Readonly<Record<Kind, readonly SeedRecord[]>>;
  readonly relations: readonly RelationRecord[];
}

export interface Edge {
  readonly type: string;
  readonly far: SeedRecord;
  readonly properties: Input;
  /** Those of its own. */
  readonly sources: readonly string[];
  /** The entity that it starts from. */
  readonly from: string;
}

type RelationEnd = Pick<RelationField, 'relation' | 'reading'>;

const days = (date: string): readonly [string, string] => {
  const [year = '', month, day] = date.split('-');
  const last = new Date(Date.UTC(Number(year), month ? Number(month) : 12, 0)).getUTCDate();
  return [
    `${year}-${month ?? '01'}-${day ?? '01'}`,
    `${year}-${month ?? '12'}-${day ?? String(last).padStart(2, '0')}`,
  ];
};

/** Whether a value fits conditions, by the plain meaning that the contract gives them. */
function fitsValue(value: unknown, type: string, conditions: Input): boolean {
  const compare = (operand: unknown): number => {
    if (type === 'date') {
      const [first, last] = days(String(operand));
      const [day] = days(String(value));
      return day < first ? -1 : day > last ? 1 : 0;
    }
    return typeof value === 'string' ? byCodePoint(value, String(operand)) : Number(value) - Number(operand);
  };
  const there = value !== undefined;
  const folded = (text: unknown) => foldText(String(text));
  const list = Array.isArray(value) ? value : [];
  const meanings: Readonly<Record<string, (operand: unknown) => boolean>> = {
    eq: (operand) => there && compare(operand) === 0,
    ne: (operand) => !(there && compare(operand) === 0),
    in: (operand) => there && (operand as unknown[]).some((one) => compare(one) === 0),
    lt: (operand) => there && compare(operand) < 0,
    lte: (operand) => there && compare(operand) <= 0,
    gt: (operand) => there && compare(operand) > 0,
    gte: (operand) => there && compare(operand) >= 0,
    contains: (operand) => there && folded(value).includes(folded(operand)),
    startsWith: (operand) => there && folded(value).startsWith(folded(operand)),
    endsWith: (operand) => there && folded(value).endsWith(folded(operand)),
    exists: (operand) => there === operand,
    isEmpty: (operand) => (list.length === 0) === operand,
    has: (operand) => list.includes(operand),
    hasAny: (operand) => (operand as unknown[]).some((one) => list.includes(one)),
  };
  return Object.entries(conditions).every(([operator, operand]) => meanings[operator]?.(operand));
}

/** Numbers that a figure may be, however it is qualified: the nearest to what is stated, and some that are far away. */
export function possibleNumbers(
  record: Readonly<Record<string, unknown>>,
  name: string,
  { by, measured }: Qualification,
) {
  const stated = Number(record[name]);
  const step = measured?.values.includes(String(record[measured.property])) ? 1e-12 * stated : 1;
  if (record[by] === 'OVER') return [stated + step, 1e20];
  if (record[by] === 'NEARLY') return [stated - step, -1e20];
  return record[by] === 'ABOUT' ? [-1e20, stated, 1e20] : [stated];
}

/** Whether a property of a record fits conditions: of a figure, for certain. */
function fitsProperty(record: SeedRecord, name: string, property: Property | undefined, conditions: Input): boolean {
  const { type = '', qualified } = property ?? {};
  if (!qualified) return fitsValue(record[name], type, conditions);
  const isCertain = (condition: Input) =>
    possibleNumbers(record, name, qualified).every((number) => fitsValue(number, type, condition));
  return Object.entries(conditions).every(([operator, operand]) =>
    operator === 'ne' ? !isCertain({ eq: operand }) : isCertain({ [operator]: operand }),
  );
}

const fitsCount = (count: number, { filter: _, ...conditions }: Input) => fitsValue(count, 'int', conditions);

/** `some`, `none`, `every` and `count` by their plain meaning. */
function fitsAmong<Item>(items: readonly Item[], isFit: (item: Item, filter: Input) => boolean, input: Input): boolean {
  const meanings: Readonly<Record<string, (inner: Input) => boolean>> = {
    some: (inner) => items.some((item) => isFit(item, inner)),
    none: (inner) => !items.some((item) => isFit(item, inner)),
    every: (inner) => items.every((item) => isFit(item, inner)),
    count: (inner) => fitsCount(items.filter((item) => isFit(item, (inner.filter ?? {}) as Input)).length, inner),
  };
  return Object.entries(input).every(([quantifier, inner]) => meanings[quantifier]?.(inner as Input));
}

/** Whether a filter says anything of the relation that leads to the entity. */
const isOfEdge = (filter: Input): boolean =>
  Object.entries(filter).some(([name, operand]) =>
    name === 'and' || name === 'or'
      ? (operand as Input[]).some(isOfEdge)
      : name === 'edge' || (name === 'not' && isOfEdge(operand as Input)),
  );

const quantifiers: ReadonlySet<string> = new Set(['some', 'none', 'every', 'count']);

/** Conditions on the target of a relation to one, in the form that those on others have. */
function quantifiedForm(input: Input): Input {
  return getOrInsert(quantifiedForms, input, () => withQuantifier(input));
}

const quantifiedForms = new WeakMap<Input, Input>();

function withQuantifier(input: Input): Input {
  const direct = Object.entries(input).filter(([name]) => !quantifiers.has(name));
  if (direct.length === 0) return input;
  const given = Object.entries(input).filter(([name]) => quantifiers.has(name));
  return { ...Object.fromEntries(given), some: { and: [input.some ?? {}, Object.fromEntries(direct)] } };
}

/** A graph in memory, read by the plain meaning of filters: what the answers of the server are compared with. */
export function modelOf({ entities, relations }: Records) {
  const kindOf = new Map<string, Kind>();
  const recordOf = new Map<string, SeedRecord>();
  for (const [kind, records] of Object.entries(entities)) {
    for (const record of records) {
      kindOf.set(record.id, kind as Kind);
      recordOf.set(record.id, record);
    }
  }
  const edgesByEnd = new Map<string, Edge[]>();
  const keyOf = (slug: string, type: string, reading: string) => `${slug} ${type} ${reading}`;
  for (const { type, from, to, properties = {}, sources = [] } of relations) {
    const add = (near: string, far: string, reading: 'FORWARD' | 'BACKWARD') => {
      const record = recordOf.get(far);
      if (!record) return;
      getOrInsert(edgesByEnd, keyOf(near, type, reading), () => []).push({
        type,
        far: record,
        properties,
        sources,
        from,
      });
    };
    add(from, to, 'FORWARD');
    add(to, from, 'BACKWARD');
  }
  const edgesOf = (slug: string, type: string, reading: string) => edgesByEnd.get(keyOf(slug, type, reading)) ?? [];

  /** The related entities of a record. */
  const relatedIn = ({ id }: SeedRecord, { relation, reading }: RelationEnd): readonly Edge[] =>
    reading === 'BOTH'
      ? [...edgesOf(id, relation, 'FORWARD'), ...edgesOf(id, relation, 'BACKWARD')]
      : edgesOf(id, relation, reading);

  /** Sources of a relation: its own or, if it has none, those of its start. */
  function statedBy({ sources, from }: Edge): readonly SeedRecord[] {
    const own = sources.flatMap((slug) => recordOf.get(slug) ?? []);
    if (sources.length > 0) return own;
    return edgesOf(from, 'CITES', 'FORWARD').map(({ far }) => far);
  }

  function fitsEdge(edge: Edge, conditions: Input): boolean {
    const properties: Properties = edgePropertiesOf(edge.type);
    return Object.entries(conditions).every(([name, operand]) => {
      const input = operand as Input;
      if (name === 'and') return (operand as Input[]).every((part) => fitsEdge(edge, part));
      if (name === 'or') return (operand as Input[]).some((part) => fitsEdge(edge, part));
      if (name === 'not') return !fitsEdge(edge, input);
      if (name === 'ownSources') return fitsValue(edge.sources.length > 0, 'boolean', input);
      if (name === 'sources') return fitsAmong(statedBy(edge), (source, filter) => fits(source, filter), input);
      return fitsValue(edge.properties[name], properties[name]?.type ?? '', input);
    });
  }

  /** What is reached by following a relation a number of times. */
  function reachedIn(
    record: SeedRecord,
    field: RelationField,
    { minHops = 1, maxHops = 100 }: { readonly minHops?: number; readonly maxHops?: number },
  ): readonly SeedRecord[] {
    const found = new Map<string, SeedRecord>();
    let level = new Map([[record.id, record]]);
    for (let hop = 0; hop <= maxHops && level.size > 0; hop += 1) {
      if (hop >= minHops) for (const [id, each] of level) found.set(id, each);
      level = new Map([...level.values()].flatMap((each) => relatedIn(each, field).map(({ far }) => [far.id, far])));
    }
    return [...found.values()];
  }

  /** What is known of a filter: whether each record fits. A filter is tried on a hub as often as relations lead to it. */
  const known = new WeakMap<Input, Map<SeedRecord, boolean>>();

  /** A filter as a plain predicate over the records: the model that the server's answers are compared with. */
  function fits(record: SeedRecord, filter: Input, via?: Edge): boolean {
    if (via && isOfEdge(filter)) return tested(record, filter, via);
    const ofFilter = known.get(filter) ?? new Map<SeedRecord, boolean>();
    known.set(filter, ofFilter);
    return getOrInsert(ofFilter, record, () => tested(record, filter));
  }

  function tested(record: SeedRecord, filter: Input, via?: Edge): boolean {
    const kind = kindOf.get(record.id) as Kind;
    return Object.entries(filter).every(([name, operand]) => {
      const input = operand as Input;
      if (name === 'and') return (operand as Input[]).every((part) => fits(record, part, via));
      if (name === 'or') return (operand as Input[]).some((part) => fits(record, part, via));
      if (name === 'not') return !fits(record, input, via);
      if (name === 'slug') return fitsValue(record.id, 'text', input);
      if (name === 'edge') return via !== undefined && fitsEdge(via, input);
      const fields = relationFieldsOf(kind);
      const followed = name.endsWith('Transitive') ? fields.get(name.replace(/Transitive$/, '')) : undefined;
      if (followed) {
        const { minHops, maxHops, ...quantities } = input;
        const hops = { ...(minHops !== undefined && { minHops }), ...(maxHops !== undefined && { maxHops }) };
        return fitsAmong(
          reachedIn(record, followed, hops as { minHops?: number }),
          (far, inner) => fits(far, inner),
          quantities,
        );
      }
      const field = fields.get(name);
      if (!field) return fitsProperty(record, name, propertiesOf(kind)[name], input);
      const conditions = field.toOne ? quantifiedForm(input) : input;
      return fitsAmong(relatedIn(record, field), (edge, inner) => fits(edge.far, inner, edge), conditions);
    });
  }
  return { kindOf, recordOf, relatedIn, reachedIn, fits };
}

/** The seeds as a model. */
export const { relatedIn, reachedIn, fits } = modelOf(seeds);
