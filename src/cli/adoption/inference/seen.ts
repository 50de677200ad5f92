/** The type of values as they were found; `other` is for those that Silkgraph does not store. */
export type SeenType = 'text' | 'int' | 'float' | 'boolean' | 'date' | 'url' | 'other';

/** What was found in one property of a label, a relationship type or a CSV file. */
export interface SeenProperty {
  readonly name: string;
  /** Number of records with a value; empty texts and lists are none. */
  readonly holders: number;
  /** Number of records with an empty text or list. */
  readonly empty: number;
  /** Number of records with a list. */
  readonly lists: number;
  /** Number of records by the type of their value, or of the items of their list. */
  readonly types: Readonly<Partial<Record<SeenType, number>>>;
  /** What `other` stands for, such as `DATE` and `POINT`. */
  readonly otherTypes: readonly string[];
  /** Whether all values could be those of an enumeration, and how many there are. */
  readonly constants: number;
  /** The database has an index on it. */
  readonly indexed: boolean;
}

/** What was found under one label, or in one file. */
export interface SeenKind {
  readonly name: string;
  /** Number of all records, and of those whose values were looked at. */
  readonly count: number;
  readonly lookedAt: number;
  readonly properties: readonly SeenProperty[];
  /** Field of the API for many, if the name of the file decides it. */
  readonly plural?: string;
  /** Remarks for the reader of the ontology. */
  readonly remarks?: readonly string[];
}

/** The ends of relations of one type, as kinds; `undefined` for an end without a kind. */
export interface SeenPair {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly count: number;
  /** Whether no start has two targets. */
  readonly toOne: boolean;
}

/** What was found of one relationship type. */
export interface SeenRelation {
  readonly type: string;
  readonly count: number;
  readonly lookedAt: number;
  readonly pairs: readonly SeenPair[];
  readonly properties: readonly SeenProperty[];
  /** Field of the start that reads it. @default from the type */
  readonly forward?: string;
  readonly remarks?: readonly string[];
}

/** What is there, before there is an ontology. */
export interface SeenGraph {
  /** First lines of the file: where this was found, and what to do next. */
  readonly about: readonly string[];
  readonly kinds: readonly SeenKind[];
  readonly relations: readonly SeenRelation[];
  /** What is left out already, each with the reason. */
  readonly leftOut: readonly string[];
  /** Whether any value can serve as a name, because all are texts in the files. */
  readonly areTexts: boolean;
  /** How a property that serves as the name becomes `name`; without one, how one is chosen. */
  readonly naming: (kind: string, property?: string) => string;
}
