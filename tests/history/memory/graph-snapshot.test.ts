import { describe, expect, it } from 'vitest';
import { cooperation } from '../../../src/cooperation/ontology.ts';
import { plainForm } from '../../../src/history/memory/columnar/columns.ts';
import { valueIn } from '../../../src/history/memory/followed.ts';
import { WholeGraph } from '../../../src/history/memory/graph-snapshot.ts';

const named = (name: string) => ({ kind: 'Lab', slug: name, form: { name } }) as const;

const partner = (from: string, to: string, form: Record<string, unknown> = {}) =>
  ({ type: 'PARTNERS_WITH', from, to, form }) as const;

describe('a graph in memory', () => {
  it('gives each property back, whatever has it and however many values there are', () => {
    const graph = new WholeGraph(cooperation);
    const forms = Array.from({ length: 700 }, (_, index) => ({
      name: `Lab ${index}`,
      status: index % 2 === 0 ? 'PLANNED' : 'ESTABLISHED',
      ...(index % 3 === 0 ? { year: 2000 + (index % 10) } : {}),
      ...(index > 500 ? { notes: [`Note ${index % 5}`, 'Another'] } : {}),
    }));
    for (const [index, form] of forms.entries()) graph.put({ kind: 'Lab', slug: `lab-${index}`, form });
    for (const [index, form] of forms.entries()) {
      const held = graph.entity(`lab-${index}`);
      if (!held) throw new Error('It is lost.');
      expect(plainForm(held.form)).toEqual(form);
      expect(valueIn(held, 'year')).toBe(form.year ?? null);
      expect(valueIn(held, 'constructor')).toBeNull();
      expect(held.form.name).toBe(form.name);
    }
    expect(graph.entity('lab-501')?.form.notes).toBe(graph.entity('lab-506')?.form.notes);
  });

  it('has what was put last and not removed, and counts it', async () => {
    const graph = new WholeGraph(cooperation);
    for (const name of ['a', 'b', 'c']) graph.put(named(name));
    graph.put({ kind: 'Area', slug: 'b', form: { name: 'Area' } });
    graph.remove('c');
    await graph.seal();
    graph.put(named('d'));
    expect([...graph.entities('Lab')].map(({ slug }) => slug)).toEqual(['a', 'd']);
    expect([...graph.entities('Entity')].map(({ slug }) => slug).sort()).toEqual(['a', 'b', 'd']);
    expect([graph.count('Lab'), graph.count('Area'), graph.count('Entity'), graph.entity('c')]).toEqual([
      2,
      1,
      3,
      undefined,
    ]);
  });

  it('finds relations by either end, each once, also after some were removed or put again', async () => {
    const graph = new WholeGraph(cooperation);
    for (const [from, to] of ['ax', 'ay', 'bx', 'ax', 'cx'] as const)
      graph.putRelation(partner(from ?? '', to ?? '', { note: `${from}${to}` }));
    graph.putRelation(partner('a', 'y', { note: 'again' }));
    const ends = (slug: string, end: 'from' | 'to') =>
      graph.relationsAt(slug, 'PARTNERS_WITH', end).map(({ from, to, form }) => `${from}${to} ${form.note}`);
    await graph.seal();
    expect(ends('a', 'from')).toEqual(['ax ax', 'ay again']);
    expect(ends('x', 'to')).toEqual(['ax ax', 'bx bx', 'cx cx']);
    graph.removeRelation(partner('b', 'x'));
    expect(ends('x', 'to')).toEqual(['ax ax', 'cx cx']);
    graph.putRelation(partner('b', 'x', { note: 'new' }));
    expect(ends('x', 'to')).toEqual(['ax ax', 'bx new', 'cx cx']);
    expect([...graph.relations('PARTNERS_WITH')].map(({ from, to }) => from + to).sort()).toEqual([
      'ax',
      'ay',
      'bx',
      'cx',
    ]);
    expect([ends('nobody', 'from'), graph.relationsAt('a', 'HOSTED_BY', 'from')]).toEqual([[], []]);
    const [one] = graph.relationsAt('a', 'PARTNERS_WITH', 'from');
    expect(graph.relationsAt('x', 'PARTNERS_WITH', 'to')).toContainEqual(one);
  });
});
