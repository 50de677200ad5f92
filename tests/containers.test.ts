import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = new URL('../', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, root), 'utf8');

interface Compose {
  services: Record<
    string,
    { volumes?: string[]; depends_on?: Record<string, unknown>; environment: Record<string, string> }
  >;
  volumes: Record<string, unknown>;
}

const compose = parse(read('docker-compose.yml')) as Compose;
const dockerfile = read('Dockerfile');

// There is not always an engine to try these on, so they are held against what can be read.
describe('docker-compose.yml', () => {
  it('follows the schema of the Compose specification', () => {
    const path = createRequire(import.meta.url).resolve('docker-compose/schema/compose-spec.json');
    // The schema names its own draft by an address that no validator knows.
    const { $schema: _, ...schema } = JSON.parse(readFileSync(path, 'utf8'));
    const valid = new Ajv({ allErrors: true, logger: false }).compile(schema);
    expect(valid(compose), JSON.stringify(valid.errors)).toBe(true);
    expect(valid({ ...compose, services: { server: { prots: [] } } })).toBe(false);
  });

  it('names only services and volumes that it has', () => {
    for (const { depends_on = {}, volumes = [] } of Object.values(compose.services)) {
      for (const name of Object.keys(depends_on)) expect(compose.services).toHaveProperty(name);
      for (const volume of volumes) expect(compose.volumes).toHaveProperty(volume.split(':')[0] ?? '');
    }
  });

  it('gives the database and the server the same password', () => {
    const { neo4j, server } = compose.services;
    expect(neo4j?.environment.NEO4J_AUTH).toBe(`neo4j/${server?.environment.NEO4J_PASSWORD}`);
  });
});

describe('Dockerfile', () => {
  const ownCopies = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, words = '']) =>
    words.split(' ').slice(0, -1),
  );

  it('has no fault that a linter finds', () => {
    const faultsOf = (text: string) => validate(text).map(({ message }) => message);
    expect(faultsOf(dockerfile)).toEqual([]);
    expect(faultsOf(dockerfile.replace('--interval=10s', '--interval=10'))).toHaveLength(1);
  });

  it('copies only what is there and what .dockerignore lets through', () => {
    const allowed = read('.dockerignore').match(/(?<=^!).+$/gm);
    expect(ownCopies.length).toBeGreaterThan(5);
    for (const source of ownCopies) {
      expect(existsSync(new URL(source, root)), source).toBe(true);
      expect(allowed).toContain(source.replace('./', ''));
    }
  });

  it('runs as a user without rights, and tells whether it is ready', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK [\s\S]*\/ready/m);
  });
});
