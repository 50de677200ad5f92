/** Degrees of confidence and reliability. */
export const degrees = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type Degree = (typeof degrees)[number];
