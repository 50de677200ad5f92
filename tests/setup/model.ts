import type { Kind } from '../../src/cooperation/kinds.ts';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { foldText } from '../../src/graph/search/folding.ts';
import type { RelationField } from '../../src/ontology/ontology.ts';
import { byCodePoint, type SeedRecord, seeds } from './seeds.ts';

const { propertiesOf, relationFieldsOf } = cooperation;

type Input = Readonly<Record<string, unknown>>;

const kindOf = new Map<string, Kind>();
const recordOf = new Map<string, SeedRecord>();
for (const [kind, records] of Object.entries(seeds.entities)) {
  for (const record of records) {
    kindOf.set(record.id, kind as Kind);
    recordOf.set(record.id, record);
  }
}

interface Edge {
  readonly far: SeedRecord;
  readonly properties: Input;
}

const edgesByEnd = new Map<
  string,
  { readonly type: string; readonly reading: 'FORWARD' | 'BACKWARD'; readonly edge: Edge }[]
>();
for (const { type, from, to, properties = {} } of seeds.relations) {
  const add = (near: string, far: string, reading: 'FORWARD' | 'BACKWARD') => {
    const record = recordOf.get(far);
    if (record)
      edgesByEnd.set(near, [...(edgesByEnd.get(near) ?? []), { type, reading, edge: { far: record, properties } }]);
  };
  add(from, to, 'FORWARD');
  add(to, from, 'BACKWARD');
}

/** The related entities of a record, read out of the seeds. */
export const relatedIn = (record: SeedRecord, { relation, reading }: RelationField): readonly Edge[] =>
  (edgesByEnd.get(record.id) ?? [])
    .filter((end) => end.type === relation && (reading === 'BOTH' || end.reading === reading))
    .map(({ edge }) => edge);

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

const fitsCount = (count: number, { filter: _, ...conditions }: Input) => fitsValue(count, 'int', conditions);

/** A filter as a plain predicate over the seeds: the model that the server's answers are compared with. */
export function fits(record: SeedRecord, filter: Input): boolean {
  const kind = kindOf.get(record.id) as Kind;
  return Object.entries(filter).every(([name, operand]) => {
    const input = operand as Input;
    if (name === 'and') return (operand as Input[]).every((part) => fits(record, part));
    if (name === 'or') return (operand as Input[]).some((part) => fits(record, part));
    if (name === 'not') return !fits(record, input);
    if (name === 'slug') return fitsValue(record.id, 'text', input);
    const field = relationFieldsOf(kind).get(name);
    if (!field) return fitsValue(record[name], propertiesOf(kind)[name]?.type ?? '', input);
    const edges = relatedIn(record, field);
    const fitsEdge = (edge: Edge, { edge: conditions = {}, ...far }: Input) =>
      fits(edge.far, far) &&
      Object.entries(conditions as Input).every(([property, tests]) =>
        fitsValue(edge.properties[property], field.properties[property]?.type ?? '', tests as Input),
      );
    const meanings: Readonly<Record<string, (inner: Input) => boolean>> = {
      some: (inner) => edges.some((edge) => fitsEdge(edge, inner)),
      none: (inner) => !edges.some((edge) => fitsEdge(edge, inner)),
      every: (inner) => edges.every((edge) => fitsEdge(edge, inner)),
      count: (inner) => fitsCount(edges.filter((edge) => fitsEdge(edge, (inner.filter ?? {}) as Input)).length, inner),
    };
    return Object.entries(input).every(([quantifier, inner]) => meanings[quantifier]?.(inner as Input));
  });
}
