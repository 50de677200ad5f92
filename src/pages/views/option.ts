import type { Language } from '../../ontology/language/labels.ts';
import type { Kind } from '../../ontology/vocabulary.ts';

/** Entities of a kind that stand out, because a property has one value. */
export interface Highlighted {
  readonly property: string;
  readonly value: string;
  /** What such an entity is called: `designated`. */
  readonly word: string;
  /** What all others are called: `context`. */
  readonly others: string;
}

/** A property with the date or the year of an entity. */
export interface DatedBy {
  readonly property: string;
  /** What the date is: `recognised`. @default the name of the property in words */
  readonly words?: string;
  /** The same in a count of entities: `12 by year of recognition`. @default `by`, and the words */
  readonly counted?: string;
  /** An enumerated property that says more about the date. */
  readonly basis?: string;
  /** Filters by year leave the kind alone, because the date is not of the entity as a whole. */
  readonly filtered?: false;
}

/** A number of entities that a relation leads to. Filters are written as in the GraphQL API. */
export interface MapCount {
  /** A field of the kind of countries that is a list. */
  readonly field: string;
  readonly filter?: string;
  /** Its name in addresses and exports. @default the field */
  readonly name?: string;
  /** @default several entities of the far kind */
  readonly title?: string;
  /** Title of its column in the table. @default the title */
  readonly column?: string;
  /** One of those that are counted. @default one entity of the far kind */
  readonly one?: string;
  /** What is said after the number of countries. @default that they have at least one */
  readonly said?: string;
  /** Whether it is a column of the table alone, not one of the choices of the map. */
  readonly tableOnly?: true;
}

/** What stands before a property in a line about an entity. */
export interface LinePart {
  readonly property: string;
  readonly before: string;
}

export interface ExplorerMap {
  /** The kind of countries. */
  readonly kind: Kind;
  /** Its property with the ISO 3166-1 numeric code, with leading zeros. */
  readonly code: string;
  /** In the order of the choices. */
  readonly counts: readonly MapCount[];
  /** Further columns of the table: properties of the countries, each with its title. */
  readonly columns?: Readonly<Record<string, string>>;
  /** The lists beside the map. @default one for each count */
  readonly lists?: readonly { readonly title: string; readonly field: string; readonly filter?: string }[];
  /** A line about the selected country. @default none */
  readonly line?: readonly LinePart[];
  /** What the map counts by. @default one entity of the kind */
  readonly by?: string;
  /** A remark below the map. */
  readonly remark?: string;
}

/** A column of a table: one or more properties of an entity, or to-one relations, of which the name is shown. */
export interface Column {
  readonly title: string;
  readonly fields: readonly string[];
}

export interface ExplorerTimeline {
  /** Kinds that are counted by year. @default all that have dates */
  readonly bars?: readonly Kind[];
  /** A kind of which every entity is drawn at its date. */
  readonly dots?: {
    readonly kind: Kind;
    readonly date: string;
    /** An enumerated property, and the values of those that have not happened. */
    readonly status?: { readonly property: string; readonly open: readonly string[] };
    readonly columns?: readonly Column[];
  };
}

/** Which properties of the published figures of the ontology hold what is shown beside their values. */
export interface ExplorerFigures {
  readonly date: string;
  readonly unit: string;
  readonly series: string;
  readonly label?: string;
  /** An enumerated property, and the value of figures that are targets. */
  readonly target?: { readonly property: string; readonly value: string };
}

/** A view that the start page offers. */
export type ExplorerQuestion = { readonly title: string } & (
  | {
      /** Its name in addresses. */
      readonly name: string;
      /** A query that can be drawn: it spreads `Card`, and does not rename relations. It may spread `SourceCard`. */
      readonly query: string;
    }
  /** Paths between two entities. */
  | { readonly paths: readonly [from: string, to: string] }
  /** An entity and its neighbours. */
  | { readonly open: string }
  | { readonly page: 'map' | 'timeline' }
);

/** A text in which `**` encloses what is strong, `*` what is emphasised, and a backtick what is code. */
export type MarkedText = string;

/** The list of a kind. */
export interface ExplorerList {
  /** Enumerated properties of related entities by which the list is narrowed: `partnerCountries.region`. */
  readonly through?: readonly string[];
  /** Columns that count some of the entities that a relation leads to; the list is ranked by them. */
  readonly counts?: readonly {
    readonly name: string;
    readonly title: string;
    readonly field: string;
    /** Values by property of the entities that are counted. */
    readonly where: Readonly<Record<string, readonly string[]>>;
  }[];
}

/** What the explorer shows of a graph that its ontology cannot say. */
export interface ExplorerOption {
  /** File of the notices that the data requires. @default none */
  readonly notice?: string | URL;
  /** Short name of the graph, in the header, and in titles of pages. @default Silkgraph */
  readonly brand?: string;
  /** Heading of the start page. @default the names of the kinds */
  readonly title?: string;
  /** A paragraph below the heading, in which `{name}` stands for one of the counts. */
  readonly introduction?: {
    readonly text: MarkedText;
    readonly counts?: Readonly<Record<string, { readonly kind: Kind; readonly filter?: string }>>;
  };
  /** What can be searched for: `a laboratory or country`. @default the first kinds */
  readonly search?: string;
  readonly questions?: readonly ExplorerQuestion[];
  /** Entities that an empty graph offers, by slug, each with its title. */
  readonly starters?: Readonly<Record<string, string>>;
  readonly highlighted?: Readonly<Record<Kind, Highlighted>>;
  /** The dates of a kind, in order of preference. Without any there is no timeline. */
  readonly dates?: Readonly<Record<Kind, readonly (string | DatedBy)[]>>;
  readonly timeline?: ExplorerTimeline;
  readonly figures?: ExplorerFigures;
  /** @default there is no map */
  readonly map?: ExplorerMap;
  /** Names of kinds that are shorter than those of the ontology. */
  readonly names?: Readonly<Record<Kind, { readonly one: string; readonly many: string }>>;
  /** The property with the text about an entity. @default `description` */
  readonly texts?: Readonly<Record<Kind, string>>;
  /** How words of names are spelled, by the word in lower case: `{ bri: 'BRI' }`. */
  readonly spelling?: Readonly<Record<string, string>>;
  /** What names on a crowded graph are shortened by: regular expressions, and what takes the place of a match. */
  readonly shorter?: readonly { readonly find: string; readonly put: string }[];
  /** Attributions that are shown beside entities of a kind. */
  readonly attributions?: Readonly<Record<Kind, string>>;
  /** What the lists of a kind have beside what follows from the ontology. */
  readonly lists?: Readonly<Record<Kind, ExplorerList>>;
  /** Its texts in further languages, by the English text. @default English */
  readonly translations?: Readonly<Partial<Record<Language, Readonly<Record<string, string>>>>>;
  /** The page about the data. @default there is none without a notice */
  readonly about?: readonly { readonly title?: string; readonly text: MarkedText }[];
}
