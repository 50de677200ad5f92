import { describe, expect, it } from 'vitest';
import { kindNames, kinds } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { byName, seeds } from '../../setup/seeds.ts';
import { silkgraph } from '../../setup/silkgraph.ts';

const { propertiesOf } = cooperation;

const server = silkgraph();

/** The items of an entity, which files of their own have. */
const attached = (name: string, slug: string, fields: readonly string[]) =>
  (name === 'identifiers' ? seeds.identifiers : seeds.locations)
    .filter(({ entity }) => entity === slug)
    .map((item) => Object.fromEntries(fields.map((field) => [field, Object(item)[field] ?? null])));

describe.each(kindNames)('%s', (kind) => {
  const { singular, plural } = kinds[kind];
  const records = [...seeds.entities[kind]].sort(byName);
  const properties = Object.entries(propertiesOf(kind));
  const selection = properties
    .map(([name, { type, items }]) => {
      if (type === 'milestones') return `${name} { date type text source { slug } }`;
      return items ? `${name} { ${Object.keys(items).join(' ')} }` : name;
    })
    .join(' ');

  it('shows every property of every record as the seeds have it', async () => {
    const shown: Record<string, unknown>[] = [];
    let after: string | null = null;
    do {
      const page: { nodes: []; pageInfo: { hasNextPage: boolean; endCursor: string } } = (
        await server.data(
          `query ($after: String) { page: ${plural}(first: 100, after: $after) { nodes { slug ${selection} } pageInfo { hasNextPage endCursor } } }`,
          { after },
        )
      ).page;
      shown.push(...page.nodes);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);

    const asShown = records.map((record) => ({
      slug: record.id,
      ...Object.fromEntries(
        properties.map(([name, { type, list, items }]) => {
          const value = record[name];
          if (type === 'milestones') {
            const milestones = (value ?? []) as { date?: string; type?: string; text: string; source?: string }[];
            return [
              name,
              milestones.map(({ date = null, type: step = null, text, source }) => ({
                date,
                type: step,
                text,
                source: source === undefined ? null : { slug: source },
              })),
            ];
          }
          if (items) return [name, attached(name, record.id, Object.keys(items))];
          return [name, value ?? (list ? [] : null)];
        }),
      ),
    }));
    expect(shown).toEqual(asShown);
  });

  it('is found by slug and by its global id', async () => {
    const [first] = records;
    const found = await server.data(`query ($slug: String!) { it: ${singular}(slug: $slug) { id slug name } }`, {
      slug: first?.id,
    });
    expect(found.it).toMatchObject({ slug: first?.id, name: first?.name });
    const again = await server.data('query ($id: ID!) { node(id: $id) { __typename id ... on Entity { slug } } }', {
      id: found.it.id,
    });
    expect(again.node).toEqual({ __typename: kind, id: found.it.id, slug: first?.id });
  });

  it('is null if the slug is unknown or belongs to another kind', async () => {
    const other = kindNames.find((name) => name !== kind) ?? kind;
    const question = `query ($slug: String!) { it: ${singular}(slug: $slug) { name } }`;
    expect(await server.data(question, { slug: 'no-such-record' })).toEqual({ it: null });
    expect(await server.data(question, { slug: seeds.entities[other][0]?.id })).toEqual({ it: null });
  });

  it('counts all of its records', async () => {
    expect(await server.data(`{ all: ${plural} { totalCount } }`)).toEqual({ all: { totalCount: records.length } });
  });
});

describe('country', () => {
  it.each(['KE', 'ke'])('is found by its ISO code %s', async (code) => {
    expect(await server.data('query ($code: String!) { country(code: $code) { slug } }', { code })).toEqual({
      country: { slug: 'ke' },
    });
  });

  it.each(['', '(slug: "ke", code: "KE")', '(slug: null)'])(
    'asks for exactly one of slug and code, not for %j',
    async (args) => {
      const { data, errors } = await server.ask(`{ country${args} { slug } }`);
      expect(data).toEqual({ country: null });
      expect(errors?.[0]?.message).toBe('Pass exactly one of `slug` and `code`.');
      expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    },
  );
});

describe('node and nodes', () => {
  const idOf = (kind: string, slug: string) => Buffer.from(`${kind}:${slug}`).toString('base64url');

  it('keep the order of the ids, and return null for missing entities', async () => {
    const ids = [
      idOf('Area', 'artificial-intelligence'),
      idOf('Lab', 'nope'),
      idOf('Country', 'ke'),
      idOf('Lab', 'ke'),
    ];
    const { nodes } = await server.data(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Country { capital } ... on Area { definition } } }',
      { ids },
    );
    expect(nodes).toEqual([
      { __typename: 'Area', id: ids[0], definition: expect.any(String) },
      null,
      { __typename: 'Country', id: ids[2], capital: 'Nairobi' },
      null,
    ]);
    expect(server.ran).toHaveLength(1);
  });

  it('return a requested entity once per request for it', async () => {
    const id = idOf('Country', 'ke');
    expect((await server.data('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [id, id] })).nodes).toEqual([
      { id },
      { id },
    ]);
    expect((await server.data('{ nodes(ids: []) { id } }')).nodes).toEqual([]);
  });

  it.each(['ke', '', 'Country:ke', 'Q291bnRyeTprZQ==x', Buffer.from('Planet:mars').toString('base64url')])(
    'say that %j is not an id',
    async (id) => {
      const { errors } = await server.ask('query ($id: ID!) { node(id: $id) { id } }', { id });
      expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
      expect(errors?.[0]?.message).toContain('is not a valid ID');
    },
  );

  it('refuse more than 100 ids', async () => {
    const ids = Array.from({ length: 101 }, () => idOf('Country', 'ke'));
    const { errors } = await server.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(errors?.[0]?.extensions?.code).toBe('LIMIT_EXCEEDED');
    expect(errors?.[0]?.message).toContain('100');
  });
});
