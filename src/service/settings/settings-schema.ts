import { roles } from '../../engine/access/viewer.ts';
import type { SettingDescription } from './settings-reader.ts';

/** Settings that are given together. */
const together: Readonly<Record<string, readonly string[]>> = {
  NEO4J_URI: ['NEO4J_PASSWORD'],
  NEO4J_USERNAME: ['NEO4J_URI'],
  NEO4J_PASSWORD: ['NEO4J_URI'],
  NEO4J_DATABASE: ['NEO4J_URI'],
  SILKGRAPH_OIDC_ISSUER: ['SILKGRAPH_OIDC_AUDIENCE'],
  SILKGRAPH_OIDC_AUDIENCE: ['SILKGRAPH_OIDC_ISSUER'],
  SILKGRAPH_OIDC_ROLE_CLAIM: ['SILKGRAPH_OIDC_ISSUER'],
  SILKGRAPH_OIDC_ROLES: ['SILKGRAPH_OIDC_ISSUER'],
  SILKGRAPH_JWT_SECRET: ['SILKGRAPH_JWT_ISSUER', 'SILKGRAPH_JWT_AUDIENCE'],
  SILKGRAPH_JWT_PUBLIC_KEY: ['SILKGRAPH_JWT_ISSUER', 'SILKGRAPH_JWT_AUDIENCE'],
};

/** Without a file of roles, there are none but those that everybody knows. */
const usualRoles = {
  if: { not: { required: ['SILKGRAPH_ROLES'] } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  then: { properties: { SILKGRAPH_OIDC_ROLES: { pattern: `^([^=,]+=(${roles.join('|')})( *,|$) *)*$` } } },
};

/** Names that begin like settings of Silkgraph, so that an unknown one is a mistake. */
export const OWN_NAMES = /^SILKGRAPH_/;

/**
 * The settings as JSON Schema (draft 7, which editors know), for the environment of a container or a unit, or a file of
 * variables. Numbers may be given as numbers or as texts; an empty text counts as absent.
 */
export function settingsSchema(described: ReadonlyMap<string, SettingDescription>): object {
  const properties = [...described]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, setting]) => {
      const { description, schema, isSecret } = setting;
      const value = { ...schema, ...(isSecret ? { writeOnly: true } : {}) };
      return [name, { description, anyOf: [value, { const: '' }] }] as const;
    });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of Silkgraph',
    description: 'Environment variables of silkgraph start and the other commands.',
    type: 'object',
    properties: Object.fromEntries(properties),
    propertyNames: {
      anyOf: [{ not: { pattern: OWN_NAMES.source } }, { enum: properties.map(([name]) => name) }],
    },
    dependencies: together,
    ...usualRoles,
  };
}
