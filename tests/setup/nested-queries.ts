import { parse, validate } from 'graphql';
import { cooperation } from '../../src/cooperation/ontology.ts';
import { type Random, randomOf } from '../../src/doors/data/generate/random.ts';
import { facetOptions } from '../../src/graphql/arguments/facet-input.ts';
import { constantCase } from '../../src/ontology/letter-case.ts';
import type { RelationField } from '../../src/ontology/ontology.ts';
import type { Kind } from '../../src/ontology/vocabulary.ts';
import { schema } from './served.ts';

const { kindNames, propertiesOf, relationFieldsOf } = cooperation;

/** Relations below relations, in every form in which they can be selected. */
class NestedQuery {
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  write(): string {
    const kind = this.#pick(kindNames);
    return `{ ${cooperation.kind(kind).plural}(first: ${this.#pick([3, 8, 20])}) { nodes { ${this.#entity(kind, 3)} } } }`;
  }

  #pick<Item>(items: readonly Item[]): Item {
    return this.#random.pick(items as readonly [Item, ...Item[]]);
  }

  #entity(kind: Kind | 'Entity', depth: number): string {
    const { chance, below } = this.#random;
    const properties = Object.entries(propertiesOf(kind)).filter(([, { type }]) => type !== 'milestones');
    const parts = ['slug', '__typename', ...properties.slice(0, below(3)).map(([name]) => name)];
    if (depth === 0) return parts.join(' ');
    const fields = [...relationFieldsOf(kind).values()];
    for (let number = depth === 3 ? 2 : 1 + below(2); number > 0; number -= 1) {
      const field = this.#pick(fields);
      const alias = `r${number}: `;
      const isEdge = chance(0.3);
      if (!field.toOne) parts.push(alias + this.#relation(field, isEdge, depth - 1));
      else if (isEdge && Object.keys(field.properties).length > 0)
        parts.push(`${alias}${field.name}Edge { ownSources node { ${this.#entity(field.target, depth - 1)} } }`);
      else parts.push(`${alias}${field.name} { ${this.#entity(field.target, depth - 1)} }`);
    }
    if (kind === 'Entity' && chance(0.5)) {
      const [one, other] = [this.#pick(kindNames), this.#pick(kindNames)];
      for (const [index, each] of [one, other].entries())
        parts.push(`... on ${each} { k${index}${each}: ${this.#anyRelation(each, depth - 1)} }`);
    }
    return parts.join(' ');
  }

  #anyRelation(kind: Kind, depth: number): string {
    const field = this.#pick([...relationFieldsOf(kind).values()].filter(({ toOne }) => !toOne));
    return this.#relation(field, false, depth);
  }

  #relation({ name, target, properties }: RelationField, isEdge: boolean, depth: number): string {
    const { chance } = this.#random;
    const ofEdge = Object.keys(properties).map((property) => `EDGE_${constantCase(property)}`);
    const more = [];
    if (chance(0.2)) more.push('totalCount');
    if (chance(0.2)) more.push('pageInfo { hasNextPage endCursor }');
    const facets =
      target === 'Entity'
        ? []
        : [...facetOptions(cooperation, target).keys()].filter(
            (key) => !key.startsWith('EDGE_') || ofEdge.includes(key),
          );
    if (facets.length > 0 && chance(0.1)) more.push(`facets(by: [${this.#pick(facets)}]) { buckets { value count } }`);
    const entity = this.#entity(target, depth);
    const nodes = isEdge ? `edges { cursor ownSources sources { slug } node { ${entity} } }` : `nodes { ${entity} }`;
    const page = `${this.#pick(['first', 'first', 'last'])}: ${this.#pick([1, 2, 4])}`;
    return `${name}(${page}) { ${nodes} ${more.join(' ')} }`;
  }
}

/** Nested queries that look random and are the same on every run. */
export const nestedQueries = (count: number, seed: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => {
    const query = new NestedQuery(randomOf(seed, 'nested', index)).write();
    const [fault] = validate(schema, parse(query));
    if (fault) throw new Error(`${fault.message} In: ${query}`);
    return query;
  });
