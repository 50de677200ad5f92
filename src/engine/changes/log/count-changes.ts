import neo4j, { type Integer } from 'neo4j-driver';
import type { Kind } from '../../../ontology/vocabulary.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Statement } from '../../graph/statement.ts';
import { changesBy, entityProperties } from './changes-by.ts';
import { type ChangesWanted, ofKinds } from './read-changes.ts';

interface Wanted {
  readonly kinds: readonly Kind[] | null;
  readonly after: Integer;
}

const countOfKinds: Statement<Wanted, readonly [count: number]> = {
  name: 'changes-count',
  text: `${changesBy('sequence')} WHERE change.sequence > $after AND ${ofKinds} RETURN count(change)`,
};

const foundBy = (property: string) => `
  UNWIND $ids AS id
  ${changesBy(property, 'sequence')} WHERE change.${property} = id AND change.sequence > $after AND ${ofKinds} RETURN change`;

const countOfIds: Statement<Wanted & { readonly ids: readonly string[] }, readonly [count: number]> = {
  name: 'changes-count-of-ids',
  text: `CALL () {${entityProperties.map(foundBy).join('\n  UNION')}
  UNION
  ${changesBy('subject', 'sequence')} WHERE change.subject = 'IMPORT' AND change.sequence > $after RETURN change
}
RETURN count(change)`,
};

/** Number of changes in the log after a sequence, optionally to a kind and to one of these entities. @throws GraphError */
export async function countChanges(graph: Graph, { after, kinds, ids }: Omit<ChangesWanted, 'first'>): Promise<number> {
  const wanted = { after: neo4j.int(after), kinds: kinds ?? null };
  const [[count] = [0]] = await (ids
    ? graph.read(countOfIds, { ...wanted, ids: [...new Set(ids)] })
    : graph.read(countOfKinds, wanted));
  return count;
}
