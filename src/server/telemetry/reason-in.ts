/** Exporters report an error as JSON, with its stack. */
function messageIn(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    const { message } = JSON.parse(text) as { readonly message?: unknown };
    return typeof message === 'string' && message !== '' ? message : text;
  } catch {
    return text;
  }
}

/** The message in what OpenTelemetry reports: texts, the first of which may be the name of a component, and errors. */
export const reasonIn = (reported: readonly unknown[]): string =>
  reported
    .flatMap((part) => (part instanceof Error ? part.message : typeof part === 'string' ? messageIn(part) : []))
    .join(': ');
