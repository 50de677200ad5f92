import type { RelationLabel } from '../../ontology/language/labels.ts';

/** What the page knows of a graph. The server makes it from the ontology and the option `explorer`. */
export interface Settings {
  /** Language of its texts, as a BCP 47 tag. */
  readonly language: string;
  /** Language of the graph, as a BCP 47 tag. */
  readonly graphLanguage: string;
  /** Short name of the graph. */
  readonly brand: string;
  readonly title: string;
  readonly introduction: string | null;
  /** What can be searched for, with articles. */
  readonly search: string;
  /** Whether entities have names in Chinese. */
  readonly hasChinese: boolean;
  readonly labels: LabelSettings;
  /** Enumerations of the parts of properties: `identifiers.scheme`. */
  readonly parts: Readonly<Record<string, string>>;
  /** The values of the enumerations by which lists are narrowed, and of those that are searched as classes. */
  readonly enumerations: Readonly<Record<string, readonly string[]>>;
  readonly spelling: Readonly<Record<string, string>>;
  readonly shorter: readonly { readonly find: string; readonly put: string }[];
  /** By type name. */
  readonly kinds: Readonly<Record<string, KindSettings>>;
  readonly provenance: ProvenanceSettings | null;
  readonly questions: readonly QuestionSettings[];
  readonly starters: Readonly<Record<string, string>>;
  readonly attributions: Readonly<Record<string, string>>;
  readonly about: readonly { readonly title?: string; readonly text: string }[];
  readonly hasNotice: boolean;
  readonly figures: FigureSettings | null;
  readonly map: MapSettings | null;
  readonly timeline: TimelineSettings | null;
  /** The enumeration of the types of milestones. */
  readonly milestoneType: string | null;
  /** Whether pages of others may show views in frames. */
  readonly isEmbeddable: boolean;
  /** What gaps are looked for, as fields of `gaps`. */
  readonly gaps: readonly string[];
  /** Queries by name. */
  readonly queries: Readonly<Record<string, string>>;
}

/** Labels in the language of the page: by name, or as `Kind.name` and `Enumeration.VALUE`. */
export interface LabelSettings {
  readonly relations: Readonly<Record<string, RelationLabel>>;
  readonly properties: Readonly<Record<string, string>>;
  readonly propertyDescriptions: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}

export interface KindSettings {
  /** Names for legends and lists. */
  readonly one: string;
  readonly many: string;
  /** Names for sentences. */
  readonly fullOne: string;
  readonly full: string;
  /** What the kind is, in a sentence. */
  readonly description: string;
  readonly dates: readonly DateSettings[];
  /** Whether filters by year apply. */
  readonly isDated: boolean;
  readonly highlight: HighlightSettings | null;
  /** The property with the confidence in a record. */
  readonly confidence: string | null;
  /** Properties that say how certain something is. */
  readonly degrees: readonly string[];
  /** The property with the text about an entity. */
  readonly text: string | null;
  /** Lists that have a section of their own, those first that say that sources disagree. */
  readonly sections: readonly { readonly property: string; readonly isDisputed: boolean }[];
  /** Properties with dated steps. */
  readonly histories: readonly string[];
  /** Fields written by hand that are computed from properties. */
  readonly computed: readonly ComputedSettings[];
  /** Relations by field, but for those to sources. */
  readonly fields: Readonly<Record<string, FieldSettings>>;
  readonly list: ListSettings;
  readonly groups: GroupSettings;
}

/** A computed field, described like a property. */
export interface ComputedSettings {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly list: boolean;
  readonly values: readonly string[];
}

/** How entities of a kind are grouped. */
export interface GroupSettings {
  readonly query: string;
  /** By what. Those that follow a relation come last. */
  readonly keys: readonly GroupKeySettings[];
}

/** A key of groups. */
export interface GroupKeySettings {
  /** Name in addresses, and as a facet of the list: a property, a relation, or `relation.property` of what it leads to. */
  readonly name: string;
  /** Value of the keys of the API, of the kind itself or of what the relation leads to. */
  readonly by: string;
  readonly title: string;
  /** Title of the relation that is followed first. */
  readonly through?: string;
  readonly type: FacetType;
  readonly enumeration?: string;
}

/** A relation as a field of a kind. */
export interface FieldSettings {
  /** Type name of what it leads to. */
  readonly target: string;
  readonly relation: string;
  /** The field that leads back. */
  readonly reverse: string;
  readonly isForward: boolean;
  /** Types of the properties of the relation; of one with fixed values, the enumeration. */
  readonly edge: Readonly<Record<string, string>>;
}

