import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf } from '../../../src/pages/assistant/answer.ts';
import { readableTables } from '../../../src/pages/assistant/tables.ts';
import { leave, naming, speak } from './cooperation-language.ts';

const tablesOf = (content: Parameters<typeof answerOf>[0]) => readableTables(answerOf(content, naming).data);
const kenya = { kind: 'COUNTRY', slug: 'ke', name: 'Kenya', nameZh: '肯尼亚', region: 'AFRICA', sources: [1] };
const locations = [{ latitude: -1.28, longitude: 36.8, place: 'Nairobi' }];
const relations = { labs: { total: 1, items: [{ kind: 'LAB', slug: 'lab', name: 'A laboratory', nameZh: '实验室' }] } };

afterAll(leave);

describe('a table of an answer', () => {
  beforeAll(() => speak('en'));

  it('has titles and values in words, and no fields for programs', () => {
    expect(tablesOf({ results: [{ ...kenya, score: 1, locations, relations }] })).toEqual([
      {
        path: 'Results',
        columns: ['Name', 'Kind', 'Region', 'Locations', 'Joint laboratories'],
        rows: [['Kenya', 'country', 'Africa', 'Nairobi', 'A laboratory']],
      },
    ]);
  });

  it('has a column for each entity of a pattern', () => {
    const entities = { lab: { kind: 'LAB', slug: 'lab', name: 'A laboratory' }, where: kenya };
    const [table] = tablesOf({ total: 1, matches: [{ entities, relations: [{ from: 'a', relation: 'R', to: 'b' }] }] });
    expect(table).toMatchObject({ columns: ['Lab', 'Where'], rows: [['A laboratory', 'Kenya']] });
  });

  it('is made of a single entity too', () => {
    expect(tablesOf({ data: { country: { slug: 'ke', name: 'Kenya', capital: 'Nairobi' } } })).toMatchObject([
      { rows: [['Kenya', 'Nairobi']] },
    ]);
  });
});

describe('a table in Chinese', () => {
  beforeAll(() => speak('zh-CN'));

  it('has names, titles and values in Chinese', () => {
    expect(tablesOf({ results: [{ ...kenya, relations }] })).toMatchObject([
      { columns: ['名称', '类别', '大洲', '联合实验室'], rows: [['肯尼亚', '国家', '非洲', '实验室']] },
    ]);
  });
});
