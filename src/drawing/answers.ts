/** A source as shown next to its facts. */
export interface SourceCard {
  readonly slug: string;
  readonly name: string;
  readonly nameZh: string | null;
  readonly publisher: string | null;
  readonly date: string | null;
  readonly url: string | null;
  readonly reliability: string;
  readonly mirror: boolean | null;
  readonly type: string;
}

/** An entity as drawn or listed. Further properties depend on the kind. */
export interface Card {
  readonly __typename: string;
  readonly slug: string;
  readonly name: string;
  readonly nameZh: string | null;
  readonly designation?: string;
  readonly inScope?: boolean;
  readonly confidence?: string;
  readonly reliability?: string;
  readonly yearRecognised?: number | null;
  readonly firstMilestoneDate?: string | null;
  readonly foundedYear?: number | null;
  readonly briMouYear?: number | null;
  readonly launchedYear?: number | null;
  readonly establishedYear?: number | null;
  readonly startDate?: string;
  readonly year?: number | null;
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
  readonly ownSources: boolean;
  readonly sources: readonly SourceCard[];
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
