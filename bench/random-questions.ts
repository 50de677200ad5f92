import type { Driver } from 'neo4j-driver';
import type { Kind } from '../src/cooperation/kinds.ts';
import { cooperation } from '../src/cooperation/ontology.ts';
import { type Random, randomOf } from '../src/doors/data/generate/random.ts';
import { type FacetOption, facetOptions } from '../src/graphql/arguments/facet-input.ts';
import { groupKeys } from '../src/graphql/groups/group-keys.ts';
import { getOrInsert } from '../src/ontology/get-or-insert.ts';
import { constantCase } from '../src/ontology/letter-case.ts';
import type { RelationField } from '../src/ontology/ontology.ts';
import type { Properties, Property } from '../src/ontology/vocabulary.ts';
import { modelOf, type Records } from '../tests/setup/model.ts';
import { byCodePoint, type SeedRecord } from '../tests/setup/seeds.ts';

const { edgePropertiesOf, isKind, kindNames, propertiesOf, relationFieldsOf, relationTypes } = cooperation;

type Input = Readonly<Record<string, unknown>>;
type Data = Readonly<Record<string, unknown>>;

/** A question, and what its answer has to be. */
export interface RandomQuestion {
  readonly shape: string;
  readonly query: string;
  readonly variables: Input;
  /** The part of the answer that is compared. */
  readonly answered: (data: Data) => unknown;
  readonly expected: () => unknown;
}

/** Reads the whole graph by the plainest statements there are. */
export async function readRecords(driver: Driver, database: string | undefined): Promise<Records> {
  const config = database === undefined ? {} : { database };
  const rows = async (text: string, parameters = {}) => (await driver.executeQuery(text, parameters, config)).records;
  const byKind = new Map(kindNames.map((kind) => [kind, [] as SeedRecord[]]));
  // In pages: sorting all of a large graph takes more memory than the product gives to Neo4j.
  const readPage = (after: string) =>
    rows(
      'MATCH (n:Entity) WHERE n.id > $after RETURN n._kind AS kind, properties(n) AS record ORDER BY n.id LIMIT 5000',
      {
        after,
      },
    );
  for (let page = await readPage(''); page.length > 0; page = await readPage(page.at(-1)?.get('record').id))
    for (const row of page) byKind.get(row.get('kind'))?.push(row.get('record'));
  const entities: Record<string, readonly SeedRecord[]> = Object.fromEntries(byKind);
  const relations: Records['relations'][number][] = [];
  for (const type of relationTypes) {
    const found = await rows(
      `MATCH (a)-[r:${type}]->(b) RETURN a.id AS start, b.id AS end, properties(r) AS properties`,
    );
    for (const row of found) {
      const { sources, ...properties } = row.get('properties');
      relations.push({ type, from: row.get('start'), to: row.get('end'), properties, ...(sources ? { sources } : {}) });
    }
  }
  return { entities: entities as Records['entities'], relations };
}

type Some<Item> = readonly [Item, ...Item[]];

function some<Item>(items: Iterable<Item>): Some<Item> {
  const [first, ...others] = items;
  if (first === undefined) throw new Error('There is nothing to pick from.');
  return [first, ...others];
}

const kindsToAsk = some(kindNames.filter((kind): kind is Kind => isKind(kind)));

const plural = (kind: Kind) => cooperation.kind(kind).plural;

/** The relations of a kind that lead to entities of one kind. */
const fieldsOf = (kind: Kind) =>
  [...relationFieldsOf(kind).values()].flatMap((field) =>
    field.target === 'Entity' ? [] : [{ ...field, target: field.target as Kind }],
  );

/** The relations of a kind that a pattern follows: not those to the sources of a fact. */
const followedOf = (kind: Kind) => fieldsOf(kind).filter(({ target }) => target !== 'Source');

const kindsToFollow = some(kindsToAsk.filter((kind) => followedOf(kind).length > 0));

