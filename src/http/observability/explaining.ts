/** Who is told how their operation was answered: who has the role admin, or everybody. */
export const explainings = ['admin', 'everybody'] as const;

export type Explaining = (typeof explainings)[number];
