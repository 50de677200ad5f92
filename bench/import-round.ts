/** How long one of them took, in milliseconds, and how many records are in the graph by then. */
export interface Loading {
  readonly milliseconds: number;
  /** The time for which Neo4j was waited for. */
  readonly inStatements: number;
  /** CPU time of this process and of Neo4j together: what else the machine does distorts it least. */
  readonly cpu: number;
  readonly records: number;
}

/** One round: the same files into two databases, each made for it. */
export interface Round {
  readonly bare: Loading;
  readonly silkgraph: Loading;
  readonly load: number;
}
