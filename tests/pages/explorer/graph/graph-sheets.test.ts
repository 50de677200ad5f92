import { describe, expect, it } from 'vitest';
import { relationSheet } from '../../../../src/pages/explorer/graph/graph-sheets.ts';
import { know, settings } from '../../../../src/pages/explorer/settings/known.ts';
import { card, hop } from '../cards.ts';
import '../cooperation-settings.ts';

describe('the table of relations', () => {
  it('says whether sources are of the relation, or of the record that states it', () => {
    const edges = [
      { ...hop('lab', 'ke', 'PARTNERS_WITH', ['HIGH']), ownSources: true },
      { ...hop('lab', 'eg', 'PARTNERS_WITH', ['HIGH']), ownSources: false },
      { ...hop('lab', 'rs', 'PARTNERS_WITH', []), ownSources: false },
    ];
    const { columns, rows } = relationSheet({ nodes: ['lab', 'ke', 'eg', 'rs'].map((slug) => card(slug)), edges });
    const at = columns.indexOf('Sources are of');
    expect(rows.map((row) => row[at])).toEqual(['the relation', 'the parent record', '']);
    expect(columns.indexOf('Sources')).toBe(at - 1);
  });

  it('has texts of relations as they were written, and choices in words', () => {
    const edges = [
      {
        ...hop('lab', 'cas', 'HOSTED_BY'),
        properties: [
          { name: 'roleNote', value: 'UNESCO' },
          { name: 'role', value: 'LEAD' },
        ],
      },
      { ...hop('lab', 'paper', 'CITES'), properties: [{ name: 'supports', value: ['RECORD', 'NOTE'] }] },
    ];
    const { columns, rows } = relationSheet({ nodes: ['lab', 'cas', 'paper'].map((slug) => card(slug)), edges });
    const column = (title: string) => rows.map((row) => row[columns.indexOf(title)]);
    expect(column('Role in the words of the sources')).toEqual(['UNESCO', '']);
    expect(column('Role')).toEqual(['Lead', '']);
    expect(column('Supports')).toEqual(['', 'Record; Note']);
  });

  it('names both ends in the language of the page', () => {
    const graph = {
      nodes: [card('lab'), { ...card('ke'), name: 'Kenya', nameZh: '肯尼亚' }],
      edges: [hop('lab', 'ke', 'PARTNERS_WITH', [])],
    };
    const english = settings();
    expect(relationSheet(graph).rows[0]?.[2]).toBe('Kenya');
    know({ ...english, language: 'zh-Hans' });
    expect(relationSheet(graph).rows[0]?.[2]).toBe('肯尼亚');
    know(english);
  });
});
