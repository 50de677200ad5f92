import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

/** What changed between two schemas, as far as somebody's client may notice. */
export interface SchemaChanges {
  /** Breaking, and not listed in the changelog. */
  readonly refused: readonly string[];
  /** Breaking, and listed. */
  readonly listed: readonly string[];
  /** May change what a client sees, but breaks none that is well written. */
  readonly dangerous: readonly string[];
}

/** The paths after `- BREAKING` under the heading of what is not released yet. */
function listedPaths(changelog: string): ReadonlySet<string> {
  const unreleased = /^## (?:\[)?unreleased(?:\])?.*\n([\s\S]*?)(?=^## |(?![\s\S]))/im.exec(changelog)?.[1] ?? '';
  return new Set([...unreleased.matchAll(/^[-*] BREAKING `?([\w.@]+)`?:/gm)].map(([, path]) => path ?? ''));
}

/** Compares the schema with the released one; a breaking change has to be listed in the changelog by its path. */
export async function schemaChanges(released: string, current: string, changelog: string): Promise<SchemaChanges> {
  const listed = listedPaths(changelog);
  const changes = await diff(buildSchema(released), buildSchema(current));
  const told = (level: CriticalityLevel) =>
    changes
      .filter(({ criticality }) => criticality.level === level)
      .map(({ path = 'schema', message }) => ({ path, text: `${path}: ${message}` }));
  const breaking = told(CriticalityLevel.Breaking);
  return {
    refused: breaking.filter(({ path }) => !listed.has(path)).map(({ text }) => text),
    listed: breaking.filter(({ path }) => listed.has(path)).map(({ text }) => text),
    dangerous: told(CriticalityLevel.Dangerous).map(({ text }) => text),
  };
}