/** The list of a kind. */
export interface ListSettings {
  /** Root field, which is also its name in addresses. */
  readonly field: string;
  /** Root field of one entity. */
  readonly fieldOfOne: string;
  readonly query: string;
  readonly facets: readonly FacetSettings[];
  readonly columns: readonly ColumnSettings[];
  readonly counts: readonly CountColumnSettings[];
  /** The published totals of which the list has the recorded part. */
  readonly totals: readonly TotalSettings[];
  /** Types of the properties that a list is narrowed and sorted by; of one with fixed values, the enumeration. */
  readonly types: Readonly<Record<string, string>>;
}

export type FacetType = 'value' | 'boolean' | 'number' | 'date' | 'entity';

/** What a list is narrowed by. */
export interface FacetSettings {
  /** Name in addresses: a property, a relation, or a property of what a relation leads to. */
  readonly name: string;
  /** Value of the facets of the API; empty if each value is counted separately. */
  readonly by: string;
  readonly type: FacetType;
  readonly title: string;
  readonly enumeration?: string;
  /** Type name of related entities. */
  readonly target?: string;
  /** The values, if each is counted separately. */
  readonly values?: readonly string[];
}

export interface ColumnSettings {
  readonly name: string;
  /** Its field in the answer. */
  readonly key: string;
  readonly type: FacetType | 'float' | 'text';
  readonly title: string;
  readonly enumeration?: string;
}

/** A column with a number of related entities. */
export interface CountColumnSettings {
  readonly name: string;
  readonly field: string;
  readonly title: string;
  /** Which of the related entities are counted, as facets of their list. Empty: all. */
  readonly where: Readonly<Record<string, readonly string[]>>;
}

/** A published total, and the list of what it counts. */
export interface TotalSettings {
  /** What it counts, in the words of the API. */
  readonly counted: string;
  /** Values by facet that narrow the list to it. */
  readonly where: Readonly<Record<string, readonly string[]>>;
}

export interface DateSettings {
  readonly property: string;
  readonly words: string;
  readonly counted: string;
  readonly basis: string | null;
}

export interface HighlightSettings {
  readonly property: string;
  readonly value: string;
  readonly word: string;
  readonly others: string;
  /** All values of the property, in order. */
  readonly values: readonly string[];
}

export interface ProvenanceSettings {
  /** Type name of sources. */
  readonly kind: string;
  readonly relation: string;
  /** Field with the sources of an entity. */
  readonly cites: string;
  /** Field with the entities that cite a source. */
  readonly citedBy: string;
  /** Properties of a citation, and whether their values are enumerated. */
  readonly properties: readonly { readonly name: string; readonly isEnumerated: boolean }[];
  readonly publisher: string | null;
  readonly date: string | null;
  readonly url: string | null;
  readonly unlinked: string | null;
  readonly reliability: { readonly property: string; readonly weak: string; readonly hasDegrees: boolean } | null;
}

export interface QuestionSettings {
  readonly title: string;
  readonly name?: string;
  readonly paths?: readonly [from: string, to: string];
  readonly open?: string;
  readonly page?: 'map' | 'timeline';
}

export interface FigureSettings {
  readonly value: string;
  readonly qualifier: string;
  readonly date: string;
  readonly unit: string;
  readonly series: string;
  readonly label: string | null;
  readonly target: { readonly property: string; readonly value: string } | null;
  /** Root field with the figures. */
  readonly field: string;
  /** What the official totals count, in the language of the page, by the words of the API. */
  readonly counted: Readonly<Record<string, string>>;
}

export interface CountSettings {
  readonly name: string;
  readonly title: string;
  readonly column: string;
  readonly one: string;
  readonly said: string;
  readonly isChoice: boolean;
  /** The query of what is counted with its years, and the field of its answer; `null` if no years are known. */
  readonly years: { readonly query: string; readonly field: string } | null;
}

export interface MapSettings {
  /** Type name of countries. */
  readonly kind: string;
  /** Root fields of many and of one. */
  readonly field: string;
  readonly fieldOfOne: string;
  readonly code: string;
  readonly counts: readonly CountSettings[];
  readonly columns: Readonly<Record<string, string>>;
  /** The alias of each list in the answer, with its title and what it lists. */
  readonly lists: readonly { readonly name: string; readonly title: string; readonly one: string }[];
  readonly line: readonly { readonly property: string; readonly before: string; readonly isDate: boolean }[];
  readonly by: string;
  readonly remark: string;
  /** Kinds that may be drawn at their places, with the query of each. */
  readonly places: readonly { readonly kind: string; readonly query: string }[];
}

export interface TimelineSettings {
  readonly bars: readonly { readonly kind: string; readonly field: string; readonly query: string }[];
  readonly dots: DotSettings | null;
}

export interface DotSettings {
  readonly kind: string;
  readonly field: string;
  readonly date: string;
  readonly status: { readonly property: string; readonly open: readonly string[] } | null;
  readonly columns: readonly { readonly title: string; readonly fields: readonly string[] }[];
}
