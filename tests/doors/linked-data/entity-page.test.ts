import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { type DescribedEntity, firstPage, type NamedSource } from '../../../src/doors/linked-data/described-entity.ts';
import { entityPage } from '../../../src/doors/linked-data/entity-page.ts';
import { missingPage } from '../../../src/doors/linked-data/page/message-pages.ts';
import { rdfText } from '../../../src/doors/linked-data/rdf-text.ts';
import { triplesOfEntity } from '../../../src/doors/linked-data/triples.ts';
import { createVocabulary } from '../../../src/doors/linked-data/vocabulary.ts';
import type { Change } from '../../../src/engine/changes/change.ts';

const vocabulary = createVocabulary(cooperation, 'https://data.example.org');
const attack = '</title></script><script>alert(1)</script><img src=x onerror="alert(1)">\'';

const entity: DescribedEntity = {
  kind: 'Institution',
  slug: 'institute',
  name: attack,
  record: {
    id: 'institute',
    name: attack,
    alsoKnownAs: [attack],
    website: 'https://example.org/?a=1&b="><script>',
    identifiers: [{ scheme: 'WIKIDATA', value: 'Q1"><script>', url: 'javascript:alert(1)', match: 'EXACT' }],
  },
  outgoing: [],
  incoming: [],
  page: firstPage,
  goesOn: false,
  sources: new Map(),
};

