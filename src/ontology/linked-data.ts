/** What the parts of a graph are called in published vocabularies, as prefixed names such as `schema:Person`. */
export interface LinkedData {
  /** Prefixes beside those that every graph has: rdf, rdfs, xsd, owl, skos, prov, schema, dcterms, dcat, void, geo. */
  readonly prefixes?: Readonly<Record<string, string>>;
  /** Classes that the entities of a kind have beside the class of the kind itself. */
  readonly kinds?: Readonly<Record<string, readonly string[]>>;
  /** Terms of properties, by name or, of one kind alone, as `Kind.name`. @default a term of the graph's own */
  readonly properties?: Readonly<Record<string, PropertyTerms>>;
  /** Terms of relations, by type; they lead from the start entity to the end. @default a term of the graph's own */
  readonly relations?: Readonly<Record<string, string>>;
  /** How the data set is described to catalogues. */
  readonly dataset?: DatasetDescription;
}

export interface PropertyTerms {
  readonly terms: readonly string[];
  /** Language of its texts (BCP 47). @default not stated */
  readonly language?: string;
}

export interface DatasetDescription {
  readonly title: string;
  readonly description: string;
  /** Address of its licence or of its notices. */
  readonly licence?: string;
  readonly publisher?: string;
}

/** Prefixes that every graph has. */
export const usualPrefixes = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  owl: 'http://www.w3.org/2002/07/owl#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  prov: 'http://www.w3.org/ns/prov#',
  schema: 'https://schema.org/',
  dcterms: 'http://purl.org/dc/terms/',
  dcat: 'http://www.w3.org/ns/dcat#',
  void: 'http://rdfs.org/ns/void#',
  geo: 'http://www.w3.org/2003/01/geo/wgs84_pos#',
} as const;
