import { describe, expect, it } from 'vitest';
import { keepStatistics } from '../../src/engine/reads/statistics.ts';
import { createContext } from '../../src/graphql/index.ts';
import { createServer } from '../../src/service/server.ts';
import { playground } from '../setup/playground.ts';
import { served } from '../setup/served.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();

/** Names, and those of languages of programs, which are the same in Chinese. */
const names =
  /query \(\$name: String!\)|paths\.paths|slug|China-Serbia Belt and Road Joint Laboratory for Natural Products and Drug Discovery|GraphQL|Silkgraph-Cost|Silkgraph|English|cURL|JavaScript|Python|JSON|CSV|basis|edge|last|avoidHubs|cote|guinea|artificial|inteligence|Côte|Ivoire/g;

describe('the playground in Chinese', { timeout: 120_000 }, () => {
  const there = playground(() => {
    const statistics = keepStatistics(app.graph);
    // Neo4j plans each statement once, which takes its time on a busy machine.
    return createServer({
      ...{ ...served, timeout: 60_000, context: (read) => createContext(app.graph, statistics, read) },
      newStatements: { characters: 1e9, charactersPerSecond: 1e9, wide: 1e9, wideAll: 1e9 },
    });
  });

  /** English words that are read or heard in what the page adds to GraphiQL, but for names and what is typed. */
  const englishSeen = () =>
    there.page.evaluate((known) => {
      const texts = [...document.querySelectorAll('.cookbook, .graphiql-logo, .graphiql-footer > *')].flatMap((part) =>
        [part, ...part.querySelectorAll('*')].flatMap((element) =>
          element.closest('code, pre, option, table')
            ? []
            : [
                ...[...element.childNodes]
                  .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
                  .map(({ textContent }) => textContent),
                ...['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name)),
              ],
        ),
      );
      return texts.filter((text) => /[A-Za-z]{3,}/.test(text?.replace(new RegExp(known, 'g'), '') ?? ''));
    }, names.source);

  it('says in Chinese what it adds to GraphiQL: the cookbook, the views of a result, the cost', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    await there.open('?lang=zh-Hans&example=18-how-are-two-countries-connected');
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans');
    expect(await page.title()).toBe('Silkgraph 查询台');
    await page.locator('.graphiql-response').getByText('"Serbia"').first().waitFor();
    await page.getByRole('heading', { name: '示例查询' }).waitFor();
    expect(await page.locator('.cookbook li a').first().textContent()).toContain('肯尼亚');
    expect(await englishSeen()).toEqual([]);
    for (const [tab, seen] of [
      ['表格', /保存为 CSV/],
      ['代码', /不含请求头/],
      ['图谱', /个实体，|个实体, /],
    ] as const) {
      await page.getByRole('button', { name: tab, exact: true }).click();
      await page.locator('.graphiql-response').getByText(seen).first().waitFor();
      expect(await englishSeen(), tab).toEqual([]);
    }
    expect(await page.locator('.legend').textContent()).toContain('国家');
    await page.locator('.as-list summary').click();
    expect(await page.locator('.as-list').textContent()).toContain('塞尔维亚');
    const name = page.locator('.as-list').getByRole('link', { name: '塞尔维亚' }).first();
    expect(await name.getAttribute('lang')).toBeNull();
  });

  it('describes kinds, relations and values in Chinese', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const panel = page.locator('.graphiql-plugin');
    await panel.getByRole('combobox').click();
    await page.keyboard.type('Lab');
    await page.getByRole('option', { name: 'Lab', exact: true }).first().click();
    await panel
      .getByText(/联合实验室。/)
      .first()
      .waitFor();
    await panel.getByText('合作国家').first().waitFor();
  });

  it('keeps the language for both pages, and changes it by choice', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    await page.getByRole('combobox', { name: '语言' }).selectOption('en');
    await page.getByRole('button', { name: / Cookbook$/ }).waitFor();
    await page.getByRole('combobox', { name: 'Language' }).selectOption('zh-Hans');
    await page.getByRole('button', { name: /示例查询$/ }).waitFor();
    await page.goto(`${there.origin}/explore`);
    await page.getByRole('link', { name: '关于数据' }).first().waitFor();
    await there.open();
    await page.getByRole('button', { name: /示例查询$/ }).waitFor();
  });

  it('calls a field as the kind does that has it, and no alias as another field', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    const query =
      '{ institution(slug: "ain-shams-university") { name country { name } } event(slug: "brf-2019") { name country { name } } lab(slug: "china-kenya-joint-laboratory-for-crop-molecular-biology") { name country: partnerCountries { nodes { name } } } }';
    await there.open(`?lang=zh-Hans&query=${encodeURIComponent(query)}`);
    await page.getByRole('button', { name: '图谱', exact: true }).click();
    await page.locator('.as-list summary').click();
    const relations = page.locator('.as-list ul').last().getByRole('listitem');
    await relations.nth(2).waitFor();
    expect((await relations.allTextContents()).map((text) => text.split(' ').at(-2)).toSorted()).toEqual(
      ['所在国家', '举办国家', 'country'].toSorted(),
    );
  });

  it('says which names are in English, as there are no others', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    const query = '{ source(slug: "1-maui-2024-11-06") { name } country(slug: "serbia") { name } }';
    await there.open(`?lang=zh-Hans&query=${encodeURIComponent(query)}`);
    await page.getByRole('button', { name: '图谱', exact: true }).click();
    await page.locator('.as-list summary').click();
    const name = page.locator('.as-list').getByRole('link', { name: 'Share scientific' }).first();
    expect(await name.getAttribute('lang')).toBe('en');
  });

  it('has complained of nothing', ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    expect(there.attempted).toEqual([]);
    expect(there.complaints.filter((text) => !text.startsWith('arg mismatch between arg and selection'))).toEqual([]);
  });
});
