import { parse, print } from 'graphql';
import { constantCase } from '../../ontology/letter-case.ts';
import type { Ontology, RelationField } from '../../ontology/ontology.ts';
import type { Kind } from '../../ontology/vocabulary.ts';
import type { Asked, Condition, Meant, Operators, Related } from './meant.ts';
import type { Route } from './routes.ts';

/** A GraphQL document and the values of its variables. */
export interface WrittenQuestion {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A text of GraphQL that is no string. */
class Bare {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = Bare | string | number | boolean | readonly Value[] | { readonly [name: string]: Value };
type Filter = { readonly [name: string]: Value };

function printed(value: Value): string {
  if (value instanceof Bare) return value.text;
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, part]) => `${name}: ${printed(part)}`)
    .join(', ')} }`;
}

const all = (filters: readonly Filter[]): Filter => {
  const names = filters.flatMap((filter) => Object.keys(filter));
  const isPlain = new Set(names).size === names.length;
  return isPlain ? Object.assign({}, ...filters) : { and: filters };
};

const any = (filters: readonly Filter[]): Filter => (filters.length === 1 ? (filters[0] ?? {}) : { or: filters });

/** Entities and groups that an answer begins with. */
const PAGE = 20;
const MOST_GROUPS = 50;
const PATHS = 3;

/** Writes the document of one question. */
class Writing {
  readonly #ontology: Ontology;
  readonly #variables: Record<string, unknown> = {};
  readonly #types: Record<string, string> = {};

  constructor(ontology: Ontology) {
    this.#ontology = ontology;
  }

  #variable(name: string, type: string, value: unknown): Bare {
    let free = name;
    for (let number = 2; Object.hasOwn(this.#types, free); number += 1) free = `${name}${number}`;
    this.#types[free] = type;
    this.#variables[free] = value;
    return new Bare(`$${free}`);
  }

  write(asked: Asked): WrittenQuestion {
    const selection = this.#root(asked);
    const declared = Object.entries(this.#types).map(([name, type]) => `$${name}: ${type}`);
    const head = declared.length === 0 ? '' : `query (${declared.join(', ')}) `;
    return { document: print(parse(`${head}{ ${selection} }`, { noLocation: true })), variables: this.#variables };
  }

  #root(asked: Asked): string {
    switch (asked.is) {
      case 'list':
        return this.#list(asked.of, `first: ${PAGE}`, `totalCount nodes { ${this.#brief()} }`);
      case 'count':
        return this.#list(asked.of, 'first: 0', 'totalCount');
      case 'ranking':
        return this.#ranking(asked);
      case 'groups':
        return this.#groups(asked);
      case 'entity':
        return this.#entity(asked);
      case 'paths': {
        const [from, to] = [this.#variable('from', 'ID!', asked.from), this.#variable('to', 'ID!', asked.to)];
        return `paths(from: ${from.text}, to: ${to.text}, limit: ${PATHS}) { paths { length nodes { __typename ${this.#brief()} } hops { relation from { slug } to { slug } } } }`;
      }
      case 'comparison': {
        const ids = this.#variable('ids', '[ID!]!', asked.slugs);
        return `compare(ids: ${ids.text}) { shared { relation direction entity { __typename ${this.#brief()} } } }`;
      }
      case 'gaps':
        return this.#gaps(asked.field, asked.kind);
      case 'search': {
        const query = this.#variable('query', 'String!', asked.text);
        return `search(query: ${query.text}, first: 10) { totalCount nodes { __typename ${this.#brief()} } }`;
      }
    }
  }

  #brief(): string {
    const others = Object.entries(this.#ontology.sharedProperties).flatMap(([name, { searched, list }]) =>
      name !== 'name' && searched === 'name' && !list ? [name] : [],
    );
    return ['slug', 'name', ...others].join(' ');
  }

  #list(of: Meant, more: string, selection: string, order = ''): string {
    const filter = this.#filter(of);
    const args = [more, ...(filter ? [`filter: ${printed(filter)}`] : []), ...(order ? [`orderBy: ${order}`] : [])];
    return `${this.#ontology.kind(of.kind).plural}(${args.join(', ')}) { ${selection} }`;
  }

  #ranking({ of, by, descending, first }: Extract<Asked, { is: 'ranking' }>): string {
    const direction = descending ? 'DESC' : 'ASC';
    if ('property' in by) {
      const shown = `totalCount nodes { ${this.#brief()} ${by.property} }`;
      const known = this.#withKnown(of, by.property);
      return this.#list(known, `first: ${first}`, shown, `[{ ${by.property}: ${direction} }, { name: ASC }]`);
    }
    const field = by.routes[0]?.[0];
    if (!field) return this.#list(of, `first: ${first}`, this.#brief());
    const inner = this.#filter(by.to);
    const count = `{ ${field.name}: { count: ${direction}${inner ? `, filter: ${printed(inner)}` : ''} } }`;
    const selected = `${field.name}${inner ? `(filter: ${printed(inner)})` : ''} { totalCount }`;
    return this.#list(of, `first: ${first}`, `nodes { ${this.#brief()} ${selected} }`, `[${count}, { name: ASC }]`);
  }

  /** What has no value is neither the first nor the last. */
  #withKnown(of: Meant, property: string): Meant {
    return { ...of, conditions: [...of.conditions, { is: 'known', property }] };
  }

  #groups({ of, key }: Extract<Asked, { is: 'groups' }>): string {
    const { plural } = this.#ontology.kind(of.kind);
    const filter = this.#filter(of);
    const last = key.route.at(-1);
    const name = key.property ?? last?.name ?? '';
    const facet = `${constantCase(name)}${key.byYear ? '_YEAR' : ''}`;
    const above = key.property === undefined ? key.route.slice(0, -1) : key.route;
    const by =
      above.length === 0
        ? `by: [${facet}]`
        : `keys: [${above.reduceRight((inner, field) => `{ ${field.name}: ${inner} }`, `{ by: ${facet} }`)}]`;
    const args = [by, ...(filter ? [`filter: ${printed(filter)}`] : []), `first: ${MOST_GROUPS}`];
    return `${plural}GroupBy(${args.join(', ')}) { totalCount nodes { keys { value entity { ${this.#brief()} } } count } }`;
  }

  #entity({ slug, kind, properties }: Extract<Asked, { is: 'entity' }>): string {
    const id = this.#variable('id', 'ID!', slug);
    const own = properties.length === 0 ? '' : ` ... on ${kind} { ${properties.join(' ')} }`;
    return `entity(id: ${id.text}) { __typename ${this.#brief()}${own} }`;
  }

  #gaps(field: 'missing' | 'conflicts', kind: Kind | undefined): string {
    const kinds = kind === undefined ? '' : `(kinds: [${constantCase(kind)}])`;
    const entities = `entities(first: 5) { totalCount nodes { ${this.#brief()} } }`;
    return `gaps { ${field}${kinds} { kind ${field === 'missing' ? 'property ' : ''}${entities} } }`;
  }

  #filter(meant: Meant): Filter | undefined {
    const filters = [
      ...this.#ofSlugs(meant),
      ...meant.conditions.map((condition) => this.#condition(meant.kind, condition)),
      ...meant.related.map((related) => this.#related(related)),
    ];
    return filters.length === 0 ? undefined : all(filters);
  }

  #ofSlugs({ kind, slugs }: Meant): readonly Filter[] {
    const [first] = slugs;
    if (first === undefined) return [];
    const { singular } = this.#ontology.kind(kind);
    if (this.#ontology.hierarchyOf(kind) !== undefined) {
      return [any(slugs.map((slug) => ({ within: this.#variable(singular, 'ID', slug) })))];
    }
    if (slugs.length > 1)
      return [{ slug: { in: this.#variable(this.#ontology.kind(kind).plural, '[String!]', slugs) } }];
    return [{ slug: { eq: this.#variable(singular, 'String', first) } }];
  }

  #condition(kind: Kind, condition: Condition): Filter {
    switch (condition.is) {
      case 'values': {
        const { property, values, isText, negated } = condition;
        const listed = values.map((value) => (isText ? value : new Bare(value)));
        const test = listed.length > 1 ? { in: listed } : { [negated ? 'ne' : 'eq']: listed[0] ?? '' };
        return negated && listed.length > 1 ? { not: { [property]: test } } : { [property]: test };
      }
      case 'either': {
        const met = any(condition.of.map((one) => this.#condition(kind, one)));
        return condition.negated ? { not: met } : met;
      }
      case 'range': {
        const { property, operators, isDate, negated } = condition;
        const test = { [property]: isDate ? ofDates(operators) : operators };
        return negated ? { not: test } : test;
      }
      case 'flag':
        return { [condition.property]: { eq: !condition.negated } };
      case 'absent':
      case 'known':
        return { [condition.property]: { exists: condition.is === 'known' } };
      case 'text': {
        const text = this.#variable('text', 'String', condition.text);
        const texts = Object.entries(this.#ontology.propertiesOf(kind)).filter(
          ([, { searched, list, type }]) =>
            type === 'text' && searched !== undefined && searched !== 'category' && !list,
        );
        return any(texts.map(([name]) => ({ [name]: { contains: text } })));
      }
    }
  }

  #related(related: Related): Filter {
    const options = related.routes.map((route) => this.#along(route, related));
    const met = any(options);
    return related.negated && options.length > 1 ? { not: met } : met;
  }

  #along(route: Route, { to, role, negated, count, routes }: Related): Filter {
    const own = this.#filter(to);
    const edge: Filter | undefined = role && { edge: { [role.property]: { eq: new Bare(role.value) } } };
    const isOne = routes.length === 1;
    const step = (field: RelationField, target: Filter, outermost: boolean): Filter => {
      const value = edge && field.relation === role?.relation ? all([target, edge]) : target;
      if (outermost && count && !field.toOne) {
        const filter: Filter = Object.keys(value).length > 0 ? { filter: value } : {};
        return { [field.name]: { count: { ...count, ...filter } } };
      }
      if (outermost && negated && isOne) return { [field.name]: { none: value } };
      return { [field.name]: field.toOne && Object.keys(value).length > 0 ? value : { some: value } };
    };
    return route.reduceRight((value, field, index) => step(field, value, index === 0), own ?? {});
  }
}

/** A year as a date is the whole of it. */
function ofDates(operators: Operators): Filter {
  return Object.fromEntries(Object.entries(operators).map(([name, year]) => [name, String(year)]));
}

/** Writes what is asked as a person writes it from the documentation. */
export const writtenQuestion = (ontology: Ontology, asked: Asked): WrittenQuestion =>
  new Writing(ontology).write(asked);
