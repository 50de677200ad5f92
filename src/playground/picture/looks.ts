import { type Look, lookAt } from '../../drawing/looks.ts';
import { kindOf } from '../../drawing/words.ts';
import { graphSettings } from '../language/graph-settings.ts';

/** The kinds of the graph in the order of its ontology, as the explorer has them; empty if it has no explorer. */
export async function loadKinds(): Promise<readonly string[]> {
  const settings = await graphSettings();
  return Object.keys(settings?.kinds ?? {}).map(kindOf);
}

/** Styles of kinds, by their place in the ontology as in the explorer; other types follow in order of appearance. */
export function looksOf(kinds: readonly string[]): (typeName: string) => Look {
  const names = [...kinds];
  return (typeName) => {
    const kind = kindOf(typeName);
    if (!names.includes(kind)) names.push(kind);
    return lookAt(names.indexOf(kind));
  };
}
