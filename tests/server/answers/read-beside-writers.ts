import { expect } from 'vitest';
import type { GraphRevisions } from '../../../src/engine/changes/log/graph-revisions.ts';
import { globalId } from '../../../src/graphql/identifiers.ts';
import { type AnswerServer, type AnswerServers, type Asked, asEditor } from './answer-servers.ts';

/** In milliseconds. */
const STALENESS = 100;
const READERS = 12;

/** So that a busy machine refuses little. */
const unhurried = { concurrency: 100, timeout: 60_000 };

/** Always the same numbers between 0 and 1 (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Subject {
  readonly slug: string;
  readonly mutation: string;
  /** Questions whose answer contains its name. */
  readonly questions: readonly string[];
}

const update = (kind: string) =>
  `mutation ($slug: ID!, $name: String!) { payload: update(input: { entity: { ${kind}: { id: $slug, name: $name } } }) { errors { message } } }`;

const subjects: readonly Subject[] = [
  {
    slug: 'institute',
    mutation: update('institution'),
    questions: [
      '{ institution(slug: "institute") { name } }',
      '{ lab(slug: "lab-one") { institutions { nodes { name } } } }',
      '{ country(code: "CN") { institutions(filter: { labs: { some: { slug: { eq: "lab-one" } } } }) { nodes { name } } } }',
    ],
  },
  {
    slug: 'lab-one',
    mutation: update('lab'),
    questions: [
      '{ lab(slug: "lab-one") { name } }',
      '{ country(code: "CI") { labs { edges { node { name } sources { slug } } } } }',
      '{ institution(slug: "institute") { labs(filter: { status: { eq: AGREED } }) { nodes { name } } } }',
    ],
  },
  {
    slug: 'cn',
    mutation: update('country'),
    questions: [
      '{ country(code: "CN") { name } }',
      `{ node(id: "${globalId('Country', 'cn')}") { ... on Country { name } } }`,
    ],
  },
];

/** A write that was answered. */
interface Written {
  readonly version: number;
  readonly server: AnswerServer;
  readonly at: number;
  readonly bookmark: string;
}

/** A machine at its limits refuses some: that says nothing about the cache. */
const isRefused = (body: { errors?: { extensions: { code: string } }[] } | null): boolean =>
  /^(?:OVERLOADED|TIMEOUT|RATE_LIMITED|DATABASE_UNAVAILABLE)$/.test(body?.errors?.[0]?.extensions.code ?? '');

const versionIn = (text: string) => Number(/"v(\d+)"/.exec(text)?.[1] ?? Number.NaN);

interface Found {
  readonly outcomes: Map<string | null, number>;
  readonly stale: string[];
  refused: number;
}

/** Reads at random beside writers on both servers, and compares each answer with what was promised. */
export async function readBesideWriters(
  servers: AnswerServers,
  reads: number,
  revisionsOf: (known: GraphRevisions) => GraphRevisions = (known) => known,
): Promise<Found> {
  const random = createRandom(19);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const both = [
    await servers.start({ ...unhurried, staleness: STALENESS, revisionsOf }),
    await servers.start({ ...unhurried, staleness: STALENESS, revisionsOf }),
  ];
  const history = new Map<Subject, Written[]>(subjects.map((subject) => [subject, []]));
  const found: Found = { outcomes: new Map(), stale: [], refused: 0 };
  let left = reads;
  let version = 0;

  async function write(subject: Subject): Promise<void> {
    version += 1;
    const next = version;
    const server = pick(both);
    const { body, response } = await server.ask(subject.mutation, {
      variables: { slug: subject.slug, name: `v${next}` },
      headers: asEditor,
    });
    if (isRefused(body)) return;
    expect(body).toEqual({ data: { payload: { errors: [] } } });
    const bookmark = String(response.headers.get('silkgraph-bookmark'));
    history.get(subject)?.push({ version: next, server, at: performance.now(), bookmark });
  }

  async function readOnce(): Promise<void> {
    const subject = pick(subjects);
    const written = history.get(subject) ?? [];
    const server = pick(both);
    const chance = random();
    const known = chance < 0.1 ? pick(written) : undefined;
    const headers: Record<string, string> = known ? { 'silkgraph-bookmark': known.bookmark } : {};
    if (chance > 0.97) headers['cache-control'] = 'no-cache';
    const begun = performance.now();
    const promised = Math.max(
      known?.version ?? 0,
      ...written
        .filter((one) => chance > 0.97 || one.server === server || one.at < begun - STALENESS)
        .map((one) => one.version),
    );
    const question = pick(subject.questions);
    const asked: Asked = await (random() < 0.5 ? server.get(question, { headers }) : server.ask(question, { headers }));
    if (isRefused(asked.body)) {
      found.refused += 1;
      return;
    }
    found.outcomes.set(asked.cache, (found.outcomes.get(asked.cache) ?? 0) + 1);
    const got = versionIn(asked.text);
    if (!(got >= promised)) found.stale.push(`${question} ${asked.cache}: v${got}, but v${promised} was promised`);
  }

  for (const subject of subjects) while (history.get(subject)?.length === 0) await write(subject);
  const writing = subjects.map(async (subject) => {
    while (left > 0) {
      await write(subject);
      // Lets answers be found in the cache, too.
      for (let until = left - 40 * random(); left > 0 && left > until; ) await readOnce().then(() => (left -= 1));
    }
  });
  const reading = Array.from({ length: READERS }, async () => {
    while (left > 0) {
      left -= 1;
      await readOnce();
    }
  });
  await Promise.all([...writing, ...reading]);
  return found;
}
