import neo4j, { type Driver } from 'neo4j-driver';
import { type Random, randomOf } from '../src/doors/data/generate/random.ts';
import type { Address } from '../src/engine/database/address.ts';
import type { ServedContestant } from './contestants.ts';
import { TURN } from './measure.ts';
import type { Variables } from './queries.ts';
import type { HandWritten, Question, Subjects } from './questions.ts';
import type { OpenSilkgraph } from './servers/open-silkgraph.ts';
import { median } from './statistics.ts';

/** How one question was answered by Silkgraph. */
export interface Answers {
  /** How long each took, in milliseconds. */
  readonly times: readonly number[];
  /** How many of the answers were cut short, by reason. */
  readonly truncated: ReadonlyMap<string, number>;
  /** What went wrong, where something did. */
  readonly failures: readonly string[];
}

/** The two ways in which Silkgraph is asked: by a call in this process, as the statements by hand are run, and over HTTP. */
const ways = ['called', 'http'] as const;
type Way = (typeof ways)[number];

export interface HandTimes {
  readonly statement: HandWritten;
  /** How long each took; infinity where it did not end in time. */
  readonly times: number[];
  /** Subjects that it was not asked about, since it may not end. */
  readonly spared: readonly Variables[];
}

/** Silkgraph in turns with one statement, or alone where there is none. */
export interface Comparison {
  readonly way: Way;
  readonly answers: Answers;
  readonly byHand: HandTimes | null;
}

export interface Asked {
  readonly question: Question;
  readonly comparisons: readonly Comparison[];
}

/** As long as Silkgraph takes at most: its own time limit and what is read of the entities found. */
export const PATIENCE = 10_000;

const SUBJECTS = 40;
const HUBS = 12;

/** Draws what questions are asked about: on one graph always the same. */
export async function drawSubjects(driver: Driver, database: string | undefined): Promise<Subjects> {
  const read = async (text: string): Promise<readonly string[]> => {
    const { records } = await driver.executeQuery(text, {}, database === undefined ? {} : { database });
    return records[0]?.get(0) ?? [];
  };
  const all = await read('MATCH (n:Lab) WITH n ORDER BY n.id RETURN collect(n.id)');
  const hubs = await read(`UNWIND ['Country', 'Area', 'Institution', 'Program'] AS kind
    CALL (kind) { MATCH (n:$(kind)) WITH n, COUNT { (n)--() } AS degree ORDER BY degree DESC, n.id LIMIT ${HUBS / 4} RETURN n }
    RETURN collect(n.id)`);
  const random = randomOf(1, 'asking', 0);
  const pick = () => all[random.below(all.length)] ?? '';
  return {
    labs: Array.from({ length: SUBJECTS }, pick),
    pairs: Array.from({ length: SUBJECTS }, () => [pick(), pick()] as const).filter(([from, to]) => from !== to),
    hubs,
    hubPairs: hubs.map((hub, index) => [hub, hubs[(index + 1) % hubs.length] ?? hub] as const),
  };
}

/** Runs a statement. @returns the milliseconds; infinity where it has not ended in time, whatever Neo4j makes of it */
async function timeByHand(
  driver: Driver,
  { database = '' }: Address,
  { cypher }: HandWritten,
  variables: Variables,
): Promise<number> {
  const session = driver.session({ database, defaultAccessMode: neo4j.session.READ, fetchSize: -1 });
  const started = performance.now();
  const ended = session.run(cypher, variables, { timeout: PATIENCE }).then(
    () => performance.now() - started,
    () => Number.POSITIVE_INFINITY,
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<number>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, Number.POSITIVE_INFINITY);
  });
  const time = await Promise.race([ended, late]);
  clearTimeout(timer);
  // Closing waits for a statement that nothing stops.
  if (Number.isFinite(time)) await session.close();
  return time;
}