describe('the page of an entity', () => {
  it('shows markup in the data as text, and links nothing but web addresses', () => {
    const html = entityPage(vocabulary, entity);
    const scripts = html.match(/<script[^>]*>/g);
    expect(scripts).toEqual(['<script>', '<script type="application/ld+json">']);
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(/href="javascript:/);
    const [, data = ''] = /ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
    const [node] = JSON.parse(data)['@graph'].filter((one: Record<string, unknown>) => one.slug === 'institute');
    expect(node.name).toBe(attack);
  });

  it('is complete Turtle, whatever characters its texts and addresses have', async () => {
    const text = await rdfText(vocabulary, 'ttl', triplesOfEntity(vocabulary, 'Institution', entity.record));
    expect(text).toContain('<https://example.org/?a=1&b=%22%3E%3Cscript%3E>');
  });
});

describe('a text on the page of an entity', () => {
  const described: DescribedEntity = {
    ...entity,
    kind: 'Lab',
    name: 'Institute',
    record: {
      id: 'institute',
      name: 'Institute',
      description: 'It studies water.',
      alsoKnownAs: ['جامعة', '水研究所'],
    },
    outgoing: [
      { record: { type: 'BASED_IN', from: 'institute', to: 'x' }, far: { kind: 'Country', slug: 'x', name: 'Xanadu' } },
    ],
  };

  it('is marked where it is not in the language of the page, and where it is written from right to left', () => {
    const chinese = entityPage(vocabulary, described, { language: 'zh-Hans' });
    for (const text of [
      'Institute',
      'It studies water.',
      '<a href="https://data.example.org/entity/x?lang=zh-Hans">Xanadu</a>',
    ])
      expect(chinese).toContain(`<span lang="en">${text}</span>`);
    expect(chinese).toContain('<span dir="auto">جامعة</span>');
    expect(chinese).toContain('水研究所');
    const english = entityPage(vocabulary, described);
    expect(english).toContain('<p>It studies water.</p>');
    expect(english).toContain('<span lang="zh-Hans">水研究所</span>');
  });

  it('is in the language of the ontology by its letters', () => {
    const french = createVocabulary({ ...cooperation, language: 'fr' }, 'https://data.example.org');
    for (const language of ['en', 'zh-Hans'] as const)
      expect(entityPage(french, described, { language })).toContain('<span lang="fr">It studies water.</span>');
  });
});

describe('a number on the page of an entity', () => {
  it('keeps its exponent where it would read as zero, or as a row of zeros', () => {
    const figure = (value: number) =>
      entityPage(vocabulary, { ...entity, kind: 'Indicator', record: { id: 'figure', name: 'Figure', value } });
    expect(figure(3.5e-250)).toContain('3.5e-250');
    expect(figure(1e300)).toContain('1e+300');
    expect(figure(1_234.5)).toContain('1,234.5');
  });
});

describe('a change on the page of an entity', () => {
  const change: Change = {
    sequence: 1,
    revision: 1,
    transaction: 't',
    at: '2026-01-31T10:00:00.000Z',
    author: 'editor',
    subject: 'ENTITY',
    action: 'UPDATED',
    entity: { kind: 'Lab', slug: 'lab' },
    before: { name: 'A', status: 'ESTABLISHED', inScope: true },
    after: { name: 'B<', status: 'PLANNED', inScope: false },
  };
  const lab: DescribedEntity = { ...entity, kind: 'Lab', slug: 'lab', name: 'B', record: { id: 'lab', name: 'B' } };
  const changesIn = (language: 'en' | 'zh-Hans') =>
    /<section id="changes">.*?<\/section>/s.exec(entityPage(vocabulary, lab, { language, changes: [change] }))?.[0];

  it('says values as the page does elsewhere, the old one before the new one', () => {
    expect(changesIn('en')).toContain('Status: <del>Established</del> → <ins>Planned</ins>');
    expect(changesIn('en')).toContain('<del>Yes</del> → <ins>No</ins>');
    expect(changesIn('en')).toContain('<del>A</del> → <ins>B&lt;</ins>');
    expect(changesIn('zh-Hans')).toContain('：<del>已建立</del> → <ins>筹划中</ins>');
  });
});

describe('a change of a relation on the page of an entity', () => {
  it('says which properties and sources of the relation differ', () => {
    const change: Change = {
      ...{ sequence: 1, revision: 1, transaction: 't', at: '2026-01-31T10:00:00.000Z', author: 'editor' },
      ...{ subject: 'RELATION', action: 'UPDATED', relation: 'HOSTED_BY' },
      ...{ from: { kind: 'Lab', slug: 'lab' }, to: { kind: 'Institution', slug: 'institute' } },
      before: { properties: { role: 'HOST' }, sources: ['a'] },
      after: { properties: { role: 'LEAD' }, sources: ['a', 'b'] },
    };
    const html = entityPage(vocabulary, entity, { language: 'en', changes: [change] });
    const changes = /<section id="changes">.*?<\/section>/s.exec(html)?.[0];
    expect(changes).not.toContain('[object Object]');
    expect(changes).toContain('Role: <del>Host</del> → <ins>Lead</ins>');
    expect(changes).toContain('Sources: <del>a</del> → <ins>a; b</ins>');
  });
});

describe('the page of an entity since an earlier revision', () => {
  it('marks what differs in long texts too', () => {
    const before = 'Before <it>. '.repeat(20).trim();
    const after = 'After it. '.repeat(20).trim();
    const lab = { kind: 'Lab', slug: 'lab' } as const;
    const states = { before: { notes: [before] }, after: { notes: [after] } };
    const change: Change = {
      ...{ sequence: 1, revision: 1, transaction: 't', at: '2026-01-31T10:00:00.000Z', author: 'editor' },
      ...{ subject: 'ENTITY', action: 'UPDATED', entity: lab, ...states },
    };
    const since = {
      revision: { revision: 1, transaction: 't', at: change.at, author: 'editor', reason: null },
      differences: [{ subject: 'ENTITY', action: 'UPDATED', entity: lab, ...states, changes: [change] }],
    } as const;
    const described = { ...entity, ...lab, name: 'B', record: { id: 'lab', name: 'B', notes: [after] } };
    const text = /<section id="notes">.*?<\/section>/s.exec(
      entityPage(vocabulary, described, { language: 'en', since }),
    )?.[0];
    expect(text).toContain(
      `<del><ul><li>${before.replaceAll('<it>', '&lt;it&gt;')}</li></ul></del> <ins><ul><li>${after}</li></ul></ins>`,
    );
  });
});

const made = {
  sequence: 1,
  revision: 1,
  transaction: 't',
  at: '2026-01-31T10:00:00.000Z',
  author: 'editor',
} as const;
const lab = { kind: 'Lab', slug: 'lab' } as const;

describe('changes on the page of a laboratory', () => {
  const changes: readonly Change[] = [
    {
      ...{ ...made, subject: 'ENTITY', action: 'UPDATED', entity: lab },
      before: { name: 'B', cities: ['Kericho'] },
      after: {
        ...{ name: 'B', cities: ['Kericho', 'Nairobi'], milestones: [{ date: '2024-05', text: 'Opened' }] },
        locations: [{ latitude: -0.37, longitude: 35.28, precision: 'CITY', place: 'Kericho', side: 'PARTNER' }],
        identifiers: [{ scheme: 'WIKIDATA', value: 'Q1', match: 'EXACT' }],
      },
    },
    ...(['ke', 'gone'] as const).map((slug) => ({
      ...{ ...made, subject: 'RELATION' as const, action: 'CREATED' as const, relation: 'PARTNERS_WITH' as const },
      ...{ from: lab, to: { kind: 'Country' as const, slug }, before: null, after: {} },
    })),
  ];
  const kenya = { kind: 'Country', slug: 'ke', name: 'Kenya', nameZh: '肯尼亚' } as const;
  const described: DescribedEntity = {
    ...{ ...entity, ...lab, name: 'B', record: { id: 'lab', name: 'B' } },
    outgoing: [{ record: { type: 'PARTNERS_WITH', from: 'lab', to: 'ke' }, far: kenya }],
  };
  const changesIn = (language: 'en' | 'zh-Hans') =>
    /<section id="changes">.*?<\/section>/s
      .exec(entityPage(vocabulary, described, { language, changes }))?.[0]
      .replace(/<[^>]+>/g, '');

  it('say lists, places, identifiers and dated steps in words', () => {
    expect(changesIn('en')).toContain('Cities: Kericho → Kericho; Nairobi');
    expect(changesIn('en')).toContain('– → Kericho, partner -0.37, 35.28 (city)');
    expect(changesIn('en')).toContain('– → May 2024: Opened');
    expect(changesIn('zh-Hans')).toContain('标识符：– → Wikidata：Q1');
    expect(changesIn('zh-Hans')).toContain('– → Kericho、外方 -0.37, 35.28（城市）');
  });

  it('name what a relation leads to, or give its slug where that is deleted', () => {
    expect(changesIn('en')).toContain('partner countries: Kenya created');
    expect(changesIn('zh-Hans')).toContain('合作国家：肯尼亚 创建');
    expect(changesIn('zh-Hans')).toContain('合作国家：gone 创建');
  });
});

describe('changes and descriptions on a page', () => {
  const halfCharacter = /[\ud800-\udbff](?![\udc00-\udfff])/;
  const changesOf = (described: DescribedEntity, change: Change) =>
    /<section id="changes">.*?<\/section>/s.exec(
      entityPage(vocabulary, described, { language: 'zh-Hans', changes: [change] }),
    )?.[0];
  const changed = (of: { kind: string; slug: string }, before: object, after: object) =>
    ({ ...made, subject: 'ENTITY', action: 'UPDATED', entity: of, before, after }) as Change;

  it('end with a whole character where they are shortened', () => {
    const described = { ...entity, ...lab, name: 'B', record: { id: 'lab', name: 'B', description: 'x'.repeat(288) } };
    for (const length of [287, 288, 289]) {
      const description = `${'x'.repeat(length)}${'😀'.repeat(9)}`;
      const page = entityPage(vocabulary, { ...described, record: { ...described.record, description } });
      expect(page).not.toMatch(halfCharacter);
    }
    expect(changesOf(described, changed(lab, { name: `${'x'.repeat(79)}😀😀` }, { name: 'B' }))).not.toMatch(
      halfCharacter,
    );
  });

  it('do not link addresses, since a source may be a repost', () => {
    const source = { kind: 'Source', slug: 'source' };
    const record = { id: 'source', name: 'S', url: 'https://repost.example/b', mirror: true };
    const text = changesOf(
      { ...entity, ...source, name: 'S', record },
      changed(source, { url: 'https://repost.example/a' }, { url: 'https://repost.example/b' }),
    );
    expect(text).toContain('https://repost.example/a');
    expect(text).not.toContain('href=');
  });

  it('say a relation in both directions alike if it is the same in both', () => {
    const change = (from: string, to: string) =>
      ({
        ...{ ...made, subject: 'RELATION', action: 'CREATED', relation: 'COOPERATES_WITH', before: null, after: {} },
        ...{ from: { kind: 'Lab', slug: from }, to: { kind: 'Lab', slug: to } },
      }) as Change;
    const described = { ...entity, ...lab, name: 'B', record: { id: 'lab', name: 'B' } };
    expect(changesOf(described, change('other', 'lab'))).toBe(changesOf(described, change('lab', 'other')));
  });
});

describe('the page for an address of no entity', () => {
  it('searches for the beginning of a long address, up to a whole character', () => {
    const page = missingPage({ base: 'https://data.example.org', language: 'en' }, `${'x'.repeat(199)}😀`, []);
    expect(page).toContain(`#/search?q=${'x'.repeat(199)}"`);
  });
});

describe('numbers', () => {
  it.each([
    [18_800_000_000, '18800000000'],
    [-0.5, '-0.5'],
    [1.5e21, '1500000000000000000000'],
    [2.5e-9, '0.0000000025'],
  ])('%d is the decimal %s', async (value, expected) => {
    const text = await rdfText(
      vocabulary,
      'nt',
      triplesOfEntity(vocabulary, 'Indicator', { id: 'x', name: 'X', value }),
    );
    expect(text).toContain(`"${expected}"^^<http://www.w3.org/2001/XMLSchema#decimal>`);
  });
});

describe('a source', () => {
  const source = (record: object): DescribedEntity => ({
    ...entity,
    kind: 'Source',
    slug: 'source',
    name: 'A source',
    record: { id: 'source', name: 'A source', url: 'https://repost.example/page', ...record },
  });

  it('is linked on its page, unless it is a repost, which is shown as text', () => {
    expect(entityPage(vocabulary, source({}))).toContain('href="https://repost.example/page"');
    const repost = entityPage(vocabulary, source({ mirror: true }));
    expect(repost).toContain('https://repost.example/page');
    expect(repost).not.toContain('href="https://repost.example/page"');
  });

  it('is linked, or marked as a repost, however long its address is', () => {
    const url = `https://long.example/${'%d8%a5%d8%b7'.repeat(20)}`;
    expect(entityPage(vocabulary, source({ url }))).toContain(`href="${url}"`);
    const repost = entityPage(vocabulary, source({ url, mirror: true }));
    expect(repost).toContain(`${url} <small>`);
    expect(repost).not.toContain(`href="${url}"`);
  });

  it('of low reliability is marked where it is cited', () => {
    const far = { kind: 'Source', slug: 'weak', name: 'Weak', isWeak: true } as const;
    const cited = { ...entity, outgoing: [{ record: { type: 'CITES', from: 'institute', to: 'weak' }, far }] };
    expect(entityPage(vocabulary, cited)).toContain('Weak</a><small> (low reliability)</small>');
  });
});

describe('what is known of relations', () => {
  const based = (slug: string, basis: string | undefined) => ({
    record: { type: 'BASED_IN', from: slug, to: 'cn', properties: basis === undefined ? {} : { basis } },
    far: { kind: 'Institution', slug, name: slug },
  });
  const pageOf = (...bases: readonly (string | undefined)[]) =>
    entityPage(vocabulary, {
      ...entity,
      kind: 'Country',
      slug: 'cn',
      record: { id: 'cn', name: 'China' },
      outgoing: [],
      incoming: bases.map((basis, index) => based(`i${index}`, basis)),
    });

  it('is named beside each', () => {
    expect(pageOf('NAME')).toContain('i0</a><small> (basis: name)</small>');
  });

  it('is said once where most of many have it in common', () => {
    const html = pageOf('SOURCE', 'SOURCE', 'NAME', 'SOURCE');
    expect(html).toContain('Unless noted otherwise, basis: reported by a source');
    expect(html.match(/<small> \(basis/g)).toHaveLength(1);
    expect(html).toContain('i2</a><small> (basis: name)</small>');
  });

  it('is said beside each where nothing is known of some', () => {
    const html = pageOf('SOURCE', 'SOURCE', undefined, 'SOURCE');
    expect(html).not.toContain('Unless noted otherwise');
    expect(html.match(/<small> \(basis/g)).toHaveLength(3);
  });
});

describe('the page of a country', () => {
  const far = (kind: string, slug: string, name: string, nameZh?: string) => ({
    kind,
    slug,
    name,
    ...(nameZh === undefined ? {} : { nameZh }),
  });
  const kenya: DescribedEntity = {
    ...entity,
    kind: 'Country',
    slug: 'ke',
    name: 'Kenya',
    nameZh: '肯尼亚',
    record: {
      ...{ id: 'ke', name: 'Kenya', nameZh: '肯尼亚', code: 'KE', region: 'AFRICA', briMouDate: '2017-06' },
      locations: [{ latitude: -1.28, longitude: 36.82, precision: 'CAPITAL', place: 'Nairobi' }],
    },
    outgoing: [
      {
        record: { type: 'MEMBER_OF', from: 'ke', to: 'african-union' },
        far: far('CountryGroup', 'african-union', 'African Union'),
      },
      {
        record: { type: 'CITES', from: 'ke', to: 's2', properties: { supports: ['CODES'] } },
        far: far('Source', 's2', 'Codes'),
      },
    ],
    incoming: [
      {
        record: { type: 'PARTNERS_WITH', from: 'lab', to: 'ke', sources: ['s1'] },
        far: far('Lab', 'lab', 'China-Kenya Laboratory', '中肯实验室'),
      },
    ],
    sources: new Map<string, NamedSource>([
      ['s1', { ...far('Source', 's1', 'A report'), publisher: 'The <Press>', date: '2024-05' }],
      ['s2', far('Source', 's2', 'Codes')],
    ]),
  };
  const html = entityPage(vocabulary, kenya, {
    language: 'en',
    world: '/explore/assets/world-1.svg',
    today: '2026-11-28',
  });

  it('says what it is, and puts its laboratories before its groups and its codes', () => {
    expect(html).toContain('Country. Joint laboratories: China-Kenya Laboratory; groups of countries: African Union.');
    const places = ['id="partners-with-of"', 'id="member-of"', 'id="further"'].map((text) => html.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('begins with the sentence that is made from its facts, and says that it is made', () => {
    const whole = { ...kenya, record: { ...kenya.record, briStatus: 'PARTICIPANT' } };
    expect(entityPage(vocabulary, whole, { language: 'en' })).toContain(
      '<p class="lead">Kenya, in Africa, is a participant in the Belt and Road Initiative (memorandum of understanding: June 2017); 1 joint laboratory has partners there.<small> (generated from the facts below)</small></p>',
    );
    expect(entityPage(vocabulary, whole, { language: 'zh-Hans' })).toContain(
      '<p class="lead">肯尼亚位于非洲，是“一带一路”倡议的参与国（谅解备忘录：2017年6月）；其合作方参与共建1个联合实验室。<small>（根据下列事实自动生成）</small></p>',
    );
    expect(html).not.toContain('generated from');
  });

  it('has no such sentence where it has a part of the relations, which would be taken for all', () => {
    const part = { ...kenya, record: { ...kenya.record, briStatus: 'PARTICIPANT' }, goesOn: true };
    expect(entityPage(vocabulary, part, { language: 'en' })).not.toContain('Kenya, in Africa');
  });

  it('numbers its sources beside what they support', () => {
    expect(html).toContain('<a href="#source-2" title="A report, The &lt;Press&gt;, May 2024">[2]</a>');
    expect(html).toMatch(/<li id="source-2">.*A report<\/a> <span class="note">The &lt;Press&gt;, May 2024/);
    expect(html).toMatch(/<li id="source-1">.*Codes.*Supports: Codes/);
  });

  it('has beside each fact the sources that are said to support it, and none that support another', () => {
    const mark = '<sup><a href="#source-1" title="Codes">[1]</a></sup>';
    expect(html).toContain(`<dt>Region</dt><dd>Africa ${mark}</dd>`);
    expect(html).toMatch(/<dt>Memorandum signed<\/dt><dd><time datetime="2017-06">June 2017<\/time><\/dd>/);
  });

  it('has beside each relation its own sources, else those of the entity at its start', () => {
    expect(html).toContain('African Union</a> <sup><a href="#source-1" title="Codes">[1]</a></sup></li>');
    const sourced = { ...far('Source', 's3', 'A list'), publisher: 'An office' };
    const [first] = kenya.incoming;
    const known = entityPage(vocabulary, {
      ...kenya,
      incoming: [
        { record: { type: 'PARTNERS_WITH', from: 'lab', to: 'ke' }, far: far('Lab', 'lab', 'China-Kenya Laboratory') },
        ...(first ? [{ ...first, record: { ...first.record, from: 'other' } }] : []),
      ],
      restsOn: new Map([['PARTNERS_WITH lab ke', [sourced]]]),
    });
    expect(known).toMatch(/China-Kenya Laboratory<\/a> <sup><a href="#source-\d" title="A list, An office">/);
    expect(known).toMatch(/A list<\/a> <span class="note">An office<\/span>/);
  });

  it('is drawn with what is around it, each neighbour a link', () => {
    const around = /<div class="around">.*?<\/div>/s.exec(html)?.[0] ?? '';
    expect(around).toContain('aria-label="What is around Kenya: 2 of 2 relations"');
    expect(around).toContain(
      '<a href="https://data.example.org/entity/lab"><title>China-Kenya Laboratory (laboratory)',
    );
    const [only] = kenya.outgoing;
    const alone = entityPage(vocabulary, { ...kenya, outgoing: only ? [only] : [], incoming: [] });
    expect(alone).not.toContain('class="around"');
  });

  it('shows as of which revision it is, and keeps that in its links', () => {
    const revision = { revision: 7, transaction: 't', at: '2026-03-01T10:00:00Z', author: 'editor', reason: null };
    const view = { language: 'en', today: '2026-11-28', hasEarlier: true, asOf: revision } as const;
    const earlier = entityPage(vocabulary, kenya, view);
    expect(earlier).toContain('As of 1 March 2026 (revision 7): the record as it was then.');
    expect(earlier).toContain('max="2026-11-28" value="2026-03-01">');
    expect(earlier).toContain('href="https://data.example.org/entity/ke?lang=zh-Hans&amp;asOf=7"');
    expect(earlier).toContain('href="https://data.example.org/entity/ke.ttl?asOf=7"');
    // A role that sees a part of the graph has no earlier states to choose from.
    expect(html).not.toContain('name="asOf"');
  });

  it('has a search, and ways back to the list of its kind and to the same page in Chinese', () => {
    expect(html).toContain('<form role="search" action="https://data.example.org/explore">');
    expect(html).toContain('/explore?lang=en#/list?of=countries">← Countries</a>');
    expect(html).toContain('href="https://data.example.org/entity/ke?lang=zh-Hans" lang="zh-Hans"');
    expect(html).toContain('href="https://data.example.org/entity/ke.bib">BibTeX</a>');
  });

  it('leads to the lists behind its numbers, shows where it is, and how to cite it', () => {
    expect(html).toContain('/explore?lang=en#/list?of=labs&amp;where=partnerCountries~ke');
    expect(html).toContain('<image href="/explore/assets/world-1.svg"');
    expect(html).toContain('“Kenya”. https://data.example.org/entity/ke (retrieved 28 November 2026).');
  });

  it('leads to where errors are reported, if there is such a place', () => {
    const reportAddress = 'https://example.org/issues/new?title=Error&body={page}';
    const page = entityPage(vocabulary, kenya, { language: 'en', reportAddress });
    const address = `body=${encodeURIComponent('https://data.example.org/entity/ke')}`;
    expect(page).toContain(`href="https://example.org/issues/new?title=Error&amp;${address}">Report an error</a>`);
    expect(html).not.toContain('Report an error');
  });

  it('has a preview for links', () => {
    expect(html).toContain('<meta property="og:description" content="Country. Joint laboratories:');
    expect(html).toContain('<meta property="og:url" content="https://data.example.org/entity/ke">');
    expect(html).not.toContain('og:image');
    const pictured = entityPage(vocabulary, kenya, { language: 'zh-Hans', picture: { width: 1200, height: 630 } });
    expect(pictured).toContain('og:image" content="https://data.example.org/entity/ke.png?lang=zh-Hans"');
    expect(pictured).toContain('content="summary_large_image"');
  });

  it('is Chinese where that is asked for, with links that stay so', () => {
    const chinese = entityPage(vocabulary, kenya, { language: 'zh-Hans' });
    expect(chinese).toContain('<html lang="zh-Hans">');
    expect(chinese).toContain('<h1>肯尼亚</h1>');
    expect(chinese).toContain('国家。联合实验室：中肯实验室；所属国家集团：African Union。');
    expect(chinese).toMatch(/<dt>大洲<\/dt><dd>非洲 <sup>/);
    expect(chinese).toContain('支持内容：国家代码');
    expect(chinese).toContain('（首都）');
    expect(chinese).toContain('href="https://data.example.org/entity/lab?lang=zh-Hans"');
  });
});
