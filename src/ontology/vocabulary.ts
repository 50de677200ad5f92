import type { LabelsByLanguage } from './language/labels.ts';
import type { WordsByLanguage } from './language/words.ts';
import type { LinkedData } from './linked-data.ts';
import type { Provenance } from './provenance.ts';
import type { Qualification } from './qualification.ts';

/** Names of an ontology. Which there are is known only when a server starts, so to TypeScript they are any text. */
export type Kind = string;
export type RelationType = string;
export type EnumerationName = string;

/**
 * How a value is stored and compared. `milestones` is a list of dated steps, `identifiers` and `locations` are lists of what
 * their traits say; each of the three is stored as one JSON text.
 */
export type ValueType = ScalarType | ListedType;

export type ScalarType = 'text' | 'int' | 'float' | 'boolean' | 'date' | 'url' | 'enumeration';

/** Lists whose items have fields of their own. */
export type ListedType = 'milestones' | 'identifiers' | 'locations';

/**
 * How search takes a property: as a name of its entity, as another name, as a class that the entity belongs to, or as text
 * about it. What is related to an entity is found by its names and its classes, not by texts about it.
 */
export type SearchedAs = 'name' | 'otherName' | 'category' | 'text';

/** How far the names of the end of a relation reach in search: to its start, or also to all that the start is named by. */
export type SearchReach = 'related' | 'whole';

/** One property of a kind or of a relation. */
export interface Property {
  readonly type: ValueType;
  readonly description: string;
  /** Every record has it. Lists are never required: an absent list is an empty one. */
  readonly required: boolean;
  readonly list: boolean;
  /** Neo4j has an index on it, because pages are sorted or filtered by it. */
  readonly indexed: boolean;
  /** Language of its texts (BCP 47). @default not stated */
  readonly language?: string;
  readonly enumeration?: EnumerationName;
  /** Absent if search ignores it. */
  readonly searched?: SearchedAs;
  /**
   * Search finds entities by the years of this date, or by this year. The words, in any language, say what happened then:
   * a question that has one of them, such as `launched in 2019`, means this date and no other one.
   */
  readonly timeOf?: readonly string[];
  /** The date that this one is never before, as another property of the record. */
  readonly notBefore?: string;
  /**
   * The other property of the record that this one follows from where that is recorded: a whole number is the year of a date,
   * a date the earliest one of milestones.
   */
  readonly followsFrom?: string;
  /** The type of the milestones that it follows from. @default any */
  readonly followsFromType?: string;
  /** The value that marks a record as doubtful, which is a gap in the data. */
  readonly doubtful?: string;
  /** Sources disagree about records that have it, which is a gap in the data. */
  readonly disputed?: true;
  /** Most records rightly lack it, so that its absence is no gap in the data. */
  readonly occasional?: true;
  /** Which records have it in reality, so that its absence from all others is no gap in the data. @default all */
  readonly expectedWith?: Expectation;
  /** Where another property of the record says how precisely this number is stated. @default it is exact */
  readonly qualified?: Qualification;
  /** The fields of an item of `identifiers` and `locations`; entities are filtered by those that are indexed. */
  readonly items?: Properties;
}

export type Properties = Readonly<Record<string, Property>>;

/** Records that have one of these values of a property; any value, if none is named. */
export interface Expectation {
  readonly property: string;
  readonly values: readonly (string | boolean)[];
}

/** A closed set of values, with what each means. */
export interface Enumeration {
  readonly description: string;
  readonly values: Readonly<Record<string, string>>;
}

/** One kind of entity. */
export interface KindDefinition {
  readonly description: string;
  /** Root field for many, e.g. `labs`; also the name of its seed file in kebab case. */
  readonly plural: string;
  /** Root field for one, e.g. `lab`. */
  readonly singular: string;
  /** One entity in prose, with its article: `a country group`. */
  readonly one: string;
  /** Several entities in prose: `country groups`. */
  readonly many: string;
  /** Other words for the kind, in any language. Search understands them beside `singular`, `plural`, `one` and `many`. */
  readonly alsoCalled?: readonly string[];
  /** Search counts its results by the entities of this kind that they are related to. */
  readonly searchFacet?: true;
  /** The property whose value, in lower case, is the slug; absent if slugs are chosen freely. */
  readonly slugFrom?: string;
  readonly properties: Properties;
}

