import { type Change, isOfRecord } from '../../../engine/changes/change.ts';
import { isSlug } from '../../../engine/changes/check/check-properties.ts';
import type { LatestChanges } from '../../../engine/changes/log/read-latest.ts';
import { scopeRefusal } from '../../../graphql/watching/scope-refusal.ts';
import type { ChangeScope } from '../../../history/scope/change-scope.ts';
import { readLatestScoped, type ScopedLog } from '../../../history/scope/scoped-log.ts';
import { readWatch } from '../../../history/watching/watch-store.ts';
import { escapeXml } from '../../../ontology/escape-markup.ts';
import { badRequest, checkParameters } from '../../../server/bad-request.ts';
import type { Vocabulary } from '../vocabulary.ts';

export const changeAtomPath = '/changes.atom';

type Words = readonly string[];

/** Parameters that say which changes the feed has. */
const parameters: Words = ['kinds', 'ids', 'filter', 'around', 'depth', 'match', 'watch'];

/** Changes in one document of the feed. */
const PAGE = 50;

/** Entities that a feed may be about. */
const MOST_IDS = 20;

const done = { CREATED: 'created', UPDATED: 'updated', DELETED: 'deleted' } as const;

function titleOf(change: Change): string {
  if (change.subject === 'IMPORT') {
    const { created, updated, removed } = change;
    return `Import: ${created} created, ${updated} updated, ${removed} removed`;
  }
  if (change.subject === 'FORMER') return `${change.of} ${change.slugs.join(' – ')} ${done[change.action]}`;
  const what =
    change.subject === 'ENTITY'
      ? `${change.entity.kind} ${change.entity.slug}`
      : `${change.relation} from ${change.from.slug} to ${change.to.slug}`;
  return `${what} ${done[change.action]}`;
}

const addressOf = (change: Change, vocabulary: Vocabulary): string => {
  if (!isOfRecord(change)) return `${vocabulary.base}/explore`;
  return vocabulary.entity((change.subject === 'ENTITY' ? change.entity : change.from).slug);
};

/** What was there before and after, in the import format. */
const contentOf = (change: Change): string =>
  change.subject === 'IMPORT'
    ? JSON.stringify({ files: change.files })
    : JSON.stringify({ before: change.before, after: change.after });

function entryOf(change: Change, vocabulary: Vocabulary): string {
  const { sequence, transaction, at, author, reason } = change;
  const parts = [
    // After a restore, another change may have the same sequence, and readers show no entry whose id they know.
    `<id>${escapeXml(`${vocabulary.base}${changeAtomPath}#${sequence}-${transaction}`)}</id>`,
    `<title>${escapeXml(titleOf(change))}</title>`,
    `<updated>${at}</updated>`,
    `<author><name>${escapeXml(author)}</name></author>`,
    `<link href="${escapeXml(addressOf(change, vocabulary))}"/>`,
    ...(reason === undefined ? [] : [`<summary>${escapeXml(reason)}</summary>`]),
    `<content type="text">${escapeXml(contentOf(change))}</content>`,
  ];
  return `<entry>\n${parts.join('\n')}\n</entry>`;
}

/** Each value of a parameter that may be repeated or separated by commas. */
const valuesOf = (query: URLSearchParams, name: string): Words => [
  ...new Set(query.getAll(name).flatMap((value) => value.split(',').filter((part) => part !== ''))),
];

