/** How a graph says where its facts come from: an entity cites sources, a relation lists their slugs. */
export interface Provenance {
  /** The relation from any entity to the sources that it cites. */
  readonly relation: string;
  /** The kind of sources. */
  readonly kind: string;
  /** Property of a relation in Neo4j with the slugs of its own sources. */
  readonly property: string;
  /** How far a source can be trusted, and the value of those that prove little: facts with only such sources are a gap. */
  readonly reliability?: { readonly property: string; readonly weak: string };
  /** How sources are cited. @default by name alone */
  readonly citation?: CitationProperties;
  /** Which facts of an entity each of its sources supports. @default each source supports the whole record */
  readonly facts?: SupportedFacts;
}

/** What the relation to a source says of the facts that it supports. */
export interface SupportedFacts {
  /** The property of the relation that says so, an enumeration. */
  readonly property: string;
  /** Properties of the entity by value; a source with none of these values supports the whole record. */
  readonly supported: Readonly<Record<string, readonly string[]>>;
}

/** Which properties of a source hold what a citation says beside its name. */
export interface CitationProperties {
  readonly publisher?: string;
  readonly date?: string;
  readonly url?: string;
  /** A boolean that is true of sources whose address must not be linked. */
  readonly unlinked?: string;
  readonly language?: string;
  /** The kind of source, as an enumeration. */
  readonly type?: string;
  /** CSL types by value of `type`; all others are web pages (https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types). */
  readonly cslTypes?: Readonly<Record<string, string>>;
}
