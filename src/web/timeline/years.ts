import { isDesignated } from '../../drawing/trust.ts';

/** A laboratory with its known years. */
export interface LabYears {
  readonly slug: string;
  readonly name: string;
  readonly nameZh: string | null;
  readonly designation: string;
  readonly inScope: boolean;
  readonly yearRecognised: number | null;
  readonly yearBasis: string | null;
  readonly firstMilestoneDate: string | null;
}

/** Year of a laboratory, and the basis of that year. */
export function startOf(lab: LabYears): { readonly year: number; readonly basis: string } | undefined {
  if (lab.yearRecognised !== null) {
    const basis = lab.yearBasis === null ? '' : `, ${lab.yearBasis.toLowerCase()}`;
    return { year: lab.yearRecognised, basis: `recognised${basis}` };
  }
  if (lab.firstMilestoneDate === null) return undefined;
  return { year: Number(lab.firstMilestoneDate.slice(0, 4)), basis: 'first known milestone' };
}

export interface YearCount {
  readonly year: number;
  readonly designated: number;
  readonly context: number;
}

/** Number of laboratories by year, designated and context separately. Those without a year are left out. */
export function countByYear(labs: readonly LabYears[], since: number, until: number): readonly YearCount[] {
  return Array.from({ length: Math.max(0, until - since + 1) }, (_, index) => {
    const year = since + index;
    const those = labs.filter((lab) => startOf(lab)?.year === year);
    const designated = those.filter(isDesignated).length;
    return { year, designated, context: those.length - designated };
  });
}

/** A partial date as a fractional year; a date without month is in the middle of its year. */
export function yearAt(date: string): number {
  const [year = '0', month, day] = date.split('-');
  if (month === undefined) return Number(year) + 0.5;
  const days = day === undefined ? 15 : Number(day);
  return Number(year) + (Number(month) - 1) / 12 + (days - 1) / 372;
}
