import type { Kind } from '../../../ontology/vocabulary.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Statement } from '../../graph/statement.ts';
import { changesBy, entityProperties } from './changes-by.ts';
import { ofKinds } from './read-changes.ts';

interface Wanted {
  readonly kinds: readonly Kind[] | null;
}

const countOfKinds: Statement<Wanted, readonly [count: number]> = {
  name: 'changes-count',
  text: `MATCH (change:\`_Change\`) WHERE ${ofKinds} RETURN count(change)`,
};

const foundBy = (property: string) => `
  UNWIND $ids AS id
  ${changesBy(property, 'sequence')} WHERE change.${property} = id AND change.sequence > 0 AND ${ofKinds} RETURN change`;

const countOfIds: Statement<Wanted & { readonly ids: readonly string[] }, readonly [count: number]> = {
  name: 'changes-count-of-ids',
  text: `CALL () {${entityProperties.map(foundBy).join('\n  UNION')}
  UNION
  ${changesBy('subject', 'sequence')} WHERE change.subject = 'IMPORT' AND change.sequence > 0 RETURN change
}
RETURN count(change)`,
};

/** Number of changes in the log, optionally to a kind and to one of these entities. @throws GraphError */
export async function countChanges(
  graph: Graph,
  { kinds, ids }: { readonly kinds?: readonly Kind[] | undefined; readonly ids?: readonly string[] | undefined },
): Promise<number> {
  const wanted = { kinds: kinds ?? null };
  const [[count] = [0]] = await (ids
    ? graph.read(countOfIds, { ...wanted, ids: [...new Set(ids)] })
    : graph.read(countOfKinds, wanted));
  return count;
}
