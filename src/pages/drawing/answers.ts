/** A source as shown next to its facts. Its further properties depend on the ontology. */
export interface SourceCard {
  readonly slug: string;
  readonly name: string;
  readonly nameZh?: string | null;
  readonly [property: string]: unknown;
}

/** An entity as drawn or listed. Its further properties depend on the kind. */
export interface Card {
  readonly __typename: string;
  readonly slug: string;
  readonly name: string;
  readonly nameZh?: string | null;
  readonly [property: string]: unknown;
}

/** A property of a relation between two entities. */
export interface EdgeProperty {
  readonly name: string;
  readonly value: unknown;
}

/** A relation in its stored direction. */
export interface Hop {
  readonly relation: string;
  readonly from: { readonly slug: string };
  readonly to: { readonly slug: string };
  readonly properties: readonly EdgeProperty[];
  /** Absent, as are the sources, if the graph does not say where its facts come from. */
  readonly ownSources?: boolean;
  readonly sources?: readonly SourceCard[];
}

export interface Truncation {
  readonly reason: string;
  readonly leftOut: readonly { readonly relation: string; readonly count: number }[];
}

export interface NeighborhoodAnswer {
  readonly nodes: readonly Card[];
  readonly edges: readonly Hop[];
  readonly truncated: Truncation | null;
}

export interface PathAnswer {
  readonly length: number;
  readonly score: number;
  readonly nodes: readonly Card[];
  readonly hops: readonly (Hop & { readonly direction: 'FORWARD' | 'BACKWARD' })[];
}
