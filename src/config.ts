import { fileURLToPath } from 'node:url';
import type { Address } from './database/address.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

/** What can be set from outside. */
export interface Config {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** A Neo4j of somebody else's; absent: one is run here. */
  readonly neo4j?: Address;
  /** Where a Neo4j that is run here keeps its data, its password and its log. */
  readonly folder: string;
  /** Absent: the `java` on the path. */
  readonly javaHome?: string;
  /** Absent: warnings on a terminal, `info` elsewhere. */
  readonly logLevel?: LogLevel;
  /** How long the database may work on one statement of a request, in milliseconds. */
  readonly timeout: number;
}

/** The settings cannot be used; says every fault at once. */
export class SettingsError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The settings cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

const schemes = ['bolt', 'neo4j'].flatMap((scheme) => [scheme, `${scheme}+s`, `${scheme}+ssc`]);
const defaultFolder = fileURLToPath(new URL('../.silkgraph', import.meta.url));

function addressFault(uri: string): string | undefined {
  const scheme = /^([^:/]*):\/\//.exec(uri)?.[1];
  if (scheme === undefined || !schemes.includes(scheme)) {
    return `NEO4J_URI is ${JSON.stringify(uri)}; it must begin with one of ${schemes.map((name) => `${name}://`).join(', ')}.`;
  }
  if (!URL.canParse(uri) || new URL(uri).hostname === '') {
    return `NEO4J_URI is ${JSON.stringify(uri)}; it must name a host, as in ${scheme}://localhost:7687.`;
  }
  if (new URL(uri).username !== '' || new URL(uri).password !== '') {
    return 'NEO4J_URI holds a name or a password; set NEO4J_USERNAME and NEO4J_PASSWORD instead.';
  }
  return undefined;
}

/**
 * Reads the settings out of environment variables; an empty one counts as absent.
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

  const port = whole('PORT', 0, 65_535, 4000);
  const timeLimit = whole('SILKGRAPH_TIME_LIMIT', 1, 3600, 10);
  const logLevel = readLogLevel();
  const neo4j = readAddress();
  const javaHome = given('JAVA_HOME');
  if (faults.length > 0) throw new SettingsError(faults);
  return {
    host: given('HOST') ?? '127.0.0.1',
    port,
    folder: given('SILKGRAPH_FOLDER') ?? defaultFolder,
    timeout: timeLimit * 1000,
    ...(javaHome === undefined ? {} : { javaHome }),
    ...(logLevel === undefined ? {} : { logLevel }),
    ...(neo4j === undefined ? {} : { neo4j }),
  };
}
