import { ownText } from '../../../doors/data/own-text.ts';
import type { FieldFault } from '../../../engine/changes/check/check-properties.ts';
import { DatabaseError } from '../../../engine/database/database-error.ts';
import { counted } from '../english.ts';

/** Faults of the same sort: what is expected at one place of the ontology, and where something else was found. */
export interface FaultGroup {
  /** A kind, a relation, or one of their properties, such as `Movie.released`. */
  readonly place: string;
  readonly expected: string;
  readonly count: number;
  /** Some of them: the record, and what was found there; and for how many of the faults they stand. */
  readonly examples: readonly string[];
  readonly shown: number;
}

/** Collects faults by their sort, in bounded memory. */
export interface Faults {
  readonly total: number;
  readonly groups: readonly FaultGroup[];
  add(owner: string, record: string, fault: FieldFault, count?: number): void;
}

const MOST_GROUPS = 200;
const MOST_EXAMPLES = 5;

export function collectFaults(): Faults {
  const groups = new Map<
    string,
    { place: string; expected: string; count: number; examples: string[]; shown: number }
  >();
  let total = 0;
  return {
    get total() {
      return total;
    },
    get groups() {
      return [...groups.values()].sort((left, right) => (left.place < right.place ? -1 : 1));
    },
    add(owner, record, { field, expected, found }, count = 1) {
      total += count;
      const place = field === undefined ? owner : `${owner}.${field.replace(/\[\d+\]/, '[]')}`;
      const key = `${place} ${expected}`;
      const group = groups.get(key) ?? { place, expected: ownText(expected), count: 0, examples: [], shown: 0 };
      if (!groups.has(key) && groups.size >= MOST_GROUPS) return;
      groups.set(key, group);
      group.count += count;
      if (group.examples.length >= MOST_EXAMPLES) return;
      group.examples.push(ownText(`${record}: ${found}`));
      group.shown += count;
    },
  };
}

const describe = ({ place, expected, count, examples, shown }: FaultGroup): readonly string[] => {
  const more = count > shown ? [`    … and ${(count - shown).toLocaleString('en')} more`] : [];
  return [`  ${place}: expected ${expected}. Found:`, ...examples.map((example) => `    ${example}`), ...more];
};

/** The data does not fit the ontology, so nothing was written. The message lists what does not. */
export class AdoptionRefused extends DatabaseError {
  readonly total: number;
  readonly groups: readonly FaultGroup[];

  constructor({ total, groups }: Pick<Faults, 'total' | 'groups'>) {
    const listed = groups.reduce((sum, { count }) => sum + count, 0);
    super(
      'foreign-data',
      [
        `The data does not fit the ontology in ${counted(total, 'place')}; nothing was written.`,
        ...groups.flatMap(describe),
        ...(total > listed ? [`  … and ${(total - listed).toLocaleString('en')} of other sorts.`] : []),
        'Change the data or the ontology, then run silkgraph adopt again.',
      ].join('\n'),
    );
    this.total = total;
    this.groups = groups;
  }
}
