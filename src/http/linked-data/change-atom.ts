import type { Change } from '../../changes/change.ts';
import { isSlug } from '../../changes/check/check-properties.ts';
import { readLatest } from '../../changes/log/read-latest.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Vocabulary } from '../../linked-data/vocabulary.ts';
import { escapeMarkup } from '../../ontology/escape-markup.ts';
import { constantCase } from '../../ontology/letter-case.ts';
import type { Ontology } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import { badRequest } from '../bad-request.ts';

export const changeAtomPath = '/changes.atom';

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
  const what =
    change.subject === 'ENTITY'
      ? `${change.entity.kind} ${change.entity.slug}`
      : `${change.relation} from ${change.from.slug} to ${change.to.slug}`;
  return `${what} ${done[change.action]}`;
}

const addressOf = (change: Change, vocabulary: Vocabulary): string => {
  if (change.subject === 'IMPORT') return `${vocabulary.base}/explore`;
  return vocabulary.entity((change.subject === 'ENTITY' ? change.entity : change.from).slug);
};

/** What was there before and after, in the import format. */
const contentOf = (change: Change): string =>
  change.subject === 'IMPORT'
    ? JSON.stringify({ files: change.files })
    : JSON.stringify({ before: change.before, after: change.after });

function entryOf(change: Change, vocabulary: Vocabulary): string {
  const { sequence, at, author, reason } = change;
  const parts = [
    `<id>${escapeMarkup(`${vocabulary.base}${changeAtomPath}#${sequence}`)}</id>`,
    `<title>${escapeMarkup(titleOf(change))}</title>`,
    `<updated>${at}</updated>`,
    `<author><name>${escapeMarkup(author)}</name></author>`,
    `<link href="${escapeMarkup(addressOf(change, vocabulary))}"/>`,
    ...(reason === undefined ? [] : [`<summary>${escapeMarkup(reason)}</summary>`]),
    `<content type="text">${escapeMarkup(contentOf(change))}</content>`,
  ];
  return `<entry>\n${parts.join('\n')}\n</entry>`;
}

/** Each value of a parameter that may be repeated or separated by commas. */
const valuesOf = (query: URLSearchParams, name: string): readonly string[] => [
  ...new Set(query.getAll(name).flatMap((value) => value.split(',').filter((part) => part !== ''))),
];

function kindsOf({ kindNames }: Ontology, query: URLSearchParams): readonly Kind[] | undefined {
  const given = valuesOf(query, 'kinds');
  if (given.length === 0) return undefined;
  return given.map((name) => {
    const kind = kindNames.find((one) => constantCase(one) === name);
    if (kind !== undefined) return kind;
    throw badRequest(
      `There is no kind ${JSON.stringify(name.slice(0, 50))}. The kinds are ${kindNames.map(constantCase).join(', ')}.`,
    );
  });
}

function idsOf(query: URLSearchParams): readonly string[] | undefined {
  const given = valuesOf(query, 'ids');
  if (given.length === 0) return undefined;
  if (given.length > MOST_IDS) throw badRequest(`\`ids\` takes at most ${MOST_IDS} slugs; got ${given.length}.`);
  const wrong = given.find((slug): boolean => !isSlug(slug));
  if (wrong !== undefined) throw badRequest(`${JSON.stringify(wrong.slice(0, 50))} in \`ids\` is no slug.`);
  return given;
}

function beforeOf(query: URLSearchParams): number | undefined {
  const given = query.get('before');
  if (given === null) return undefined;
  if (!/^\d{1,15}$/.test(given)) throw badRequest('`before` must be the number of a revision.');
  return Number(given);
}

const addressWith = (base: string, query: URLSearchParams, before?: number): string => {
  const kept = new URLSearchParams([...query].filter(([name]) => name === 'kinds' || name === 'ids'));
  if (before !== undefined) kept.set('before', String(before));
  const text = kept.toString();
  return `${base}${changeAtomPath}${text === '' ? '' : `?${text}`}`;
};

/**
 * The latest changes as an Atom feed (https://www.rfc-editor.org/rfc/rfc4287), newest first; older ones follow by the
 * links of an archived feed (https://www.rfc-editor.org/rfc/rfc5005). An entry never changes its id, so no reader shows it twice.
 * @throws GraphQLError BAD_USER_INPUT; GraphError
 */
export async function changeAtom(graph: Graph, vocabulary: Vocabulary, query: URLSearchParams): Promise<string> {
  const wanted = { kinds: kindsOf(graph.ontology, query), ids: idsOf(query), before: beforeOf(query) };
  const found = await readLatest(graph, { ...wanted, first: PAGE + 1 });
  const shown = found.slice(0, PAGE);
  const { base } = vocabulary;
  const self = addressWith(base, query, wanted.before);
  const last = shown.at(-1);
  const links = [
    `<link rel="self" href="${escapeMarkup(self)}"/>`,
    `<link rel="current" href="${escapeMarkup(addressWith(base, query))}"/>`,
    ...(found.length > PAGE && last
      ? [`<link rel="prev-archive" href="${escapeMarkup(addressWith(base, query, last.sequence))}"/>`]
      : []),
  ];
  const head = [
    `<id>${escapeMarkup(self)}</id>`,
    '<title>Changes to the graph</title>',
    `<updated>${shown[0]?.at ?? '1970-01-01T00:00:00.000Z'}</updated>`,
    ...links,
  ];
  const entries = shown.map((change) => entryOf(change, vocabulary));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n${[...head, ...entries].join('\n')}\n</feed>\n`;
}
