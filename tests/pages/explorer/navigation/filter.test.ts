import { describe, expect, it } from 'vitest';
import { firstView } from '../../../../src/pages/explorer/navigation/address.ts';
import { filtered, isFiltering } from '../../../../src/pages/explorer/navigation/filter.ts';
import { yearOf } from '../../../../src/pages/explorer/settings/dates.ts';
import { isHighlighted, reliabilityOf } from '../../../../src/pages/explorer/settings/standing.ts';
import { card, hop } from '../cards.ts';
import '../cooperation-settings.ts';

const designated = card('designated', {
  __typename: 'Lab',
  designation: 'BELT_AND_ROAD_JOINT_LABORATORY',
  confidence: 'HIGH',
  yearRecognised: 2019,
  firstMilestoneDate: '2015-06',
});
const context = card('context', {
  __typename: 'Lab',
  designation: 'OTHER_JOINT_LABORATORY',
  confidence: 'LOW',
  yearRecognised: null,
  firstMilestoneDate: '2016-01-02',
});
const undated = card('undated', {
  __typename: 'Lab',
  designation: 'PLANNED',
  confidence: 'MEDIUM',
  yearRecognised: null,
  firstMilestoneDate: null,
});
const kenya = card('ke');
const graph = {
  nodes: [designated, context, undated, kenya],
  edges: [
    hop('designated', 'ke'),
    hop('context', 'ke', 'PARTNERS_WITH', ['LOW', 'MEDIUM']),
    hop('undated', 'ke', 'RESEARCHES', ['LOW']),
    hop('ke', 'designated', 'MEMBER_OF', []),
  ],
};
const shown = (filters: Partial<typeof firstView>) => {
  const { nodes, edges } = filtered(graph, { ...firstView, ...filters });
  return { nodes: nodes.map(({ slug }) => slug), edges: edges.map(({ from, to }) => `${from.slug} ${to.slug}`) };
};

describe('the filters of a graph', () => {
  it('leave all where nothing is chosen', () => {
    expect(isFiltering(firstView)).toBe(false);
    expect(filtered(graph, firstView)).toEqual(graph);
  });

  it('take an entity away together with its relations', () => {
    expect(shown({ hiddenKinds: ['COUNTRY'] })).toEqual({ nodes: ['designated', 'context', 'undated'], edges: [] });
  });

  it('choose laboratories by designation and leave every other kind', () => {
    expect(shown({ standings: ['BELT_AND_ROAD_JOINT_LABORATORY'] }).nodes).toEqual(['designated', 'ke']);
  });

  it('take away relations of a type, and those whose best source is not good enough', () => {
    expect(shown({ hiddenRelations: ['PARTNERS_WITH'] }).edges).toEqual(['undated ke', 'ke designated']);
    expect(shown({ reliability: 'MEDIUM' }).edges).toEqual(['designated ke', 'context ke']);
    expect(shown({ reliability: 'HIGH' }).edges).toEqual(['designated ke']);
  });

  it('take away entities of less confidence, and none that has no confidence', () => {
    expect(shown({ confidence: 'MEDIUM' }).nodes).toEqual(['designated', 'undated', 'ke']);
  });

  it('leave what is related to one entity, and what that is related to, but nothing else of its kind', () => {
    const [serbia, area] = [card('rs'), card('area', { __typename: 'Area' })];
    const wider = {
      nodes: [...graph.nodes, serbia, area],
      edges: [...graph.edges, hop('designated', 'rs'), hop('designated', 'area', 'RESEARCHES')],
    };
    const near = (slug: string) => filtered(wider, { ...firstView, near: slug }).nodes.map(({ slug }) => slug);
    expect(near('rs')).toEqual(['designated', 'rs', 'area']);
    expect(near('area')).toEqual(['designated', 'ke', 'rs', 'area']);
    expect(near('gone')).toEqual(wider.nodes.map(({ slug }) => slug));
    expect(isFiltering({ ...firstView, near: 'rs' })).toBe(true);
  });

  it('choose by year, without what has no known year, but with kinds that have none', () => {
    expect(shown({ since: 2017 }).nodes).toEqual(['designated', 'ke']);
    expect(shown({ until: 2016 }).nodes).toEqual(['context', 'ke']);
  });
});

describe('what is told of a fact', () => {
  it('is the year of recognition, else that of the first milestone, else none', () => {
    expect([designated, context, undated].map(yearOf)).toEqual([2019, 2016, undefined]);
  });

  it('is that a laboratory is designated only where that is its designation', () => {
    expect([designated, context, undated, kenya].map(isHighlighted)).toEqual([true, false, false, false]);
    expect(isHighlighted({ ...designated, designation: 'BELT_AND_ROAD_JOINT_LABORATORY_INFERRED' })).toBe(false);
  });

  it('is the reliability of its best source, and the least where it has none', () => {
    expect(graph.edges.map(reliabilityOf)).toEqual(['HIGH', 'MEDIUM', 'LOW', 'LOW']);
  });
});