interface Answer {
  readonly paths?: { readonly paths: readonly { readonly length: number }[]; readonly truncated: Truncated };
  readonly neighborhood?: { readonly truncated: Truncated };
  readonly similar?: readonly { readonly truncated: Truncated }[];
}

type Truncated = { readonly reason: string } | null;

const truncationOf = ({ paths, neighborhood, similar }: Answer): Truncated =>
  paths?.truncated ?? neighborhood?.truncated ?? similar?.[0]?.truncated ?? null;

/** Beyond this, `SHORTEST` looks at more than it can. */
const NEAR = 2;

const shuffled = <Item>(items: readonly Item[], random: Random): readonly Item[] =>
  items
    .map((item) => ({ item, place: random.next() }))
    .toSorted((left, right) => left.place - right.place)
    .map(({ item }) => item);

const chunks = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** Makes ready what is sent, which is the client's work and not measured; then it is asked. */
const askBy: Readonly<Record<Way, (sides: Sides, query: string, variables: Variables) => () => Promise<string>>> = {
  http:
    ({ silkgraph }, query, variables) =>
    () =>
      silkgraph.post('/graphql', query, variables),
  called: ({ called }, query, variables) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify({ query, variables }) };
    return async () => (await called.fetch('http://silkgraph/graphql', init)).text();
  },
};

export interface Sides {
  readonly silkgraph: ServedContestant;
  readonly called: Pick<OpenSilkgraph, 'fetch'>;
  readonly driver: Driver;
  readonly address: Address;
}

/**
 * How long is warmed up, in milliseconds, since Neo4j and Node.js compile what they often run: until answers come no
 * faster than a while before, and no longer than somebody waits for a benchmark.
 */
const WARMING = { while: 5_000, most: 120_000 };

/** Less than this is no longer faster. */
const FASTER = 0.95;

/** What of an answer is to be told: how long its paths are, why it was cut, or what went wrong. */
async function askOnce(way: Way, { question, sides }: Asking, variables: Variables) {
  const ask = askBy[way](sides, question.text, variables);
  const started = performance.now();
  const taken = () => performance.now() - started;
  try {
    const text = await ask();
    const milliseconds = taken();
    const { data, errors }: { data: Answer | null; errors?: readonly { message: string }[] } = JSON.parse(text);
    if (errors || !data) return { milliseconds, failure: String(errors?.[0]?.message) };
    return { milliseconds, data };
  } catch (error) {
    return { milliseconds: taken(), failure: String(error) };
  }
}

interface Asking {
  readonly question: Question;
  readonly sides: Sides;
  readonly subjects: readonly Variables[];
  readonly rounds: number;
}

/** Which subjects have no path that is short enough for a statement that may not end. */
async function findFar(asking: Asking): Promise<ReadonlySet<Variables>> {
  const far = new Set<Variables>();
  for (const variables of asking.subjects) {
    const { data } = await askOnce('called', asking, variables);
    const paths = data?.paths?.paths ?? [];
    if (paths.length === 0 || paths.some(({ length }) => length > NEAR)) far.add(variables);
  }
  return far;
}

/**
 * Asks a question about all its subjects several times, in turns with one statement, after both were warmed up. More than
 * two do not take turns: they throw each other's code out of the caches of the processor, the larger one's most.
 */
