import { getOrInsert } from '../../ontology/get-or-insert.ts';
import type { Kind, Property } from '../../ontology/vocabulary.ts';
import type { RdfObject, Triple } from './triples.ts';
import { plainProperties, type Vocabulary } from './vocabulary.ts';

const SHACL = 'http://www.w3.org/ns/shacl#';

const datatypes: Readonly<Partial<Record<Property['type'], string>>> = {
  int: 'xsd:integer',
  float: 'xsd:decimal',
  boolean: 'xsd:boolean',
};

/** Collects triples; nodes inside of shapes have names too, so that the same ontology always makes the same shapes. */
class Shapes {
  readonly triples: Triple[] = [];
  readonly #vocabulary: Vocabulary;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  add(subject: string, predicate: string, object: RdfObject): void {
    this.triples.push({ subject, predicate, object });
  }

  number(subject: string, name: string, value: number): void {
    this.add(subject, SHACL + name, { value: String(value), datatype: this.#vocabulary.full('xsd:integer') });
  }

  link(subject: string, name: string, iri: string): void {
    this.add(subject, SHACL + name, { iri });
  }

  /** An RDF list under a predicate. */
  list(subject: string, name: string, items: readonly RdfObject[]): void {
    const { full } = this.#vocabulary;
    const node = (index: number) => `${subject}-${name}-${index}`;
    this.link(subject, name, node(0));
    items.forEach((item, index) => {
      this.add(node(index), full('rdf:first'), item);
      const rest = index + 1 < items.length ? node(index + 1) : full('rdf:nil');
      this.add(node(index), full('rdf:rest'), { iri: rest });
    });
  }
}

/** The shapes that the RDF of a graph has (SHACL, https://www.w3.org/TR/shacl/), from its ontology. */
export function shapesOf(vocabulary: Vocabulary): readonly Triple[] {
  const { ontology, full, own } = vocabulary;
  const shapes = new Shapes(vocabulary);
  for (const kind of ontology.kindNames) {
    const shape = own(`${kind}Shape`);
    shapes.add(shape, full('rdf:type'), { iri: `${SHACL}NodeShape` });
    shapes.link(shape, 'targetClass', own(kind));
    for (const [path, properties] of byPath(vocabulary, kind)) addProperty(shapes, vocabulary, shape, path, properties);
    for (const { relation, reading, target, toOne } of ontology.relationFieldsOf(kind).values()) {
      if (reading === 'BACKWARD' || target === 'Entity') continue;
      const node = `${shape}.${relation}`;
      // Several relations may have one predicate, whose objects are then of several kinds.
      const targets = ontology.relationTypes
        .filter((type) => vocabulary.relation(type) === vocabulary.relation(relation))
        .filter((type) => ontology.kindsAt(type, 'from').includes(kind))
        .flatMap((type) => ontology.kindsAt(type, 'to'));
      shapes.link(shape, 'property', node);
      shapes.link(node, 'path', vocabulary.relation(relation));
      shapes.link(node, 'nodeKind', `${SHACL}IRI`);
      if (new Set(targets).size === 1) shapes.link(node, 'class', own(target));
      if (toOne && targets.length === 1) shapes.number(node, 'maxCount', 1);
    }
  }
  return shapes.triples;
}

type NamedProperty = readonly [name: string, property: Property, hasLanguage: boolean];

/** The properties of a kind by predicate, of which several may share one. */
function byPath(vocabulary: Vocabulary, kind: Kind): ReadonlyMap<string, readonly NamedProperty[]> {
  const paths = new Map<string, NamedProperty[]>();
  for (const [name, property] of plainProperties(vocabulary.ontology, kind)) {
    const { terms, language } = vocabulary.predicatesOf(kind, name);
    for (const term of terms) getOrInsert(paths, term, () => []).push([name, property, language !== undefined]);
  }
  return paths;
}

/** A name for a predicate that no other has: `rdfs-label`. */
function shortName({ prefixes }: Vocabulary, path: string): string {
  const [prefix = '', start = ''] = Object.entries(prefixes).find(([, known]) => path.startsWith(known)) ?? [];
  return `${prefix}-${path.slice(start.length)}`;
}

function addProperty(
  shapes: Shapes,
  vocabulary: Vocabulary,
  shape: string,
  path: string,
  properties: readonly NamedProperty[],
): void {
  const { full, own, ontology } = vocabulary;
  const [[name, property, hasLanguage] = []] = properties;
  if (name === undefined || property === undefined) return;
  const node = `${shape}.${shortName(vocabulary, path)}`;
  shapes.link(shape, 'property', node);
  shapes.link(node, 'path', path);
  if (properties.some(([, { required }]) => required)) shapes.number(node, 'minCount', 1);
  if (properties.every(([, { list }]) => !list)) shapes.number(node, 'maxCount', properties.length);
  if (properties.length > 1) return;
  const { type, enumeration } = property;
  const datatype = datatypes[type];
  if (datatype !== undefined) shapes.link(node, 'datatype', full(datatype));
  else if (type === 'text') shapes.link(node, 'datatype', hasLanguage ? full('rdf:langString') : full('xsd:string'));
  else if (type === 'url') shapes.link(node, 'nodeKind', `${SHACL}IRI`);
  else if (enumeration !== undefined) {
    const values = Object.keys(ontology.enumeration(enumeration).values);
    shapes.list(
      node,
      'in',
      values.map((value) => ({ iri: own(`${enumeration}.${value}`) })),
    );
  } else {
    const precisions = ['xsd:gYear', 'xsd:gYearMonth', 'xsd:date'].map((precision) => {
      const one = `${node}-${precision.slice(4)}`;
      shapes.link(one, 'datatype', full(precision));
      return { iri: one };
    });
    shapes.list(node, 'or', precisions);
  }
}
