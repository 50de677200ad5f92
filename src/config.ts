import { dirname, resolve } from 'node:path';
import { type McpAccess, mcpAccesses } from './doors/mcp/mcp-access.ts';
import { type DeclaredRoles, withPublicPages } from './engine/access/declared-roles.ts';
import type { OidcSettings } from './engine/access/oidc/oidc-settings.ts';
import { type ReadAccess, readings } from './engine/access/reading.ts';
import type { TokenSettings } from './engine/access/token-settings.ts';
import { bytesOf } from './engine/budgets/memory-budget.ts';
import { REQUEST_TIME } from './engine/budgets/time-budget.ts';
import type { Address } from './engine/database/address.ts';
import { limits } from './graphql/limits.ts';
import { type Exporting, exportings } from './server/access/exporting.ts';
import { DEFAULT_CONNECTIONS } from './server/limits/caller-limits.ts';
import { readNeo4jAddress } from './service/settings/neo4j-address.ts';
import { type Observation, readObservation } from './service/settings/observation.ts';
import { readRoles } from './service/settings/roles.ts';
import { SettingsError } from './service/settings/settings-error.ts';
import {
  createSettingsReader,
  type Environment,
  type SettingDescription,
  type SettingsReader,
} from './service/settings/settings-reader.ts';
import { readTelemetry } from './service/settings/telemetry.ts';
import { readTokens } from './service/settings/tokens.ts';
import {
  cacheSize,
  isFrameOrigin,
  isHost,
  isOrigin,
  neo4jVersion,
  rate,
  redisAddress,
  reportAddress,
  webAddress,
} from './service/settings/values.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

/** Settings of the server. */
export interface Config extends Observation {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** An external Neo4j. @default a local one is started */
  readonly neo4j?: Address;
  /** Folder of a local Neo4j: data, password and log. */
  readonly folder: string;
  /** Version of the local Neo4j. @default 5.26 */
  readonly neo4jVersion?: string;
  /** @default the `java` on the path */
  readonly javaHome?: string;
  /** @default `warn` on a terminal, else `info` */
  readonly logLevel?: LogLevel;
  /** Timeout of an operation from the arrival of its request, in milliseconds. */
  readonly timeout: number;
  readonly reading: ReadAccess;
  /** Whether clients may query the schema. */
  readonly introspection: boolean;
  /** Origins whose pages may read responses; `*` stands for any. */
  readonly corsOrigins: readonly string[];
  /** Origins whose pages may show views of the explorer in frames; `*` stands for any. */
  readonly frameOrigins: readonly string[];
  /** Maximum cost of an operation. */
  readonly costLimit: number;
  /** Maximum size of a response, in bytes. */
  readonly answerLimit: number;
  /** Maximum rate of requests of one caller. @default unlimited */
  readonly rateLimit?: { readonly requests: number; readonly seconds: number };
  /** Maximum rate of the estimated costs of one caller's operations. @default unlimited */
  readonly costRate?: { readonly requests: number; readonly seconds: number };
  /** Maximum rate of characters of new statements that are planned for one caller. @default that of the server */
  readonly planningRate?: { readonly requests: number; readonly seconds: number };
  /** Redis or Valkey that the servers of one graph share. @default none: each counts separately */
  readonly redis?: string;
  /** Seconds between the signal to stop and the end of service, in which load balancers let go of the server. */
  readonly drain: number;
  /** Number of trusted proxies in front of the server, each of which appends to `X-Forwarded-For`. */
  readonly trustedProxies: number;
  /** A file of the only documents that are accepted. @default all are */
  readonly trustedDocuments?: string;
  /** Host names of the server, beside IP addresses and names without a dot; `*` stands for any. */
  readonly hosts: readonly string[];
  /** Address under which clients know the server, without a slash at the end. @default that of each request */
  readonly publicUrl?: string;
  /** Address to which errors in the data are reported. @default pages of entities have no link for it */
  readonly reportAddress?: string;
  /** Maximum number of connections of one caller. */
  readonly callerConnections: number;
  /** Maximum number of operations in flight; the driver has two connections for each. */
  readonly concurrency: number;
  /** Who may export the graph. @default everybody with read access, with trusted documents holders of a key or a token */
  readonly exporting?: Exporting;
  /** Maximum size of stored answers in bytes. @default none are stored */
  readonly cache?: number;
  /** Maximum size of earlier states of the graph in memory, in bytes; 0 if none are answered. */
  readonly history: number;
  /** Whether changes may be posted to addresses of private networks. */
  readonly watchPrivate: boolean;
  /** Seconds for which shared caches may serve what everybody may read. */
  readonly maxAge: number;
  /** @default only API keys are accepted, no tokens */
  readonly tokens?: TokenSettings;
  /** Identity providers whose tokens are accepted, too. @default none */
  readonly oidc?: OidcSettings;
  /** Roles that see a part of the graph. */
  readonly roles: DeclaredRoles;
  /** Allowed difference between the clocks of this server and of those that issue tokens, in seconds. */
  readonly clockTolerance: number;
  /** Whether the schema is a subgraph of Apollo Federation. */
  readonly federation: boolean;
  /** Whether the database plans likely questions after the start. */
  readonly warmUp: boolean;
  /** What agents may do over the Model Context Protocol. @default `read`, with trusted documents `off` */
  readonly mcp: McpAccess;
  /** Whether traces, metrics and logs are sent as the OTEL_ variables say. */
  readonly telemetry: boolean;
  /** An API key or a token that the command line sends to a server. */
  readonly key?: string;
  /** Module that exports the graph. @default the graph of Belt and Road cooperation */
  readonly graph?: string;
}

