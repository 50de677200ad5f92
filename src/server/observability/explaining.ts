/** Who may request explanations of operations: administrators, or everybody. */
export const explainings = ['admin', 'everybody'] as const;

export type Explaining = (typeof explainings)[number];