const listsOf = (kind: Kind) => fieldsOf(kind).filter(({ toOne }) => !toOne);

/** Relations that `paths` follows unless others are named. */
const walkedByDefault = new Set(relationTypes.filter((type) => type !== 'CITES' && type !== 'STATED_AT'));

const MOST_HOPS = 4;

/** Writes questions about a graph, with the answers of a model of it. */
export class RandomQuestions {
  readonly #records: Records;
  readonly #model: ReturnType<typeof modelOf>;
  /** Of each kind, those with the most relations first. */
  readonly #hubs: ReadonlyMap<Kind, readonly SeedRecord[]>;
  readonly #neighbors = new Map<string, Set<string>>();

  constructor(records: Records) {
    this.#records = records;
    this.#model = modelOf(records);
    const degrees = new Map<string, number>();
    for (const { type, from, to } of records.relations) {
      for (const [near, far] of [
        [from, to],
        [to, from],
      ] as const) {
        degrees.set(near, (degrees.get(near) ?? 0) + 1);
        if (walkedByDefault.has(type)) getOrInsert(this.#neighbors, near, () => new Set()).add(far);
      }
    }
    const degreeOf = ({ id }: SeedRecord) => degrees.get(id) ?? 0;
    this.#hubs = new Map(
      kindsToAsk.map((kind) => [
        kind,
        records.entities[kind].toSorted((left, right) => degreeOf(right) - degreeOf(left)),
      ]),
    );
  }

  /** The same questions for the same graph and seed. */
  questions(count: number, seed: number): readonly RandomQuestion[] {
    return Array.from({ length: count }, (_, index) => this.#question(randomOf(seed, 'question', index)));
  }

  #question(random: Random): RandomQuestion {
    const kind = random.pick(kindsToAsk);
    const depth = 1 + random.below(3);
    const filter = random.chance(0.9) ? this.#filter(random, kind, depth) : {};
    const at = random.next();
    if (at < 0.35) return this.count(kind, filter);
    if (at < 0.45) return this.#page(random, kind, filter);
    if (at < 0.6) return this.#byCount(random, kind, filter);
    if (at < 0.7) return this.#facets(random, kind, filter);
    if (at < 0.8) return this.#groups(random, kind, filter);
    if (at < 0.9) return this.#match(random);
    return at < 0.95 ? this.#search(random, kind) : this.#paths(random);
  }

  // Filters

