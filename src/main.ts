#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { explain } from './commands/explain.ts';
import { createScreen } from './commands/screen.ts';
import type { Session } from './commands/session.ts';
import { readConfig } from './config.ts';

// Before graphql is loaded: it then spares itself a check of every type on every request. So commands are loaded late.
process.env.NODE_ENV ??= 'production';

const stop = new AbortController();
// Not `once`: npm and the terminal may each send the signal, and ending needs its time.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());
// What nobody caught ends the command too, but not without closing what it opened.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${explain(error, true)}\n`);
  process.exitCode = 1;
  stop.abort();
});

async function run(command: (session: Session) => Promise<void>): Promise<void> {
  const screen = createScreen(process.stdout);
  let withStack = false;
  try {
    const config = readConfig(process.env);
    withStack = config.logLevel === 'debug' || config.logLevel === 'trace';
    await command({ config, screen, signal: stop.signal });
  } catch (error) {
    screen.finish();
    process.stderr.write(stop.signal.aborted ? 'Stopped.\n' : `${explain(error, withStack)}\n`);
    process.exitCode = error instanceof CommanderError ? 2 : 1;
  }
  // Work that was left to fail must not keep the process.
  if (stop.signal.aborted) process.exit();
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const program = new Command('silkgraph')
  .description('A knowledge graph of Belt and Road science and technology cooperation, served over GraphQL from Neo4j.')
  .version(version)
  .exitOverride()
  .showHelpAfterError('Add --help to see how it is used.');

program
  .command('start')
  .description('Finds or starts a Neo4j, loads the seeds into an empty graph, and serves GraphQL until it is stopped.')
  .action(() => run(async (session) => (await import('./commands/start.ts')).start(session)));

const database = program.command('database').description('The Neo4j that is run on this machine.');
database
  .command('start')
  .description('Starts it; it stays until it is stopped.')
  .action(() => run(async (session) => (await import('./commands/database.ts')).startManaged(session)));
database
  .command('stop')
  .description('Stops it, also while it is used.')
  .action(() => run(async (session) => (await import('./commands/database.ts')).stopManaged(session)));
database
  .command('status')
  .description('Says whether it runs, where, since when and for whom.')
  .action(() => run(async (session) => (await import('./commands/database.ts')).showManaged(session)));

program
  .command('seed')
  .description('Brings the graph to what the seeds say; what they no longer hold is listed.')
  .option('--prune', 'remove what the seeds no longer hold')
  .action((options: { prune?: true }) =>
    run(async (session) => (await import('./commands/seed.ts')).seedGraph(session, options)),
  );

program
  .command('import')
  .description('Imports files of records, or folders of such files, all or none of them.')
  .argument('<files...>', 'JSON or JSON Lines files, named after what they hold, as those in seeds/')
  .option('--replace-pending', 'begin although another import is not complete, which then never will be')
  .action((files: string[], options: { replacePending?: true }) =>
    run(async (session) => (await import('./commands/seed.ts')).importIntoGraph(session, files, options)),
  );

program
  .command('generate')
  .description('Writes files of made-up records, to try out how the graph does when it is large.')
  .requiredOption(
    '--labs <number>',
    'how many laboratories, or small, medium or large; everything else follows from it',
  )
  .requiredOption('--out <folder>', 'where to write the files')
  .action((options: { labs: string; out: string }) =>
    run(async (session) => (await import('./commands/generate.ts')).generateFiles(session, options)),
  );

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version that were asked for are no mistake.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
