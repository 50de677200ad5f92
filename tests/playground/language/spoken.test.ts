import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

vi.stubGlobal('location', { search: '?lang=zh', href: 'https://data.example.org/graphql?lang=zh' });
vi.stubGlobal('localStorage', { getItem: () => null });
vi.stubGlobal('navigator', { languages: [] });
// The files that this worker runs next are in no browser.
afterAll(() => void vi.unstubAllGlobals());

const { spoken, spokenChildren, spokenProperties, tellLibraries } = await import(
  '../../../src/playground/language/spoken.ts'
);
const { graphiqlMessages } = await import('../../../src/playground/language/graphiql-chinese.ts');

describe('texts of libraries', () => {
  beforeAll(() => tellLibraries(graphiqlMessages));

  it('are in the language of the page, those with a name in them too', () => {
    expect(spoken('Arguments')).toBe('参数');
    expect(spoken('Execute query (Ctrl-Enter)')).toBe('运行查询（Ctrl-Enter）');
    expect(spoken('Show Documentation Explorer')).toBe('显示文档');
    expect(spoken('Hide 示例查询')).toBe('隐藏示例查询');
    expect(spoken('Search Docs...')).toBe('搜索文档 …');
  });

  it('are left alone where they are names or texts of somebody else', () => {
    for (const text of ['Lab', 'labs', 'Show me the labs', 'query', 'entity', 'or']) expect(spoken(text)).toBe(text);
  });

  it('are replaced in what is read and heard, not in what components compare', () => {
    expect(spokenProperties('button', { 'aria-label': 'Close Tab', className: 'Type', children: 'Save' })).toEqual({
      'aria-label': '关闭标签页',
      className: 'Type',
      children: '保存',
    });
    expect(spokenProperties(() => null, { title: 'Fields', placeholder: 'Type a label' })).toEqual({
      title: 'Fields',
      placeholder: '输入名称',
    });
    const sentence = 'A GraphQL schema provides a root type for each kind of operation.';
    expect(spokenProperties(() => null, { children: sentence })).toEqual({ children: graphiqlMessages[sentence] });
    expect(spokenProperties(() => null, { children: 'Fields' })).toEqual({ children: 'Fields' });
    expect(spokenProperties('p', { children: ['Type', 1] })).toEqual({ children: ['类型', 1] });
    expect(spokenChildren('span', ['Add new', ' '])).toEqual(['新建', ' ']);
  });
});
