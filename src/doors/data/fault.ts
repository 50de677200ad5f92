import type { FieldFault } from '../../engine/changes/check/check-properties.ts';
import { describePending, type PendingImport } from './import-marker.ts';
import { ownText } from './own-text.ts';

/** An error at one place in the imported data. */
export interface Fault extends FieldFault {
  readonly file: string;
  /** Number of the record in its file, from 1; in a `.jsonl` file, its line. Absent for an error of the file itself. */
  readonly record?: number;
  /** The line of a `.csv` file at which the row begins. */
  readonly line?: number;
  /** The column of a `.csv` file that the field comes from. */
  readonly column?: string;
  /** The id of the record, or its type and ends, if readable. */
  readonly id?: string;
}

/** Describes an error in one sentence. */
export function describeFault({ file, record, line, column, id, field, expected, found }: Fault): string {
  const place = line !== undefined ? `, line ${line}` : record !== undefined ? `, record ${record}` : '';
  const where = [
    file,
    place,
    column === undefined ? '' : `, column ${JSON.stringify(column)}`,
    id === undefined ? '' : ` (${id.replace(/\s+/g, ' ')})`,
  ].join('');
  return `${where}: ${field === undefined ? '' : `${field}: `}expected ${expected}, found ${found}.`;
}

/** Maximum number of errors listed; further ones are only counted. */
const KEPT = 10_000;
const PRINTED = 50;

/** Collects errors, in bounded memory. */
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
      if (kept.length === KEPT) return;
      const { id, found } = fault;
      kept.push({ ...fault, found: ownText(found), ...(id === undefined ? {} : { id: ownText(id) }) });
    },
  };
}

/**
 * The data has errors, so nothing was written or, if an import is pending, nothing more. The message lists the first
 * errors and their number.
 */
export class ImportRefused extends Error {
  readonly faults: readonly Fault[];
  readonly total: number;

  constructor({ kept, total }: Pick<Faults, 'kept' | 'total'>, pending?: PendingImport) {
    const printed = kept.slice(0, PRINTED).map((fault) => `  ${describeFault(fault)}`);
    const more = total > printed.length ? [`  … and ${total - printed.length} more.`] : [];
    const count = total === 1 ? 'There is 1 error' : `There are ${total} errors`;
    const written = pending ? `nothing more was written. ${describePending(pending)}` : 'nothing was written.';
    super([`${count} in the data; ${written}`, ...printed, ...more].join('\n'));
    this.name = 'ImportRefused';
    this.faults = kept;
    this.total = total;
  }
}
