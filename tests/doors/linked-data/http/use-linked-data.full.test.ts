import { brotliCompressSync, constants } from 'node:zlib';
import jsonld from 'jsonld';
import { Parser, type Quad } from 'n3';
import { describe, expect, it } from 'vitest';
import cooperationGraph from '../../../../src/cooperation/graph.ts';
import { reconciliationFor } from '../../../../src/service/reconciliation-for.ts';
import { seeds } from '../../../setup/seeds.ts';
import { linkedServer } from './linked-server.ts';

const { server } = linkedServer();
const { get, origin } = server;

const SLUG = 'china-kenya-joint-laboratory-for-crop-molecular-biology';

/** Quads as sorted texts, to compare. */
const textsOf = (quads: readonly Quad[]) =>
  quads.map(({ subject, predicate, object }) => `${subject.id} ${predicate.id} ${object.id}`).sort();

const parse = (text: string, format = 'Turtle') => new Parser({ format, baseIRI: origin }).parse(text) as Quad[];

const documentLoader = async (url: string) => {
  const document = await (await get(new URL(url).pathname, 'application/ld+json')).json();
  return { documentUrl: url, contextUrl: undefined, document };
};

const fromJsonLd = async (text: string) =>
  parse(
    String(await jsonld.toRDF(JSON.parse(text), { format: 'application/n-quads', documentLoader } as never)),
    'N-Quads',
  );

