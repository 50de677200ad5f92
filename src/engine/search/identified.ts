import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { type Identifier, keyOfIdentifier, plainIdentifier } from '../../ontology/identifiers.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Graph } from '../graph/graph.ts';
import { queryFile } from '../graph/query-files.ts';
import { IDENTIFIER_INDEX, identifierQuery } from '../indexes/identifier-index.ts';

/** What an entity is asked for by: an identifier of another system. */
export interface IdentifierKey {
  readonly scheme: string;
  /** The identifier, or its address. */
  readonly value: string;
}

/** An entity that has an identifier, and how far it is that of the entity. */
export interface Identified {
  readonly slug: string;
  readonly match: Identifier['match'];
}

interface IdentifiedParameters {
  readonly query: string;
  readonly keys: readonly string[];
  readonly limit: number;
}

const identifiedFile = queryFile<IdentifiedParameters, readonly [slug: string, identifiers: string]>('identified');
const identified = { ...identifiedFile, text: identifiedFile.text.replace('__IDENTIFIER_INDEX__', IDENTIFIER_INDEX) };

/** Entities found for each identifier; more share it only by mistake. */
const MOST_PER_IDENTIFIER = 20;

/** Identifiers per statement, whose query would otherwise have more terms than Lucene takes. */
const MOST_KEYS = 500;

/**
 * The entities of each of these identifiers, exact matches first, in the order given; an empty list for those that nobody has.
 * @throws GraphError
 */
export async function findIdentified(
  graph: Graph,
  asked: readonly IdentifierKey[],
): Promise<readonly (readonly Identified[])[]> {
  const { identification } = graph.ontology;
  if (!identification) return asked.map(() => []);
  const keys = keysAsked(graph.ontology, asked);
  const found: (readonly [slug: string, identifiers: string])[] = [];
  for (let start = 0; start < keys.length; start += MOST_KEYS) {
    const part = keys.slice(start, start + MOST_KEYS);
    const parameters = { query: identifierQuery(part), keys: part, limit: part.length * MOST_PER_IDENTIFIER };
    found.push(...(await graph.read(identified, parameters)));
  }
  return identifiedBy(graph.ontology, asked, found);
}

const keyFor = ({ identification }: Ontology, { scheme, value }: IdentifierKey): string =>
  keyOfIdentifier(scheme, identification ? plainIdentifier(identification, scheme, value) : value);

/** The keys of identifiers, each once. */
export const keysAsked = (ontology: Ontology, asked: readonly IdentifierKey[]): readonly string[] => [
  ...new Set(asked.map((one) => keyFor(ontology, one))),
];

/** Those of some entities, given with their identifiers as JSON, that have each of these identifiers. */
export function identifiedBy(
  ontology: Ontology,
  asked: readonly IdentifierKey[],
  entities: Iterable<readonly [slug: string, identifiers: string]>,
): readonly (readonly Identified[])[] {
  const found = new Map<string, Identified[]>();
  for (const [slug, text] of entities) {
    for (const identifier of JSON.parse(text) as readonly Identifier[]) {
      const key = keyOfIdentifier(identifier.scheme, identifier.value);
      getOrInsert(found, key, () => []).push({ slug, match: identifier.match });
    }
  }
  const isClose = ({ match }: Identified) => Number(match !== 'EXACT');
  return asked.map((one) => (found.get(keyFor(ontology, one)) ?? []).toSorted((a, b) => isClose(a) - isClose(b)));
}
