import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../src/config.ts';
import { limits } from '../src/graphql/limits.ts';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const page = read('docs/production.md');

/** Every variable that is read, as the reading of them shows. */
function settings(): readonly string[] {
  const names = new Set<string>();
  const watched = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get(_, name) {
        names.add(String(name));
        return undefined;
      },
    },
  );
  readConfig(watched);
  return [...names].sort();
}

/** The rows of the table of settings: names, and what holds without them. */
const rows = [...page.matchAll(/^\| (`[A-Z][^|]*) \|[^|]*\| ([^|]*) \|$/gm)].map(([, names = '', without = '']) => ({
  names: [...names.matchAll(/`([A-Z0-9_]+)`/g)].map(([, name]) => String(name)),
  without,
}));

describe('docs/production.md', () => {
  it('has every setting there is, once, and no other', () => {
    expect(rows.flatMap(({ names }) => names).sort()).toEqual(settings());
  });

  it('tells what holds where a setting is not set', () => {
    const config = readConfig({});
    const without = (name: string) => rows.find(({ names }) => names.includes(name))?.without;
    expect(without('SILKGRAPH_TIME_LIMIT')).toBe(`\`${config.timeout / 1000}\``);
    expect(without('SILKGRAPH_CONCURRENCY')).toBe(`\`${config.concurrency}\``);
    expect(without('SILKGRAPH_COST_LIMIT')).toBe(`\`${limits.cost}\``);
    expect(without('SILKGRAPH_SLOW')).toBe(`\`${config.slow}\``);
    expect(without('SILKGRAPH_EXPLAIN')).toBe(`\`${config.explaining}\``);
    expect(without('HOST')).toBe(`\`${config.host}\`, \`${config.port}\``);
  });

  it('leads to pages and files that are there', () => {
    const links = ['docs/production.md', 'docs/security.md'].flatMap((file) =>
      [...read(file).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => `docs/${target}`),
    );
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect(() => read(link), link).not.toThrow();
  });
});

describe('docker-compose.yml', () => {
  it('passes on every setting but those that it makes itself', () => {
    const { server } = parse(read('docker-compose.yml')).services;
    // The Neo4j is a container of its own there, and a server shows nobody a key.
    const own = ['JAVA_HOME', 'SILKGRAPH_NEO4J_VERSION', 'SILKGRAPH_FOLDER', 'NEO4J_DATABASE', 'SILKGRAPH_KEY'];
    expect(Object.keys(server.environment).sort()).toEqual(settings().filter((name) => !own.includes(name)));
  });
});
