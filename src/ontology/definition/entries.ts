/** The parts of a definition by name, where the compiler knows no names. */
export const entries = <Value>(values: Readonly<Record<string, Value>>) => Object.entries(values);
