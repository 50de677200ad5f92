import { describe, expect, it } from 'vitest';
import { keepStatistics } from '../../src/graph/reads/statistics.ts';
import { createContext } from '../../src/schema/index.ts';
import { createServer } from '../../src/server/server.ts';
import { playground } from '../setup/playground.ts';
import { served } from '../setup/served.ts';
import { silkgraph } from '../setup/silkgraph.ts';

const app = silkgraph();

/** Names, also one of an entity that has no Chinese one, and languages of programs, which are the same in Chinese. */
const names =
  /query \(\$name: String!\)|paths\.paths|slug|China-Serbia Belt and Road Joint Laboratory for Natural Products and Drug Discovery|GraphQL|GraphiQL|Silkgraph-Cost|Silkgraph|English|cURL|JavaScript|Python|JSON|CSV|basis|edge|last|avoidHubs|cote|guinea|artificial|inteligence|Côte|Ivoire|Ctrl|Shift|Enter|Alt|Cmd|Monaco|Windows|macOS|Graph|Code|Lab/g;

describe('the playground in Chinese', { timeout: 120_000 }, () => {
  const there = playground(() => {
    const statistics = keepStatistics(app.graph);
    // Neo4j plans each statement once, which takes its time on a busy machine.
    return createServer({ ...served, timeout: 60_000, context: (read) => createContext(app.graph, statistics, read) });
  });

  /** English words that are read or heard, but for names, what is typed, and what the schema is called. */
  const englishSeen = () =>
    there.page.evaluate((known) => {
      const left =
        '.graphiql-editor, .monaco-editor, .result-window, code, pre, option, table, canvas, .graphiql-tab, .graphiql-history-item';
      const schema =
        '[class*="graphiql-doc-explorer"][class*="name"], .graphiql-markdown-description, .graphiql-explorer-root';
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const texts: string[] = [];
      while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (!parent || parent.closest(`${left}, ${schema}, script, style, noscript`)) continue;
        texts.push(walker.currentNode.textContent ?? '');
      }
      for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
        if (element.closest(`${left}, ${schema}`)) continue;
        for (const name of ['aria-label', 'title', 'placeholder']) texts.push(element.getAttribute(name) ?? '');
      }
      return texts.filter((text) => /[A-Za-z]{3,}/.test(text.replace(new RegExp(known, 'g'), '')));
    }, names.source);

  it('says everything in Chinese: the cookbook, the bars, the views of a result', async ({ skip }) => {
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
      await page.getByRole('tab', { name: tab, exact: true }).click();
      await page.locator('.graphiql-response').getByText(seen).first().waitFor();
      expect(await englishSeen(), tab).toEqual([]);
    }
    expect(await page.locator('.legend').textContent()).toContain('国家');
    await page.locator('.as-list summary').click();
    expect(await page.locator('.as-list').textContent()).toContain('塞尔维亚');
    await page.locator('.as-list').getByRole('button', { name: '塞尔维亚', exact: true }).click();
    const picked = page.getByRole('region', { name: '塞尔维亚' });
    expect(await picked.locator('[lang="en"]').textContent()).toBe('Serbia');
    await page
      .locator('.as-list')
      .getByRole('button', { name: /Laboratory for/ })
      .first()
      .click();
    await page
      .locator('.picked h3 [lang="en"]')
      .getByText(/Laboratory for/)
      .waitFor();
  });

  it('describes kinds, relations and values in Chinese', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    await page.getByRole('button', { name: '显示文档' }).click();
    const panel = page.locator('.graphiql-plugin');
    await panel.getByRole('combobox').click();
    await page.keyboard.type('Lab');
    await page.getByRole('option', { name: 'Lab', exact: true }).first().click();
    await panel
      .getByText(/联合实验室。/)
      .first()
      .waitFor();
    await panel.getByText('合作国家').first().waitFor();
    expect(await englishSeen()).toEqual([]);
  });

  it('finds the documentation by its keys', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    await page.getByRole('button', { name: '隐藏文档' }).click();
    await page.keyboard.press('Control+Alt+KeyK');
    await page.locator('.graphiql-doc-explorer').waitFor();
  });

  it('shows the history, the builder, the form for variables, short keys and settings in Chinese', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    for (const name of ['历史记录', '查询构建器', '变量表单']) {
      await page.getByRole('button', { name: `显示${name}` }).click();
      await page.getByRole('button', { name: `隐藏${name}` }).waitFor();
      expect(await englishSeen(), name).toEqual([]);
    }
    for (const name of ['快捷键', '设置']) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('dialog').waitFor();
      expect(await englishSeen(), name).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });

  it('names each editor, and says how the Tab key leaves it', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    const names = () =>
      page
        .locator('.graphiql-container textarea[aria-roledescription=editor]')
        .evaluateAll((areas) => areas.map((area) => area.getAttribute('aria-label')));
    await there.open('?lang=zh-Hans');
    await expect.poll(names).toEqual(['查询', '变量', '请求头', '结果']);
    const query = page.getByRole('textbox', { name: '查询', exact: true });
    expect(await query.getAttribute('aria-description')).toContain('Ctrl+M');
    await query.focus();
    await page.keyboard.press('Control+KeyM');
    await page.keyboard.press('Tab');
    await expect.poll(() => query.evaluate((area) => area === document.activeElement)).toBe(false);
    await query.focus();
    await page.keyboard.press('Control+KeyM');
    await page.getByRole('button', { name: '快捷键', exact: true }).click();
    await page.getByRole('row', { name: /Ctrl \+ M 使 Tab 键离开编辑器/ }).waitFor();
    await page.keyboard.press('Escape');
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

  it('fills variables by a form', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    const query = 'query One($slug: String!) { country(slug: $slug) { name capital } }';
    await there.open(`?${new URLSearchParams({ query, lang: 'en' })}`);
    await page.getByRole('button', { name: 'Show Variables form' }).click();
    await page.getByLabel('slug String!').fill('ke');
    await there.run();
    await page.locator('.graphiql-response').getByText('"Nairobi"').waitFor();
  });

  it('calls a field as the kind does that has it, and no alias as another field', async ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    const { page } = there;
    const query =
      '{ institution(slug: "ain-shams-university") { name country { name } } event(slug: "brf-2019") { name country { name } } lab(slug: "china-kenya-joint-laboratory-for-crop-molecular-biology") { name country: partnerCountries { nodes { name } } } }';
    await there.open(`?lang=zh-Hans&query=${encodeURIComponent(query)}`);
    await page.getByRole('tab', { name: '图谱', exact: true }).click();
    await page.locator('.as-list summary').click();
    const relations = page.locator('.as-list ul').last().getByRole('listitem');
    await relations.nth(2).waitFor();
    expect((await relations.allTextContents()).map((text) => text.split(' ').at(-2)).toSorted()).toEqual(
      ['所在国家', '举办国家', 'country'].toSorted(),
    );
  });

  it('has complained of nothing', ({ skip }) => {
    if (!there.isThere) skip('there is no Chrome or Chromium on this machine');
    expect(there.attempted).toEqual([]);
    expect(there.complaints.filter((text) => !text.startsWith('arg mismatch between arg and selection'))).toEqual([]);
  });
});
