/** All fields of changes, with references to the entities. */
export const changesDocument = /* GraphQL */ `
  subscription Changes($after: String, $kinds: [EntityKind!], $ids: [ID!]) {
    changes(after: $after, kinds: $kinds, ids: $ids) {
      __typename
      ... on Change {
        sequence
        cursor
        transaction
        at
        author
        authorId
        reason
        action
      }
      ... on EntityChange {
        kind
        slug
        entityId
        revision
        before
        after
      }
      ... on RelationChange {
        relation
        from {
          kind
          slug
          entityId
        }
        to {
          kind
          slug
          entityId
        }
        before
        after
      }
      ... on ImportChange {
        files
        created
        updated
        removed
      }
      ... on FormerChange {
        of
        slugs
        before
        after
      }
      ... on Lagged {
        cursor
        behind
      }
    }
  }
`;

/** The end of the change log. */
export const endDocument = /* GraphQL */ `
  query ChangesEnd {
    changes(first: 0) {
      lastCursor
    }
  }
`;