/**
 * Where the data of a local Neo4j are: beside the module of the graph, else in the working folder. Not in the folder of the
 * package: an update of it would delete them.
 */
const folderOf = (graph: string | undefined) => resolve(graph === undefined ? '.' : dirname(graph), '.silkgraph');

/** Leaves out what is not set. */
const ifSet = <Part extends object>(part: Part) =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof Part]?: Exclude<Part[Name], undefined>;
  };

/** Limits of operations and callers. */
const readLimits = (read: SettingsReader) => ({
  corsOrigins: read.list(
    'SILKGRAPH_CORS_ORIGINS',
    'Origins whose pages may read responses, separated by commas; * for any.',
    isOrigin,
    'origins such as https://example.org, separated by commas, or * for all',
  ),
  frameOrigins: read.list(
    'SILKGRAPH_FRAME_ORIGINS',
    'Origins whose pages may show views of the explorer in frames, separated by commas; * for any.',
    isFrameOrigin,
    'origins such as https://example.org, separated by commas, or * for all',
  ),
  costLimit: read.whole('SILKGRAPH_COST_LIMIT', 'Maximum cost of an operation other than an introspection.', {
    ...{ least: 1, most: 1_000_000_000, otherwise: limits.cost },
  }),
  hosts: read.list(
    'SILKGRAPH_HOSTS',
    'Host names of the server, separated by commas; * for any.',
    isHost,
    'host names such as data.example.org, without a port, separated by commas, or * for all',
  ),
  callerConnections: read.whole(
    'SILKGRAPH_CALLER_CONNECTIONS',
    'Maximum number of connections of one address; other limits of a caller follow from it.',
    { least: 1, most: 100_000, otherwise: DEFAULT_CONNECTIONS },
  ),
  answerLimit: read.whole('SILKGRAPH_ANSWER_LIMIT', 'Maximum size of a response in bytes.', {
    ...{ least: 10_000, most: 1_000_000_000, otherwise: limits.answer },
  }),
  ...ifSet({
    rateLimit: read.parsed('SILKGRAPH_RATE_LIMIT', 'Maximum rate of requests of one caller; unlimited unless set.', {
      parse: rate,
      must: 'a number of requests per s, min or h, as in 600/min',
      pattern: '^[0-9]+/(s|min|h)$',
    }),
    costRate: read.parsed(
      'SILKGRAPH_COST_RATE',
      "Maximum rate of the estimated costs of one caller's operations; unlimited unless set.",
      { parse: rate, must: 'a cost per s, min or h, as in 5000000/min', pattern: '^[0-9]+/(s|min|h)$' },
    ),
    planningRate: read.parsed(
      'SILKGRAPH_PLANNING_RATE',
      'Maximum rate of new documents of one caller, in characters of their statements; 120000/min unless set.',
      { parse: rate, must: 'a number of characters per s, min or h, as in 120000/min', pattern: '^[0-9]+/(s|min|h)$' },
    ),
    redis: read.parsed('SILKGRAPH_REDIS', 'Redis or Valkey that the servers of one graph share.', {
      parse: redisAddress,
      must: 'an address such as redis://valkey:6379, or rediss:// for TLS',
      pattern: '^rediss?://',
      isSecret: true,
    }),
    publicUrl: read.parsed('SILKGRAPH_PUBLIC_URL', 'Address under which clients know the server.', {
      parse: webAddress,
      must: 'a web address such as https://data.example.org',
      pattern: '^https?://',
    }),
    reportAddress: read.parsed('SILKGRAPH_REPORT', 'Address to which errors in the data are reported.', {
      parse: reportAddress,
      must: 'a web address or mailto:, in which {page} stands for the page with the error',
      pattern: '^(https?://|mailto:)',
    }),
  }),
  drain: read.whole('SILKGRAPH_DRAIN', 'Seconds for which a server that is to stop serves on, with 503 at /ready.', {
    ...{ least: 0, most: 300, otherwise: 0 },
  }),
  trustedProxies: read.whole('SILKGRAPH_TRUSTED_PROXIES', 'Number of your own proxies in front of the server.', {
    ...{ least: 0, most: 10, otherwise: 0 },
  }),
});

