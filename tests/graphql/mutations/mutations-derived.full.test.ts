import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { kindNames } from '../../../src/cooperation/kinds.ts';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { relationTypes } from '../../../src/cooperation/relations.ts';
import { relationTypeName } from '../../../src/graphql/names.ts';
import type { RelationField } from '../../../src/ontology/ontology.ts';
import {
  isListed,
  type Kind,
  type Properties,
  type Property,
  type RelationType,
} from '../../../src/ontology/vocabulary.ts';
import { validRecord, withFollowed } from '../../engine/changes/arbitrary-record.ts';
import { oneMutation } from '../../setup/one-mutation.ts';
import { ownSilkgraph } from '../../setup/own-silkgraph.ts';

const { edgePropertiesOf, kindsAt, propertiesOf, relationFieldsOf } = cooperation;

const { server, mutate } = ownSilkgraph();

type Fields = Readonly<Record<string, unknown>>;

/** Values of all properties, as JSON carries them. */
const sample = (properties: Properties, seed: number): Fields => {
  const all = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, { ...property, required: true }]),
  );
  return JSON.parse(JSON.stringify(fc.sample(validRecord(all), { numRuns: 1, seed })[0]));
};

/** A country goes by its code. */
const record = (kind: Kind, seed: number): Fields => ({
  ...sample(propertiesOf(kind), seed),
  ...(kind === 'Country' ? { code: 'XA' } : {}),
});

const slugOf = (kind: Kind) => (kind === 'Country' ? 'xa' : `a-${cooperation.kind(kind).singular.toLowerCase()}`);

const isList = (property: Property) => property.list || isListed(property);

const selected = (properties: Properties) =>
  Object.entries(properties)
    .map(([name, { type, items }]) => {
      if (type === 'milestones') return `${name} { date type text source { slug } }`;
      return items ? `${name} { ${Object.keys(items).join(' ')} }` : name;
    })
    .join(' ');

/** An identifier or a place as GraphQL shows it; an identifier without an address has that of its scheme. */
const shownItem = (items: Properties, item: Fields): Fields =>
  Object.fromEntries(
    Object.keys(items).map((field) => {
      const address = field === 'url' ? `http://www.wikidata.org/entity/${item.value}` : null;
      return [field, item[field] ?? address];
    }),
  );

const shownMilestone = ({ date = null, type = null, text }: Fields) => ({ date, type, text, source: null });

/** A record as GraphQL shows it. */
const shown = (properties: Properties, fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const value = fields[name] ?? (isList(property) ? [] : null);
      const { items } = property;
      if (property.type === 'milestones') return [name, (value as Fields[]).map(shownMilestone)];
      return [name, items ? (value as Fields[]).map((item) => shownItem(items, item)) : value];
    }),
  );

/** What a record cannot do without. */
const required = (kind: Kind, seed: number): Fields =>
  Object.fromEntries(Object.entries(record(kind, seed)).filter(([name]) => propertiesOf(kind)[name]?.required));

