/**
 * Aborts on a signal that ends the process, and on an error that nothing has caught, so that commands clean up.
 *
 * @param report writes such an error
 */
export function stopOnSignals(report: (error: Error) => void): AbortSignal {
  const stop = new AbortController();
  // Not `once`: npm and the terminal may each send the signal, and shutdown takes time.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.abort());
  // The terminal may be closed; write errors must not prevent shutdown.
  for (const out of [process.stdout, process.stderr]) out.on('error', () => {});
  process.on('uncaughtException', (error) => {
    report(error);
    process.exitCode = 1;
    stop.abort();
  });
  return stop.signal;
}
