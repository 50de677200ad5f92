import { type Look, lookAt } from '../../drawing/looks.ts';
import { kindOf } from '../../drawing/words.ts';

/** The kinds of the graph in the order of its ontology, as the explorer has them; empty if it has no explorer. */
export async function loadKinds(): Promise<readonly string[]> {
  try {
    const response = await fetch('/explore/assets/graph.json');
    if (!response.ok) return [];
    const { kinds } = (await response.json()) as { readonly kinds?: Readonly<Record<string, unknown>> };
    return Object.keys(kinds ?? {}).map(kindOf);
  } catch {
    return [];
  }
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
