import type { Ontology } from '../ontology/ontology.ts';
import type { Properties, Property } from '../ontology/vocabulary.ts';
import type { Graph, Parameters } from './graph.ts';
import type { NoParameters, Statement } from './statement.ts';

/** The form in which records of a kind or relation are stored, by property. */
type KeptProperties = Readonly<Record<string, KeptProperty>>;

interface KeptProperty {
  readonly type: string;
  readonly list: boolean;
  readonly required: boolean;
  /** Present for an enumeration. */
  readonly values?: readonly string[];
}

/** What the records of a database were written by. */
export interface KeptOntology {
  readonly kinds: Readonly<Record<string, KeptProperties>>;
  readonly relations: Readonly<Record<string, KeptProperties>>;
}

/** Records in the database contradict the ontology. The message lists how, and what to do. */
export class OntologyChanged extends Error {
  override readonly name = 'OntologyChanged';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(['The ontology no longer fits the database:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.faults = faults;
  }
}

/** Records that a changed ontology concerns: those that must not be there, or a property that is no longer served. */
export interface Concern {
  /** A predicate on `record`; all records if absent. */
  readonly where?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** A kind, or a relation type. */
  readonly of: string;
  readonly isRelation: boolean;
  /** What to say of a number of such records. */
  readonly describe: (records: string) => string;
  /** Records with such a property may stay; they are only mentioned. */
  readonly isHarmless: boolean;
}

function keptProperties({ enumeration }: Ontology, properties: Properties): KeptProperties {
  const kept = ({ type, list, required, enumeration: name }: Property): KeptProperty => ({
    ...{ type, list, required },
    ...(name === undefined ? {} : { values: Object.keys(enumeration(name).values) }),
  });
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, kept(property)]));
}

/** The part of an ontology that records depend on. */
export function keptOntology(ontology: Ontology): KeptOntology {
  const { kindNames, relationTypes, propertiesOf, edgePropertiesOf } = ontology;
  return {
    kinds: Object.fromEntries(kindNames.map((kind) => [kind, keptProperties(ontology, propertiesOf(kind))])),
    relations: Object.fromEntries(
      relationTypes.map((type) => [type, keptProperties(ontology, edgePropertiesOf(type))]),
    ),
  };
}

function* concernsOfProperties(
  of: string,
  isRelation: boolean,
  before: KeptProperties,
  after: KeptProperties,
): Generator<Concern> {
  const shared = { of, isRelation };
  for (const [name, property] of Object.entries(after)) {
    const earlier = before[name];
    const value = `record.\`${name}\``;
    if (earlier && (earlier.type !== property.type || earlier.list !== property.list)) {
      const form = ({ type, list }: KeptProperty) => (list ? `a list of ${type}` : type);
      yield {
        ...shared,
        where: `${value} IS NOT NULL`,
        describe: (records) =>
          `${records} of ${of} have ${name} as ${form(earlier)}, which is ${form(property)} now. Give the new form another name, or delete these values first.`,
        isHarmless: false,
      };
    }
    const { values } = property;
    if (values && earlier?.values?.some((known) => !values.includes(known))) {
      const isUnknown = property.list ? `any(one IN ${value} WHERE NOT one IN $values)` : `NOT ${value} IN $values`;
      yield {
        ...shared,
        where: `${value} IS NOT NULL AND ${isUnknown}`,
        parameters: { values },
        describe: (records) =>
          `${records} of ${of} have a value of ${name} that its enumeration no longer has. Put the value back, or change these records first.`,
        isHarmless: false,
      };
    }
    if (property.required && !earlier?.required) {
      yield {
        ...shared,
        where: `${value} IS NULL`,
        describe: (records) =>
          `${records} of ${of} have no ${name}, which is required now. Make it optional, or give it to these records first.`,
        isHarmless: false,
      };
    }
  }
  for (const name of Object.keys(before)) {
    if (after[name]) continue;
    yield {
      ...shared,
      where: `record.\`${name}\` IS NOT NULL`,
      describe: (records) =>
        `${records} of ${of} have ${name}, which the ontology no longer has. It stays in the database and is not served.`,
      isHarmless: true,
    };
  }
}

/** What of the records is to be looked at, if an ontology takes the place of another one. */
export function concernsOf(before: KeptOntology, after: KeptOntology): readonly Concern[] {
  const parts = [
    { isRelation: false, earlier: before.kinds, later: after.kinds },
    { isRelation: true, earlier: before.relations, later: after.relations },
  ];
  return parts.flatMap(({ isRelation, earlier, later }) =>
    Object.entries(earlier).flatMap(([of, properties]): readonly Concern[] => {
      const now = later[of];
      if (now) return [...concernsOfProperties(of, isRelation, properties, now)];
      return [
        {
          ...{ of, isRelation, isHarmless: false },
          describe: (records) =>
            `There are ${records} of ${of}, which the ontology no longer has. Put the ${isRelation ? 'relation' : 'kind'} back, delete them with the ontology that has it, or name another database.`,
        },
      ];
    }),
  );
}

const readKept: Statement<NoParameters, readonly [kept: string | null]> = {
  name: 'ontology-kept',
  text: "MATCH (change:`_SchemaChange` {name: 'ontology'}) RETURN change.kept",
};

const writeKept: Statement<{ readonly kept: string }> = {
  name: 'ontology-keep',
  text: "MATCH (change:`_SchemaChange` {name: 'ontology'}) SET change.kept = $kept",
};

async function count(graph: Graph, { of, isRelation, where, parameters = {} }: Concern): Promise<number> {
  const pattern = isRelation ? `()-[record:\`${of}\`]->()` : `(record:\`${of}\`)`;
  const condition = where === undefined ? '' : ` WHERE ${where}`;
  const statement: Statement<Parameters, readonly [records: number]> = {
    name: 'ontology-count',
    text: `MATCH ${pattern}${condition} RETURN count(record)`,
  };
  const [[records] = [0]] = await graph.read(statement, parameters);
  return records;
}

/** Keeps the ontology that a database is served with, to compare the next one with it. @throws GraphError */
export async function keepOntology(graph: Graph): Promise<void> {
  const kept = JSON.stringify(keptOntology(graph.ontology));
  const [[before] = [null]] = await graph.read(readKept, {});
  if (before !== kept) await graph.write((run) => run(writeKept, { kept }));
}

/**
 * Ensures that the records in the database fit the ontology, where it differs from that of the last start.
 * @returns what is no longer served, in sentences
 * @throws OntologyChanged listing which records contradict it, and what to do; GraphError
 */
export async function checkKeptOntology(graph: Graph): Promise<readonly string[]> {
  const now = keptOntology(graph.ontology);
  const text = JSON.stringify(now);
  const [[kept] = [null]] = await graph.read(readKept, {});
  if (kept === text) return [];
  const concerns = kept === null ? [] : concernsOf(JSON.parse(kept), now);
  const faults: string[] = [];
  const remarks: string[] = [];
  for (const concern of concerns) {
    const records = await count(graph, concern);
    if (records === 0) continue;
    const sentence = concern.describe(
      `${records.toLocaleString('en')} ${concern.isRelation ? 'relations' : 'entities'}`,
    );
    (concern.isHarmless ? remarks : faults).push(sentence);
  }
  if (faults.length > 0) throw new OntologyChanged(faults);
  return remarks;
}
