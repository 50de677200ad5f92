import { DataFactory, Writer } from 'n3';
import { contextOf } from './context.ts';
import { jsonLdNodes } from './json-ld.ts';
import type { RdfObject, Triple } from './triples.ts';
import type { Vocabulary } from './vocabulary.ts';

const { namedNode, literal, quad, defaultGraph } = DataFactory;

/** The forms of RDF, by the ending of their files. */
export const rdfFormats = ['ttl', 'nt', 'nq', 'jsonld'] as const;

export type RdfFormat = (typeof rdfFormats)[number];

/** Media types of the forms of RDF. */
export const rdfTypes: Readonly<Record<RdfFormat, string>> = {
  ttl: 'text/turtle; charset=utf-8',
  nt: 'application/n-triples; charset=utf-8',
  nq: 'application/n-quads; charset=utf-8',
  jsonld: 'application/ld+json; charset=utf-8',
};

const writerFormats = { ttl: 'Turtle', nt: 'N-Triples', nq: 'N-Quads' } as const;

function objectTerm(object: RdfObject) {
  if ('iri' in object) return namedNode(object.iri);
  const { value, language, datatype } = object;
  return literal(value, language ?? (datatype === undefined ? undefined : namedNode(datatype)));
}

/** The name of the graph that all triples are in, where quads have one. */
const graphName = ({ base }: Vocabulary) => `${base}/.well-known/void#graph`;

/** Writes triples as text, in parts as they come. */
export async function* rdfPieces(
  vocabulary: Vocabulary,
  format: RdfFormat,
  parts: AsyncIterable<readonly Triple[]> | Iterable<readonly Triple[]>,
): AsyncGenerator<string> {
  if (format === 'jsonld') yield* jsonLdPieces(vocabulary, parts);
  else {
    let text = '';
    const out = {
      write(chunk: string, _encoding: string, done?: () => void) {
        text += chunk;
        done?.();
      },
      end: (done?: () => void) => done?.(),
    };
    const prefixes = format === 'ttl' ? vocabulary.prefixes : {};
    const writer = new Writer(out, { format: writerFormats[format], prefixes });
    const graph = format === 'nq' ? namedNode(graphName(vocabulary)) : defaultGraph();
    for await (const triples of parts) {
      for (const { subject, predicate, object } of triples) {
        writer.addQuad(quad(namedNode(subject), namedNode(predicate), objectTerm(object), graph));
      }
      if (text !== '') yield text;
      text = '';
    }
    writer.end();
    if (text !== '') yield text;
  }
}

/** With the context inside, so that the file means the same without the server. */
async function* jsonLdPieces(
  vocabulary: Vocabulary,
  parts: AsyncIterable<readonly Triple[]> | Iterable<readonly Triple[]>,
): AsyncGenerator<string> {
  yield `{"@context":${JSON.stringify(contextOf(vocabulary))},"@graph":[`;
  let before = '\n';
  for await (const triples of parts) {
    for (const node of jsonLdNodes(vocabulary, triples)) {
      yield `${before}${JSON.stringify(node)}`;
      before = ',\n';
    }
  }
  yield '\n]}\n';
}

/** Triples as one text. */
export async function rdfText(vocabulary: Vocabulary, format: RdfFormat, triples: readonly Triple[]): Promise<string> {
  let text = '';
  for await (const piece of rdfPieces(vocabulary, format, [triples])) text += piece;
  return text;
}
