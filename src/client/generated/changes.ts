/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Action recorded in the change log. */
export type ChangeAction =
  /** The record was created. */
  | 'CREATED'
  /** The record was deleted. */
  | 'DELETED'
  /** An import wrote many records at once. */
  | 'IMPORTED'
  /** An existing record was changed. */
  | 'UPDATED';

/** Kinds of entity in the graph. */
export type EntityKind =
  /** A research area, in an editorial vocabulary ordered from broader to narrower (SKOS). */
  | 'AREA'
  /** A country or territory. Its slug is its ISO 3166-1 alpha-2 code in lower case. */
  | 'COUNTRY'
  /** A group of countries, such as ASEAN or the African Union. */
  | 'COUNTRY_GROUP'
  /** A conference, meeting, signing, launch or other event. */
  | 'EVENT'
  /** A published figure: one value of a series at one date. Nearly all are official claims from a single source. */
  | 'INDICATOR'
  /** A university, institute, company, authority or other organisation. */
  | 'INSTITUTION'
  /** A joint laboratory. Only those with the designation BELT_AND_ROAD_JOINT_LABORATORY are officially designated Belt and Road Joint Laboratories. */
  | 'LAB'
  /** A science, technology, industrial or cooperation park. */
  | 'PARK'
  /** A technology-transfer platform: a centre, alliance or branch. */
  | 'PLATFORM'
  /** A plan, initiative, action or other cooperation programme. */
  | 'PROGRAM'
  /** A source of facts: an article, page, dataset or repository. Its `name` is the title. */
  | 'SOURCE';

/** Types of relation in the graph. A relation is stored once, in one direction, and can be read from both ends. */
export type RelationType =
  /** The programme was launched, signed or opened at the event. */
  | 'ANNOUNCED'
  /** The institution has its headquarters in the country. */
  | 'BASED_IN'
  /** The platform is a branch of another platform. */
  | 'BRANCH_OF'
  /** The second area is broader than the first (SKOS). */
  | 'BROADER'
  /** The park is built jointly with the country. */
  | 'BUILT_WITH'
  /** The entity cites the source. */
  | 'CITES'
  /** The event discussed the programme. */
  | 'CONCERNS'
  /** The laboratory was opened or mentioned at the event. */
  | 'CONCERNS_LAB'
  /** The event launched or discussed the platform. */
  | 'CONCERNS_PLATFORM'
  /** The platforms have an agreement or work together. */
  | 'COOPERATES_WITH'
  /** The programme covers the research area. */
  | 'COVERS'
  /** The event takes place in the country. */
  | 'HELD_IN'
  /** The institution hosts, leads or participates in the laboratory. */
  | 'HOSTED_BY'
  /** The country group participates in the programme as a whole. */
  | 'INVOLVES_GROUP'
  /** The institution leads or announced the programme. */
  | 'LED_BY'
  /** The park is located in the country. */
  | 'LOCATED_IN'
  /** The institution operates the park or holds shares in it. */
  | 'MANAGED_BY'
  /** The figure measures the programme. */
  | 'MEASURES'
  /** The figure is about the research area. */
  | 'MEASURES_AREA'
  /** The figure is about the country. */
  | 'MEASURES_COUNTRY'
  /** The figure measures the event. */
  | 'MEASURES_EVENT'
  /** The figure is about the country group. */
  | 'MEASURES_GROUP'
  /** The figure measures the park. */
  | 'MEASURES_PARK'
  /** The figure measures the platform. */
  | 'MEASURES_PLATFORM'
  /** The country is a member of the country group. */
  | 'MEMBER_OF'
  /** The institution operates or founded the platform. */
  | 'OPERATED_BY'
  /** The institution organises the event. */
  | 'ORGANISED_BY'
  /** The country participates in the programme. */
  | 'PARTICIPATES_IN'
  /** The laboratory is run jointly with partners in the country. */
  | 'PARTNERS_WITH'
  /** The laboratory is named after a region and partners with its group of countries. */
  | 'PARTNERS_WITH_GROUP'
  /** The programme is part of another programme. */
  | 'PART_OF'
  /** The two laboratories may be duplicates; they are not merged. */
  | 'POSSIBLY_SAME_AS'
  /** The two platforms may be duplicates; they are not merged. */
  | 'POSSIBLY_SAME_PLATFORM_AS'
  /** The two programmes are related. */
  | 'RELATED_TO'
  /** The laboratory works in the research area. */
  | 'RESEARCHES'
  /** The platform has its headquarters in the country. */
  | 'SEATED_IN'
  /** Sources connect the platform with the country. Does not imply membership. */
  | 'SERVES'
  /** The platform serves the country group. */
  | 'SERVES_GROUP'
  /** The park hosts industries of the research area. */
  | 'SPECIALISES_IN'
  /** The figure was announced at the event. */
  | 'STATED_AT'
  /** The programme supports the laboratory. */
  | 'SUPPORTS_LAB'
  /** The programme supports the park. */
  | 'SUPPORTS_PARK'
  /** The programme supports the platform. */
  | 'SUPPORTS_PLATFORM'
  /** The institution is a unit of a larger institution. */
  | 'UNIT_OF'
  /** The country group takes part in the event. */
  | 'WITH_GROUP';

export type ChangesSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  kinds?: ReadonlyArray<EntityKind> | EntityKind | null | undefined;
  ids?: ReadonlyArray<string | number> | string | number | null | undefined;
}>;


export type ChangesSubscription = { readonly changes:
    | { readonly __typename: 'EntityChange', readonly sequence: number, readonly cursor: string, readonly transaction: string, readonly at: string, readonly author: string, readonly authorId: string | null, readonly reason: string | null, readonly action: ChangeAction, readonly kind: EntityKind, readonly slug: string, readonly entityId: string, readonly revision: number, readonly before: unknown, readonly after: unknown }
    | { readonly __typename: 'FormerChange', readonly sequence: number, readonly cursor: string, readonly transaction: string, readonly at: string, readonly author: string, readonly authorId: string | null, readonly reason: string | null, readonly action: ChangeAction, readonly of: string, readonly slugs: ReadonlyArray<string>, readonly before: unknown, readonly after: unknown }
    | { readonly __typename: 'ImportChange', readonly sequence: number, readonly cursor: string, readonly transaction: string, readonly at: string, readonly author: string, readonly authorId: string | null, readonly reason: string | null, readonly action: ChangeAction, readonly files: ReadonlyArray<string>, readonly created: number, readonly updated: number, readonly removed: number }
    | { readonly __typename: 'Lagged', readonly cursor: string, readonly behind: number }
    | { readonly __typename: 'RelationChange', readonly sequence: number, readonly cursor: string, readonly transaction: string, readonly at: string, readonly author: string, readonly authorId: string | null, readonly reason: string | null, readonly action: ChangeAction, readonly relation: RelationType, readonly before: unknown, readonly after: unknown, readonly from: { readonly kind: EntityKind, readonly slug: string, readonly entityId: string }, readonly to: { readonly kind: EntityKind, readonly slug: string, readonly entityId: string } }
   | null };

export type ChangesEndQueryVariables = Exact<{ [key: string]: never; }>;


export type ChangesEndQuery = { readonly changes: { readonly lastCursor: string } | null };
