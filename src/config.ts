import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Reading, readings } from './access/reading.ts';
import { readTokenSettings, type TokenSettings } from './access/token-settings.ts';
import type { Address } from './database/address.ts';
import { type Exporting, exportings } from './http/access/exporting.ts';
import { ANY_HOST, hostNameOf } from './http/connections/host-names.ts';
import { DEFAULT_CONNECTIONS } from './http/limits/caller-limits.ts';
import { type Explaining, explainings } from './http/observability/explaining.ts';
import { type MetricsAccess, metricsAccesses } from './http/observability/metrics-access.ts';
import { type McpAccess, mcpAccesses } from './mcp/mcp-access.ts';
import { limits } from './schema/limits.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

/** Settings of the server. */
export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** An external Neo4j. @default a local one is started */
  readonly neo4j?: Address;
  /** Folder of a local Neo4j: data, password and log. */
  readonly folder: string;
  /** @default the `java` on the path */
  readonly javaHome?: string;
  /** @default `warn` on a terminal, else `info` */
  readonly logLevel?: LogLevel;
  /** Timeout of an operation from the arrival of its request, in milliseconds. */
  readonly timeout: number;
  readonly reading: Reading;
  /** Whether clients may query the schema. */
  readonly introspection: boolean;
  /** Origins whose pages may read responses; `*` stands for any. */
  readonly corsOrigins: readonly string[];
  /** Maximum cost of an operation. */
  readonly costLimit: number;
  /** Maximum size of a response, in bytes. */
  readonly answerLimit: number;
  /** Maximum rate of requests of one caller. @default unlimited */
  readonly rateLimit?: { readonly requests: number; readonly seconds: number };
  /** Number of trusted proxies in front of the server, each of which appends to `X-Forwarded-For`. */
  readonly trustedProxies: number;
  /** A file of the only documents that are accepted. @default all are */
  readonly trustedDocuments?: string;
  /** Host names of the server, beside IP addresses and names without a dot; `*` stands for any. */
  readonly hosts: readonly string[];
  /** Address under which clients know the server, without a slash at the end. @default that of each request */
  readonly publicUrl?: string;
  /** Maximum number of connections of one caller. */
  readonly callerConnections: number;
  /** Maximum number of operations in flight; the driver has two connections for each. */
  readonly concurrency: number;
  readonly metricsAccess: MetricsAccess;
  readonly explaining: Explaining;
  /** File of the audit log, or `stdout`. @default none */
  readonly audit?: string;
  /** Who may export the graph. @default everybody with read access, with trusted documents holders of a key or a token */
  readonly exporting?: Exporting;
  /** Threshold in milliseconds above which an operation is logged with its statements. */
  readonly slow: number;
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
  /** Whether the schema is a subgraph of Apollo Federation. */
  readonly federation: boolean;
  /** Whether the database plans likely questions after the start. */
  readonly warmUp: boolean;
  /** What agents may do over the Model Context Protocol. @default `read`, with trusted documents `off` */
  readonly mcp: McpAccess;
  /** An API key or a token that the command line sends to a server. */
  readonly key?: string;
  /** Module that exports the graph. @default the graph of Belt and Road cooperation */
  readonly graph?: string;
}

/** The settings are invalid; the message lists all faults at once. */
export class SettingsError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The settings are invalid:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

const schemes = ['bolt', 'neo4j'].flatMap((scheme) => [scheme, `${scheme}+s`, `${scheme}+ssc`]);
const defaultFolder = fileURLToPath(new URL('../.silkgraph', import.meta.url));

/** Another graph has another database, with its own files. */
const folderBeside = (graph: string) => join(dirname(resolve(graph)), '.silkgraph');

/** Whether an address can be reached from this machine only. */
const isLocal = (host: string) => host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);

function addressFault(uri: string): string | undefined {
  const scheme = /^([^:/]*):\/\//.exec(uri)?.[1];
  if (scheme === undefined || !schemes.includes(scheme)) {
    return `NEO4J_URI is ${JSON.stringify(uri)}; it must begin with one of ${schemes.map((name) => `${name}://`).join(', ')}.`;
  }
  if (!URL.canParse(uri) || new URL(uri).hostname === '') {
    return `NEO4J_URI is ${JSON.stringify(uri)}; it must name a host, as in ${scheme}://localhost:7687.`;
  }
  if (new URL(uri).username !== '' || new URL(uri).password !== '') {
    return 'NEO4J_URI contains a user name or a password; set NEO4J_USERNAME and NEO4J_PASSWORD instead.';
  }
  return undefined;
}

