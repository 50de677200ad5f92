import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kinds } from '../../src/cooperation/kinds.ts';
import { relations } from '../../src/cooperation/relations.ts';
import { kebabCase } from '../../src/ontology/letter-case.ts';
import { seeds } from './seeds.ts';

/** Writes the seeds into a folder as they would be had some kinds, relations and properties never been recorded. */
export function writeNarrowedSeeds(folder: string, hidden: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, records: readonly object[]) =>
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(records));
  const without = (owner: string, record: object) =>
    Object.fromEntries(
      Object.entries(record).filter(
        ([name]) => !hidden.includes(`${owner}.${name}`) && !hidden.includes(`Entity.${name}`),
      ),
    );
  const left = new Set<string>();
  for (const [kind, records] of Object.entries(seeds.entities)) {
    if (hidden.includes(kind)) continue;
    for (const { id } of records) left.add(id);
    write(
      kebabCase(kinds[kind as keyof typeof kinds].plural),
      records.map((record) => without(kind, record)),
    );
  }
  const isLeft = ({ entity }: { readonly entity: string }) => left.has(entity);
  if (!hidden.includes('Entity.identifiers')) write('identifiers', seeds.identifiers.filter(isLeft));
  if (!hidden.includes('Entity.locations')) write('locations', seeds.locations.filter(isLeft));
  const hasNoSources = hidden.includes('Source') || hidden.includes('CITES');
  write(
    'relations',
    seeds.relations
      .filter(({ type, from, to }) => !hidden.includes(type) && left.has(from) && left.has(to) && type in relations)
      .map(({ properties = {}, sources, ...relation }) => {
        const left = without(relation.type, properties);
        return {
          ...relation,
          ...(Object.keys(left).length > 0 ? { properties: left } : {}),
          ...(sources && !hasNoSources ? { sources } : {}),
        };
      }),
  );
}