describe.each(kindNames)('the mutations of %s', (kind) => {
  const { singular } = cooperation.kind(kind);
  const properties = propertiesOf(kind);
  const complete = (fields: Fields) => withFollowed(fields, Object.keys(properties));
  const slug = slugOf(kind);
  const all = `${singular} { slug ${selected(properties)} } revision`;
  const read = async () =>
    (
      await server.data(`query ($slug: String!) { it: ${singular}(slug: $slug) { slug ${selected(properties)} } }`, {
        slug,
      })
    ).it;

  it('write what is read, from its creation to its end', async () => {
    const first = record(kind, 1);
    const created = await mutate(`create${kind}`, { slug, ...first }, all);
    expect(created).toMatchObject({ errors: [], outcome: 'CREATED', revision: 1 });
    expect(created[singular]).toEqual({ slug, ...shown(properties, first) });
    expect(await read()).toEqual(created[singular]);

    const taken = await mutate(`create${kind}`, { slug, ...first }, all);
    expect(taken).toMatchObject({ outcome: null, [singular]: null });
    expect(taken.errors).toMatchObject([{ code: 'CONFLICT', path: ['input', 'entity', singular, 'slug'] }]);

    const optional = Object.keys(properties).filter((name) => !properties[name]?.required);
    const cleared = Object.fromEntries(optional.map((name) => [name, null]));
    const updated = await mutate(`update${kind}`, { id: slug, ...cleared, name: 'Renamed' }, all);
    expect(updated).toMatchObject({ errors: [], outcome: 'UPDATED', revision: 2 });
    expect(updated[singular]).toEqual({
      slug,
      ...shown(properties, complete({ ...required(kind, 1), name: 'Renamed' })),
    });
    expect(await read()).toEqual(updated[singular]);

    const second = record(kind, 2);
    const upserted = await mutate(`upsert${kind}`, { slug, ...second }, all);
    expect(upserted).toMatchObject({ errors: [], outcome: 'UPDATED', revision: 3 });
    expect(await read()).toEqual({ slug, ...shown(properties, second) });
    expect(await mutate(`upsert${kind}`, { slug, ...second }, all)).toEqual({ ...upserted, outcome: 'UNCHANGED' });

    const { id } = (await server.data(`{ it: ${singular}(slug: "${slug}") { id } }`)).it;
    const deleted = await mutate(`delete${kind}`, { id }, 'deletedId deletedSlug revision');
    expect(deleted).toEqual({ errors: [], outcome: 'DELETED', deletedId: id, deletedSlug: slug, revision: null });
    expect(await read()).toBeNull();
  });

  it('add what is not there by an upsert, with what is required alone', async () => {
    const upserted = await mutate(`upsert${kind}`, { slug, ...required(kind, 3) }, all);
    expect(upserted).toMatchObject({ errors: [], outcome: 'CREATED' });
    expect(upserted[singular]).toEqual({ slug, ...shown(properties, complete(required(kind, 3))) });
    await mutate(`delete${kind}`, { id: slug });
  });
});

/** The entities that relations are put between. */
const ends: Readonly<Record<'from' | 'to', (kind: Kind) => string>> = {
  from: (kind) => (kind === 'Country' ? 'xc' : `from-${cooperation.kind(kind).singular.toLowerCase()}`),
  to: (kind) => (kind === 'Country' ? 'xd' : `to-${cooperation.kind(kind).singular.toLowerCase()}`),
};

/** One of the kinds that may stand at an end of a relation. */
const kindAt = (relation: RelationType, end: 'from' | 'to'): Kind => {
  const [kind, ...others] = kindsAt(relation, end);
  return kind && others.length === 0 ? kind : 'Lab';
};

const fieldAt = (relation: RelationType, end: 'from' | 'to'): RelationField => {
  const readings = end === 'from' ? ['FORWARD', 'BOTH'] : ['BACKWARD', 'BOTH'];
  const fields = [...relationFieldsOf(kindAt(relation, end)).values()];
  const field = fields.find((one) => one.relation === relation && readings.includes(one.reading));
  if (!field) throw new Error(`No field of ${relation}.`);
  return field;
};

const relationsAt = (kind: Kind, end: 'from' | 'to') =>
  relationTypes.filter((relation) => kindAt(relation, end) === kind);

/** A number that one request can handle easily. */
const PART = 3;

const inParts = (relations: readonly RelationType[]) =>
  Array.from({ length: Math.ceil(relations.length / PART) }, (_, index) =>
    relations.slice(index * PART, (index + 1) * PART),
  );

/** What each relation shows at the end that it starts from, by relation. */
async function seenAtStart(): Promise<Readonly<Record<string, unknown>>> {
  return read('from', (relation) => {
    const { name, properties, toOne } = fieldAt(relation, 'from');
    const edge = `node { slug } ${selected(properties)} sources { slug } ownSources`;
    if (!toOne) return `${name} { edges { ${edge} } }`;
    return hasProperties(relation) ? `${name}Edge { ${edge} }` : `${name} { slug }`;
  });
}

