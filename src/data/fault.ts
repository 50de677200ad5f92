/** What is wrong with one place in the data that was to be imported. */
export interface Fault {
  readonly file: string;
  /** Number of the record in its file, from 1; in a `.jsonl` file that is its line. Absent where the file itself is at fault. */
  readonly record?: number;
  /** The id of the record, or its type and ends, as far as they can be read. */
  readonly id?: string;
  readonly field?: string;
  readonly expected: string;
  readonly found: string;
}

/** One clear sentence about a fault. */
export function describeFault({ file, record, id, field, expected, found }: Fault): string {
  const where = [file, record === undefined ? '' : `, record ${record}`, id === undefined ? '' : ` (${id})`].join('');
  return `${where}: ${field === undefined ? '' : `${field}: `}expected ${expected}, found ${found}.`;
}

/** A value as a fault shows it: short, on one line. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** So many faults are kept; more than these are only counted. */
const KEPT = 10_000;
const PRINTED = 50;

/** Collects faults, in bounded memory. */
export interface Faults {
  readonly kept: readonly Fault[];
  readonly total: number;
  add(fault: Fault): void;
}

export function collectFaults(): Faults {
  const kept: Fault[] = [];
  let total = 0;
  return {
    kept,
    get total() {
      return total;
    },
    add(fault) {
      total += 1;
      if (kept.length < KEPT) kept.push(fault);
    },
  };
}

/** The data has faults, so nothing of it was written. The message names the first of them and their number. */
export class ImportRefused extends Error {
  readonly faults: readonly Fault[];
  readonly total: number;

  constructor({ kept, total }: Pick<Faults, 'kept' | 'total'>) {
    const printed = kept.slice(0, PRINTED).map((fault) => `  ${describeFault(fault)}`);
    const more = total > printed.length ? [`  … and ${total - printed.length} more.`] : [];
    const count = total === 1 ? 'There is 1 fault' : `There are ${total} faults`;
    super([`${count} in the data; nothing was written.`, ...printed, ...more].join('\n'));
    this.name = 'ImportRefused';
    this.faults = kept;
    this.total = total;
  }
}
