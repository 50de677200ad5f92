import { identifierKeys } from '../../engine/indexes/items.ts';
import { getOrInsert } from '../../ontology/get-or-insert.ts';
import { type Identifier, keyOfIdentifier } from '../../ontology/identifiers.ts';
import { type Finding, warning } from './finding.ts';
import type { Run } from './run.ts';

/** Entities looked at, and duplicates named. */
const MOST_ENTITIES = 1_000;
const MOST_NAMED = 5;

/**
 * Entities that have the same identifier as their own: a look-up by it finds one of them, and they may be one thing that was
 * recorded twice.
 */
export async function examineIdentifiers(run: Run): Promise<readonly Finding[]> {
  const rows = await run<{ slug: string; identifiers: string }>(
    `MATCH (entity:Entity) WHERE entity.${identifierKeys} IS NOT NULL
UNWIND entity.${identifierKeys} AS key
WITH key, collect(entity) AS entities WHERE size(entities) > 1
UNWIND entities AS entity
WITH DISTINCT entity LIMIT ${MOST_ENTITIES}
RETURN entity.id AS slug, entity.identifiers AS identifiers ORDER BY slug`,
  );
  const owners = new Map<string, { readonly name: string; readonly slugs: Set<string> }>();
  for (const { slug, identifiers } of rows) {
    for (const { scheme, value, match } of JSON.parse(identifiers) as readonly Identifier[]) {
      if (match !== 'EXACT') continue;
      const key = keyOfIdentifier(scheme, value);
      getOrInsert(owners, key, () => ({ name: `${scheme} ${value}`, slugs: new Set<string>() })).slugs.add(slug);
    }
  }
  const shared = [...owners.values()].filter(({ slugs }) => slugs.size > 1);
  if (shared.length === 0) return [];
  const named = shared.slice(0, MOST_NAMED).map(({ name, slugs }) => `${name} (${[...slugs].join(', ')})`);
  const more = shared.length > named.length ? ` and ${shared.length - named.length} more` : '';
  return [
    warning(
      'Identifiers',
      `Several entities have the same exact identifier: ${named.join('; ')}${more}.`,
      'Merge those that are one thing, and give the others a match that is CLOSE.',
    ),
  ];
}