/**
 * Reads the settings from environment variables; an empty one counts as absent.
 * @throws SettingsError
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const given = (name: string) => env[name]?.trim() || undefined;

  function whole(name: string, least: number, most: number, otherwise: number): number {
    const text = given(name);
    if (text === undefined) return otherwise;
    const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    faults.push(`${name} is ${JSON.stringify(text)}; it must be a whole number from ${least} to ${most}.`);
    return otherwise;
  }

  function readLogLevel(): LogLevel | undefined {
    const text = given('LOG_LEVEL');
    const level = logLevels.find((name) => name === text);
    if (text !== undefined && level === undefined) {
      faults.push(`LOG_LEVEL is ${JSON.stringify(text)}; it must be one of ${logLevels.join(', ')}.`);
    }
    return level;
  }

  function readAddress(): Address | undefined {
    const uri = given('NEO4J_URI');
    const username = given('NEO4J_USERNAME');
    // A password may begin or end with a space.
    const password = env.NEO4J_PASSWORD || undefined;
    const database = given('NEO4J_DATABASE');
    if (uri === undefined) {
      const stray = Object.entries({ NEO4J_USERNAME: username, NEO4J_PASSWORD: password, NEO4J_DATABASE: database })
        .filter(([, value]) => value !== undefined)
        .map(([name]) => name);
      if (stray.length > 0) {
        faults.push(
          `NEO4J_URI is not set, but ${stray.join(' and ')} ${stray.length > 1 ? 'are' : 'is'}: set all or none.`,
        );
      }
      return undefined;
    }
    const fault = addressFault(uri);
    if (fault !== undefined) faults.push(fault);
    if (password === undefined) faults.push('NEO4J_URI is set without NEO4J_PASSWORD: set both.');
    return {
      uri,
      username: username ?? 'neo4j',
      password: password ?? '',
      ...(database === undefined ? {} : { database }),
    };
  }

  const isOn = (name: string, otherwise: 'on' | 'off') => oneOf(name, ['on', 'off'], otherwise) === 'on';

  function oneOf<Word extends string>(name: string, words: readonly Word[], otherwise: Word): Word {
    const text = given(name) ?? otherwise;
    const word = words.find((known) => known === text);
    if (word === undefined) faults.push(`${name} is ${JSON.stringify(text)}; it must be one of ${words.join(', ')}.`);
    return word ?? otherwise;
  }

  function readOrigins(): readonly string[] {
    const origins = (given('SILKGRAPH_CORS_ORIGINS') ?? '').split(/[\s,]+/).filter((origin) => origin !== '');
    for (const origin of origins) {
      if (origin === '*' || (URL.canParse(origin) && new URL(origin).origin === origin)) continue;
      faults.push(
        `SILKGRAPH_CORS_ORIGINS contains ${JSON.stringify(origin)}; it accepts origins such as https://example.org, separated by commas, or * for all.`,
      );
    }
    return origins;
  }

  function readHosts(): readonly string[] {
    const hosts = (given('SILKGRAPH_HOSTS') ?? '').split(/[\s,]+/).filter((host) => host !== '');
    for (const host of hosts) {
      if (host === ANY_HOST || (hostNameOf(host) !== undefined && !/:\d*$/.test(host.replace(/\[.*\]/, '')))) continue;
      faults.push(
        `SILKGRAPH_HOSTS contains ${JSON.stringify(host)}; it accepts host names such as data.example.org, without a port, separated by commas, or * for all.`,
      );
    }
    return hosts;
  }

  function readPublicUrl(): string | undefined {
    const text = given('SILKGRAPH_PUBLIC_URL');
    if (text === undefined) return undefined;
    const url = /^https?:\/\//.test(text) && URL.canParse(text) ? new URL(text) : undefined;
    if (url && url.search === '' && url.hash === '' && url.username === '' && url.password === '') {
      return url.href.replace(/\/+$/, '');
    }
    faults.push(
      `SILKGRAPH_PUBLIC_URL is ${JSON.stringify(text)}; it must be a web address such as https://data.example.org.`,
    );
    return undefined;
  }

  function readRateLimit(): Config['rateLimit'] {
    const text = given('SILKGRAPH_RATE_LIMIT');
    if (text === undefined) return undefined;
    const [, requests = '', unit = ''] = /^(\d{1,9})\/(s|min|h)$/.exec(text) ?? [];
    const seconds = { s: 1, min: 60, h: 3600 }[unit];
    if (seconds !== undefined && Number(requests) > 0) return { requests: Number(requests), seconds };
    faults.push(
      `SILKGRAPH_RATE_LIMIT is ${JSON.stringify(text)}; it must be a number of requests per s, min or h, as in 600/min.`,
    );
    return undefined;
  }

  function size(name: string, otherwise: string): number | undefined {
    const text = given(name) ?? otherwise;
    if (text === 'off') return undefined;
    const [, number = '', unit = ''] = /^(\d{1,5})(MB|GB)$/.exec(text) ?? [];
    const factor = { MB: 2 ** 20, GB: 2 ** 30 }[unit];
    const bytes = factor === undefined ? 0 : Number(number) * factor;
    if (bytes > 0 && bytes <= 64 * 2 ** 30) return bytes;
    faults.push(`${name} is ${JSON.stringify(text)}; it must be a size from 1MB to 64GB, as in ${otherwise}, or off.`);
    return undefined;
  }

  const port = whole('PORT', 0, 65_535, 4000);
  const timeLimit = whole('SILKGRAPH_TIME_LIMIT', 1, 3600, 10);
  const logLevel = readLogLevel();
  const introspection = isOn('SILKGRAPH_INTROSPECTION', 'on');
  const federation = isOn('SILKGRAPH_FEDERATION', 'off');
  const warmUp = isOn('SILKGRAPH_WARM_UP', 'on');
  const watchPrivate = isOn('SILKGRAPH_WATCH_PRIVATE', 'off');
  const corsOrigins = readOrigins();
  const costLimit = whole('SILKGRAPH_COST_LIMIT', 1, 1_000_000_000, limits.cost);
  const hosts = readHosts();
  const callerConnections = whole('SILKGRAPH_CALLER_CONNECTIONS', 1, 100_000, DEFAULT_CONNECTIONS);
  const answerLimit = whole('SILKGRAPH_ANSWER_LIMIT', 10_000, 1_000_000_000, limits.answer);
  const rateLimit = readRateLimit();
  const publicUrl = readPublicUrl();
  const trustedProxies = whole('SILKGRAPH_TRUSTED_PROXIES', 0, 10, 0);
  const trustedDocuments = given('SILKGRAPH_TRUSTED_DOCUMENTS');
  const host = given('HOST') ?? '127.0.0.1';
  const concurrency = whole('SILKGRAPH_CONCURRENCY', 1, 1000, 25);
  const metricsAccess = oneOf('SILKGRAPH_METRICS', metricsAccesses, isLocal(host) ? 'open' : 'closed');
  const explaining = oneOf('SILKGRAPH_EXPLAIN', explainings, 'admin');
  const audit = given('SILKGRAPH_AUDIT') ?? 'off';
  const exporting =
    given('SILKGRAPH_EXPORT') === undefined ? undefined : oneOf('SILKGRAPH_EXPORT', exportings, 'closed');
  const cache = size('SILKGRAPH_CACHE', '64MB');
  const history = size('SILKGRAPH_HISTORY', '512MB') ?? 0;
  const maxAge = whole('SILKGRAPH_MAX_AGE', 0, 31_536_000, 0);
  const mcp = oneOf('SILKGRAPH_MCP', mcpAccesses, trustedDocuments === undefined ? 'read' : 'off');
  const slow = whole('SILKGRAPH_SLOW', 1, 3_600_000, 1000);
  const neo4j = readAddress();
  const javaHome = given('JAVA_HOME');
  const key = given('SILKGRAPH_KEY');
  const graph = given('SILKGRAPH_GRAPH');
  const reading = readings.find((name) => name === (given('SILKGRAPH_READING') ?? 'open'));
  if (reading === undefined) {
    faults.push(
      `SILKGRAPH_READING is ${JSON.stringify(given('SILKGRAPH_READING'))}; it must be one of ${readings.join(', ')}.`,
    );
  }
  const tokens = readTokenSettings(
    {
      // A secret may begin or end with a space.
      SILKGRAPH_JWT_SECRET: env.SILKGRAPH_JWT_SECRET || undefined,
      SILKGRAPH_JWT_PUBLIC_KEY: given('SILKGRAPH_JWT_PUBLIC_KEY'),
      SILKGRAPH_JWT_ISSUER: given('SILKGRAPH_JWT_ISSUER'),
      SILKGRAPH_JWT_AUDIENCE: given('SILKGRAPH_JWT_AUDIENCE'),
      SILKGRAPH_JWT_ROLE_CLAIM: given('SILKGRAPH_JWT_ROLE_CLAIM'),
    },
    faults,
  );
  if (faults.length > 0) throw new SettingsError(faults);
  return {
    host,
    port,
    // An absolute path, because Neo4j runs in another folder.
    folder: resolve(given('SILKGRAPH_FOLDER') ?? (graph === undefined ? defaultFolder : folderBeside(graph))),
    timeout: timeLimit * 1000,
    introspection,
    corsOrigins,
    costLimit,
    answerLimit,
    trustedProxies,
    hosts,
    callerConnections,
    concurrency,
    metricsAccess,
    explaining,
    federation,
    warmUp,
    mcp,
    slow,
    maxAge,
    ...(cache === undefined ? {} : { cache }),
    history,
    watchPrivate,
    ...(audit === 'off' ? {} : { audit }),
    ...(exporting === undefined ? {} : { exporting }),
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(trustedDocuments === undefined ? {} : { trustedDocuments }),
    reading: reading ?? 'open',
    ...(javaHome === undefined ? {} : { javaHome }),
    ...(logLevel === undefined ? {} : { logLevel }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(key === undefined ? {} : { key }),
    ...(graph === undefined ? {} : { graph }),
    ...(neo4j === undefined ? {} : { neo4j }),
  };
}
