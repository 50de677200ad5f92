import type { Command } from 'commander';
import { repeated } from '../session/repeated.ts';
import type { Session } from '../session/session.ts';
import type { WatchFlags } from './watch.ts';

/** Declares the commands for tags, differences and watches. What they do is imported when one of them runs. */
export function declareHistoryCommands(
  program: Command,
  run: (command: (session: Session) => Promise<void>) => Promise<void>,
): void {
  const tag = program.command('tag').description('Name revisions of the graph.');
  tag
    .command('create')
    .description('Name a revision, by default the newest. A tag never moves.')
    .argument('<name>', 'name, for example 2026-report')
    .option('--at <revision>', 'number of a revision, another tag, a day or an instant')
    .action((name: string, options: { at?: string }) =>
      run(async (session) => (await import('./tag.ts')).createRevisionTag(session, name, options)),
    );
  tag
    .command('list')
    .description('List all tags with their revisions.')
    .action(() => run(async (session) => (await import('./tag.ts')).listRevisionTags(session)));

  program
    .command('diff')
    .description('Show what differs between two revisions of the graph, or what an import of files would change.')
    .argument('<from>', 'revision (its number, a tag, a day or an instant), or a file or folder of records')
    .argument('[to]', 'later revision (default: the newest)')
    .option('--json', 'one line of JSON for each difference')
    .option('--mapping <file>', 'mapping of arbitrary CSV files and columns')
    .action((from: string, to: string | undefined, options: { json?: true; mapping?: string }) =>
      run(async (session) => (await import('./diff.ts')).showDifferences(session, from, to, options)),
    );

  const watch = program.command('watch').description('Watch changes: as a feed, and posted to an address.');
  watch
    .command('create')
    .description(
      'Store which changes to watch: a feed, and posts to an address. The secret of their signatures is printed once.',
    )
    .option('--url <url>', 'address of the receiver (default: a feed alone)')
    .option('--kind <kind>', 'only changes that concern this kind, for example LAB; repeatable', repeated)
    .option('--id <slug>', 'only changes that concern this entity; repeatable', repeated)
    .option(
      '--filter <filter>',
      'only changes to entities that meet conditions, for example {lab: {status: {eq: PLANNED}}}',
    )
    .option('--around <slug>', 'only changes around this entity, which may be deleted; repeatable', repeated)
    .option('--depth <hops>', 'maximum number of hops from --around (default: 1)')
    .option('--match <pattern>', 'only changes to matches of a pattern, as the field match takes it')
    .action((options: WatchFlags) =>
      run(async (session) => (await import('./watch.ts')).watchChanges(session, options)),
    );
  watch
    .command('list')
    .description('List all watches, and how far their receivers are.')
    .action(() => run(async (session) => (await import('./watch.ts')).listWatches(session)));
  watch
    .command('letters')
    .description('List the deliveries that were given up after all their tries.')
    .action(() => run(async (session) => (await import('./watch.ts')).listDeadLetters(session)));
  for (const [name, description, act] of [
    ['remove', 'Remove a watch and what it has given up.', 'forgetWatch'],
    ['resend', 'Begin again with the first delivery that was given up.', 'resendToWatch'],
    [
      'rotate',
      'Give a watch a new secret, which is printed once. The former one signs beside it for a week.',
      'rotateWatch',
    ],
  ] as const) {
    watch
      .command(name)
      .description(description)
      .argument('<id>', 'ID of the watch, as listed by silkgraph watch list')
      .action((id: string) => run(async (session) => (await import('./watch.ts'))[act](session, id)));
  }
}