/** The entities that each relation shows at one of its ends, by relation. */
const othersSeenAt = (end: 'from' | 'to') =>
  read(end, (relation) => {
    const { name, toOne } = fieldAt(relation, end);
    return toOne ? `${name} { slug }` : `${name} { nodes { slug } }`;
  });

async function read(
  end: 'from' | 'to',
  fieldOf: (relation: RelationType) => string,
): Promise<Readonly<Record<string, unknown>>> {
  const seen: Record<string, unknown> = {};
  for (const kind of kindNames) {
    for (const relations of inParts(relationsAt(kind, end))) {
      const fields = relations.map((relation) => `${relation}: ${fieldOf(relation)}`).join(' ');
      const question = `query ($slug: String!) { it: ${cooperation.kind(kind).singular}(slug: $slug) { ${fields} } }`;
      const { it } = await server.data(question, { slug: ends[end](kind) });
      for (const relation of relations) seen[relation] = it[relation]?.edges ?? it[relation]?.nodes ?? it[relation];
    }
  }
  return seen;
}

/** The payloads of one mutation of each relation, a few in one operation. */
async function mutateAll(
  verb: 'link' | 'unlink',
  inputOf: (relation: RelationType) => Fields,
  selection: string,
): Promise<Readonly<Record<string, Fields>>> {
  const payloads = {};
  for (const some of inParts(relationTypes)) {
    const type = verb === 'link' ? 'LinkInput' : 'UnlinkInput';
    const variables = some.map((relation) => `$${relation}: ${type}!`);
    const fields = some.map(
      (relation) => `${relation}: ${verb}(input: $${relation}) { errors { path message } ${selection} }`,
    );
    const inputs = Object.fromEntries(
      some.map((relation) => {
        const { input } = oneMutation(`${verb}${relationTypeName(relation)}`, {
          ...endsOf(relation),
          ...inputOf(relation),
        });
        return [relation, input];
      }),
    );
    Object.assign(payloads, await server.data(`mutation (${variables.join(' ')}) { ${fields.join(' ')} }`, inputs));
  }
  return payloads;
}

/** The same for each relation. */
const forAll = (of: (relation: RelationType) => unknown) =>
  Object.fromEntries(relationTypes.map((relation) => [relation, of(relation)]));

const hasProperties = (relation: RelationType) => Object.keys(edgePropertiesOf(relation)).length > 0;

const endsOf = (relation: RelationType) => ({
  from: ends.from(kindAt(relation, 'from')),
  to: ends.to(kindAt(relation, 'to')),
});