/** The arguments of the subscription `changes` that the parameters stand for. @throws GraphQLError BAD_USER_INPUT */
function scopeIn(query: URLSearchParams): string {
  const [kinds, ids, around] = ['kinds', 'ids', 'around'].map((name) => valuesOf(query, name)) as [Words, Words, Words];
  if (ids.length > MOST_IDS) throw badRequest(`\`ids\` takes at most ${MOST_IDS} slugs; got ${ids.length}.`);
  for (const [name, slugs] of Object.entries({ ids, around })) {
    const wrong = slugs.find((slug): boolean => !isSlug(slug));
    if (wrong !== undefined) throw badRequest(`${JSON.stringify(wrong.slice(0, 50))} in \`${name}\` is no slug.`);
  }
  const literals = ['filter', 'depth', 'match'].flatMap((name) => {
    const given = query.get(name);
    return given === null ? [] : [`${name}: ${given}`];
  });
  return [
    ...(kinds.length === 0 ? [] : [`kinds: [${kinds.join(', ')}]`]),
    ...(ids.length === 0 ? [] : [`ids: ${JSON.stringify(ids)}`]),
    ...(around.length === 0 ? [] : [`around: ${JSON.stringify(around)}`]),
    ...literals,
  ].join(', ');
}

/** The scope of a stored watch, or that of the parameters. @throws GraphQLError; GraphError */
async function scopeOf({ graph, readScope }: FeedReads, query: URLSearchParams): Promise<ChangeScope> {
  const id = query.get('watch');
  if (id === null) {
    checkParameters(query, [...parameters, 'before'], `The parameters are ${parameters.join(', ')} and before.`);
    return readScope(scopeIn(query));
  }
  checkParameters(query, ['watch', 'before'], 'The feed of a stored watch takes watch and before alone.');
  const watch = await readWatch(graph, id);
  if (!watch) throw badRequest(`There is no watch ${JSON.stringify(id.slice(0, 50))}. It may have been removed.`, 404);
  return readScope(watch.scope);
}

function beforeOf(query: URLSearchParams): number | undefined {
  const given = query.get('before');
  if (given === null) return undefined;
  if (!/^\d{1,15}$/.test(given)) throw badRequest('`before` must be the number of a revision.');
  return Number(given);
}

const addressWith = (base: string, query: URLSearchParams, before?: number): string => {
  const kept = new URLSearchParams([...query].filter(([name]) => parameters.includes(name)));
  if (before !== undefined) kept.set('before', String(before));
  const text = kept.toString();
  return `${base}${changeAtomPath}${text === '' ? '' : `?${text}`}`;
};

/** What a feed is read from. */
export interface FeedReads extends ScopedLog {
  /** Reads arguments of the subscription `changes`. @throws GraphQLError BAD_USER_INPUT */
  readonly readScope: (text: string) => ChangeScope;
}

/** @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED; GraphError */
async function latestOf(reads: FeedReads, query: URLSearchParams): Promise<LatestChanges> {
  const before = beforeOf(query);
  try {
    return await readLatestScoped(reads, { scope: await scopeOf(reads, query), before, first: PAGE });
  } catch (error) {
    throw scopeRefusal(error);
  }
}

/**
 * The latest changes as an Atom feed (https://www.rfc-editor.org/rfc/rfc4287), newest first; older ones follow by the
 * links of an archived feed (https://www.rfc-editor.org/rfc/rfc5005), also where a page has none because they are rare. An
 * entry never changes its id, so no reader shows it twice.
 * @throws GraphQLError BAD_USER_INPUT, LIMIT_EXCEEDED; GraphError
 */
export async function changeAtom(reads: FeedReads, vocabulary: Vocabulary, query: URLSearchParams): Promise<string> {
  const { changes, since } = await latestOf(reads, query);
  const { base } = vocabulary;
  const self = addressWith(base, query, beforeOf(query));
  const links = [
    `<link rel="self" href="${escapeXml(self)}"/>`,
    `<link rel="current" href="${escapeXml(addressWith(base, query))}"/>`,
    ...(since > 1 ? [`<link rel="prev-archive" href="${escapeXml(addressWith(base, query, since))}"/>`] : []),
  ];
  const head = [
    `<id>${escapeXml(self)}</id>`,
    '<title>Changes to the graph</title>',
    `<updated>${changes[0]?.at ?? '1970-01-01T00:00:00.000Z'}</updated>`,
    ...links,
  ];
  const entries = changes.map((change) => entryOf(change, vocabulary));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n${[...head, ...entries].join('\n')}\n</feed>\n`;
}
