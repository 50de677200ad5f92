import graphql from '@graphql-eslint/eslint-plugin';

/** Only the printed schema is linted here; Biome looks after everything else. */
export default [
  {
    files: ['schema.graphql'],
    plugins: { '@graphql-eslint': graphql },
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: 'schema.graphql' } } },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      '@graphql-eslint/relay-edge-types': [
        'error',
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
      // A search is read forward only.
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      '@graphql-eslint/require-description': [
        'error',
        {
          // Types of lists and inputs that are alike are described at the first of them, too; a test holds all others.
          InterfaceTypeDefinition: true,
          ScalarTypeDefinition: true,
          rootField: true,
          FieldDefinition: false,
          // An argument or input field of which many are alike is described at one of them (`schema/described-once`).
          InputValueDefinition: false,
          EnumValueDefinition: false,
          DirectiveDefinition: true,
        },
      ],
      // What has an id says so by implementing `Node`; connections, edges and the like have none.
      '@graphql-eslint/strict-id-in-types': 'off',
      // Every entity has `sources`, a Source too.
      '@graphql-eslint/no-typename-prefix': 'off',
      '@graphql-eslint/require-nullable-result-in-root': 'error',
      '@graphql-eslint/require-nullable-fields-with-oneof': 'error',
      '@graphql-eslint/require-deprecation-date': 'error',
    },
  },
];