  #slug(random: Random, kind: Kind): string {
    const hubs = this.#hubs.get(kind) ?? [];
    return hubs[random.rank(hubs.length)]?.id ?? '';
  }

  #valueCondition(random: Random, { type, list }: Property, value: unknown): Input {
    const { pick } = random;
    if (list) return pick([{ has: Array.isArray(value) ? value[0] : value }, { isEmpty: random.chance(0.5) }]);
    const operand = type === 'date' ? String(value).slice(0, pick([4, 4, 7, 10])) : value;
    const simple = [{ eq: operand }, { ne: operand }, { in: [operand] }, { exists: random.chance(0.5) }];
    if (type === 'boolean') return pick([{ eq: operand }, { exists: random.chance(0.5) }]);
    if (type === 'enumeration' || type === 'url') return pick(some(simple));
    const ordered = [{ gte: operand }, { gt: operand }, { lt: operand }, { lte: operand }];
    if (type !== 'text') return pick(some([...simple, ...ordered]));
    const text = String(value);
    const start = random.below(Math.max(1, text.length - 4));
    const part = [...text.slice(start, start + 4)].join('');
    return pick(some([...simple, { contains: part }, { startsWith: text.slice(0, 3) }, ...ordered.slice(0, 2)]));
  }

  #propertyFilter(random: Random, kind: Kind): Input {
    const records = some(this.#records.entities[kind]);
    const usable = Object.entries(propertiesOf(kind)).filter(
      ([, { type, items }]) => !items && !['milestones', 'identifiers', 'locations'].includes(type),
    );
    const [name, property] = random.pick(some(usable));
    let value: unknown;
    for (let tries = 0; tries < 20 && (value === undefined || value === ''); tries += 1) {
      value = random.pick(records)[name];
    }
    if (value === undefined || value === '') return { name: { exists: true } };
    return { [name]: this.#valueCondition(random, property, value) };
  }

  #edgeFilter(random: Random, { relation }: RelationField): Input {
    const properties: Properties = edgePropertiesOf(relation);
    const usable = Object.keys(properties);
    const [name] = usable.length > 0 ? [random.pick(some(usable))] : [];
    if (name === undefined || random.chance(0.3)) return { edge: { ownSources: { eq: random.chance(0.5) } } };
    return { edge: { [name]: { [properties[name]?.list ? 'isEmpty' : 'exists']: random.chance(0.5) } } };
  }

  #relationFilter(random: Random, kind: Kind, depth: number): Input {
    const field = random.pick(some(fieldsOf(kind)));
    const far = depth > 1 ? this.#filter(random, field.target, depth - 1) : this.#last(random, field.target);
    const inner = random.chance(0.1) ? { ...far, ...this.#edgeFilter(random, field) } : far;
    const at = random.next();
    if (at < 0.6) return { [field.name]: field.toOne ? inner : { some: inner } };
    if (at < 0.75) return { [field.name]: { none: inner } };
    if (at < 0.85) return { [field.name]: { every: inner } };
    const operator = random.pick(['gte', 'gt', 'lt', 'eq']);
    return { [field.name]: { count: { [operator]: 1 + random.below(3), filter: inner } } };
  }

  /** The end of a way: named entities, mostly hubs, or a property. */
  #last(random: Random, kind: Kind): Input {
    const at = random.next();
    if (at < 0.45) return { slug: { eq: this.#slug(random, kind) } };
    if (at < 0.55) return { slug: { in: [this.#slug(random, kind), this.#slug(random, kind)] } };
    return this.#propertyFilter(random, kind);
  }

  #filter(random: Random, kind: Kind, depth: number): Input {
    const related = this.#relationFilter(random, kind, depth);
    const at = random.next();
    if (at < 0.5) return related;
    if (at < 0.75) return { ...this.#propertyFilter(random, kind), ...related };
    const other = random.chance(0.5)
      ? this.#propertyFilter(random, kind)
      : this.#relationFilter(random, kind, Math.min(depth, 2));
    if (at < 0.85) return { and: [related, other] };
    return at < 0.93 ? { or: [related, other] } : { not: related };
  }

  // Questions about the entities of a kind

  #fitting(kind: Kind, filter: Input): readonly SeedRecord[] {
    return this.#records.entities[kind].filter((record) => this.#model.fits(record, filter));
  }

  #list(
    shape: string,
    [kind, filter]: readonly [Kind, Input],
    [args, selection]: readonly [string, string],
    variables: Input = {},
  ) {
    const given = Object.keys(variables).map((name) => `$${name}: [${kind}Order!]`);
    const query = `query ($filter: ${kind}Filter${given.map((each) => `, ${each}`).join('')}) { ${plural(kind)}(filter: $filter${args}) { ${selection} } }`;
    const connection = (data: Data) => data[plural(kind)] as Connection;
    return { shape, query, variables: { filter, ...variables }, connection };
  }

  count(kind: Kind, filter: Input): RandomQuestion {
    const { connection, ...question } = this.#list('count', [kind, filter], ['', 'totalCount']);
    return {
      ...question,
      answered: (data) => connection(data).totalCount,
      expected: () => this.#fitting(kind, filter).length,
    };
  }

  /** A page in an order, with the number of all. */
  page(shape: string, [kind, filter]: readonly [Kind, Input], orderBy: Input, compare: Compare): RandomQuestion {
    const { connection, ...question } = this.#list(
      shape,
      [kind, filter],
      [', orderBy: $orderBy, first: 10', 'nodes { slug } totalCount'],
      { orderBy: [orderBy] },
    );
    return {
      ...question,
      answered: (data) => {
        const { nodes, totalCount } = connection(data);
        return [nodes.map(({ slug }) => slug), totalCount];
      },
      expected: () => {
        const fitting = this.#fitting(kind, filter).toSorted(
          (left, right) => compare(left, right) || byCodePoint(left.id, right.id),
        );
        return [fitting.slice(0, 10).map(({ id }) => id), fitting.length];
      },
    };
  }

  #page(random: Random, kind: Kind, filter: Input): RandomQuestion {
    const name = random.chance(0.5);
    return name
      ? this.page('page', [kind, filter], { name: 'ASC' }, (left, right) => byCodePoint(left.name, right.name))
      : this.page('page', [kind, filter], { slug: 'DESC' }, (left, right) => byCodePoint(right.id, left.id));
  }

  #byCount(random: Random, kind: Kind, filter: Input): RandomQuestion {
    const field = random.pick(some(listsOf(kind)));
    const inner = random.chance(0.5) ? this.#filter(random, field.target, 1) : {};
    return this.byCount([kind, filter], field, inner, random.chance(0.7) ? 'DESC' : 'ASC');
  }

  byCount(list: readonly [Kind, Input], field: RelationField, inner: Input, direction: 'ASC' | 'DESC'): RandomQuestion {
    const counts = new Map<SeedRecord, number>();
    const countOf = (record: SeedRecord) =>
      getOrInsert(
        counts,
        record,
        () => this.#model.relatedIn(record, field).filter((edge) => this.#model.fits(edge.far, inner, edge)).length,
      );
    const sign = direction === 'ASC' ? 1 : -1;
    return this.page(
      'order by a count',
      list,
      { [field.name]: { count: direction, filter: inner } },
      (left, right) => sign * (countOf(left) - countOf(right)),
    );
  }

  #facets(random: Random, kind: Kind, filter: Input): RandomQuestion {
    const options = [...facetOptions(cooperation, kind)].filter(([, option]) => isCounted(option));
    const [name, option] = random.pick(some(options));
    return this.facets([kind, filter], name, option);
  }

  facets([kind, filter]: readonly [Kind, Input], name: string, option: FacetOption): RandomQuestion {
    const { connection, ...question } = this.#list(
      'facets',
      [kind, filter],
      [', first: 0', `facets(by: [${name}], first: 5) { buckets { value count } others without }`],
    );
    return {
      ...question,
      answered: (data) => {
        const [facet] = connection(data).facets;
        return [facet?.buckets.map(({ value, count }) => `${value} ${count}`), facet?.others, facet?.without];
      },
      expected: () => {
        const counts = new Map<string, { readonly by: string; count: number }>();
        let [all, without] = [0, 0];
        for (const record of this.#fitting(kind, filter)) {
          const values = this.#facetValues(record, option);
          if (values.length === 0) without += 1;
          all += values.length;
          for (const [value, by] of values) getOrInsert(counts, value, () => ({ by, count: 0 })).count += 1;
        }
        const ordered = [...counts].sort(
          ([left, one], [right, other]) =>
            other.count - one.count || byCodePoint(one.by, other.by) || byCodePoint(left, right),
        );
        const shown = ordered.slice(0, 5);
        const others = all - shown.reduce((sum, [, { count }]) => sum + count, 0);
        return [shown.map(([value, { count }]) => `${value} ${count}`), others, without];
      },
    };
  }

  /** The values of a record, each with what puts equally frequent ones in order. */
  #facetValues(record: SeedRecord, option: FacetOption): readonly (readonly [string, string])[] {
    if ('relation' in option)
      return this.#model.relatedIn(record, option.relation).map(({ far }) => [far.id, far.name] as const);
    if (!('property' in option)) return [];
    const value = record[option.property];
    if (value === undefined) return [];
    const text = option.by === 'year' ? String(value).slice(0, 4) : String(value);
    // Numbers are in the order of numbers.
    return [[text, typeof value === 'number' ? text.padStart(12, '0') : text]];
  }

  #groups(random: Random, kind: Kind, filter: Input): RandomQuestion {
    const keys = some([...groupKeys(cooperation, kind).keys()].filter((key) => this.#keyOf(kind, key) !== undefined));
    const [first, second] = [random.pick(keys), random.pick(keys)];
    return this.groups(kind, filter, first === second || random.chance(0.6) ? [first] : [first, second]);
  }

  groups(kind: Kind, filter: Input, by: readonly string[]): RandomQuestion {
    const field = `${plural(kind)}GroupBy`;
    return {
      shape: 'groups',
      query: `query ($filter: ${kind}Filter) { ${field}(by: [${by.join(', ')}], filter: $filter, first: 100) { nodes { count keys { value } } totalCount } }`,
      variables: { filter },
      answered: (data) => {
        const { nodes, totalCount } = data[field] as Groups;
        return [totalCount, nodes[0]?.count ?? 0, nodes.length < totalCount ? [] : inOrder(nodes)];
      },
      expected: () => {
        const counts = new Map<string, number>();
        for (const record of this.#fitting(kind, filter)) {
          const combinations = by.reduce<readonly (readonly (string | null)[])[]>(
            (before, key) =>
              before.flatMap((values) => (this.#keyOf(kind, key)?.(record) ?? []).map((value) => [...values, value])),
            [[]],
          );
          for (const values of combinations) {
            const id = JSON.stringify(values);
            counts.set(id, (counts.get(id) ?? 0) + 1);
          }
        }
        const groups = [...counts].map(([id, count]) => `${id} ${count}`).sort();
        return [counts.size, Math.max(0, ...counts.values()), groups.length > 100 ? [] : groups];
      },
    };
  }

  /** The values of a key of groups: null stands for none; `undefined` for a key that is not tried here. */
  #keyOf(kind: Kind, key: string): ((record: SeedRecord) => readonly (string | null)[]) | undefined {
    const name = camelCase(key);
    const field = relationFieldsOf(kind).get(name);
    if (field?.target === 'Entity') return undefined;
    if (field) {
      return (record) => {
        const slugs = new Set(this.#model.relatedIn(record, field).map(({ far }) => far.id));
        return slugs.size > 0 ? [...slugs] : [null];
      };
    }
    if (!propertiesOf(kind)[name]) return undefined;
    return (record) => [record[name] === undefined ? null : String(record[name])];
  }

  // Questions about the graph as a whole

  #match(random: Random): RandomQuestion {
    const kinds = [random.pick(kindsToFollow)];
    const fields: RelationField[] = [];
    for (let hops = 1 + random.below(2); hops > 0; hops -= 1) {
      const field = random.pick(some(followedOf(kinds.at(-1) ?? 'Lab')));
      fields.push(field);
      kinds.push(field.target as Kind);
    }
    const named = random.below(kinds.length);
    const entities = kinds.map((kind, index) => ({
      kind,
      filter:
        index === named ? this.#last(random, kind) : random.chance(0.4) ? this.#filter(random, kind, 1) : undefined,
    }));
    return this.match(entities, fields);
  }

  /** Chains of entities, each of which is related to the one before. */
  match(
    entities: readonly { readonly kind: Kind; readonly filter?: Input | undefined }[],
    fields: readonly RelationField[],
  ): RandomQuestion {
    const names = ['a', 'b', 'c', 'd'] as const;
    const pattern = {
      entities: entities.map(({ kind, filter }, index) => ({
        as: names[index],
        kind: constantCase(kind),
        ...(filter ? { filter: { [cooperation.kind(kind).singular]: filter } } : {}),
      })),
      relations: fields.map(({ relation, reading }, index) => {
        const ends = [names[index], names[index + 1]] as const;
        const [from, to] = reading === 'BACKWARD' ? ends.toReversed() : ends;
        return { from, to, relation };
      }),
    };
    const fits = (record: SeedRecord, index: number) => this.#model.fits(record, entities[index]?.filter ?? {});
    const chains = (record: SeedRecord, index: number, before: readonly SeedRecord[]): number => {
      if (before.includes(record) || !fits(record, index)) return 0;
      const field = fields[index];
      if (!field) return 1;
      const far = new Set(this.#model.relatedIn(record, field).map((edge) => edge.far));
      let sum = 0;
      for (const each of far) sum += chains(each, index + 1, [...before, record]);
      return sum;
    };
    return {
      shape: 'match',
      query: 'query ($pattern: MatchPattern!) { match(pattern: $pattern, first: 5) { totalCount } }',
      variables: { pattern },
      answered: (data) => (data.match as { readonly totalCount: number }).totalCount,
      expected: () => {
        const [first] = entities;
        let sum = 0;
        for (const record of first ? this.#records.entities[first.kind] : []) sum += chains(record, 0, []);
        return sum;
      },
    };
  }

  /** The name of an entity finds, before all others, an entity that is called so. */
  #search(random: Random, kind: Kind): RandomQuestion {
    const { name } = random.pick(some(this.#records.entities[kind]));
    return {
      shape: 'search',
      query: 'query ($query: String!) { search(query: $query, first: 5) { nodes { name } totalCount } }',
      variables: { query: name },
      answered: (data) => (data.search as { readonly nodes: readonly { readonly name: string }[] }).nodes[0]?.name,
      expected: () => name,
    };
  }

  /** How far apart two entities are. */
  #paths(random: Random): RandomQuestion {
    const [from, to] = [random.pick(kindsToAsk), random.pick(kindsToAsk)].map((kind) =>
      random.chance(0.5) ? this.#slug(random, kind) : random.pick(some(this.#records.entities[kind])).id,
    );
    return {
      shape: 'paths',
      query: `query ($from: ID!, $to: ID!) { paths(from: $from, to: $to, maxHops: ${MOST_HOPS}, limit: 1) { paths { length } } }`,
      variables: { from, to },
      answered: (data) =>
        (data.paths as { readonly paths: readonly { readonly length: number }[] }).paths[0]?.length ?? null,
      expected: () => this.#distance(from ?? '', to ?? ''),
    };
  }

  #distance(from: string, to: string): number | null {
    const seen = new Set([from]);
    let level = [from];
    for (let hops = 0; hops <= MOST_HOPS; hops += 1) {
      if (level.includes(to)) return hops;
      level = level.flatMap((slug) =>
        [...(this.#neighbors.get(slug) ?? [])].filter((far) => !seen.has(far) && seen.add(far)),
      );
    }
    return null;
  }

  /** Questions that were once slow, failed, or take a hub ten times. */
  known(): readonly RandomQuestion[] {
    const hub = (kind: Kind, rank = 0) => this.#hubs.get(kind)?.[rank]?.id ?? '';
    const country = hub('Country');
    const ofHub = { institutions: { some: { country: { slug: { eq: country } } } } };
    const fieldOf = (kind: Kind, name: string): RelationField => {
      const field = relationFieldsOf(kind).get(name);
      if (!field) throw new Error(`${kind} has no field ${name}.`);
      return field;
    };
    const optionOf = (kind: Kind, name: string): FacetOption => {
      const option = facetOptions(cooperation, kind).get(name);
      if (!option) throw new Error(`${kind} has no facet ${name}.`);
      return option;
    };
    const times = <Item>(item: (index: number) => Item): readonly Item[] =>
      Array.from({ length: 10 }, (_, index) => item(index));
    const anyInstitution = { institutions: { some: { country: { slug: { in: times(() => country) } } } } };
    const possiblySame = {
      possiblySameAs: {
        count: {
          lt: 3,
          filter: { institutions: { none: { labs: { some: { firstMilestoneDate: { gte: '2019' } } } } } },
        },
      },
    };
    const labsThrice = {
      labs: {
        some: {
          possiblySameAs: {
            some: { possiblySameAs: { count: { gt: 2, filter: { recognisedDate: { gte: '2018' } } } } },
          },
        },
      },
    };
    return [
      this.count('Lab', { yearRecognised: { gte: 2019 }, ...ofHub }),
      this.count('Lab', { status: { exists: true }, ...ofHub }),
      this.byCount(['Lab', { yearRecognised: { gte: 2019 }, ...ofHub }], fieldOf('Lab', 'areas'), {}, 'DESC'),
      this.groups('Lab', ofHub, ['STATUS']),
      this.groups('Lab', { yearRecognised: { gte: 2019 }, ...ofHub }, ['STATUS']),
      this.facets(['Lab', ofHub], 'STATUS', optionOf('Lab', 'STATUS')),
      this.count('Event', { organisers: { some: { country: { slug: { eq: country } } } }, name: { contains: 'a' } }),
      // The six slowest of an earlier set.
      this.count('Lab', possiblySame),
      this.facets(
        [
          'Program',
          {
            leaders: {
              none: { platforms: { count: { lt: 3, filter: { slug: { eq: hub('Platform', 46) } } } } },
            },
          },
        ],
        'TYPE',
        optionOf('Program', 'TYPE'),
      ),
      this.count('Park', {
        managers: {
          count: {
            gte: 3,
            filter: {
              organisedEvents: {
                none: { organisers: { count: { eq: 2, filter: { slug: { eq: hub('Institution') } } } } },
              },
            },
          },
        },
      }),
      this.count('Platform', {
        servedCountries: { some: { institutions: { every: { type: { ne: 'AGENCY' } } } } },
        facts: { isEmpty: true },
      }),
      this.count('Park', {
        areas: { some: { parks: { none: { scienceFocus: { exists: true } } } } },
        nameZh: { ne: '中' },
      }),
      this.count('Program', labsThrice),
      // A hub ten times.
      this.count('Lab', { yearRecognised: { gte: 2019 }, ...anyInstitution }),
      this.count('Lab', { and: times(() => ofHub) }),
      this.count('Lab', {
        or: times((index) => ({ institutions: { some: { country: { slug: { eq: hub('Country', index % 2) } } } } })),
      }),
      this.count('Lab', {
        and: times((index) => ({
          institutions: { some: { country: { slug: { eq: country } }, name: { ne: String(index) } } },
        })),
      }),
      this.groups('Lab', { and: times(() => ofHub) }, ['STATUS']),
      this.match(
        [
          { kind: 'Lab', filter: { yearRecognised: { gte: 2019 } } },
          { kind: 'Institution', filter: { and: times(() => ({ country: { slug: { eq: country } } })) } },
        ],
        [fieldOf('Lab', 'institutions')],
      ),
    ].map((question) => ({ ...question, shape: `known: ${question.shape}` }));
  }
}

type Compare = (left: SeedRecord, right: SeedRecord) => number;

interface Connection {
  readonly totalCount: number;
  readonly nodes: readonly { readonly slug: string }[];
  readonly facets: readonly Buckets[];
}

interface Buckets {
  readonly buckets: readonly { readonly value: string; readonly count: number }[];
  readonly others: number;
  readonly without: number;
}

interface Groups {
  readonly totalCount: number;
  readonly nodes: readonly { readonly count: number; readonly keys: readonly { readonly value: string | null }[] }[];
}

const camelCase = (name: string) => name.toLowerCase().replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

const inOrder = (nodes: Groups['nodes']) =>
  nodes.map(({ count, keys }) => `${JSON.stringify(keys.map(({ value }) => value))} ${count}`).sort();

/** Whether the model counts by it: by the value or year of a property, or by a relation to one kind. */
const isCounted = (option: FacetOption): boolean =>
  'relation' in option
    ? option.relation.target !== 'Entity'
    : 'property' in option && (option.by === 'value' || option.by === 'year');
