import { kindNames } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { relationTypes } from '../../../src/cooperation/relations.ts';
import { GraphError } from '../../../src/engine/graph/errors.ts';
import type { Graph } from '../../../src/engine/graph/graph.ts';
import type { Statistics } from '../../../src/engine/reads/statistics.ts';
import { createContext } from '../../../src/graphql/index.ts';
import { createServer, type Server, type ServerOptions } from '../../../src/service/server.ts';
import { served } from '../../setup/served.ts';

const each = <Key extends string>(keys: readonly Key[], value: number) =>
  Object.fromEntries(keys.map((key) => [key, value])) as Record<Key, number>;

/** As many texts as are sampled, as long as they can be, with many different words. */
const sampledTexts = Array.from({ length: 100 }, (_, place) => {
  const searched = Array.from({ length: 100 }, (_, word) => `w${(place * 7_919 + word * 104_729) % 5_000}`).join(' ');
  return { name: searched.slice(0, 200), folded: searched.slice(0, 200), searched };
});

/** Counts of a small graph, so that questions of every width stay within their budget and reach the planner. */
const statistics: Statistics = {
  ontology: cooperation,
  entities: each(kindNames, 10),
  relations: each(relationTypes, 10),
  citing: each(kindNames, 1),
  degrees: {},
  texts: {},
  samples: Object.fromEntries(kindNames.map((kind) => [kind, sampledTexts])),
};

/** Not as one that is unavailable: after that, a server admits few operations, each after a pause, and refuses the rest. */
const refused = async () => {
  throw new GraphError('HIDDEN', 'There is no database here.');
};

/** A graph whose database refuses every statement: what a request costs is then the server's own work. */
export const offlineGraph: Graph = { ontology: cooperation, read: refused, write: refused };

/** The real server, schema and planner without a database. */
export const createOfflineServer = (options: Partial<ServerOptions> = {}): Server =>
  createServer({
    ...served,
    context: (given) => createContext(offlineGraph, async () => statistics, given),
    trustedProxies: 1,
    ...options,
  });
