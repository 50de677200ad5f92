import type { Address } from '../../engine/database/address.ts';
import { hideUserInformation } from './hide-user-information.ts';
import type { SettingsReader } from './settings-reader.ts';

const schemes = ['bolt', 'neo4j'].flatMap((scheme) => [scheme, `${scheme}+s`, `${scheme}+ssc`]);

function addressFault(uri: string): string | undefined {
  const shown = hideUserInformation(JSON.stringify(uri));
  const scheme = /^([^:/]*):\/\//.exec(uri)?.[1];
  if (scheme === undefined || !schemes.includes(scheme)) {
    return `NEO4J_URI is ${shown}; it must begin with one of ${schemes.map((name) => `${name}://`).join(', ')}.`;
  }
  if (!URL.canParse(uri) || new URL(uri).hostname === '') {
    return `NEO4J_URI is ${shown}; it must name a host, as in ${scheme}://localhost:7687.`;
  }
  if (new URL(uri).username !== '' || new URL(uri).password !== '') {
    return 'NEO4J_URI contains a user name or a password; set NEO4J_USERNAME and NEO4J_PASSWORD instead.';
  }
  return undefined;
}

/** The address of an external Neo4j; `undefined` if one is run here. */
export function readNeo4jAddress(read: SettingsReader): Address | undefined {
  const { faults } = read;
  const pattern = `^(${schemes.map((scheme) => scheme.replace('+', '\\+')).join('|')})://`;
  const uri = read.text('NEO4J_URI', 'Address of an external Neo4j.', { schema: { pattern } });
  const username = read.text('NEO4J_USERNAME', 'User of the external Neo4j.', { schema: { default: 'neo4j' } });
  const password = read.secret('NEO4J_PASSWORD', 'Password of that user, required with NEO4J_URI.');
  const database = read.text('NEO4J_DATABASE', "Database of the external Neo4j; by default the user's own.");
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
  if (database === 'system') {
    faults.push('NEO4J_DATABASE is system, which cannot hold a graph: set another one, or leave it out.');
  }
  if (password === undefined)
    faults.push(
      'NEO4J_URI is set without NEO4J_PASSWORD: set both. A Neo4j without authentication takes any password.',
    );
  return {
    uri,
    username: username ?? 'neo4j',
    password: password ?? '',
    ...(database === undefined ? {} : { database }),
  };
}
