import { counted } from '../english.ts';

/** A label of a database, with the labels that its nodes have besides. */
export interface SeenLabel {
  readonly name: string;
  /** Number of all nodes with it, and of those that were looked at. */
  readonly count: number;
  readonly lookedAt: number;
  /** Other labels, with the number of nodes looked at that have them. */
  readonly others: ReadonlyMap<string, number>;
}

export interface ChosenKinds {
  readonly kinds: readonly { readonly name: string; readonly count: number; readonly remarks: readonly string[] }[];
  readonly leftOut: readonly string[];
}

/** Whether each node has exactly one of several other labels, which say more than this one. */
function isGeneral({ others, lookedAt }: SeenLabel): boolean {
  const sum = [...others.values()].reduce((total, number) => total + number, 0);
  return others.size > 1 && sum === lookedAt;
}

/**
 * The labels that are kinds. An entity has one kind, so a label is none if another kind covers its nodes: the more frequent
 * one, unless that is a general label over several others.
 */
export function chooseKinds(labels: readonly SeenLabel[]): ChosenKinds {
  const kinds: { name: string; count: number; remarks: string[] }[] = [];
  const leftOut: string[] = [];
  const rank = (label: SeenLabel) => (isGeneral(label) ? 0 : label.count);
  for (const label of labels.toSorted((left, right) => rank(right) - rank(left))) {
    const { name, count, lookedAt, others } = label;
    const shared = kinds.filter((kind) => others.has(kind.name));
    const isCovered = isGeneral(label)
      ? shared.length === others.size
      : shared.some((kind) => others.get(kind.name) === lookedAt);
    const told = shared.map((kind) => `${kind.name} (${others.get(kind.name)?.toLocaleString('en')})`).join(', ');
    if (isCovered && shared.length > 0) {
      leftOut.push(
        `left out: ${name} (${counted(count, 'node')}): its nodes are ${told} as well, and an entity has one kind.`,
      );
    } else {
      const remarks =
        shared.length === 0 ? [] : [`decide: some nodes are ${told} as well, but an entity has one kind.`];
      kinds.push({ name, count, remarks });
    }
  }
  return { kinds: kinds.sort((left, right) => (left.name < right.name ? -1 : 1)), leftOut };
}
