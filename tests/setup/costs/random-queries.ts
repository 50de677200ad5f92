import type { Driver } from 'neo4j-driver';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { type Random, randomOf } from '../../../src/doors/data/generate/random.ts';
import { facetOptions } from '../../../src/graphql/arguments/facet-input.ts';
import { groupKeys } from '../../../src/graphql/groups/group-keys.ts';
import { constantCase } from '../../../src/ontology/letter-case.ts';
import type { RelationField } from '../../../src/ontology/ontology.ts';
import { isListed, type Kind } from '../../../src/ontology/vocabulary.ts';

const { kindNames, propertiesOf, relationFieldsOf } = cooperation;

/** Slugs of each kind that a query may name. */
export type Slugs = Readonly<Record<Kind, readonly string[]>>;

/** Slugs of each kind, 200 at most. */
export async function slugsOf(driver: Driver): Promise<Slugs> {
  const found: Record<string, readonly string[]> = {};
  for (const kind of kindNames) {
    const { records } = await driver.executeQuery(
      `MATCH (n:${kind}) WITH n ORDER BY n.id LIMIT 200 RETURN collect(n.id) AS slugs`,
    );
    found[kind] = records[0]?.get('slugs') ?? [];
  }
  return found as Slugs;
}

type Some<Item> = readonly [Item, ...Item[]];
const some = <Item>(items: Iterable<Item>) => [...items] as unknown as Some<Item>;

const sizes: Some<number> = [1, 2, 5, 10, 20, 20, 50, 100];
const kindsOf = some(kindNames);

/** One random query: mostly pages with relations below them, and each of the questions to the graph as a whole. */
class RandomQuery {
  readonly #random: Random;
  readonly #slugs: Slugs;

  constructor(random: Random, slugs: Slugs) {
    this.#random = random;
    this.#slugs = slugs;
  }

