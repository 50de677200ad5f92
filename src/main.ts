#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import type { AskFlags } from './cli/commands/ask.ts';
import { explain } from './cli/commands/explain.ts';
import type { ExportFlags } from './cli/commands/export.ts';
import { declareHistoryCommands } from './cli/commands/history/declare-history-commands.ts';
import type { McpFlags } from './cli/commands/mcp.ts';
import type { QueryFlags } from './cli/commands/query.ts';
import { repeated } from './cli/commands/session/repeated.ts';
import { createScreen } from './cli/commands/session/screen.ts';
import type { Session } from './cli/commands/session/session.ts';
import { stopOnSignals } from './cli/commands/session/stop-on-signals.ts';
import { readConfig } from './config.ts';
import type { Silkgraph } from './service/silkgraph.ts';
import { version } from './service/version.ts';

// Set before graphql is loaded, which skips type checks on every request in production. Commands are therefore imported later.
process.env.NODE_ENV ??= 'production';

const stop = stopOnSignals((error) => void process.stderr.write(`${explain(error, { withStack: true })}\n`));

/** The variables of the environment, and the options that stand for some of them. */
function environment() {
  const { graph = process.env.SILKGRAPH_GRAPH }: { readonly graph?: string } = program.opts();
  return { ...process.env, SILKGRAPH_GRAPH: graph };
}

async function run(command: (session: Session) => Promise<void>): Promise<void> {
  const screen = createScreen(process.stdout);
  let withStack = false;
  let isBuiltIn = false;
  try {
    const config = readConfig(environment());
    isBuiltIn = config.graph === undefined;
    withStack = config.logLevel === 'debug' || config.logLevel === 'trace';
    let loading: Promise<Silkgraph> | undefined;
    const silkgraph = () => {
      loading ??= import('./cli/commands/session/load-graph.ts').then(({ loadGraph }) => loadGraph(config.graph));
      return loading;
    };
    await command({ config, screen, silkgraph, signal: stop });
  } catch (error) {
    screen.finish();
    process.stderr.write(stop.aborted ? 'Stopped.\n' : `${explain(error, { withStack, isBuiltIn })}\n`);
    process.exitCode = error instanceof CommanderError ? 2 : 1;
  }
  // Abandoned tasks must not keep the process alive.
  if (stop.aborted) process.exit();
}

const program = new Command('silkgraph')
  .description(
    'Knowledge graphs over GraphQL from Neo4j; by default that of Belt and Road science and technology cooperation.',
  )
  .version(version)
  .option('--graph <module>', 'module that exports another graph (default: the setting SILKGRAPH_GRAPH)')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError('Run with --help for usage.');

program
  .command('start')
  .description('Start the server: find or start Neo4j, load the seeds into an empty graph, and serve GraphQL.')
  .action(() => run(async (session) => (await import('./cli/commands/start.ts')).start(session, environment())));

program
  .command('mcp')
  .description('Serve AI agents over the Model Context Protocol on standard input and output.')
  .option(
    '--endpoint <url>',
    'use a running server, for example http://127.0.0.1:4000/mcp (default: open the graph itself)',
  )
  .action((options: McpFlags) =>
    run(async (session) => (await import('./cli/commands/mcp.ts')).serveMcp(session, options)),
  );

program
  .command('init')
  .description('Write a small working graph of your own to a new folder.')
  .argument('<folder>', 'new folder')
  .action((folder: string) =>
    run(async (session) => (await import('./cli/commands/init.ts')).initGraph(session, folder)),
  );

