import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from './attack.ts';
import type { AttackedServer } from './attacked-server.ts';
import { type Normal, type Outcome, startNormalLoad } from './normal-load.ts';
import { type Answers, startAttack } from './start-attack.ts';
import { type Stall, watchHealth } from './watch-health.ts';

/** Memory in bytes. */
export interface Memory {
  /** Resident memory. */
  readonly rss: number;
  /** Heap in use after a collection of garbage. */
  readonly heap: number;
}

/** What the server held when nobody asked, from its metrics. */
export interface Held extends Memory {
  /** Open files and connections, but for those to the database. */
  readonly files: number;
  readonly subscriptions: number;
  /** Operations that are at work or wait for a place. */
  readonly operations: number;
  /** Size of `/metrics`. */
  readonly metricsSize: number;
}

/** One attack, and how the server and its normal callers fared. */
export interface Suffered {
  readonly survived: boolean;
  /** The last the server said, where it ended. */
  readonly lastWords?: string;
  /** Highest values seen. */
  readonly peak: Memory;
  /** The longest stall of `/health`, with the attacks that went on. */
  readonly stall: Stall;
  /** Whether the server answered again after the attack. */
  readonly recovered: boolean;
  readonly outcomes: readonly Outcome[];
  /** What each attack was answered, by its name. */
  readonly answers: Readonly<Record<string, Answers>>;
}

export interface Plan {
  /** Attacks that run one after the other, beside those of the other lanes; each lane has an address of its own. */
  readonly lanes: readonly (readonly Attack[])[];
  /** Duration of each attack. */
  readonly seconds: number;
  /** How long the server may take to answer again, in milliseconds. */
  readonly patience: number;
  /** Time in which an answer to a normal caller is of use, in milliseconds. @default 1000 */
  readonly deadline?: number;
}

/** Deals attacks out to lanes. */
export const inLanes = (attacks: readonly Attack[], count: number): readonly (readonly Attack[])[] =>
  Array.from({ length: count }, (_, lane) => attacks.filter((_attack, at) => at % count === lane));

/** Interval of memory readings in milliseconds. */
const READING = 100;

/** What the server holds once garbage is collected; not numbers where it answers nothing. */
export async function holds(server: AttackedServer): Promise<Held> {
  await server.inspector.collectGarbage();
  const [inFlight, waiting] = await Promise.all(
    ['in_flight', 'waiting'].map((state) => server.metric(`silkgraph_operations_${state}`)),
  );
  return {
    heap: await server.inspector.heapUsed(),
    rss: server.residentMemory(),
    files: (await server.metric('process_open_fds')) - (await server.metric('silkgraph_database_connections')),
    subscriptions: await server.metric('silkgraph_subscriptions'),
    operations: (inFlight ?? 0) + (waiting ?? 0),
    metricsSize: await server.metricsSize(),
  };
}

function watchMemory({ residentMemory, inspector }: AttackedServer) {
  const peak = { rss: 0, heap: 0 };
  const read = async () => {
    const [rss, heap] = [residentMemory(), await inspector.heapUsed()];
    if (rss > peak.rss) peak.rss = rss;
    if (heap > peak.heap) peak.heap = heap;
  };
  const timer = setInterval(() => void read(), READING);
  return { peak, end: () => clearInterval(timer) };
}

/** Attacks a server that normal callers ask, and waits until it answers again. */
export async function attackUnderLoad(server: AttackedServer, normal: Normal, plan: Plan): Promise<Suffered> {
  const { lanes, seconds, patience, deadline } = plan;
  const outcomes: Outcome[] = [];
  const goesOn = new Set<string>();
  const health = watchHealth(server.origin, () => [...goesOn]);
  const memory = watchMemory(server);
  const load = startNormalLoad(normal, (outcome) => outcomes.push(outcome), deadline);
  const answers: Record<string, Answers> = {};
  await Promise.all(
    lanes.map(async (lane, at) => {
      const target = { port: server.port, from: `127.0.0.${at + 2}`, seconds };
      for (const attack of lane) {
        // Attacks on a server that is gone say nothing.
        if (!server.isAlive()) return;
        goesOn.add(attack.name);
        answers[attack.name] = await startAttack(attack, target);
        goesOn.delete(attack.name);
      }
    }),
  );
  const recovered = await health.isWellWithin(patience, server.isAlive);
  const stall = health.longestStall();
  await load.end();
  await health.end();
  memory.end();
  const survived = server.isAlive();
  return {
    survived,
    ...(survived ? {} : { lastWords: server.lastWords() }),
    peak: memory.peak,
    stall,
    recovered,
    outcomes,
    answers,
  };
}

/** Asks what normal callers ask, without an attack, and watches the server as during one if it is given. */
export async function askInPeace(
  normal: Normal,
  seconds: number,
  watched?: AttackedServer,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const health = watched && watchHealth(watched.origin, () => []);
  const memory = watched && watchMemory(watched);
  const load = startNormalLoad(normal, (outcome) => outcomes.push(outcome));
  await sleep(seconds * 1_000);
  await load.end();
  await health?.end();
  memory?.end();
  return outcomes;
}
