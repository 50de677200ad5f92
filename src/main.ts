#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { explain } from './commands/explain.ts';
import type { ExportFlags } from './commands/export.ts';
import type { QueryFlags } from './commands/query.ts';
import { createScreen } from './commands/screen.ts';
import type { Session } from './commands/session.ts';
import { readConfig } from './config.ts';

// Before graphql is loaded: it then spares itself a check of every type on every request. So commands are loaded late.
process.env.NODE_ENV ??= 'production';

const stop = new AbortController();
// Not `once`: npm and the terminal may each send the signal, and ending needs its time.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.abort());
// With a terminal goes whoever read what is printed: that must not keep anything from being closed.
for (const out of [process.stdout, process.stderr]) out.on('error', () => {});
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

const key = program.command('key').description('The API keys with which people and programs say who they are.');
key
  .command('create')
  .description('Makes a key and shows it, this once: only a hash of it is kept.')
  .requiredOption('--role <role>', 'what it may do: reader, editor (reads and writes) or admin')
  .requiredOption('--name <name>', 'whose it is, as the change log names them')
  .option('--expires <time>', 'how long it counts, as in 12h, 90d or 4w; without it, until it is revoked')
  .action((options: { role: string; name: string; expires?: string }) =>
    run(async (session) => (await import('./commands/key.ts')).createApiKey(session, options)),
  );
key
  .command('list')
  .description('Shows all keys, without their secrets.')
  .action(() => run(async (session) => (await import('./commands/key.ts')).listApiKeys(session)));
key
  .command('revoke')
  .description('Takes a key out of use for good; running servers refuse it within seconds.')
  .argument('<id>', 'as silkgraph key list shows it')
  .action((id: string) => run(async (session) => (await import('./commands/key.ts')).revokeApiKey(session, id)));

program
  .command('seed')
  .description('Brings the graph to what the seeds say; what they no longer hold is listed.')
  .option('--prune', 'remove what the seeds no longer hold')
  .action((options: { prune?: true }) =>
    run(async (session) => (await import('./commands/seed.ts')).seedGraph(session, options)),
  );

program
  .command('import')
  .description('Imports files of records, or folders of such files, all or none of them unless told otherwise.')
  .argument('<files...>', 'JSON, JSON Lines or CSV files, named after what they hold, as those in seeds/')
  .option('--mapping <file>', 'says what CSV files of any name and their columns hold')
  .option(
    '--rejects <file>',
    'write records with faults there, one a line, and import the rest; ends with 1 if there are any',
  )
  .option('--replace-pending', 'begin although another import is not complete, which then never will be')
  .action((files: string[], options: { mapping?: string; rejects?: string; replacePending?: true }) =>
    run(async (session) => (await import('./commands/import.ts')).importIntoGraph(session, files, options)),
  );

program
  .command('export')
  .description('Writes the graph in a form that an import reads, or what a query is answered with.')
  .requiredOption('--format <format>', 'json, jsonl or csv')
  .requiredOption(
    '--out <place>',
    'a folder for one file for each kind; or one file, ending in the format; or - to print it',
  )
  .option('--kind <kind>', 'only the entities of a kind, as LAB')
  .option('--relation <type>', 'only the relations of a type, as HOSTED_BY; ALL for all of them')
  .option('--query <file>', 'what the GraphQL document in this file is answered with; of a list all pages')
  .option('--variables <json>', 'variables of the query')
  .action((options: ExportFlags) =>
    run(async (session) => (await import('./commands/export.ts')).exportGraph(session, options)),
  );

program
  .command('query')
  .description(
    'Asks a running server the question in a file, and prints the answer as JSON; of a subscription one line each.',
  )
  .argument('<file>', 'a GraphQL document; - for what is piped in')
  .option('--variables <json>', 'its variables, as \'{"code": "KE"}\'')
  .option('--operation <name>', 'which of several operations in the document')
  .option('--endpoint <url>', 'the server; without it, the one that the settings HOST and PORT name')
  .option('--key <key>', 'an API key or a token; better set SILKGRAPH_KEY, which no list of processes shows')
  .action((file: string, options: QueryFlags) =>
    run(async (session) => (await import('./commands/query.ts')).queryServer(session, file, options)),
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