/** Runs what needs no valid settings. */
async function runWithoutSettings(command: (print: (line: string) => void) => Promise<void>): Promise<void> {
  try {
    await command((line) => void process.stdout.write(`${line}\n`));
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}

const config = program.command('config').description('Check and describe the settings.');
config
  .command('check')
  .description('Check the settings of the environment, or of a file, and print them. Starts nothing.')
  .argument('[file]', 'file of variables: lines such as PORT=4000, or an object in JSON')
  .action((file: string | undefined) =>
    runWithoutSettings(async (print) =>
      (await import('./cli/commands/config.ts')).checkConfig(environment(), file, print),
    ),
  );
config
  .command('schema')
  .description('Print the settings as JSON Schema.')
  .action(() => runWithoutSettings(async (print) => (await import('./cli/commands/config.ts')).printSchema(print)));

program
  .command('doctor')
  .description('Examine settings, database, indexes, versions, disk and clocks, and say what to do. Changes nothing.')
  .action(() =>
    runWithoutSettings(async (print) => {
      if (!(await (await import('./cli/commands/doctor.ts')).runDoctor(environment(), print))) process.exitCode = 1;
    }),
  );

const database = program.command('database').description('Manage the local Neo4j.');
database
  .command('start')
  .description('Start Neo4j. It runs until it is stopped.')
  .action(() => run(async (session) => (await import('./cli/commands/database.ts')).startManaged(session)));
database
  .command('stop')
  .description('Stop Neo4j, even if it is in use.')
  .action(() => run(async (session) => (await import('./cli/commands/database.ts')).stopManaged(session)));
database
  .command('status')
  .description('Show whether Neo4j is running, its address, start time and users.')
  .action(() => run(async (session) => (await import('./cli/commands/database.ts')).showManaged(session)));

program
  .command('backup')
  .description('Write the whole database to a file: entities, history, keys, tags and watches. Servers may go on.')
  .argument('<file>', 'new file, for example graph.backup')
  .action((file: string) => run(async (session) => (await import('./cli/commands/backup.ts')).backUp(session, file)));

program
  .command('restore')
  .description('Restore a backup into an empty database.')
  .argument('<file>', 'file that silkgraph backup wrote')
  .action((file: string) => run(async (session) => (await import('./cli/commands/backup.ts')).restore(session, file)));

const key = program.command('key').description('Manage API keys.');
key
  .command('create')
  .description('Create a key and print it once. Only its hash is stored.')
  .requiredOption('--role <role>', 'reader, editor (reads and writes), admin, or a declared role')
  .requiredOption('--name <name>', 'name of the holder in the change log')
  .option('--expires <time>', 'validity, for example 12h, 90d or 4w, or never (default: 365d)')
  .option('--kinds <kinds>', 'kinds that the key may write, separated by commas, for example LAB,AREA (default: all)')
  .option('--rate <rate>', 'maximum rate of its requests, for example 600/min (default: that of the server)')
  .action((options: { role: string; name: string; expires?: string; kinds?: string; rate?: string }) =>
    run(async (session) => (await import('./cli/commands/key.ts')).createApiKey(session, options)),
  );
key
  .command('rotate')
  .description('Create a key in place of another, which stays valid for a time.')
  .argument('<id>', 'ID of the other key, as listed by silkgraph key list')
  .option('--overlap <time>', 'time for which both are valid, for example 12h or 7d (default: 7d)')
  .option('--expires <time>', 'validity of the new key, for example 90d, or never (default: 365d)')
  .action((id: string, options: { overlap?: string; expires?: string }) =>
    run(async (session) => (await import('./cli/commands/key.ts')).rotateApiKey(session, id, options)),
  );
key
  .command('list')
  .description('List all keys without secrets.')
  .action(() => run(async (session) => (await import('./cli/commands/key.ts')).listApiKeys(session)));
key
  .command('revoke')
  .description('Revoke a key permanently. Running servers reject it within seconds.')
  .argument('<id>', 'ID of the key, as listed by silkgraph key list')
  .action((id: string) => run(async (session) => (await import('./cli/commands/key.ts')).revokeApiKey(session, id)));

declareHistoryCommands(program, run);

program
  .command('seed')
  .description('Synchronise the graph with the seed files and list records that are no longer in them.')
  .option('--prune', 'delete records that are no longer in the seed files')
  .action((options: { prune?: true }) =>
    run(async (session) => (await import('./cli/commands/seed.ts')).seedGraph(session, options)),
  );

program
  .command('import')
  .description(
    'Import files or folders of records. A record replaces that of its entity as a whole: values that it leaves out are removed. By default, a single invalid record rejects the whole import. silkgraph diff says beforehand what an import would change.',
  )
  .argument('<files...>', 'JSON, JSON Lines or CSV files, named after their contents like those in seeds/')
  .option('--mapping <file>', 'mapping of arbitrary CSV files and columns')
  .option(
    '--rejects <file>',
    'write invalid records to this file, one per line, and import the rest; exits with 1 if there are any',
  )
  .option('--replace-pending', 'abandon an incomplete import and start this one')
  .action((files: string[], options: { mapping?: string; rejects?: string; replacePending?: true }) =>
    run(async (session) => (await import('./cli/commands/import.ts')).importIntoGraph(session, files, options)),
  );

program
  .command('adopt')
  .description(
    'Check the data of an existing Neo4j against the ontology and say what Silkgraph would add to it. Writes only with --yes.',
  )
  .option('--yes', 'write it: the label Entity, slugs, and properties that begin with _')
  .option(
    '--name <kind=property>',
    'property that the names of a kind are copied from, for example Movie=title (default: the most usual one); repeatable',
    repeated,
  )
  .action((options: { yes?: true; name?: readonly string[] }) =>
    run(async (session) => (await import('./cli/commands/adopt.ts')).adoptData(session, options)),
  );

const ontology = program.command('ontology').description('Draft an ontology from existing data.');
ontology
  .command('from-neo4j')
  .description('Draft an ontology from the labels, relationships and properties of an existing Neo4j. Only reads it.')
  .option('--out <file>', 'file to write, or - for standard output', 'ontology.js')
  .option('--sample <number>', 'maximum number of nodes of each label whose values are read', '10000')
  .action((options: { out: string; sample: string }) =>
    run(async (session) => (await import('./cli/commands/ontology.ts')).draftFromNeo4j(session, options)),
  );
ontology
  .command('from-csv')
  .description('Draft an ontology from CSV files: one file per kind, with references to the ids of other files.')
  .argument('<folder>', 'folder of the CSV files')
  .option('--out <file>', 'file to write, or - for standard output', 'ontology.js')
  .action((folder: string, options: { out: string }) =>
    run(async (session) => (await import('./cli/commands/ontology.ts')).draftFromCsv(session, folder, options)),
  );

program
  .command('export')
  .description('Export the graph in a format that can be imported, or the result of a query.')
  .requiredOption(
    '--format <format>',
    'json, jsonl or csv; of the whole graph also ttl, nt, nq, jsonld, graphml, gexf, cyjs and, of its sources, ris, bib, csl',
  )
  .requiredOption(
    '--out <place>',
    'folder (one file per kind), file with the extension of the format, or - for standard output',
  )
  .option('--kind <kind>', 'only entities of this kind, for example LAB')
  .option('--relation <type>', 'only relations of this type, for example HOSTED_BY, or ALL')
  .option('--query <file>', 'result of the GraphQL query in this file, with all pages of a list')
  .option('--variables <json>', 'variables of the query as JSON')
  .option('--at <revision>', 'as of an earlier revision: its number, a tag, a day or an instant')
  .action((options: ExportFlags) =>
    run(async (session) => (await import('./cli/commands/export.ts')).exportGraph(session, options)),
  );

program
  .command('query')
  .description(
    'Send the operation in a file to a running server and print the result as JSON, for subscriptions one line per result.',
  )
  .argument('<file>', 'GraphQL document, number of an example such as 14, or - for standard input')
  .option('--variables <json>', 'variables as JSON, for example \'{"code": "KE"}\'')
  .option('--operation <name>', 'operation to run, if the document has several')
  .option('--endpoint <url>', 'address of the server (default: from the settings HOST and PORT)')
  .option('--key <key>', 'API key or token; prefer SILKGRAPH_KEY, which process lists do not show')
  .action((file: string, options: QueryFlags) =>
    run(async (session) => (await import('./cli/commands/query.ts')).queryServer(session, file, options)),
  );

program
  .command('ask')
  .description('Ask a running server a question in words. Prints how it was read, the GraphQL document and the answer.')
  .argument('<question>', 'question in English or Chinese, for example "which countries have more than five labs"')
  .option('--json', 'print all of it as JSON')
  .option('--endpoint <url>', 'address of the server (default: from the settings HOST and PORT)')
  .option('--key <key>', 'API key or token; prefer SILKGRAPH_KEY, which process lists do not show')
  .action((question: string, options: AskFlags) =>
    run(async (session) => (await import('./cli/commands/ask.ts')).askServer(session, question, options)),
  );

program
  .command('generate')
  .description('Generate files with synthetic records, for tests with large graphs. They are for an empty graph.')
  .requiredOption(
    '--labs <number>',
    'number of laboratories (of another graph: of entities of its first kind), or small, medium or large; everything else scales with it',
  )
  .requiredOption('--out <folder>', 'output folder')
  .action((options: { labs: string; out: string }) =>
    run(async (session) => (await import('./cli/commands/generate.ts')).generateFiles(session, options)),
  );

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Requests for help or the version are not errors.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