/** One relation, defined once between its ends. */
export interface RelationDefinition {
  /** `Entity` means any kind but that of sources; only the relation of provenance starts there. */
  readonly from: Kind | 'Entity';
  readonly to: Kind;
  /** Field of `from` that reads the relation. */
  readonly forward: string;
  /** Field of `to` that reads the relation; the same as `forward` where the relation is symmetric. */
  readonly backward: string;
  /** What one relation says, as a statement about both ends. */
  readonly description: string;
  /** What the field `forward` returns, and what its name might wrongly suggest. */
  readonly forwardDescription: string;
  /** The same of the field `backward`; absent if the relation is symmetric. */
  readonly backwardDescription?: string;
  /** `from` has at most one target. */
  readonly toOne?: true;
  /** In reality, every `from` has one: if the graph has none, it is a gap in the data. */
  readonly expected?: true;
  /** Stored once, read both ways. */
  readonly symmetric?: true;
  /** It leads from parts to wholes and so must not form a cycle. */
  readonly acyclic?: true;
  /** It is acyclic and orders its kind from narrower to broader: a filter can select everything `within` an entity. */
  readonly hierarchical?: true;
  /**
   * Traversals leave it out unless it is named: it connects everything and explains nothing.
   * @default true, but for the relation of provenance
   */
  readonly walked?: boolean;
  /**
   * Search finds `from` by the names of `to`: `related`. `whole` also finds by them all that is found by the names of `from`,
   * as laboratories of a country by the names of its groups.
   * @default not at all; a hierarchical relation is `whole`
   */
  readonly searched?: SearchReach;
  readonly properties?: Properties;
}

/** How entities are identified elsewhere: every kind then has the field `identifiers`. */
export interface Identification {
  /** The enumeration of the schemes. */
  readonly scheme: EnumerationName;
  /** How the identifiers of a scheme are written, and where they resolve. Of several of an entity, other subgraphs of a federation get that of the first scheme. */
  readonly schemes?: Readonly<Record<string, IdentifierScheme>>;
  /** The enumeration of how certain it is that an identifier is of its entity. @default not recorded */
  readonly certainty?: EnumerationName;
}

/** One scheme of identifiers. */
export interface IdentifierScheme {
  /** What an identifier looks like, such as `/^Q[1-9]\\d*$/`. @default any text without white space */
  readonly pattern?: RegExp;
  /** How its last characters are computed from the others. @default not at all */
  readonly checksum?: Checksum;
  /** Its address on the web, with `{value}` for the identifier. @default none */
  readonly address?: string;
  /** Other addresses that people copy, with `{value}` for the identifier. They are understood, not shown. @default none */
  readonly otherAddresses?: readonly string[];
  /** Whether capital letters are as good as small ones. @default false */
  readonly lowerCase?: true;
}

/** ISO 7064: `MOD_11_2` of ISNI and ORCID, `MOD_97_10` over the base 32 of ROR. */
export type Checksum = 'MOD_11_2' | 'MOD_97_10_BASE_32';

/** Where entities are: every kind then has the field `locations`, in WGS 84. */
export interface Positioning {
  /** The enumeration of how precise coordinates are. */
  readonly precision: EnumerationName;
  /** The enumeration of whose place it is, of entities that have several. @default not recorded */
  readonly side?: EnumerationName;
}

/** Published totals that are compared with the entities in the graph. */
export interface PublishedTotals {
  /** The kind of published figures, and their properties. */
  readonly figures: { readonly kind: Kind; readonly value: string; readonly qualifier: string };
  readonly totals: readonly PublishedTotal[];
}

export interface PublishedTotal {
  /** Slug of the published figure. */
  readonly figure: string;
  /** The kind of entities that it counts, and which of them, as a filter of the GraphQL API. */
  readonly kind: Kind;
  readonly filter: Readonly<Record<string, unknown>>;
  /** What the filter counts, in a sentence. */
  readonly counted: string;
}

