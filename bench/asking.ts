import neo4j, { type Driver } from 'neo4j-driver';
import { type Random, randomOf } from '../src/data/random.ts';
import type { Address } from '../src/database/address.ts';
import type { ServedContestant } from './contestants.ts';
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

export interface HandTimes {
  readonly statement: HandWritten;
  /** How long each took; infinity where it did not end in time. */
  readonly times: number[];
  /** Subjects that it was not asked about, since it may not end. */
  readonly spared: readonly Variables[];
}

export interface Asked {
  readonly question: Question;
  /** Over HTTP. */
  readonly silkgraph: Answers;
  /** By a call in this process, as the statements by hand are run. */
  readonly called: Answers;
  readonly byHand: readonly HandTimes[];
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
  const late = new Promise<number>((resolve) => setTimeout(resolve, PATIENCE, Number.POSITIVE_INFINITY).unref());
  const time = await Promise.race([ended, late]);
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

/** The two ways in which Silkgraph is asked. */
const ways = ['silkgraph', 'called'] as const;
type Way = (typeof ways)[number];

const shuffled = <Item>(items: readonly Item[], random: Random): readonly Item[] =>
  items
    .map((item) => ({ item, place: random.next() }))
    .toSorted((left, right) => left.place - right.place)
    .map(({ item }) => item);

/** Asks about each subject in turn, by hand and of Silkgraph, in a drawn order: who comes after whom matters. */
async function askRound(
  question: Question,
  subjects: readonly Variables[],
  sides: Sides,
  random: Random,
  isAsked: (statement: HandWritten, place: number) => boolean,
  tell: (from: HandWritten | Way, place: number, milliseconds: number, answer: Answer | string | null) => void,
): Promise<void> {
  for (const [place, variables] of subjects.entries()) {
    const asks = [...ways, ...question.byHand.filter((statement) => isAsked(statement, place))];
    for (const ask of shuffled(asks, random)) {
      if (typeof ask !== 'string') {
        tell(ask, place, await timeByHand(sides.driver, sides.address, ask, variables), null);
        continue;
      }
      const started = performance.now();
      try {
        const text = await askBy[ask](sides, question.text, variables);
        const milliseconds = performance.now() - started;
        const { data, errors } = JSON.parse(text);
        tell(ask, place, milliseconds, errors ? String(errors[0]?.message) : data);
      } catch (error) {
        tell(ask, place, performance.now() - started, String(error));
      }
    }
  }
}

const askBy: Readonly<Record<Way, (sides: Sides, query: string, variables: Variables) => Promise<string>>> = {
  silkgraph: ({ silkgraph }, query, variables) => silkgraph.post('/graphql', query, variables),
  called: async ({ called }, query, variables) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const body = JSON.stringify({ query, variables });
    return (await called.fetch(new Request('http://silkgraph/graphql', { method: 'POST', headers, body }))).text();
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
const WARMING = { while: 10_000, most: 120_000 };

/** Less than this is no longer faster. */
const FASTER = 0.95;

const noAnswers = () => ({ times: [] as number[], truncated: new Map<string, number>(), failures: [] as string[] });

/** Asks a question about all its subjects, several times, after it was warmed up. */
export async function askQuestion(
  question: Question,
  subjects: Subjects,
  rounds: number,
  sides: Sides,
): Promise<Asked> {
  const variables = question.variables(subjects);
  const found = { silkgraph: noAnswers(), called: noAnswers() };
  const far = new Set<number>();
  const byHand = new Map(question.byHand.map((statement) => [statement, [] as number[]]));
  const endless = new Map(question.byHand.map((statement) => [statement, new Set<number>()]));
  // What may not end waits until the distance is known.
  const isAsked = (isFirst: boolean) => (statement: HandWritten, place: number) =>
    !statement.mayNotEnd || (!isFirst && !far.has(place) && !endless.get(statement)?.has(place));
  let lately: number[] = [];
  const random = randomOf(1, question.title, 0);
  const ask = (isFirst: boolean, isMeasured: boolean) =>
    askRound(question, variables, sides, random, isAsked(isFirst), (from, place, milliseconds, answer) => {
      if (typeof from !== 'string') {
        if (milliseconds === Number.POSITIVE_INFINITY) endless.get(from)?.add(place);
        if (isMeasured) byHand.get(from)?.push(milliseconds);
        return;
      }
      const { times, truncated, failures } = found[from];
      if (typeof answer === 'string') failures.push(answer);
      const lengths = answer && typeof answer === 'object' ? (answer.paths?.paths ?? []) : [];
      if (question.field === 'paths' && !(lengths.length > 0 && lengths.every(({ length }) => length <= NEAR)))
        far.add(place);
      lately.push(milliseconds);
      if (!isMeasured) return;
      times.push(milliseconds);
      const reason = answer && typeof answer === 'object' ? truncationOf(answer)?.reason : undefined;
      if (reason) truncated.set(reason, (truncated.get(reason) ?? 0) + 1);
    });

  const begun = performance.now();
  await ask(true, false);
  // A calm while or two may be noise.
  for (let best = Number.POSITIVE_INFINITY, calm = 0; calm < 3 && performance.now() - begun < WARMING.most; ) {
    const since = performance.now();
    lately = [];
    do await ask(false, false);
    while (performance.now() - since < WARMING.while);
    const now = median(lately);
    calm = now > best * FASTER ? calm + 1 : 0;
    best = Math.min(best, now);
  }
  for (let round = 0; round < rounds; round += 1) await ask(false, true);
  return {
    question,
    ...found,
    byHand: [...byHand].map(([statement, times]) => {
      const spared = statement.mayNotEnd ? [...far].map((place) => variables[place] ?? {}) : [];
      return { statement, times, spared };
    }),
  };
}

/**
 * Tries what was spared, once for each statement: where that does not end, the others are taken not to either. Comes
 * last, since Neo4j goes on with such a statement until it is ended itself.
 */
export async function trySpared(asked: readonly Asked[], rounds: number, { driver, address }: Sides): Promise<void> {
  for (const { byHand } of asked) {
    for (const { statement, times, spared } of byHand) {
      const [first] = spared;
      if (first === undefined) continue;
      const time = await timeByHand(driver, address, statement, first);
      for (let round = 0; round < rounds; round += 1) times.push(...spared.map(() => time));
    }
  }
}

/** What a request takes that asks nothing of the graph, in milliseconds: over HTTP, and by a call. */
export async function timeNothing(sides: Sides): Promise<Readonly<Record<Way, number>>> {
  const times: Record<Way, number[]> = { silkgraph: [], called: [] };
  while (times.called.length < 500) {
    for (const way of ways) {
      const started = performance.now();
      await askBy[way](sides, '{ __typename }', {});
      times[way].push(performance.now() - started);
    }
  }
  return { silkgraph: median(times.silkgraph), called: median(times.called) };
}
