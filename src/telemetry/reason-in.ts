/** The message in what OpenTelemetry reports: exporters report an error as JSON, with its stack. */
export function reasonIn(reported: string): string {
  if (!reported.startsWith('{')) return reported;
  try {
    const { message } = JSON.parse(reported) as { readonly message?: unknown };
    return typeof message === 'string' && message !== '' ? message : reported;
  } catch {
    return reported;
  }
}