/** Everything that is known of a graph before its data. */
export interface OntologyDefinition {
  readonly enumerations: Readonly<Record<EnumerationName, Enumeration>>;
  /** The properties that every kind has. One of them is `name`. */
  readonly sharedProperties: Properties;
  readonly kinds: Readonly<Record<Kind, KindDefinition>>;
  readonly relations: Readonly<Record<RelationType, RelationDefinition>>;
  /** `null` for a graph that does not say where its facts come from. */
  readonly provenance: Provenance | null;
  /** How entities are identified elsewhere. @default not at all */
  readonly identifiers?: Identification;
  /** Where entities are. @default not recorded */
  readonly locations?: Positioning;
  /** Terms of published vocabularies, and the description of the data set. @default terms of the graph's own */
  readonly linkedData?: LinkedData;
  /** The enumeration of the types of milestones. @default not recorded */
  readonly milestones?: { readonly type: EnumerationName };
  /** Language of its descriptions, and of names and texts in its script (BCP 47). @default English */
  readonly language?: string;
  /** What its parts are called on pages, by language. @default their names in words */
  readonly labels?: LabelsByLanguage;
  /** What people call its parts in questions, by language. @default their names and labels */
  readonly words?: WordsByLanguage;
  /** Published totals that the graph is compared with. @default none */
  readonly publishedTotals?: PublishedTotals;
  /** Sentences that are made from the facts of entities, by language (BCP 47) and kind; see `Template`. @default none */
  readonly summaries?: SummariesByLanguage;
}

/** By language, then by kind. */
export type SummariesByLanguage = Readonly<Record<string, Readonly<Record<Kind, string>>>>;

/** Whether a property is a list whose items have fields of their own. */
export const isListed = (property: Pick<Property, 'type'>): property is { readonly type: ListedType } =>
  property.type === 'milestones' || property.type === 'identifiers' || property.type === 'locations';

const value = <const Type extends ValueType>(type: Type, description: string) => ({
  type,
  description,
  required: false as const,
  list: false as const,
  indexed: false as const,
});

export const text = (description: string) => value('text', description);
export const int = (description: string) => value('int', description);
export const float = (description: string) => value('float', description);
export const boolean = (description: string) => value('boolean', description);
export const date = (description: string) => value('date', description);
export const url = (description: string) => value('url', description);
export const milestones = (description: string) => value('milestones', description);

export const enumeration = <const Name extends EnumerationName>(name: Name, description: string) => ({
  ...value('enumeration', description),
  enumeration: name,
});

/** A closed set of values, with what each means. */
export const closedSet = <const Values extends Record<string, string>>(description: string, values: Values) => ({
  description,
  values,
});

/** A list of such values; absent means empty. */
export const listOf = <P extends Property>(property: P) =>
  ({ ...property, list: true }) as Omit<P, 'list'> & { readonly list: true };

/** Every record has the property. */
export const required = <P extends Property>(property: P) =>
  ({ ...property, required: true }) as Omit<P, 'required'> & { readonly required: true };

/** Pages are sorted or filtered by the property, so Neo4j has an index on it. */
export const indexed = <P extends Property>(property: P) =>
  ({ ...property, indexed: true }) as Omit<P, 'indexed'> & { readonly indexed: true };

/** The texts of the property are in a language (BCP 47). Of names, it is that of the entity in this language. */
export const inLanguage = <P extends Property>(property: P, language: string) => ({ ...property, language });

/** Search finds entities by the property. */
export const searched = <P extends Property, const As extends SearchedAs>(property: P, as: As) => ({
  ...property,
  searched: as,
});

/** Search finds entities by the years of a date, or by a year, and by words for what happened then. */
export const timeOf = <P extends Property>(property: P, ...words: readonly string[]) => ({
  ...property,
  timeOf: words,
});

/** The date is never before another one of the record. */
export const notBefore = <P extends Property, const Name extends string>(property: P, other: Name) => ({
  ...property,
  notBefore: other,
});

/**
 * The value follows from another one of the record, where that is recorded: the year of a date, the earliest date of
 * milestones, or of those of a type.
 */
export const followsFrom = <P extends Property, const Name extends string>(
  property: P,
  other: Name,
  type?: string,
) => ({
  ...property,
  followsFrom: other,
  ...(type !== undefined && { followsFromType: type }),
});

/** Another property of the record says how precisely the number is stated. */
export const qualified = <P extends Property>(property: P, qualification: Qualification) => ({
  ...property,
  qualified: qualification,
});

/** A value of the property that marks a record as doubtful. */
export const doubtful = <P extends Property, const Value extends string>(property: P, value: Value) => ({
  ...property,
  doubtful: value,
});

/** Sources disagree about records that have the property. */
export const disputed = <P extends Property>(property: P) => ({ ...property, disputed: true as const });

/** In reality, only records with one of these values of another property have this one; with any value, if none is named. */
export const expectedWith = <P extends Property, const Name extends string>(
  property: P,
  other: Name,
  ...values: readonly (string | boolean)[]
) => ({ ...property, expectedWith: { property: other, values } });

/** Only some records have the property in reality. */
export const occasional = <P extends Property>(property: P) => ({ ...property, occasional: true as const });