describe('the mutations of all relations', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    const operations = kindNames.flatMap((kind) =>
      (['from', 'to'] as const).map((end) => {
        const slug = ends[end](kind);
        const code = kind === 'Country' ? { code: slug.toUpperCase() } : {};
        return { create: { [cooperation.kind(kind).singular]: { slug, ...required(kind, 5), ...code } } };
      }),
    );
    expect(await mutate('transaction', { operations })).toEqual({ errors: [] });
  });

  const fieldsOf = (relation: RelationType) => sample(edgePropertiesOf(relation), 4);
  const requiredOf = (relation: RelationType) =>
    Object.fromEntries(
      Object.entries(fieldsOf(relation)).filter(([name]) => edgePropertiesOf(relation)[name]?.required),
    );
  const stated = { sources: [{ slug: 'source-a' }, { slug: 'source-b' }], ownSources: true };
  const input = (relation: RelationType) => ({ ...fieldsOf(relation), sources: ['source-b', 'source-a'] });

  it('write what both ends show: the relation, its properties and its sources', async () => {
    const linked = await mutateAll('link', input, 'outcome from { slug } to { slug }');
    expect(linked).toEqual(
      forAll((relation) => {
        const { from, to } = endsOf(relation);
        return { errors: [], outcome: 'CREATED', from: { slug: from }, to: { slug: to } };
      }),
    );
    const edge = (relation: RelationType, slug: string) => ({
      node: { slug },
      ...shown(edgePropertiesOf(relation), fieldsOf(relation)),
      ...stated,
    });
    expect(await othersSeenAt('to')).toEqual(forAll((relation) => [{ slug: endsOf(relation).from }]));
    expect(await seenAtStart()).toEqual(
      forAll((relation) => {
        const { to } = endsOf(relation);
        if (!fieldAt(relation, 'from').toOne) return [edge(relation, to)];
        return hasProperties(relation) ? edge(relation, to) : { slug: to };
      }),
    );
  });

  it('change nothing if the records are already as given', async () => {
    const again = await mutateAll('link', input, 'outcome changes { sequence }');
    expect(again).toEqual(forAll(() => ({ errors: [], outcome: 'UNCHANGED', changes: [] })));
  });

  it('remove what is not given', async () => {
    const cleared = await mutateAll('link', requiredOf, 'outcome changes { ... on RelationChange { relation after } }');
    expect(cleared).toEqual(
      forAll((relation) => {
        const properties = requiredOf(relation);
        const after = Object.keys(properties).length > 0 ? { properties } : {};
        return { errors: [], outcome: 'UPDATED', changes: [{ relation, after }] };
      }),
    );
  });

  it('take them away from both ends', async () => {
    const unlinked = await mutateAll('unlink', () => ({}), 'outcome relation { relation }');
    expect(unlinked).toEqual(forAll(() => ({ errors: [], outcome: 'DELETED', relation: null })));
    expect(await othersSeenAt('to')).toEqual(forAll(() => []));
    expect(await othersSeenAt('from')).toEqual(forAll((relation) => (fieldAt(relation, 'from').toOne ? null : [])));
  });
});

describe('the payload of a link', () => {
  const selection =
    'relation { relation direction from { slug } to { slug } properties { name value } sources { slug } ownSources }';

  it('shows the relation with its properties and its own sources', async () => {
    const input = { from: 'lab-two', to: 'university', role: 'LEAD', side: 'CHINESE', sources: ['source-b'] };
    const linked = await mutate('linkHostedBy', input, selection);
    expect(linked).toMatchObject({ errors: [], outcome: 'CREATED' });
    expect(linked.relation).toEqual({
      relation: 'HOSTED_BY',
      direction: 'FORWARD',
      from: { slug: 'lab-two' },
      to: { slug: 'university' },
      properties: [
        { name: 'role', value: 'LEAD' },
        { name: 'side', value: 'CHINESE' },
      ],
      sources: [{ slug: 'source-b' }],
      ownSources: true,
    });
    await mutate('unlinkHostedBy', { from: 'lab-two', to: 'university' });
  });

  it('shows a symmetric relation as it is stored, from whichever end it is named', async () => {
    const stored = { from: { slug: 'lab-one' }, to: { slug: 'lab-two' } };
    const linked = await mutate('linkPossiblySameAs', { from: 'lab-two', to: 'lab-one', note: 'Alike.' }, selection);
    expect(linked).toMatchObject({ errors: [], outcome: 'UNCHANGED', relation: stored });
    const changed = await mutate('linkPossiblySameAs', { from: 'lab-two', to: 'lab-one', note: 'Akin.' }, selection);
    expect(changed).toMatchObject({ outcome: 'UPDATED', relation: { ...stored, properties: [{ value: 'Akin.' }] } });
    const gone = await mutate('unlinkPossiblySameAs', { from: 'lab-two', to: 'lab-one' }, selection);
    expect(gone).toEqual({ errors: [], outcome: 'DELETED', relation: null });
  });
});
