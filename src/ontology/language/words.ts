/**
 * What people call the parts of an ontology in one language, beside their names and labels. `ask` and `search` understand
 * these words in questions.
 */
export interface Words {
  /** Everyday words for kinds. */
  readonly kinds?: WordLists;
  /**
   * Words for relations by type: verbs, and what stands at an end. Words that lead to one end alone stand under
   * `TYPE.forward` or `TYPE.backward`.
   */
  readonly relations?: WordLists;
  /** Words for properties by name or, of one kind alone, as `Kind.name`. Those of a property that is true or false say that it is true. */
  readonly properties?: WordLists;
  /** Words for values of enumerations by value or, of one enumeration alone, as `Enumeration.VALUE`. */
  readonly values?: WordLists;
  /** Words for values of properties that are texts: by `Kind.name`, then by value. Several values may share a word. */
  readonly texts?: Readonly<Record<string, WordLists>>;
}

export type WordLists = Readonly<Record<string, readonly string[]>>;

/** Words by language (BCP 47). */
export type WordsByLanguage = Readonly<Record<string, Words>>;
