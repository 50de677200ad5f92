import type { JsonObject } from '../../graphql/internal-client/json.ts';
import { isObject } from '../../graphql/internal-client/json.ts';
import { parseExactJson } from '../../ontology/exact-json.ts';

/** A request that does not follow the specification, or is too large. The message says what to do. */
export class ReconciliationRefused extends Error {
  override readonly name = 'ReconciliationRefused';
  readonly code: 'BAD_USER_INPUT' | 'LIMIT_EXCEEDED';

  constructor(message: string, code: 'BAD_USER_INPUT' | 'LIMIT_EXCEEDED' = 'BAD_USER_INPUT') {
    super(message);
    this.code = code;
  }
}

/** A value to compare with a property: a text, or the identifier of an entity. */
export interface WantedValue {
  readonly property: string;
  readonly texts: readonly string[];
}

/** One query of a batch (Reconciliation API 0.2, section 4.2). */
export interface ReconciliationQuery {
  /** What to search for; blank if a cell of the table is. */
  readonly text: string;
  /** Whether the text is a name; if there is none, it is made of the values. */
  readonly isNamed: boolean;
  readonly types: readonly string[];
  /** Whether entities of other types are found too, with a lower score. */
  readonly prefersTypes: boolean;
  readonly limit: number;
  readonly values: readonly WantedValue[];
}

export const bounds = {
  queries: 100,
  candidates: 25,
  usual: 5,
  properties: 10,
  /** Values of the properties of a batch, each of which is compared with those of each candidate. */
  compared: 1_000,
  text: 200,
  ids: 200,
  /** Properties of an extension, and its values: ids times properties. */
  extended: 50,
  values: 2_000,
} as const;

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isObject(value) && typeof value.id === 'string') return value.id;
  return undefined;
};

function readValues(name: string, properties: unknown): readonly WantedValue[] {
  if (properties === undefined) return [];
  if (!Array.isArray(properties)) throw new ReconciliationRefused(`\`properties\` of ${name} must be a list.`);
  if (properties.length > bounds.properties) {
    throw new ReconciliationRefused(`${name} has more than ${bounds.properties} properties.`, 'LIMIT_EXCEEDED');
  }
  const wanted = properties.map((property: unknown): WantedValue => {
    const { pid, v } = isObject(property) ? property : ({} as JsonObject);
    const texts = [v].flat().map(textOf);
    if (typeof pid !== 'string' || texts.length === 0 || texts.includes(undefined)) {
      throw new ReconciliationRefused(
        `Each of the \`properties\` of ${name} takes \`pid\`, a text, and \`v\`, a value or several.`,
      );
    }
    const told = texts.flatMap((text) => (text?.trim() ? text.slice(0, bounds.text) : []));
    return { property: pid, texts: told.slice(0, 20) };
  });
  // A blank cell says nothing of the entity, neither for nor against it.
  return wanted.filter(({ texts }) => texts.length > 0);
}

function readQuery(name: string, query: unknown): ReconciliationQuery {
  if (!isObject(query)) throw new ReconciliationRefused(`The query ${name} must be an object.`);
  const { query: text = '', type = [], limit = bounds.usual, type_strict: strict = 'any', properties } = query;
  const types = [type].flat();
  const values = readValues(name, properties);
  if (typeof text !== 'string' || !types.every((each): each is string => typeof each === 'string')) {
    throw new ReconciliationRefused(`\`query\` of ${name} must be a text, and \`type\` one or several.`);
  }
  if (query.query === undefined && [properties ?? []].flat().length === 0) {
    throw new ReconciliationRefused(`${name} has neither \`query\` nor \`properties\`.`);
  }
  if (typeof limit !== 'number' || !(limit >= 1)) {
    throw new ReconciliationRefused(
      `\`limit\` of ${name} must be a number from 1; at most ${bounds.candidates} are returned.`,
    );
  }
  const isNamed = text.trim() !== '';
  return {
    isNamed,
    text: (isNamed ? text : values.flatMap(({ texts }) => texts).join(' ')).slice(0, bounds.text),
    types,
    prefersTypes: strict === 'should',
    limit: Math.min(Math.floor(limit), bounds.candidates),
    values,
  };
}

/** Parses the JSON of a parameter. @throws ReconciliationRefused */
export function readJson(parameter: string, text: string): JsonObject {
  try {
    const value: unknown = parseExactJson(text);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new ReconciliationRefused(`\`${parameter}\` must be an object in JSON.`);
}

/** The queries of a batch by name. @throws ReconciliationRefused */
export function readQueries(text: string): ReadonlyMap<string, ReconciliationQuery> {
  const queries = Object.entries(readJson('queries', text));
  if (queries.length > bounds.queries) {
    throw new ReconciliationRefused(
      `A batch has at most ${bounds.queries} queries; got ${queries.length}. Send the others in further batches.`,
      'LIMIT_EXCEEDED',
    );
  }
  const read = new Map(queries.map(([name, query]) => [name, readQuery(name.slice(0, 50), query)]));
  const compared = [...read.values()].flatMap(({ values }) => values.flatMap(({ texts }) => texts)).length;
  if (compared > bounds.compared) {
    throw new ReconciliationRefused(
      `The properties of a batch have at most ${bounds.compared} values; got ${compared}. Send some of the queries in further batches.`,
      'LIMIT_EXCEEDED',
    );
  }
  return read;
}
