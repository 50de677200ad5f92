import { describe, expect, it } from 'vitest';
import { relationSheet } from '../../../src/web/graph/graph-sheets.ts';
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
});
