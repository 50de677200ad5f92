/** An option that may be given several times. */
export const repeated = (choice: string, choices: readonly string[] = []) => [...choices, choice];