/** Reads all settings in one order; faults are noted by the reader. */
function readAll(read: SettingsReader): Config {
  const port = read.whole('PORT', 'Port of the server; 0 for any free one.', {
    least: 0,
    most: 65_535,
    otherwise: 4000,
  });
  const timeLimit = read.whole(
    'SILKGRAPH_TIME_LIMIT',
    'Timeout of an operation in seconds, all its statements together.',
    {
      ...{ least: 1, most: 3600, otherwise: REQUEST_TIME / 1_000 },
    },
  );
  const logLevel = read.oneOfIfSet(
    'LOG_LEVEL',
    'Level of the log; info, or warn on a terminal, unless set.',
    logLevels,
  );
  const introspection = read.isOn('SILKGRAPH_INTROSPECTION', 'Whether clients may query the schema.', 'on');
  const federation = read.isOn(
    'SILKGRAPH_FEDERATION',
    'Whether the schema is a subgraph of Apollo Federation 2.',
    'off',
  );
  const warmUp = read.isOn('SILKGRAPH_WARM_UP', 'Whether the database plans likely questions after the start.', 'on');
  const watchPrivate = read.isOn(
    'SILKGRAPH_WATCH_PRIVATE',
    'Whether changes may be posted to private addresses.',
    'off',
  );
  const bounds = readLimits(read);
  const trustedDocuments = read.text('SILKGRAPH_TRUSTED_DOCUMENTS', 'File of the only documents that are accepted.');
  const host =
    read.text('HOST', 'Address that the server listens on.', { schema: { default: '127.0.0.1' } }) ?? '127.0.0.1';
  const concurrency = read.whole('SILKGRAPH_CONCURRENCY', 'Maximum number of operations in flight.', {
    ...{ least: 1, most: 1000, otherwise: 25 },
  });
  const observation = readObservation(read, { host, port, trustedProxies: bounds.trustedProxies });
  const exporting = read.oneOfIfSet(
    'SILKGRAPH_EXPORT',
    'Access to exports of the graph; open, or closed with trusted documents, unless set.',
    exportings,
  );
  const cache = read.parsed(
    'SILKGRAPH_CACHE',
    'Maximum size of stored answers, or off; a 16th of the heap of Node.js, 64MB at most, unless set.',
    {
      parse: cacheSize,
      must: 'a size from 1MB to 64GB, as in 64MB, or off',
      pattern: '^([0-9]{1,5}(MB|GB)|off)$',
    },
  );
  const history = read.parsed(
    'SILKGRAPH_HISTORY',
    'Maximum size of earlier states in memory, or off; a quarter of the heap of Node.js, 512MB at most, unless set.',
    { parse: cacheSize, must: 'a size from 1MB to 64GB, as in 512MB, or off', pattern: '^([0-9]{1,5}(MB|GB)|off)$' },
  );
  const maxAge = read.whole('SILKGRAPH_MAX_AGE', 'Seconds for which shared caches may serve what everybody may read.', {
    ...{ least: 0, most: 31_536_000, otherwise: 0 },
  });
  const mcp =
    read.oneOfIfSet(
      'SILKGRAPH_MCP',
      'What agents may do at /mcp; read, or off with trusted documents, unless set.',
      mcpAccesses,
    ) ?? (trustedDocuments === undefined ? 'read' : 'off');
  const neo4j = readNeo4jAddress(read);
  const version = read.parsed(
    'SILKGRAPH_NEO4J_VERSION',
    'Version of the local Neo4j; the newest tested one of 5.26 unless set.',
    {
      parse: neo4jVersion,
      must: 'a complete version from 5.26 on, such as 5.26.30 or 2026.08.0',
      pattern: '^(5\\.26\\.[0-9]+|20[0-9]{2}\\.[0-9]{2}\\.[0-9]+)$',
    },
  );
  const javaHome = read.text('JAVA_HOME', 'Java installation that runs the local Neo4j.');
  const key = read.secret('SILKGRAPH_KEY', 'API key or token that silkgraph query sends.')?.trim();
  const graph = read.text('SILKGRAPH_GRAPH', 'Module that exports the graph.');
  const folder = read.text('SILKGRAPH_FOLDER', 'Folder of the local Neo4j: data, password and log.');
  const reading = read.oneOf('SILKGRAPH_READING', 'Read access: open, or closed (a key or a token).', readings, 'open');
  const roles = readRoles(read);
  return {
    host,
    port,
    // An absolute path, because Neo4j runs in another folder.
    folder: folder === undefined ? folderOf(graph) : resolve(folder),
    timeout: timeLimit * 1000,
    introspection,
    ...bounds,
    concurrency,
    ...observation,
    federation,
    warmUp,
    mcp,
    maxAge,
    reading,
    ...readTokens(read, roles),
    roles: withPublicPages(roles, reading),
    telemetry: readTelemetry(read),
    history: history === 'off' ? 0 : (history ?? bytesOf('history')),
    watchPrivate,
    ...ifSet({
      cache: cache === 'off' ? undefined : (cache ?? bytesOf('answers')),
      key: key === '' ? undefined : key,
      ...{ exporting, trustedDocuments, javaHome, neo4jVersion: version, logLevel, graph, neo4j },
    }),
  };
}

/**
 * Reads the settings from environment variables; an empty one counts as absent.
 * @throws SettingsError
 */
export function readConfig(env: Environment): Config {
  const reader = createSettingsReader(env);
  const config = readAll(reader);
  if (reader.faults.length > 0) throw new SettingsError(reader.faults);
  return config;
}

/** What there is to say about each setting, by name. */
export function describeSettings(): ReadonlyMap<string, SettingDescription> {
  const reader = createSettingsReader({});
  readAll(reader);
  return reader.described;
}