  write(): string {
    const { pick, chance } = this.#random;
    const kind = pick(kindsOf);
    if (chance(0.55)) return `{ ${cooperation.kind(kind).plural}${this.#page(kind)} ${this.#connection(kind, 2)} }`;
    const entity = `{ slug name ${chance(0.5) ? '' : 'sources(first: 5) { nodes { name } }'} }`;
    const slug = () => JSON.stringify(pick(some(this.#slugs[pick(kindsOf)] ?? [])));
    return pick([
      () =>
        `{ search(query: ${JSON.stringify(this.#word(kind))}, first: ${pick(sizes)}) { nodes ${entity} totalCount } }`,
      () => `{ suggest(prefix: ${JSON.stringify(this.#word(kind))}) { name } }`,
      () => `{ paths(from: ${slug()}, to: ${slug()}, maxHops: ${pick([1, 2, 3, 4])}) { paths { nodes ${entity} } } }`,
      () =>
        `{ neighborhood(of: [${slug()}], depth: ${pick([1, 2, 3])}, limit: ${pick([20, 50, 200])}) { nodes ${entity} edges { relation } } }`,
      () => `{ similar(to: ${slug()}, limit: ${pick([5, 20])}) { score entity ${entity} } }`,
      () => {
        const [one, ...others] = some(this.#slugs[kind] ?? []);
        const other = others.length > 0 ? JSON.stringify(pick(some(others))) : slug();
        return `{ compare(ids: [${JSON.stringify(one)}, ${other}]) { shared { entity ${entity} } } }`;
      },
      () =>
        `{ gaps { ${pick(['withoutSource', 'weakSourcesOnly', 'conflicts', 'absentRelations', 'missing'])} { count } } }`,
      () => this.#groups(kind),
      () => this.#match(),
      () => {
        const found = pick(some(this.#slugs[kind] ?? []));
        return `{ ${cooperation.kind(kind).singular}(slug: ${JSON.stringify(found)}) { ${this.#entity(kind, 3)} } }`;
      },
    ])();
  }

  /** A word that some of the kind have in their names. */
  #word(kind: Kind): string {
    const words = this.#random.pick(some(this.#slugs[kind] ?? [])).split('-');
    return words.find((word) => word.length > 2) ?? words[0] ?? '';
  }

  #groups(kind: Kind): string {
    const keys = [...groupKeys(cooperation, kind).keys()].filter(
      (key) => !key.startsWith('YEAR_') && key !== 'SOURCES',
    );
    return `{ ${cooperation.kind(kind).plural}GroupBy(by: [${this.#random.pick(some(keys))}], first: ${this.#random.pick(sizes)}) { nodes { count } totalCount } }`;
  }

  #match(): string {
    const from = this.#random.pick(kindsOf);
    const fields = [...relationFieldsOf(from).values()].filter(
      ({ reading, target }) => reading === 'FORWARD' && target !== 'Entity' && target !== 'Source',
    );
    const [field] = fields.length > 0 ? [this.#random.pick(some(fields))] : [];
    if (!field) return '{ ontology { kinds { kind count } } }';
    return `{ match(pattern: { entities: [{ as: "a", kind: ${constantCase(from)} }, { as: "b", kind: ${constantCase(field.target)} }], relations: [{ from: "a", to: "b", relation: ${field.relation} }] }, first: ${this.#random.pick(sizes)}) { nodes { a: entity(as: "a") { name } b: entity(as: "b") { name } } } }`;
  }

  #page(kind: Kind | 'Entity'): string {
    const { pick, chance } = this.#random;
    const parts = [`first: ${pick(sizes)}`];
    if (kind === 'Entity') return `(${parts.join()})`;
    const relations = some([...relationFieldsOf(kind).values()].filter(({ toOne }) => !toOne));
    const word = () => JSON.stringify(this.#word(kind));
    const filters = [
      () => `{ name: { contains: ${word()} } }`,
      () => `{ name: { gte: ${word()} } }`,
      () => `{ ${pick(relations).name}: { some: {} } }`,
      () => `{ ${pick(relations).name}: { none: {} } }`,
      () => `{ ${pick(relations).name}: { count: { gte: 1, filter: { nameZh: { exists: false } } } } }`,
    ] as const;
    if (chance(0.35)) parts.push(`filter: ${pick(filters)()}`);
    if (chance(0.15)) parts.push(`orderBy: [{ ${pick(relations).name}: { count: DESC } }]`);
    else if (chance(0.1)) parts.push('orderBy: [{ nameZh: DESC }]');
    return `(${parts.join(', ')})`;
  }

  #connection(kind: Kind | 'Entity', depth: number): string {
    const { pick, chance } = this.#random;
    const parts = [`${chance(0.8) ? 'nodes {' : 'edges { cursor node {'} ${this.#entity(kind, depth)} }`];
    if (parts[0]?.startsWith('edges')) parts[0] += ' }';
    if (chance(0.25)) parts.push('totalCount');
    if (chance(0.1) && kind !== 'Entity') {
      const options = [...facetOptions(cooperation, kind).keys()];
      parts.push(`facets(by: [${pick(some(options))}]) { buckets { value count } }`);
    }
    return `{ ${parts.join(' ')} }`;
  }

  #entity(kind: Kind | 'Entity', depth: number): string {
    const { pick, chance, below } = this.#random;
    const properties = Object.entries(propertiesOf(kind)).filter(([, property]) => !isListed(property));
    const parts = ['slug', ...properties.slice(0, below(8)).map(([name]) => name)];
    if (depth > 0) {
      const fields = some(relationFieldsOf(kind).values());
      const chosen = new Map<string, RelationField>();
      for (let count = below(3) + (depth > 1 ? 1 : 0); count > 0; count -= 1) {
        const field = pick(fields);
        chosen.set(field.name, field);
      }
      for (const field of chosen.values()) {
        parts.push(
          field.toOne
            ? `${field.name} { ${this.#entity(field.target, depth - 1)} }`
            : `${field.name}${this.#page(field.target)} ${this.#connection(field.target, depth - 1)}`,
        );
      }
    }
    return parts.join(' ') + (chance(0.1) ? ' __typename' : '');
  }
}

/** Queries that look random and are the same on every run. */
export const randomQueries = (count: number, seed: number, slugs: Slugs): readonly string[] =>
  Array.from({ length: count }, (_, index) => new RandomQuery(randomOf(seed, 'query', index), slugs).write());
