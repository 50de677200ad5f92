import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { memoize } from '../../ontology/memoize.ts';
import { contextTerms } from './context.ts';
import type { RdfObject, Triple } from './triples.ts';
import type { Vocabulary } from './vocabulary.ts';

type JsonLdNode = { '@id': string; '@type'?: string[] } & Record<string, unknown>;

/** The shortest name of each predicate, and of which the values are names. */
const shortNames = memoize((vocabulary: Vocabulary) => {
  const byIri = new Map<string, { readonly name: string; readonly isLink: boolean }>();
  for (const [name, term] of contextTerms(vocabulary))
    byIri.set(term['@id'], { name, isLink: term['@type'] === '@id' });
  return byIri;
});

/** Names that the context gives a meaning; any other is a term of the graph's own. */
const namesInContext = memoize(
  (vocabulary: Vocabulary): ReadonlySet<string> =>
    new Set([...Object.keys(vocabulary.prefixes), ...contextTerms(vocabulary).keys()]),
);

/** An IRI with a prefix of the context, or a term of the graph's own. */
function compacted(vocabulary: Vocabulary, iri: string): string {
  for (const [prefix, start] of Object.entries(vocabulary.prefixes)) {
    if (!iri.startsWith(start)) continue;
    const rest = iri.slice(start.length);
    const isBare = prefix === 'terms' && !rest.includes('.') && !namesInContext(vocabulary).has(rest);
    if (/^[\w.-]+$/.test(rest)) return isBare ? rest : `${prefix}:${rest}`;
  }
  return iri;
}

function jsonValue(vocabulary: Vocabulary, object: RdfObject, isLink: boolean): unknown {
  if ('iri' in object) return isLink ? object.iri : { '@id': object.iri };
  const { value, datatype, language } = object;
  if (language !== undefined) return { '@value': value, '@language': language };
  if (datatype === vocabulary.full('xsd:integer')) return Number(value);
  if (datatype === vocabulary.full('xsd:boolean')) return value === 'true';
  if (datatype === undefined && !isLink) return value;
  return { '@value': value, '@type': compacted(vocabulary, datatype ?? vocabulary.full('xsd:string')) };
}

/** Triples as nodes of JSON-LD in compact form, one for each subject, to be read with the context of the graph. */
export function jsonLdNodes(vocabulary: Vocabulary, triples: readonly Triple[]): readonly JsonLdNode[] {
  const nodes = new Map<string, JsonLdNode>();
  const type = vocabulary.full('rdf:type');
  for (const { subject, predicate, object } of triples) {
    const node = getOrInsert(nodes, subject, () => ({ '@id': subject }));
    if (predicate === type && 'iri' in object) {
      node['@type'] = [...(node['@type'] ?? []), compacted(vocabulary, object.iri)];
      continue;
    }
    const { name, isLink } = shortNames(vocabulary).get(predicate) ?? {
      name: compacted(vocabulary, predicate),
      isLink: false,
    };
    const value = jsonValue(vocabulary, object, isLink);
    const before = node[name];
    node[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return [...nodes.values()];
}
