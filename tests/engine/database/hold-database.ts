import { findDatabase } from '../../../src/cli/managed-database/find-database.ts';

const folder = String(process.argv[2]);
const aborter = new AbortController();
process.once('SIGTERM', () => aborter.abort());

const database = await findDatabase({ folder }, console.log, aborter.signal).catch((error) => {
  if (aborter.signal.aborted) process.exit(0);
  throw error;
});
console.log(`Uses ${database.address.uri}`);
// A listener on a signal does not keep a process alive.
const alive = setInterval(() => {}, 1_000);
aborter.signal.addEventListener('abort', async () => {
  await database.close();
  clearInterval(alive);
});
