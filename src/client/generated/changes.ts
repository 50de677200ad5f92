/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** What was done to the graph. */
export type ChangeAction =
  /** It was not there before. */
  | 'CREATED'
  /** It is there no longer. */
  | 'DELETED'
  /** Many records came in at once. */
  | 'IMPORTED'
  /** It was there, and says something else since. */
  | 'UPDATED';

/** The kinds of entity that the graph holds. */
export type EntityKind =
  /** A research area, in an editorial vocabulary ordered from broader to narrower (SKOS). */
  | 'AREA'
  /** A country or territory. Its slug is its ISO 3166-1 alpha-2 code in lower case. */
  | 'COUNTRY'
  /** A group of countries, such as ASEAN or the African Union. */
  | 'COUNTRY_GROUP'
  /** A conference, meeting, signing, launch or other event. */
  | 'EVENT'
  /** A published figure: one value of a series at one date. Nearly all are official claims of one source. */
  | 'INDICATOR'
  /** A university, institute, company, authority or other organisation. */
  | 'INSTITUTION'
  /** A joint laboratory. Only those designated BELT_AND_ROAD_JOINT_LABORATORY carry the title; others are context. */
  | 'LAB'
  /** A science, technology, industrial or cooperation park. */
  | 'PARK'
  /** A technology-transfer platform: a centre, alliance or branch. */
  | 'PLATFORM'
  /** A plan, initiative, action or other program of cooperation. */
  | 'PROGRAM'
  /** Where a fact comes from. Its title is its name. */
  | 'SOURCE';

/** The relations that the graph holds. Each is stored once, in one direction, and read from both ends. */
export type RelationType =
  /** The program was launched, signed or opened at the event. */
  | 'ANNOUNCED'
  /** The institution has its seat in the country. */
  | 'BASED_IN'
  /** The platform is a branch of another. */
  | 'BRANCH_OF'
  /** The second area is broader than the first (SKOS). */
  | 'BROADER'
  /** The park is built together with the country. */
  | 'BUILT_WITH'
  /** The entity rests on the source. */
  | 'CITES'
  /** The event dealt with the program. */
  | 'CONCERNS'
  /** The event opened or named the laboratory. */
  | 'CONCERNS_LAB'
  /** The event launched or dealt with the platform. */
  | 'CONCERNS_PLATFORM'
  /** The platforms have an agreement or work together. */
  | 'COOPERATES_WITH'
  /** The program covers the area. */
  | 'COVERS'
  /** The event is held in the country. */
  | 'HELD_IN'
  /** The institution hosts, leads or takes part in the laboratory. */
  | 'HOSTED_BY'
  /** The group of countries takes part in the program. */
  | 'INVOLVES_GROUP'
  /** The institution leads or announced the program. */
  | 'LED_BY'
  /** The park lies in the country. */
  | 'LOCATED_IN'
  /** The institution operates the park or holds shares in it. */
  | 'MANAGED_BY'
  /** The figure measures the program. */
  | 'MEASURES'
  /** The figure is about the area. */
  | 'MEASURES_AREA'
  /** The figure is about the country. */
  | 'MEASURES_COUNTRY'
  /** The figure measures the event. */
  | 'MEASURES_EVENT'
  /** The figure is about the group of countries. */
  | 'MEASURES_GROUP'
  /** The figure measures the park. */
  | 'MEASURES_PARK'
  /** The figure measures the platform. */
  | 'MEASURES_PLATFORM'
  /** The country is a member of the group. */
  | 'MEMBER_OF'
  /** The institution operates or founded the platform. */
  | 'OPERATED_BY'
  /** The institution organises the event. */
  | 'ORGANISED_BY'
  /** The country takes part in the program. */
  | 'PARTICIPATES_IN'
  /** The laboratory is run together with partners of the country. */
  | 'PARTNERS_WITH'
  /** The laboratory is named after a region and partners with its group of countries. */
  | 'PARTNERS_WITH_GROUP'
  /** The program is part of another. */
  | 'PART_OF'
  /** The two laboratories may be one; not merged. */
  | 'POSSIBLY_SAME_AS'
  /** The two platforms may be one; not merged. */
  | 'POSSIBLY_SAME_PLATFORM_AS'
  /** The programs are akin. */
  | 'RELATED_TO'
  /** The laboratory works in the area. */
  | 'RESEARCHES'
  /** The platform has its seat in the country. */
  | 'SEATED_IN'
  /** Sources connect the country with the platform; not a list of members. */
  | 'SERVES'
  /** The platform serves the group of countries. */
  | 'SERVES_GROUP'
  /** The park is home to industries of the area. */
  | 'SPECIALISES_IN'
  /** The figure was given at the event. */
  | 'STATED_AT'
  /** The program supports the laboratory. */
  | 'SUPPORTS_LAB'
  /** The program supports the park. */
  | 'SUPPORTS_PARK'
  /** The program supports the platform. */
  | 'SUPPORTS_PLATFORM'
  /** The institution is a unit of a larger one. */
  | 'UNIT_OF'
  /** The event is held with the group of countries. */
  | 'WITH_GROUP';

export type ChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  kinds?: ReadonlyArray<EntityKind> | EntityKind | null | undefined;
  ids?: ReadonlyArray<string | number> | string | number | null | undefined;
}>;


export type ChangesSubscription = { readonly changes:
    | { readonly __typename: 'EntityChange', readonly sequence: number, readonly cursor: string, readonly transaction: string, readonly at: string, readonly author: string, readonly authorId: string | null, readonly reason: string | null, readonly action: ChangeAction, readonly kind: EntityKind, readonly slug: string, readonly entityId: string, readonly revision: number, readonly before: unknown, readonly after: unknown }
    | { readonly __typename: 'ImportChange', readonly sequence: number, readonly cursor: string, readonly transaction: string, readonly at: string, readonly author: string, readonly authorId: string | null, readonly reason: string | null, readonly action: ChangeAction, readonly files: ReadonlyArray<string>, readonly created: number, readonly updated: number, readonly removed: number }
    | { readonly __typename: 'Lagged', readonly cursor: string, readonly behind: number }
    | { readonly __typename: 'RelationChange', readonly sequence: number, readonly cursor: string, readonly transaction: string, readonly at: string, readonly author: string, readonly authorId: string | null, readonly reason: string | null, readonly action: ChangeAction, readonly relation: RelationType, readonly before: unknown, readonly after: unknown, readonly from: { readonly kind: EntityKind, readonly slug: string, readonly entityId: string }, readonly to: { readonly kind: EntityKind, readonly slug: string, readonly entityId: string } }
   | null };

export type ChangesEndQueryVariables = Exact<{ [key: string]: never; }>;


export type ChangesEndQuery = { readonly changes: { readonly lastCursor: string } | null };