describe('an entity', () => {
  it('says the same as Turtle, N-Triples and JSON-LD', async () => {
    for (const slug of [SLUG, 'ke', 'artificial-intelligence', 'african-union', 'joint-labs-2025-09-18']) {
      const [turtle, triples, json] = await Promise.all(
        ['ttl', 'nt', 'jsonld'].map(async (ending) => (await get(`/entity/${slug}.${ending}`)).text()),
      );
      const expected = textsOf(parse(turtle ?? ''));
      expect(expected.length).toBeGreaterThan(5);
      expect(textsOf(parse(triples ?? '', 'N-Triples'))).toEqual(expected);
      expect(textsOf(await fromJsonLd(json ?? ''))).toEqual(expected);
    }
  });

  it('has a picture for previews of links, which its page names', async () => {
    const html = await (await get(`/entity/${SLUG}`, 'text/html')).text();
    const [, address = ''] = /og:image" content="([^"]+)"/.exec(html) ?? [];
    const { pathname, search } = new URL(address);
    const picture = await get(pathname + search);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(picture.headers.get('etag')).not.toBeNull();
    expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(5_000);
    expect((await get('/entity/no-such-thing.png')).status).toBe(404);
  });

  it('comes with its sources for reference managers', async () => {
    const bibtex = await get(`/entity/${SLUG}.bib`);
    expect(bibtex.headers.get('content-type')).toMatch(/^application\/x-bibtex/);
    const text = await bibtex.text();
    const entries = text.match(/^@\w+\{.*,$/gm) ?? [];
    expect(entries[0]).toMatch(new RegExp(`\\{${SLUG},$`));
    expect(entries.length).toBeGreaterThan(2);
    expect(text).toContain(`url = {${origin}/entity/${SLUG}}`);
    const records = (await (await get(`/entity/${SLUG}.ris`)).text()).split(/^ER {2}- \r\n/m).slice(0, -1);
    expect(records).toHaveLength(entries.length);
    expect(records[0]).toContain(`UR  - ${origin}/entity/${SLUG}`);
    // A source is cited itself.
    const source = /"(?:\w+:)?CITES": ?\[?"[^"]*\/entity\/([^"]+)"/.exec(
      await (await get(`/entity/${SLUG}.jsonld`)).text(),
    )?.[1];
    expect((await (await get(`/entity/${source}.bib`)).text()).match(/^@/gm)).toHaveLength(1);
  });

  it('names who published its sources, and when', async () => {
    const html = await (await get(`/entity/${SLUG}`, 'text/html')).text();
    const items = html.match(/<li id="source-\d+">.*?<\/li>/g) ?? [];
    expect(items.length).toBeGreaterThan(1);
    expect(items.filter((item) => /<span class="note">[^<]+/.test(item)).length).toBeGreaterThan(items.length / 2);
  });

  it('is the page or the data that the client accepts', async () => {
    const typeFor = async (accept: string) => {
      const response = await get(`/entity/${SLUG}`, accept);
      return `${response.status} ${response.headers.get('content-type')}`;
    };
    expect(await typeFor('text/html,application/xhtml+xml,*/*;q=0.8')).toBe('200 text/html; charset=utf-8');
    expect(await typeFor('text/turtle')).toBe('200 text/turtle; charset=utf-8');
    expect(await typeFor('application/ld+json;q=0.9, text/turtle;q=0.5')).toBe(
      '200 application/ld+json; charset=utf-8',
    );
    expect(await typeFor('application/n-triples')).toBe('200 application/n-triples; charset=utf-8');
    expect(await typeFor('application/json')).toBe('200 application/json; charset=utf-8');
    const { headers } = await get(`/entity/${SLUG}`, 'text/turtle');
    expect(headers.get('vary')).toContain('accept');
    expect(headers.get('content-location')).toBe(`http://graph.test/entity/${SLUG}.ttl`);
    expect(headers.get('link')).toContain('rel="alternate"');
  });

  it('is refused in helpful words for what nothing fits, an unknown ending and an unknown slug', async () => {
    const refusal = async (path: string, accept = 'application/json') => {
      const response = await get(path, accept);
      const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
      return `${response.status} ${errors[0]?.extensions.code} ${errors[0]?.message}`;
    };
    expect(await refusal('/entity/ke', 'image/png')).toMatch(/^406 .*text\/html, application\/ld\+json/);
    expect(await refusal('/entity/ke.pdf')).toMatch(/^404 .*\.jsonld, \.ttl, \.nt, \.json/);
    expect(await refusal('/entity/crop-molecular-biology.json')).toMatch(`404 BAD_USER_INPUT`);
    expect(await refusal('/entity/crop-molecular-biology.json')).toContain(SLUG);
    expect(await refusal(`/entity/${'x'.repeat(5_000)}.json`)).toMatch(/^404 .{0,300}$/);
    expect(await refusal('/entity/%2e%2e%2fetc.json')).toMatch(/^404 /);
    const post = await server.fetch('/entity/ke', { method: 'POST' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    const page = await get('/entity/crop-molecular-biology', 'text/html');
    expect(page.status).toBe(404);
    expect(await page.text()).toContain(`/entity/${SLUG}`);
  });

  it('is a page that reads without scripts: title, facts, relations, sources and schema.org inside', async () => {
    const response = await get(`/entity/${SLUG}`, 'text/html');
    const html = await response.text();
    expect(html).toContain('<h1>China-Kenya Joint Laboratory for Crop Molecular Biology</h1>');
    expect(html).toContain(`href="${origin}/entity/ke"`);
    const [, data = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
    const { '@graph': nodes } = JSON.parse(data) as { '@graph': { '@id': string; '@type': string[] }[] };
    expect(nodes.find((node) => node['@id'] === `${origin}/entity/${SLUG}`)?.['@type']).toContain(
      'schema:ResearchOrganization',
    );
    // The one script switches the theme.
    expect(html.match(/<script(?! type="application\/ld\+json")/g)).toHaveLength(1);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'sha256-");
  });

  it('names its sources, those of its relations, and the same things elsewhere', async () => {
    const quads = parse(await (await get('/entity/african-union.ttl')).text());
    const sameAs = quads
      .filter(({ predicate }) => predicate.value.endsWith('owl#sameAs'))
      .map(({ object }) => object.value);
    expect(sameAs).toContain('https://ror.org/020ktwj02');
    const [stated] = seeds.relations.filter(({ sources = [], type }) => sources.length > 0 && type !== 'CITES');
    const ofStart = parse(await (await get(`/entity/${stated?.from}.ttl`)).text());
    const derived = ofStart.filter(
      ({ subject, predicate }) =>
        subject.value === `${origin}/entity/${stated?.from}#${stated?.type}-${stated?.to}` &&
        predicate.value === 'http://www.w3.org/ns/prov#wasDerivedFrom',
    );
    expect(derived.map(({ object }) => object.value)).toEqual(
      stated?.sources?.map((slug) => `${origin}/entity/${slug}`),
    );
    const names = parse(
      await (await get(`/entity/${seeds.entities.Institution.find(({ nameZh }) => nameZh)?.id}.ttl`)).text(),
    );
    expect(names.some(({ object }) => object.termType === 'Literal' && object.language === 'zh-hans')).toBe(true);
  });

  it('has names, those of its neighbours too, and a generated sentence in both languages', async () => {
    const triples = parse(await (await get('/entity/dunhuang-academy.ttl')).text());
    const textsOf = (subject: string, predicate: RegExp) =>
      triples
        .filter(
          (triple) => triple.subject.value === `${origin}/entity/${subject}` && predicate.test(triple.predicate.value),
        )
        .map(({ object }) => [object.termType === 'Literal' ? object.language : '', object.value]);
    expect(textsOf('dunhuang-academy', /label$/)).toContainEqual(['zh-hans', '敦煌研究院']);
    expect(textsOf('cn', /label$/)).toContainEqual(['zh-hans', '中国']);
    expect(textsOf('dunhuang-academy', /terms#generatedSummary$/)).toEqual([
      ['en', expect.stringMatching(/^Dunhuang Academy is a research institute \(China\)/)],
      ['zh-hans', expect.stringMatching(/^敦煌研究院是中国的研究机构/)],
    ]);
  });

  it('has all its relations on pages, each of which names the next', async () => {
    const isRelation = ({ predicate }: Quad) => !/hydra|#type$|#label$|#generatedSummary$/.test(predicate.value);
    const whole = parse(await (await get('/entity/cn.ttl')).text());
    expect(whole.some(({ predicate }) => predicate.value.includes('hydra'))).toBe(false);
    const found = new Map<string, Quad>();
    let pages = 0;
    for (let path: string | undefined = '/entity/cn.ttl?size=100'; path !== undefined; pages += 1) {
      const response = await get(path);
      const quads = parse(await response.text());
      for (const quad of quads) found.set(textsOf([quad])[0] ?? '', quad);
      path = /<([^>]*)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]?.replace(origin, '');
      const next = quads.find(({ predicate }) => predicate.value === 'http://www.w3.org/ns/hydra/core#next');
      expect(next?.object.value.replace(origin, '')).toBe(path?.replace('.ttl', ''));
    }
    const { from, to } = seeds.relations.reduce(
      (counts, relation) => ({
        from: counts.from + Number(relation.from === 'cn'),
        to: counts.to + Number(relation.to === 'cn'),
      }),
      { from: 0, to: 0 },
    );
    expect(pages).toBe(Math.ceil(Math.max(from, to) / 100));
    expect(textsOf([...found.values()].filter(isRelation))).toEqual(textsOf(whole.filter(isRelation)));
    const [second, beyond, wrong] = await Promise.all(
      ['page=2&size=100', 'page=9', 'page=0'].map((search) => get(`/entity/cn.json?${search}`)),
    );
    expect(await second?.json()).toMatchObject({ previous: `${origin}/entity/cn.json?size=100` });
    expect([beyond?.status, wrong?.status]).toEqual([404, 400]);
    expect(await (await get('/entity/cn?size=100&page=2', 'text/html')).text()).toContain(
      `<a href="${origin}/entity/cn?page=3&amp;size=100">More relations</a>`,
    );
  });

  it('is as of a day what it was then, in every form, and cited as it is today alone', async () => {
    const today = new Date().toISOString().slice(0, 10);
    for (const path of [
      `/entity/${SLUG}.json`,
      '/entity/cn.ttl',
      '/entity/ke.jsonld',
      '/entity/cn.json?size=100&page=2',
    ]) {
      const earlier = await get(`${path}${path.includes('?') ? '&' : '?'}asOf=${today}`);
      expect(earlier.status).toBe(200);
      const plain = (text: string) => text.replaceAll(/asOf=\d+&?/g, '').replaceAll('?"', '"');
      expect(plain(await earlier.text())).toBe(await (await get(path)).text());
    }
    const [page, before, citation, both] = await Promise.all(
      [`?asOf=${today}`, '?asOf=1999-01-01', `.bib?asOf=${today}`, `?asOf=${today}&since=1`].map((rest) =>
        get(`/entity/ke${rest}`, 'text/html,*/*'),
      ),
    );
    expect(await page?.text()).toMatch(/As of \d+ \w+ \d{4} \(revision \d+\): the record as it was then\./);
    expect([page, before, citation, both].map((each) => each?.status)).toEqual([200, 400, 400, 400]);
    expect(await before?.text()).toContain('1999-01-01 lies before history begins.');
  });

  it('has a page of at most 60 kB on the wire, with the files that it loads, but for fonts that the device may lack', async () => {
    const sizes = await Promise.all(
      [SLUG, 'ke', 'belt-and-road-initiative', 'cn'].map(async (slug) => {
        const html = await (await get(`/entity/${slug}`, 'text/html')).text();
        return brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length;
      }),
    );
    // The sheet of fonts, the map of the world and the boxes are 46 kB.
    expect(Math.max(...sizes.slice(0, 3))).toBeLessThan(14_000);
    expect(sizes[3]).toBeLessThan(30_000);
  });

  it('answers 304 to a client that has it, and HEAD without a body', async () => {
    const { headers } = await get('/entity/ke.ttl');
    for (const known of [headers.get('etag') ?? '', '*']) {
      const again = await server.fetch('/entity/ke.ttl', { headers: { 'if-none-match': known } });
      expect(again.status).toBe(304);
    }
    const head = await server.fetch('/entity/ke.ttl', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});

describe('the graph as linked data', () => {
  it('has a context, a vocabulary and a description whose counts are those of the data', async () => {
    const { '@context': context } = (await (await get('/context.jsonld')).json()) as { '@context': object };
    expect(context).toMatchObject({ '@version': 1.1, sameAs: { '@id': 'http://www.w3.org/2002/07/owl#sameAs' } });
    const terms = parse(await (await get('/terms')).text());
    const described = new Set(terms.map(({ subject }) => subject.value));
    expect(cooperationGraph.ontology.kindNames.every((kind) => described.has(`${origin}/terms#${kind}`))).toBe(true);
    const symmetric = terms.filter(({ object }) => object.value === 'http://www.w3.org/2002/07/owl#SymmetricProperty');
    const { relationTypes, relation } = cooperationGraph.ontology;
    expect(symmetric.map(({ subject }) => subject.value)).toEqual(
      relationTypes.filter((type) => relation(type).symmetric).map((type) => `${origin}/terms#${type}`),
    );
    expect(symmetric).not.toEqual([]);
    const dataset = parse(await (await get('/.well-known/void')).text());
    const total = dataset.find(
      ({ subject, predicate }) => subject.value.endsWith('#dataset') && predicate.value.endsWith('void#entities'),
    );
    expect(Number(total?.object.value)).toBe(Object.values(seeds.entities).flat().length);
  });

  it('lists every entity for crawlers', async () => {
    const sitemap = await (await get('/sitemap.xml')).text();
    expect(sitemap.match(/<loc>/g)).toHaveLength(Object.values(seeds.entities).flat().length);
    expect((await get('/sitemap.xml?page=2')).status).toBe(400);
    expect(await (await get('/robots.txt')).text()).toContain(`Sitemap: ${origin}/sitemap.xml`);
  });
});

describe('behind a proxy', () => {
  it('names everything by the public address', async () => {
    const { server: proxied } = linked;
    const turtle = await (await proxied.get('/entity/ke.ttl')).text();
    expect(turtle).toContain('<https://data.example.org/kg/entity/ke>');
    expect(turtle).not.toContain(origin);
    const address = 'https://data.example.org/kg/explore/notice.txt';
    expect(await (await proxied.get('/entity/ke', 'text/html')).text()).toContain(`href="${address}"`);
    expect(await (await proxied.get('/.well-known/void')).text()).toContain(`<${address}>`);
  });

  it('is found by clients of the Reconciliation API at the public address', async () => {
    const manifest = await (await linked.server.get('/reconcile')).text();
    const addresses = manifest.match(/https?:[^"]*/g) ?? [];
    expect(addresses).toContain('https://data.example.org/kg/entity/{{id}}');
    expect(addresses.filter((address) => !address.startsWith('https://data.example.org/kg'))).toEqual([]);
  });
});

const linked = linkedServer({
  publicUrl: 'https://data.example.org/kg',
  reconciliation: reconciliationFor(cooperationGraph),
});

describe('access to linked data', () => {
  it('needs a key where reading does, and has the limits of operations', async () => {
    const { server: closed } = closedServer;
    for (const path of ['/entity/ke', '/entity/ke.ttl', '/sitemap.xml', '/terms', '/.well-known/void']) {
      expect([path, (await closed.get(path, 'application/json')).status]).toEqual([path, 401]);
    }
    expect(await (await closed.get('/robots.txt')).text()).toContain('Disallow: /\n');
    const { server: limited } = limitedServer;
    const statuses = [];
    for (const _ of [1, 2, 3]) statuses.push((await limited.get('/entity/ke.ttl')).status);
    expect(statuses).toEqual([200, 200, 429]);
  });
});

const closedServer = linkedServer({
  access: {
    authenticator: {
      authenticate: async () => {
        throw new Error('Nobody is asked.');
      },
    },
    reading: 'closed',
  },
});
const limitedServer = linkedServer({ rateLimit: { requests: 2, seconds: 3_600 }, trustedProxies: 1 });