async function compare(
  way: Way,
  statement: HandWritten | null,
  asking: Asking,
  far: ReadonlySet<Variables>,
): Promise<Comparison> {
  const { question, sides, subjects, rounds } = asking;
  const answers = { times: [] as number[], truncated: new Map<string, number>(), failures: [] as string[] };
  const byHand: number[] = [];
  const endless = new Set<Variables>();
  const isSpared = (variables: Variables) => statement?.mayNotEnd === true && far.has(variables);
  // What Silkgraph alone is asked comes last: otherwise it alone would be measured after long searches.
  const inOrder = [...subjects.filter((variables) => !isSpared(variables)), ...subjects.filter(isSpared)];
  const random = randomOf(1, `${question.title} ${way} ${statement?.name}`, 0);
  let lately: number[] = [];

  async function askSilkgraph(variables: Variables, isMeasured: boolean) {
    const { milliseconds, data, failure } = await askOnce(way, asking, variables);
    lately.push(milliseconds);
    if (failure !== undefined) answers.failures.push(failure);
    if (!isMeasured) return;
    answers.times.push(milliseconds);
    const reason = data && truncationOf(data)?.reason;
    if (reason) answers.truncated.set(reason, (answers.truncated.get(reason) ?? 0) + 1);
  }
  async function askByHand(variables: Variables, isMeasured: boolean) {
    if (!statement || isSpared(variables)) return;
    const { driver, address } = sides;
    const isEndless = statement.mayNotEnd && endless.has(variables);
    const milliseconds = isEndless ? Number.POSITIVE_INFINITY : await timeByHand(driver, address, statement, variables);
    if (milliseconds === Number.POSITIVE_INFINITY) endless.add(variables);
    if (isMeasured) byHand.push(milliseconds);
  }
  async function ask(isMeasured: boolean) {
    for (const some of chunks(inOrder, TURN)) {
      for (const asks of shuffled([askSilkgraph, askByHand], random)) {
        for (const variables of some) await asks(variables, isMeasured);
      }
    }
  }

  const begun = performance.now();
  // A calm while or two may be noise.
  for (let best = Number.POSITIVE_INFINITY, calm = 0; calm < 3 && performance.now() - begun < WARMING.most; ) {
    const since = performance.now();
    lately = [];
    do await ask(false);
    while (performance.now() - since < WARMING.while);
    const now = median(lately);
    calm = now > best * FASTER ? calm + 1 : 0;
    best = Math.min(best, now);
  }
  for (let round = 0; round < rounds; round += 1) await ask(true);
  return { way, answers, byHand: statement && { statement, times: byHand, spared: subjects.filter(isSpared) } };
}

/** Compares Silkgraph, asked in both ways, with each statement for the question. */
export async function askQuestion(
  question: Question,
  subjects: Subjects,
  rounds: number,
  sides: Sides,
): Promise<Asked> {
  const asking = { question, sides, subjects: question.variables(subjects), rounds };
  const far = question.byHand.some(({ mayNotEnd }) => mayNotEnd) ? await findFar(asking) : new Set<Variables>();
  const comparisons: Comparison[] = [];
  for (const way of ways) {
    for (const statement of question.byHand.length > 0 ? question.byHand : [null]) {
      comparisons.push(await compare(way, statement, asking, far));
    }
  }
  return { question, comparisons };
}

/**
 * Tries what was spared, once for each statement: where that does not end, the others are taken not to either. Comes
 * last, since Neo4j goes on with such a statement until it is ended itself.
 */
export async function trySpared(asked: readonly Asked[], rounds: number, { driver, address }: Sides): Promise<void> {
  const tried = new Map<HandWritten, number>();
  for (const { byHand } of asked.flatMap(({ comparisons }) => comparisons)) {
    const [first] = byHand?.spared ?? [];
    if (!byHand || !first) continue;
    const { statement, times, spared } = byHand;
    const time = tried.get(statement) ?? (await timeByHand(driver, address, statement, first));
    tried.set(statement, time);
    for (let round = 0; round < rounds; round += 1) times.push(...spared.map(() => time));
  }
}

/** What a request takes that asks nothing of the graph, in milliseconds: over HTTP, and by a call. */
export async function timeNothing(sides: Sides): Promise<Readonly<Record<Way, number>>> {
  const times: Record<Way, number[]> = { http: [], called: [] };
  while (times.called.length < 500) {
    for (const way of ways) {
      const ask = askBy[way](sides, '{ __typename }', {});
      const started = performance.now();
      await ask();
      times[way].push(performance.now() - started);
    }
  }
  return { http: median(times.http), called: median(times.called) };
}
